import fc from 'fast-check'
import type { Facts } from '../../server/src/rules/facts.ts'
import type { Field } from '../../server/src/rules/field.ts'
import { fieldsOf } from '../../server/src/rules/fields.ts'
import { exact } from '../../server/src/rules/exact.ts'
import type { Person } from '../../server/src/rules/grade.ts'
import { xinyi } from '../policies/policies.ts'

/** Values of a cell, skewed to the edges where rules turn. */
export function value(field: Field): fc.Arbitrary<string> {
  switch (field.kind) {
    case 'flag':
      return fc.constantFrom('no', 'no', 'no', 'yes')
    case 'count':
      return fc.constantFrom('0', '0', '0', '1', '2', '3', '9', '9999')
    case 'percent':
      return fc.constantFrom('100', '100', '99.99', '99', '93.4', '89', '88.99', '0.01', '0')
    case 'days':
      return fc.constantFrom('0', '0', '4.5', '5', '5.5')
    case 'part':
      return fc.constantFrom('0', field.max)
    case 'choice':
      return fc.constantFrom(...(field.options ?? []).map(({ id }) => id))
    case 'points':
      return fc.constantFrom('0', '0.1', field.max)
  }
}

/** A sheet where some items are awarded, some computed, some half filled and some blank. */
export const facts: fc.Arbitrary<Facts> = fc
  .record(
    Object.fromEntries(
      fieldsOf(xinyi, {}).map((field) => [
        field.id,
        fc.option(value(field), { nil: undefined, freq: field.kind === 'points' ? 1 : 8 }),
      ]),
    ),
  )
  .map((sheet) => Object.fromEntries(Object.entries(sheet).filter((entry): entry is [string, string] => entry[1] !== undefined)))

/** Few marks and few towns, so that ties and full quotas are the rule and not the exception. */
export const person = fc.record({
  town: fc.constantFrom('河东', '河东', '河西'),
  total: fc.constantFrom('100', '98', '97', '97', '90', '89.99', '60'),
  fullTime: fc.constantFrom(true, true, true, false),
  counted: fc.constantFrom(true, true, true, true, false),
  missing: fc.constantFrom(0, 0, 0, 0, 0, 1),
  absent: fc.constantFrom('0', '0', '0', '4.5', '5'),
  vetoed: fc.constantFrom('no', 'no', 'no', 'no', 'yes'),
})

export const people: fc.Arbitrary<Person[]> = fc.array(person, { minLength: 1, maxLength: 25 }).map((all) =>
  all.map(({ town, total, fullTime, counted, missing, absent, vetoed }, at) => ({
    id: `p${at}`,
    group: { town, county: '县' },
    fullTime,
    counted,
    missing,
    total: exact(total),
    facts: { absentDays: absent, v1: vetoed },
  })),
)
