import { expect, it } from 'vitest'
import { policies } from './policies.ts'

/** The rows of the requirements that decide points, grades, seats and pay, by their number without its letter; of Xinyi those of management too. */
const core: Record<string, string[]> = {
  yingkou: ['YK-02', 'YK-23', 'YK-24', 'YK-25', 'YK-26', 'YK-27a', 'YK-27b', 'YK-27c', 'YK-28', 'YK-32', 'YK-33'],
  xinyi: [
    'XY-2.4',
    'XY-3.1',
    'XY-3.2',
    'XY-4.2',
    'XY-4.3',
    'XY-5.1',
    'XY-5.2',
    'XY-5.3',
    'XY-5.5',
    'XY-5.6',
    'XY-6.2',
    'XY-6.4a',
    'XY-6.4b',
    'XY-6.4d',
    'XY-V1',
    'XY-V2',
    'XY-V3',
  ],
  district: ['DQ-4.2', 'DQ-5.0', 'DQ-5.2', 'DQ-5.3.0', 'DQ-5.3.1', 'DQ-5.3.2', 'DQ-5.3.3', 'DQ-5.4', 'DQ-5.5', 'DQ-5.6'],
  baihe: ['BH-02', 'BH-03', 'BH-11', 'BH-13', 'BH-16', 'BH-17', 'BH-18.0', 'BH-19'].concat(
    ['BH-18.1.1', 'BH-18.1.2', 'BH-18.1.3', 'BH-18.1.4'],
    ['BH-18.2.1', 'BH-18.2.2', 'BH-18.2.3', 'BH-18.2.4', 'BH-18.2.5'],
  ),
  shandong: ['SD-3.4.4', 'SD-3.5.2b'],
}

/** Reading a policy refuses a clause that no rule cites, so a clause that is there is carried by something. */
it.each(Object.entries(core))('%s carries every row that decides something', (name, rows) => {
  const clauses = Object.keys(policies.find(({ id }) => id === `${name}-1`)?.clauses ?? {})
  expect(rows.filter((row) => !clauses.includes(row))).toEqual([])
})

it('keeps all five regulations, and each says what its source leaves out', () => {
  expect(policies.map(({ id }) => id)).toEqual(['baihe-1', 'district-1', 'shandong-1', 'xinyi-1', 'yingkou-1'])
  const absent = Object.fromEntries(policies.map((policy) => [policy.id, policy.absent.map(({ id }) => id)]))
  expect(absent['yingkou-1']).toEqual(expect.arrayContaining(['score', 'weights', 'annexes']))
  expect(absent['xinyi-1']).toContain('bands')
  expect(absent['shandong-1']).toEqual(expect.arrayContaining(['bands', 'raterWeights', 'rest']))
  expect(absent['district-1']).toEqual(expect.arrayContaining(['score', 'weights']))
  expect(absent['baihe-1']).toContain('formLayouts')
})
