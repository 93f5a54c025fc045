import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { officialCalendar, officialYears } from '../../server/src/core/official.ts'
import {
  absenceFacts,
  absentDays,
  awayDays,
  calendarOfSpans,
  postingOfDay,
  spansOfYear,
  type Absence,
  type AbsenceRules,
  type Counting,
} from '../../server/src/rules/absences.ts'
import { calendarFrom, readYear, workingDaysOf, wrongDay } from '../../server/src/rules/announced.ts'
import { addDays, calendarWithin, isWorkingDay, unknownYears, type Calendar, type Day } from '../../server/src/rules/days.ts'

const rules: AbsenceRules = {
  clause: 'c',
  days: 'workingDays',
  overNewYear: 'both',
  halfInRun: 'adds',
  facts: [
    { fact: 'total', of: 'total', excused: 'no' },
    { fact: 'run', of: 'longestRun', excused: 'no' },
    { fact: 'silent', of: 'longestRun', reasonGiven: 'no' },
    { fact: 'leave', of: 'total', excused: 'yes' },
    { fact: 'any', of: 'total' },
  ],
}
const counting: Counting = { days: 'workingDays', overNewYear: 'both', halfInRun: 'adds' }
const factsIn = (absences: readonly Absence[], calendar: Calendar, how: Partial<Counting> = {}, year = '2026') =>
  Object.fromEntries(
    Object.entries(absenceFacts(rules, { ...counting, ...how }, { year, absences, spotChecks: [], calendar })).map(
      ([fact, value]) => [fact, Number(value)],
    ),
  ) as Record<'total' | 'run' | 'silent' | 'leave' | 'any', number>

/** Days near New Year and near each other, so that spans meet, overlap and cross it. */
const day = fc.integer({ min: -20, max: 30 }).map((days) => addDays('2026-01-01', days))
const yesNo = fc.constantFrom('yes' as const, 'no' as const)
const span: fc.Arbitrary<Absence> = fc
  .record({ from: day, length: fc.integer({ min: 0, max: 9 }), half: fc.boolean(), excused: yesNo, reasonGiven: yesNo })
  .map(({ from, length, half, excused, reasonGiven }) =>
    half ? { from, to: from, half: 'yes', excused, reasonGiven } : { from, to: addDays(from, length), excused, reasonGiven },
  )
const spans = fc.array(span, { maxLength: 6 })
const calendar: fc.Arbitrary<Calendar> = fc
  .record({ holidays: fc.uniqueArray(day, { maxLength: 12 }), workdays: fc.uniqueArray(day, { maxLength: 6 }) })
  .map((days) => ({ ...days, known: [2025, 2026] }))
const how = fc.record({
  days: fc.constantFrom('workingDays' as const, 'calendarDays' as const),
  overNewYear: fc.constantFrom('both' as const, 'ends' as const),
  halfInRun: fc.constantFrom('adds' as const, 'breaks' as const),
})

