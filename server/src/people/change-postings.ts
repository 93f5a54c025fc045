import type pg from 'pg'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { insertRows, isUuid, updateRow } from '../base/database.ts'
import { reasonIfAny } from '../base/reason.ts'
import { holdCalendar } from '../core/calendars.ts'
import { holdRoster } from '../core/roll.ts'
import { act, type Hand } from '../ledger/act.ts'
import { addDays, isDay, type Day } from '../rules/days.ts'
import { followPostings, type Followed } from './follow.ts'

export interface EndPosting {
  posting: string
  on: Day
  kind: string
  reason: string | null
}

interface Held {
  id: string
  coordinator_id: string
  village_id: string
  full_time: boolean
  starts_on: Day
  ends_on: Day | null
  category: string | null
  employer: string | null
}

/**
 * Ends a posting on its last day, as the exit form lists it (XY-F5); running cycles count the days to it.
 * Throws `posting.unknown`, `posting.day`, `posting.reason`.
 */
export const endPosting = (
  context: Context,
  { posting, on, kind, reason: given }: EndPosting,
  key: string,
): Promise<Followed[]> => {
  const reason = reasonIfAny(given, context, 'stage.reason')
  if (kind === 'other' && reason === null) throw refusal(context, 'posting.reason')
  return changing(context, posting, ['end', posting, on, kind, reason], key, async (client, county, held) => {
    if (!isDay(on) || on < held.starts_on) throw refusal(context, 'posting.day', { from: held.starts_on })
    await updateRow(client, 'posting', { county, id: held.id }, { ends_on: on, end_kind: kind, end_reason: reason })
    return { posting: held.id, endsOn: [held.ends_on, on], kind, reason }
  })
}

/**
 * Moves somebody to another village from a day on: the posting ends on the day before, and one of the same kind begins.
 * Throws `posting.unknown`, `posting.day`, `unit.unknown`, `posting.sameVillage`.
 */
export const transferPosting = (
  context: Context,
  { posting, village, on }: { posting: string; village: string; on: Day },
  key: string,
): Promise<Followed[]> =>
  changing(context, posting, ['transfer', posting, village, on], key, async (client, county, held, id) => {
    if (!isDay(on) || on <= held.starts_on) throw refusal(context, 'posting.day', { from: addDays(held.starts_on, 1) })
    if (village === held.village_id) throw refusal(context, 'posting.sameVillage')
    const { rowCount } = isUuid(village)
      ? await client.query(`select from unit where county_id = $1 and id = $2 and kind = 'village' and closed_on is null`, [
          county,
          village,
        ])
      : { rowCount: 0 }
    if (rowCount === 0) throw refusal(context, 'unit.unknown')
    await updateRow(client, 'posting', { county, id: held.id }, { ends_on: addDays(on, -1), end_kind: 'transferred' })
    const { coordinator_id, full_time, category, employer, ends_on } = held
    await insertRows(client, 'posting', [
      { county_id: county, id, coordinator_id, village_id: village, full_time, starts_on: on, ends_on, category, employer },
    ])
    return { posting: held.id, endsOn: [ends_on, addDays(on, -1)], next: id, village: [held.village_id, village] }
  })

/** Changes one posting and lets running cycles follow. */
function changing(
  context: Context,
  posting: string,
  says: unknown,
  key: string,
  work: (client: Hand['client'], county: string, held: Held, id: string) => Promise<object>,
): Promise<Followed[]> {
  const actor = actorOf(context)
  return act({ ...context, actor }, { kind: 'people', cycle: null, key, says }, async (hand) => {
    await holdRoster(hand.client, actor.county, 'write')
    await holdCalendar(hand.client, actor.county, 'read')
    const held = await heldPosting(hand.client, context, posting)
    const details = await work(hand.client, actor.county, held, hand.id)
    const { followed, changes, rows } = await followPostings(hand, actor.county, [held.coordinator_id], context.now)
    return { outcome: followed, details: { ...details, followed }, changes, rows }
  })
}

async function heldPosting(client: pg.PoolClient, context: Context, id: string): Promise<Held> {
  const { rows } = isUuid(id)
    ? await client.query<Held>(
        `select id, coordinator_id, village_id, full_time, starts_on::text, ends_on::text, category, employer
           from posting where county_id = $1 and id = $2 for update`,
        [actorOf(context).county, id],
      )
    : { rows: [] }
  if (!rows[0]) throw refusal(context, 'posting.unknown')
  return rows[0]
}
