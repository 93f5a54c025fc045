import { parse } from 'yaml'
import { z } from 'zod'

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
const Kind = z.strictObject({
  age: z.number().int().positive(),
  from: Month,
  every: z.number().int().positive(),
  most: z.number().int().nonnegative(),
})
const Table = z.strictObject({
  source: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  kinds: z.strictObject({ man: Kind, womanCadre: Kind, womanWorker: Kind }),
  months: z.number().int().positive(),
})

/** The statutory ages of retirement, one file in server/retirement. */
export type RetirementAges = z.infer<typeof Table>
/** Whose age of retirement: men, and women in managing or technical posts or in others. */
export type RetirementKind = keyof RetirementAges['kinds']

/** Throws Error saying what is wrong with the file. */
export const readRetirementAges = (yaml: string): RetirementAges => Table.parse(parse(yaml))

const monthsOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
const monthAt = (months: number): string => `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`

/** When somebody reaches the statutory age. */
export interface Retirement {
  years: number
  months: number
  /** The month in which the age is reached, YYYY-MM. */
  month: string
}

/** IR-35: the statutory age by month of birth. `born` is a day or a month. */
export function retirementOf(ages: RetirementAges, kind: RetirementKind, born: string): Retirement {
  const { age, from, every, most } = ages.kinds[kind]
  const later = monthsOf(born) - monthsOf(from)
  const delay = later < 0 ? 0 : Math.min(most, Math.floor(later / every) + 1)
  return {
    years: age + Math.floor(delay / 12),
    months: delay % 12,
    month: monthAt(monthsOf(born) + age * 12 + delay),
  }
}

/** Whether a day lies in the months before somebody retires, or after it (Yingkou art. 29 (6): half a year). */
export const retiresSoon = (ages: RetirementAges, { month }: Retirement, day: string): boolean =>
  monthsOf(day) >= monthsOf(month) - ages.months