describe('whatever the calendar', () => {
  it('one more holiday never adds to a total, and a made-up day never takes from one', () =>
    fc.assert(
      fc.property(spans, calendar, day, (absences, given, one) => {
        const before = factsIn(absences, given)
        const off = factsIn(absences, { ...given, holidays: [...given.holidays, one] })
        const without = { ...given, holidays: given.holidays.filter((other) => other !== one) }
        const [plain, made] = [factsIn(absences, without), factsIn(absences, { ...without, workdays: [...given.workdays, one] })]
        for (const fact of ['total', 'leave', 'any'] as const) {
          expect(off[fact]).toBeLessThanOrEqual(before[fact])
          expect(made[fact]).toBeGreaterThanOrEqual(plain[fact])
        }
      }),
    ))

  it('of one absence the run is what it has of working days, so a holiday inside it takes from both', () =>
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 15 }), calendar, (from, length, given) => {
        const away = { from, to: addDays(from, length), excused: 'no' as const, reasonGiven: 'no' as const }
        let days = 0
        for (let at = from; at <= away.to; at = addDays(at, 1)) if (isWorkingDay(given, at)) days += 1
        for (const year of ['2025', '2026']) {
          const touches = Array.from({ length: length + 1 }, (_, at) => addDays(from, at)).filter((at) => isWorkingDay(given, at))
          const counts = touches.length > 0 && touches[0]! <= `${year}-12-31` && touches.at(-1)! >= `${year}-01-01`
          expect(factsIn([away], given, {}, year)).toMatchObject({ run: counts ? days : 0, silent: counts ? days : 0 })
        }
      }),
    ))

  it('splitting a span in two that adjoin changes nothing', () =>
    fc.assert(
      fc.property(spans, span, fc.nat(9), calendar, how, (others, one, at, given, asked) => {
        fc.pre(one.half === undefined && one.to > one.from)
        const last = addDays(one.from, at)
        fc.pre(last < one.to)
        const parts = [
          { ...one, to: last },
          { ...one, from: addDays(last, 1) },
        ]
        expect(factsIn([...others, ...parts], given, asked)).toEqual(factsIn([...others, one], given, asked))
      }),
    ))

  it('the order of the records never matters, nor one that says nothing new', () =>
    fc.assert(
      fc.property(spans, calendar, how, (absences, given, asked) => {
        const found = factsIn(absences, given, asked)
        expect(factsIn(absences.toReversed(), given, asked)).toEqual(found)
        const whole = absences.filter(({ half }) => half === undefined)
        expect(factsIn([...absences, ...whole], given, asked)).toEqual(found)
      }),
    ))

  it('counts the same by the part of it that a person carries, and a year sees all that its facts come of', () =>
    fc.assert(
      fc.property(spans, calendar, how, fc.constantFrom(2025, 2026), (absences, given, asked, year) => {
        const own = spansOfYear(absences, year, given)
        expect(factsIn(own, calendarOfSpans(own, given), asked, String(year))).toEqual(
          factsIn(absences, given, asked, String(year)),
        )
      }),
    ))
})

describe('where records overlap', () => {
  const at = (day: number, more: Partial<Absence> = {}): Absence => ({
    from: `2026-03-0${day}`,
    to: `2026-03-0${day}`,
    excused: 'no',
    reasonGiven: 'yes',
    ...more,
  })
  const leave = { excused: 'yes', reasonGiven: 'no' } as const
  const half = { half: 'yes' } as const
  // Monday to Wednesday without leave.
  const three = at(2, { to: '2026-03-04' })
  it.each<[string, Absence[], number, number, number]>([
    ['a day of leave inside an unexcused absence is leave (1.4)', [three, at(3, leave)], 2, 1, 1],
    ['half a day of leave leaves the other half unexcused', [three, at(3, { ...leave, ...half })], 2.5, 2.5, 0.5],
    ['two halves of one day make the day', [at(2, half), at(2, half)], 1, 1, 0],
    ['half of leave and half without make the day', [at(2, half), at(2, { ...leave, ...half })], 0.5, 0.5, 0.5],
    ['three halves of a day are no more than the day', [at(2, half), at(2, half), at(2, half)], 1, 1, 0],
    ['a day twice counts once', [at(2), at(2)], 1, 1, 0],
    ['approved leave is never without cause', [at(2, leave)], 0, 0, 1],
    ['halves stand in a run by a half each', [at(2), at(3, half), at(4)], 2.5, 2.5, 0],
  ])('%s', (_, absences, total, run, leaves) => {
    expect(factsIn(absences, officialCalendar())).toMatchObject({ total, run, leave: leaves })
  })

  it('leave comes first, then what has a reason, then silence, and no day is more than a day', () =>
    fc.assert(
      fc.property(spans, (absences) => {
        for (const [number, { approved, reasoned, silent }] of awayDays(absences)) {
          const asked = (which: (one: Absence) => boolean) =>
            absences.filter(which).reduce((all, one) => {
              const day = addDays('1970-01-01', number)
              return all + (one.from <= day && day <= one.to ? (one.half === 'yes' ? 1 : 2) : 0)
            }, 0)
          expect(approved).toBe(
            Math.min(
              2,
              asked(({ excused }) => excused === 'yes'),
            ),
          )
          const reasons = asked(({ excused, reasonGiven }) => excused === 'no' && reasonGiven === 'yes')
          expect(approved + reasoned).toBe(Math.min(2, approved + reasons))
          expect(approved + reasoned + silent).toBe(
            Math.min(
              2,
              asked(() => true),
            ),
          )
        }
      }),
    ))

  it('a run that only half days break is over by the other reading', () => {
    const week = [at(2), at(3, half), at(4), at(5)]
    expect(factsIn(week, officialCalendar(), { halfInRun: 'breaks' })).toMatchObject({ total: 3.5, run: 2 })
  })
})

