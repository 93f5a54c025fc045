import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCounty, type Caller, type County } from '../county.ts'
import { readGrid, type Rows } from './sheets.ts'

let county: County
let town: Caller

beforeAll(async () => {
  county = await openCounty()
  town = await county.signIn('town')
})
afterAll(() => county?.close())

const ask = async (selection: string, rest = '') => {
  const { data } = await town.ask<{ scoreGrid: Record<string, string> & { rows: Rows } }>(
    `query ($cycle: ID!) { scoreGrid(cycle: $cycle, view: points) { ${selection} } } ${rest}`,
    { cycle: county.cycle },
  )
  return data.scoreGrid
}

it('gives the same columns, whichever are asked for, and how', async () => {
  const { rows, sheets } = await readGrid(town, county.cycle, { view: 'points' })
  const { rows: few, who } = await ask(
    'who: names ... on ScoreGrid { rows { ...Few } }',
    'fragment Few on GridRows { totals count } ',
  )
  expect(few).toEqual({ totals: rows.totals, count: sheets.length })
  expect(who).toBe(sheets.map(({ name }) => name).join('\n'))
  for (const column of ['ids', 'cells', 'marks', 'totals', 'missing', 'limits', 'states', 'mayScore', 'seq'] as const)
    expect((await ask(`rows { ${column} }`)).rows, column).toEqual({ [column]: rows[column] })
  for (const column of ['villages', 'towns', 'fullTime']) expect(Object.keys(await ask(column))).toEqual([column])
})
