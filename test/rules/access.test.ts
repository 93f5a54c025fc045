import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  holdsAt,
  mayCall,
  mayScore,
  maySee,
  seesNames,
  sightOf,
  tokenObjection,
  unitsHeld,
  type Actor,
  type Grant,
  type SheetState,
} from '../../server/src/rules/access.ts'
import { roles, type Role, permissionFor, permissions, permissionTitle, roleTitle } from '../../server/src/rules/permissions.ts'

const home: Partial<Record<Role, string>> = {
  coordinator: 'v1',
  village: 'v1',
  attendanceOfficer: 't1',
  townAssessor: 't1',
  panelMember: 't1',
}
const holding = (...grants: Grant[]): Actor => ({ id: 'a', name: '甲', county: 'c', grants, recusedFrom: [] })
const actor = (role: Role) => holding({ role, unit: home[role] ?? 'c', ...(role === 'coordinator' ? { coordinator: 'p1' } : {}) })
const table = (head: string, lines: [string, boolean[]][]) =>
  [
    head,
    ...lines.map(([name, marks]) => `${name.padEnd(16)}${marks.map((yes) => (yes ? 'yes' : ' . ')).join('  ')}`.trimEnd()),
  ].join('\n')

/** The reviewed table of who may call what: an operation in no line of it fails this test, and the one over the wire. */
const reviewed = readFileSync(join(import.meta.dirname, '../permissions.txt'), 'utf8')
const HEAD = reviewed.split('\n')[0]!

it('each role may call these operations, and no other', () => {
  const lines = [...permissionFor.keys()].map((name): [string, boolean[]] => [
    name,
    roles.map((role) => mayCall(actor(role), name)),
  ])
  expect(
    `${table(
      HEAD,
      lines.toSorted(([a], [b]) => (a < b ? -1 : 1)),
    )}\n`,
  ).toBe(reviewed)
})

it('each role sees and scores a sheet in these places and states', () => {
  const places = {
    'own sheet': ['v1', 't1', 'p1'],
    'own village': ['v1', 't1', 'p2'],
    'same town': ['v2', 't1', 'p2'],
    'other town': ['v9', 't9', 'p2'],
  } as const
  const writers: Role[][] = [['village'], ['townAssessor'], ['city']]
  const lines = Object.entries(places).flatMap(([name, [village, town, coordinator]]): [string, boolean[]][] => {
    const place = { village, town, coordinator }
    const score = (state: SheetState, by: Role[]) => roles.map((role) => mayScore(actor(role), { ...place, state, writers: by }))
    return [
      [`see ${name}`, roles.map((role) => maySee(actor(role), place))],
      ...writers.map((by): [string, boolean[]] => [`score: ${by[0]!.slice(0, 8)}`, score('open', by)]),
      ['score: nobody', score('open', [])],
      ['submitted', score('submitted', ['townAssessor'])],
      ['filed', score('filed', ['townAssessor'])],
    ]
  })
  expect(`\n${table(HEAD, lines)}\n`).toBe(`
                own  vil  att  twn  pan  cou  joi  cit  ana  aud  sys  sec
see own sheet   yes  yes  yes  yes  yes  yes  yes  yes  yes  yes   .    .
score: village   .   yes   .    .    .    .    .    .    .    .    .    .
score: townAsse  .    .    .   yes   .    .    .    .    .    .    .    .
score: city      .    .    .    .    .    .    .   yes   .    .    .    .
score: nobody    .    .    .    .    .    .    .    .    .    .    .    .
submitted        .    .    .    .    .    .    .    .    .    .    .    .
filed            .    .    .    .    .    .    .    .    .    .    .    .
see own village  .   yes  yes  yes  yes  yes  yes  yes  yes  yes   .    .
score: village   .   yes   .    .    .    .    .    .    .    .    .    .
score: townAsse  .    .    .   yes   .    .    .    .    .    .    .    .
score: city      .    .    .    .    .    .    .   yes   .    .    .    .
score: nobody    .    .    .    .    .    .    .    .    .    .    .    .
submitted        .    .    .    .    .    .    .    .    .    .    .    .
filed            .    .    .    .    .    .    .    .    .    .    .    .
see same town    .    .   yes  yes  yes  yes  yes  yes  yes  yes   .    .
score: village   .    .    .    .    .    .    .    .    .    .    .    .
score: townAsse  .    .    .   yes   .    .    .    .    .    .    .    .
score: city      .    .    .    .    .    .    .   yes   .    .    .    .
score: nobody    .    .    .    .    .    .    .    .    .    .    .    .
submitted        .    .    .    .    .    .    .    .    .    .    .    .
filed            .    .    .    .    .    .    .    .    .    .    .    .
see other town   .    .    .    .    .   yes  yes  yes  yes  yes   .    .
score: village   .    .    .    .    .    .    .    .    .    .    .    .
score: townAsse  .    .    .    .    .    .    .    .    .    .    .    .
score: city      .    .    .    .    .    .    .   yes   .    .    .    .
score: nobody    .    .    .    .    .    .    .    .    .    .    .    .
submitted        .    .    .    .    .    .    .    .    .    .    .    .
filed            .    .    .    .    .    .    .    .    .    .    .    .
`)
})