describe('the days absent of several postings', () => {
  const holds = ({ startsOn, endsOn }: { startsOn: Day; endsOn: Day | null }, on: Day) =>
    startsOn <= on && (endsOn === null || endsOn >= on)
  const posting = fc
    .record({ startsOn: day, length: fc.option(fc.nat(25), { nil: null }) })
    .map(({ startsOn, length }) => ({ startsOn, endsOn: length === null ? null : addDays(startsOn, length) }))
  const postings = fc.array(posting, { minLength: 1, maxLength: 4 })

  it('add up to the person’s, whatever the postings leave out or hold twice', () =>
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), postings, (spans, held) => {
        const how = { year: '2026', days: 'workingDays', calendar: officialCalendar() } as const
        const each = held.map((one) => absentDays(spans, { ...how, own: (on) => postingOfDay(held, on) === one }))
        expect(each.reduce((all, one) => all + Number(one), 0)).toBe(Number(absentDays(spans, how)))
      }),
    ))

  it('are each of a posting that holds the day, where one does', () =>
    fc.assert(
      fc.property(postings, day, (held, on) => {
        expect(holds(postingOfDay(held, on), on)).toBe(held.some((one) => holds(one, on)))
      }),
    ))

  it.each([
    ['2025-12-31', 'first'], // before both
    ['2026-01-01', 'first'],
    ['2026-01-10', 'first'],
    ['2026-01-15', 'first'], // between them
    ['2026-01-20', 'second'],
    ['2026-02-01', 'second'], // after both
  ])('%s is of the %s', (on, which) => {
    const held = [
      { id: 'second', startsOn: '2026-01-20', endsOn: '2026-01-31' },
      { id: 'first', startsOn: '2026-01-01', endsOn: '2026-01-10' },
    ]
    expect(postingOfDay(held, on).id).toBe(which)
  })
})

describe('over New Year', () => {
  const away: Absence = { from: '2025-12-30', to: '2026-01-06', excused: 'no', reasonGiven: 'no' }
  it('an absence is one run of working days; totals are each year’s own (1.2)', () => {
    // Tuesday and Wednesday; 1 to 3 January off; Sunday the 4th is worked; Monday and Tuesday.
    expect(factsIn([away], officialCalendar(), {}, '2025')).toMatchObject({ total: 2, run: 5 })
    expect(factsIn([away], officialCalendar(), {}, '2026')).toMatchObject({ total: 3, run: 5 })
    expect(factsIn([away], officialCalendar(), { overNewYear: 'ends' }, '2025')).toMatchObject({ total: 2, run: 0 })
    expect(factsIn([away], officialCalendar(), { overNewYear: 'ends' }, '2026')).toMatchObject({ total: 3, run: 5 })
    const days = { days: 'workingDays', calendar: officialCalendar() } as const
    expect(absentDays([away], { year: '2025', ...days }).toFraction()).toBe('2')
    expect(absentDays([away], { year: '2026', ...days }).toFraction()).toBe('3')
  })

  it('two records that only days off part are one run', () => {
    const parts = [
      { ...away, to: '2025-12-31' },
      { ...away, from: '2026-01-04' },
    ]
    expect(spansOfYear(parts, 2026, officialCalendar())).toHaveLength(2)
    expect(spansOfYear([{ ...away, to: '2025-12-30' }, parts[1]!], 2026, officialCalendar())).toHaveLength(1)
    expect(factsIn(parts, officialCalendar())).toMatchObject({ run: 5 })
  })
})

