import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql'
import { expect, it } from 'vitest'

const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8')

/** What asks nothing of a program that does not know it. A new value of an enumeration does: it is met in answers. */
const harmless = new Set(['OPTIONAL_INPUT_FIELD_ADDED', 'OPTIONAL_ARG_ADDED'])

/** What a program written against the last release would meet in the contract of today. */
function breaks(released: string, today: string): string[] {
  const [before, after] = [buildSchema(released), buildSchema(today)]
  return [...findBreakingChanges(before, after), ...findDangerousChanges(before, after)]
    .filter(({ type }) => !harmless.has(type))
    .map(({ description }) => description)
}

/** The changelog’s lines about the contract since the last release. */
const unreleased = (/## Unreleased\n([\s\S]*?)\n## /.exec(read('../../CHANGELOG.md'))?.[1] ?? '').replaceAll(/\s+/g, ' ')

it('every break of the contract since the last release is listed in the changelog, word for word', () => {
  const unlisted = breaks(read('released.graphql'), read('../../schema.graphql')).filter((one) => !unreleased.includes(one))
  expect(unlisted).toEqual([])
})

it('finds a break where there is one', () => {
  const released = read('released.graphql')
  expect(breaks(released, released)).toEqual([])
  expect(breaks(released, released.replace('villageRanking(', 'villagesRanked('))).toContain('Query.villageRanking was removed.')
})
