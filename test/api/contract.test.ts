import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
} from 'graphql'
import { describe, expect, it } from 'vitest'

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

/** Mutations whose repetition changes nothing: decision 31. */
const keyless = ['removeNote', 'removeView', 'saveView', 'showPlace']

it('every mutation takes a key, so that it is done once, or is known to need none', () => {
  const mutations = Object.values(buildSchema(read('../../schema.graphql')).getMutationType()!.getFields())
  const takesKey = ({ args }: (typeof mutations)[number]) =>
    args.some(({ name, type }) => {
      const input = getNamedType(type)
      return name === 'key' || (isInputObjectType(input) && 'key' in input.getFields())
    })
  expect(mutations.filter((one) => !takesKey(one)).map(({ name }) => name)).toEqual(keyless)
})

type Described = [coordinate: string, description: string | null | undefined]

/** A type and all that it holds, by its coordinate, with what is said of it. */
function describedIn(type: GraphQLNamedType): Described[] {
  const inside: Described[] = []
  if (isEnumType(type)) inside.push(...type.getValues().map(({ name, description }): Described => [name, description]))
  if (isInputObjectType(type))
    inside.push(...Object.values(type.getFields()).map(({ name, description }): Described => [name, description]))
  if (isObjectType(type) || isInterfaceType(type))
    for (const { name, description, args } of Object.values(type.getFields()))
      inside.push([name, description], ...args.map((arg): Described => [`${name}(${arg.name}:)`, arg.description]))
  return [[type.name, type.description], ...inside.map(([name, said]): Described => [`${type.name}.${name}`, said])]
}

/** 中文 / English. */
const bothLanguages = /\p{Script=Han}.*\/ .*[A-Za-z]{2}/su

/** What a contract does not describe in both languages, by coordinates. */
const undescribed = (contract: string): string[] =>
  Object.values(buildSchema(contract).getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap(describedIn)
    .filter(([, description]) => !bothLanguages.test(description ?? ''))
    .map(([coordinate]) => coordinate)

describe('the contract is described in Chinese and English', () => {
  const contract = read('../../schema.graphql')

  it('everywhere', () => {
    expect(undescribed(contract)).toEqual([])
  })

  it.each([
    ['a type', 'type County {', 'County'],
    ['a field', 'grants: [GrantSummary!]!', 'Me.grants'],
    ['an argument', 'find: String', 'Query.accounts(find:)'],
    ['a field of an input', 'percent: String\n', 'QuotaOverrides.percent'],
    ['a value of an enumeration', 'townAssessor\n', 'Role.townAssessor'],
  ])('%s without its description is found, and one that has only one language', (_, before, coordinate) => {
    const [above, ...below] = contract.split(before)
    const start = above!.trimEnd().lastIndexOf('"""', above!.trimEnd().length - 4)
    const said = (description: string) => above!.slice(0, start) + description + before + below.join(before)
    for (const description of ['', '"只有中文" ', '"English only" ']) expect(undescribed(said(description))).toEqual([coordinate])
    expect(undescribed(said('"中文 / English" '))).toEqual([])
  })
})