it('names are masked for those who are analysts and nothing else', () => {
  expect(roles.filter((role) => !seesNames(actor(role)))).toEqual(['analyst'])
  expect(seesNames(holding({ role: 'analyst', unit: 'c' }, { role: 'village', unit: 'v1' }))).toBe(true)
})

describe('somebody with two roles', () => {
  const both = holding({ role: 'village', unit: 'v1' }, { role: 'townAssessor', unit: 't2' })

  it('sees what either shows, and no more', () => {
    expect(sightOf(both)).toEqual({ towns: ['t2'], villages: ['v1'], coordinators: [] })
    expect(maySee(both, { village: 'v1', town: 't1', coordinator: 'p' })).toBe(true)
    expect(maySee(both, { village: 'v5', town: 't2', coordinator: 'p' })).toBe(true)
    expect(maySee(both, { village: 'v2', town: 't1', coordinator: 'p' })).toBe(false)
  })

  it('scores only where the assessor’s role is held', () => {
    expect(mayScore(both, { village: 'v5', town: 't2', coordinator: 'p', state: 'open', writers: ['townAssessor'] })).toBe(true)
    expect(mayScore(both, { village: 'v1', town: 't1', coordinator: 'p', state: 'open', writers: ['townAssessor'] })).toBe(false)
  })

  it('who also works for the county sees the county, and still scores in the town alone', () => {
    const three = holding(...both.grants, { role: 'countyBureau', unit: 'c' })
    expect(sightOf(three)).toBe('county')
    expect(mayScore(three, { village: 'v9', town: 't9', coordinator: 'p', state: 'open', writers: ['townAssessor'] })).toBe(false)
  })
})

it('a role is held in its own unit, whatever else is held there', () => {
  const at = { village: 'v1', town: 't1' }
  for (const role of roles) {
    expect(roles.filter((other) => holdsAt(actor(role), [other], at))).toEqual(
      ['coordinator', 'systemAdmin', 'securityAdmin'].includes(role) ? [] : [role],
    )
    if (home[role]) expect(roles.filter((other) => holdsAt(actor(role), [other], { village: 'v9', town: 't9' }))).toEqual([])
  }
  expect(holdsAt(holding({ role: 'countyBureau', unit: 'other' }), ['countyBureau'], at)).toBe(false)
})

it('the units of a role are told for tables by what the role sees', () => {
  const all = holding({ role: 'village', unit: 'v1' }, { role: 'townAssessor', unit: 't2' }, { role: 'city', unit: 'c' })
  expect(unitsHeld(all, ['village', 'townAssessor'])).toEqual({ county: false, towns: ['t2'], villages: ['v1'] })
  expect(unitsHeld(all, ['city'])).toEqual({ county: true, towns: [], villages: [] })
  expect(unitsHeld(all, ['panelMember'])).toEqual({ county: false, towns: [], villages: [] })
})

it('administrators see no assessment, and a coordinator only what is their own', () => {
  for (const role of ['systemAdmin', 'securityAdmin'] as const)
    expect(sightOf(actor(role))).toEqual({ towns: [], villages: [], coordinators: [] })
  expect(sightOf(actor('coordinator'))).toEqual({ towns: [], villages: [], coordinators: ['p1'] })
  expect(sightOf(holding({ role: 'coordinator', unit: 'v1' }))).toEqual({ towns: [], villages: [], coordinators: [] })
})

it('somebody without a role may do nothing and sees nothing', () => {
  const nobody = holding()
  expect([...permissionFor.keys()].filter((name) => mayCall(nobody, name))).toEqual([])
  expect(maySee(nobody, { village: 'v1', town: 't1', coordinator: 'p' })).toBe(false)
})

it('an operation that is not in the table may be called by nobody', () => {
  for (const name of ['dropEverything', '__schema', '', 'constructor', 'toString', '__proto__'])
    expect(roles.filter((role) => mayCall(actor(role), name))).toEqual([])
})

it('a token asks by its scopes, and changes only what is not left to people', () => {
  expect(tokenObjection(['read'], 'query', 'me')).toBeUndefined()
  expect(tokenObjection(['analyst'], 'subscription', 'gridChanged')).toBeUndefined()
  expect(tokenObjection(['write'], 'query', 'me')).toBe('scope')
  expect(tokenObjection(['write'], 'mutation', 'saveCells')).toBeUndefined()
  expect(tokenObjection(['read', 'analyst'], 'mutation', 'saveCells')).toBe('scope')
  expect(tokenObjection(['read', 'analyst', 'write'], 'mutation', 'moveSheets')).toBe('people')
  expect(tokenObjection(['read', 'analyst', 'write'], 'mutation', 'somethingNew')).toBe('people')
})

it('a title is a name in both languages, and nothing else of the table', () => {
  for (const title of [...roles.map(roleTitle), ...permissions.map(permissionTitle)])
    expect(Object.keys(title)).toEqual(['zh', 'en'])
})
