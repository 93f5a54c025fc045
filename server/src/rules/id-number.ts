import { halfWidth } from './cell-text.ts'
import { isDay, type Day } from './days.ts'

/** What an ID number (GB 11643-1999) says of its holder. */
export interface IdNumber {
  /** 18 characters, a check character X in capitals. */
  number: string
  bornOn: Day
  gender: 'male' | 'female'
}

/** Why a text is no ID number: not 18 characters, a day of birth that is none, or a check character that does not fit. */
export type IdFault = 'shape' | 'day' | 'check'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const checks = '10X98765432'

/** Reads an ID number as people type it: full width, in groups, a small x. Its area is not looked up: areas of long ago are no fault. */
export function readIdNumber(text: string): IdNumber | IdFault {
  const number = halfWidth(text)
    .replaceAll(/[\s'-]/g, '')
    .toUpperCase()
  if (!/^[1-9]\d{16}[\dX]$/.test(number)) return 'shape'
  const bornOn = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDay(bornOn)) return 'day'
  const sum = weights.reduce((all, weight, at) => all + weight * Number(number[at]), 0)
  if (checks[sum % 11] !== number[17]) return 'check'
  return { number, bornOn, gender: Number(number[16]) % 2 === 1 ? 'male' : 'female' }
}

/** An ID number as lists show it: where it was issued and its end; the day of birth and the order are hidden. */
export const maskedId = (number: string): string => `${number.slice(0, 6)}********${number.slice(-4)}`

/** A telephone number as lists show it. */
export const maskedPhone = (phone: string): string =>
  phone.length < 8 ? '*'.repeat(phone.length) : `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`
