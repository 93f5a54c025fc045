import { describe, expect, it } from 'vitest'
import {
  assesses,
  mayCall,
  mayScore,
  maySee,
  operations,
  seesNames,
  sightOf,
  type Actor,
  type Grant,
  type Role,
  type SheetState,
} from '../../server/src/rules/access.ts'

const roles: Role[] = ['village', 'townAssessor', 'countyBureau', 'analyst', 'auditor']
const home: Record<Role, string> = { village: 'v1', townAssessor: 't1', countyBureau: 'c', analyst: 'c', auditor: 'c' }
const holding = (...grants: Grant[]): Actor => ({ id: 'a', name: '甲', county: 'c', grants })
const actor = (role: Role) => holding({ role, unit: home[role] })
const table = (head: string, lines: [string, boolean[]][]) =>
  [head, ...lines.map(([name, marks]) => `${name.padEnd(16)}${marks.map((yes) => (yes ? 'yes' : ' . ')).join('   ')}`)].join('\n')

const HEAD = '                vill  town  coun  anal  audi'

it('each role may call these operations, and no other', () => {
  const lines = Object.keys(operations).map((name): [string, boolean[]] => [
    name,
    roles.map((role) => mayCall(actor(role), name)),
  ])
  expect(`\n${table(HEAD, lines)}\n`).toBe(`
                vill  town  coun  anal  audi
me              yes   yes   yes   yes   yes
cycles          yes   yes   yes   yes   yes
units           yes   yes   yes   yes   yes
policies        yes   yes   yes   yes   yes
policy          yes   yes   yes   yes   yes
policyExample   yes   yes   yes   yes   yes
policyChanges   yes   yes   yes   yes   yes
evaluate        yes   yes   yes   yes   yes
sheet           yes   yes   yes   yes   yes
explain         yes   yes   yes   yes   yes
scoreGrid       yes   yes   yes   yes   yes
quota           yes   yes   yes   yes   yes
villageRanking  yes   yes   yes   yes   yes
cycleReadings    .     .    yes   yes   yes
whatIf           .     .    yes   yes   yes
approveReading   .     .    yes    .     . 
cellHistory     yes   yes   yes    .    yes
cellsHistory    yes   yes   yes    .    yes
cellsChanged    yes   yes   yes   yes   yes
notedCells      yes   yes   yes    .    yes
cellNotes       yes   yes   yes    .    yes
addNote          .    yes   yes    .     . 
removeNote       .    yes   yes    .     . 
savedViews      yes   yes   yes   yes   yes
saveView        yes   yes   yes   yes   yes
removeView      yes   yes   yes   yes   yes
changeSets       .    yes   yes    .    yes
gridChanged     yes   yes   yes   yes   yes
saveCells        .    yes    .     .     . ${''}
undoChangeSet    .    yes    .     .     . ${''}
`)
})

it('each role sees and scores a sheet in these places and states', () => {
  const places = { 'own village': ['v1', 't1'], 'same town': ['v2', 't1'], 'other town': ['v9', 't9'] } as const
  const states: SheetState[] = ['open', 'submitted', 'filed']
  const lines = Object.entries(places).flatMap(([place, [village, town]]): [string, boolean[]][] => [
    [`see ${place}`, roles.map((role) => maySee(actor(role), { village, town }))],
    ...states.map((state): [string, boolean[]] => [
      `score ${state}`,
      roles.map((role) => mayScore(actor(role), { village, town, state })),
    ]),
  ])
  expect(`\n${table(HEAD, lines)}\n`).toBe(`
                vill  town  coun  anal  audi
see own village yes   yes   yes   yes   yes
score open       .    yes    .     .     . ${''}
score submitted  .     .     .     .     . ${''}
score filed      .     .     .     .     . ${''}
see same town    .    yes   yes   yes   yes
score open       .    yes    .     .     . ${''}
score submitted  .     .     .     .     . ${''}
score filed      .     .     .     .     . ${''}
see other town   .     .    yes   yes   yes
score open       .     .     .     .     . ${''}
score submitted  .     .     .     .     . ${''}
score filed      .     .     .     .     . ${''}
`)
})

it('names are masked for those who are analysts and nothing else', () => {
  expect(roles.filter((role) => !seesNames(actor(role)))).toEqual(['analyst'])
  expect(seesNames(holding({ role: 'analyst', unit: 'c' }, { role: 'village', unit: 'v1' }))).toBe(true)
})

describe('somebody with two roles', () => {
  const both = holding({ role: 'village', unit: 'v1' }, { role: 'townAssessor', unit: 't2' })

  it('sees what either shows, and no more', () => {
    expect(sightOf(both)).toEqual({ towns: ['t2'], villages: ['v1'] })
    expect(maySee(both, { village: 'v1', town: 't1' })).toBe(true)
    expect(maySee(both, { village: 'v5', town: 't2' })).toBe(true)
    expect(maySee(both, { village: 'v2', town: 't1' })).toBe(false)
  })

  it('scores only where the assessor’s role is held', () => {
    expect(mayScore(both, { village: 'v5', town: 't2', state: 'open' })).toBe(true)
    expect(mayScore(both, { village: 'v1', town: 't1', state: 'open' })).toBe(false)
  })

  it('who also works for the county sees the county, and still scores in the town alone', () => {
    const three = holding(...both.grants, { role: 'countyBureau', unit: 'c' })
    expect(sightOf(three)).toBe('county')
    expect(mayScore(three, { village: 'v9', town: 't9', state: 'open' })).toBe(false)
  })
})

it('only an assessor assesses a town, whatever else is held in it', () => {
  expect(roles.filter((role) => assesses(holding({ role, unit: 't1' }), 't1'))).toEqual(['townAssessor'])
})

it('somebody without a role may do nothing and sees nothing', () => {
  const nobody = holding()
  expect(Object.keys(operations).filter((name) => mayCall(nobody, name))).toEqual([])
  expect(maySee(nobody, { village: 'v1', town: 't1' })).toBe(false)
})

it('an operation that is not in the table may be called by nobody', () => {
  for (const name of ['dropEverything', '__schema', '', 'constructor', 'toString', '__proto__'])
    expect(roles.filter((role) => mayCall(actor(role), name))).toEqual([])
})