it('the National Day holiday is nobody’s absence (1.1)', () => {
  const away: Absence = { from: '2026-10-01', to: '2026-10-07', excused: 'no', reasonGiven: 'no' }
  expect(factsIn([away], officialCalendar())).toMatchObject({ total: 0, run: 0, silent: 0 })
})

describe('the announced years', () => {
  const folder = join(import.meta.dirname, '../../server/calendar')
  const files = readdirSync(folder)
  const counts: Record<string, number> = { 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248 }

  it.each(files)('%s reads, and has the working days that the packages named agree on', (file) => {
    const read = readYear(readFileSync(join(folder, file), 'utf8'))
    expect(file).toBe(`${read.year}.yaml`)
    expect(workingDaysOf(officialCalendar(), read.year)).toBe(counts[read.year])
    expect(read.workingDays).toBe(counts[read.year])
    expect(read.agreed.length).toBeGreaterThanOrEqual(3)
    expect(wrongDay(read.year, read.holidays, read.workdays)).toBeUndefined()
    for (const one of read.workdays) expect(isWorkingDay({ holidays: [], workdays: [], known: [] }, one)).toBe(false)
  })

  it('are 2020 to 2026; no other is known, and a span says which of its years are not', () => {
    expect(officialCalendar().known).toEqual([2020, 2021, 2022, 2023, 2024, 2025, 2026])
    expect(unknownYears(officialCalendar(), '2019-12-31', '2020-01-01')).toEqual([2019])
    expect(unknownYears(officialCalendar(), '2026-12-30', '2028-01-02')).toEqual([2027, 2028])
    expect(unknownYears(officialCalendar(), '2026-01-01', '2026-12-31')).toEqual([])
    expect(unknownYears(calendarWithin(officialCalendar(), '2026-12-30', '2027-01-02'), '2026-12-30', '2027-01-02')).toEqual([
      2027,
    ])
  })

  it.each<[string, string, Day]>([
    ['noDay', 'worked: [2026-02-30]', '2026-02-30'],
    ['otherYear', 'worked: [2025-11-29]', '2025-11-29'],
    ['twice', 'worked: [2026-01-04, 2026-01-04]', '2026-01-04'],
    ['noWeekend', 'worked: [2026-01-05]', '2026-01-05'],
  ])('a file is refused for its days: %s', (why, worked, which) => {
    const file = readFileSync(join(folder, '2026.yaml'), 'utf8').replace(/worked: .*/, worked)
    expect(() => readYear(file)).toThrow(`${which}: ${why}`)
  })

  it('a county’s year stands in the place of what came, and its single days on top of either', () => {
    const year = { year: 2026, announcement: { zh: '本县', en: 'own' }, holidays: ['2026-01-01'], workdays: [] }
    const calendar = calendarFrom(new Map([...officialYears(), [2026, year]]), new Map([['2026-03-02', 'holiday' as const]]))
    expect(isWorkingDay(calendar, '2026-01-02')).toBe(true)
    expect(isWorkingDay(calendar, '2026-01-01')).toBe(false)
    expect(isWorkingDay(calendar, '2026-03-02')).toBe(false)
    const worked = calendarFrom(officialYears(), new Map([['2026-10-01', 'workday' as const]]))
    expect(isWorkingDay(worked, '2026-10-01')).toBe(true)
    expect(worked.known).toContain(2026)
  })
})
