import { afterAll, beforeAll, expect, it } from 'vitest'
import { Keys } from '../../server/src/base/keys.ts'
import { callerOfCookie, signIn } from '../../server/src/access/sessions.ts'
import { openDoors, type Doors } from '../../server/src/demo/doors.ts'
import { openCounty, type County } from '../county.ts'

// A role ends with its last day where the county is, whatever day it is where the server’s clock stands.
let county: County
let doors: Doors
let account: string
const keys = new Keys({ key: 'a1'.repeat(32), data: '' })

beforeAll(async () => {
  county = await openCounty()
  const around = { ...county.app, keys, transport: { plain: false }, readiness: { preparing: false } }
  doors = await openDoors(around, new AbortController().signal)
  const { rows } = await county.app.database.pool.query<{ id: string }>(`select id from account where login = 'auditor'`)
  account = rows[0]!.id
  await county.app.database.pool.query(`update role_grant set ends_on = '2026-12-01' where account_id = $1`, [account])
})
afterAll(() => county.close())

const door = () => ({
  pool: county.app.database.pool,
  keys,
  demo: true,
  secondFactor: 'off' as const,
  sessionIdleMinutes: 600,
})

/** Whether the auditor may sign in at a moment, goes on being who they are, and is listed with the role by administration. */
async function holdsAt(moment: string) {
  const now = new Date(moment)
  const knock = { lang: 'zh' as const, address: '127.0.0.1', agent: '' }
  const result = await signIn(door(), { login: 'auditor', password: 'kaohe-demo' }, { ...knock, now })
  const early = await signIn(
    door(),
    { login: 'auditor', password: 'kaohe-demo' },
    { ...knock, now: new Date('2026-12-01T14:00:00Z') },
  )
  const going = await callerOfCookie(door(), 'cookie' in early ? early.cookie : '', now)
  const { accounts } = await doors.ask<{ accounts: { id: string; grants: unknown[] }[] }>(
    doors.account('security'),
    now,
    '{ accounts(find: "auditor") { accounts { id grants { id } } } }',
  )
  return ['cookie' in result, going !== undefined, accounts.find(({ id }) => id === account)!.grants.length === 1]
}

it.each([
  ['2026-12-01T15:59:59Z', true, 'the last second of the day in Shanghai'],
  ['2026-12-01T16:00:00Z', false, 'the first of the next day there, the same day in UTC'],
  ['2026-12-01T23:30:00Z', false, 'half an hour before midnight in UTC'],
  ['2026-11-30T23:30:00Z', true, 'the morning of the last day there, the day before in UTC'],
])('at %s: %s, %s', async (moment, holds) => {
  expect(await holdsAt(moment)).toEqual([holds, holds, holds])
})
