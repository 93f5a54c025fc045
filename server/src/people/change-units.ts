import { actorOf, refusal, type Context } from '../base/context.ts'
import { isUuid, updateRow } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { holdCalendar } from '../core/calendars.ts'
import { holdRoster } from '../core/roll.ts'
import { act, type Hand } from '../ledger/act.ts'
import { halfWidth } from '../rules/cell-text.ts'
import { addDays, isDay, type Day } from '../rules/days.ts'
import { plainPlace } from '../rules/roster.ts'
import { unitsOf, type UnitKnown } from './county-roster.ts'
import { followPostings, type Followed } from './follow.ts'
import { codeFault } from './places.ts'

export interface UnitChange {
  id: string
  name: string | null
  code: string | null
  /** Of a village: the town it comes to. */
  town: string | null
}

/**
 * Renames a unit, gives it its code, or brings a village to another town; sheets of running cycles go along.
 * Throws `unit.unknown`, `unit.name`, `unit.code`, `unit.codeTaken`, `unit.nameTaken`.
 */
export const changeUnit = (context: Context, { id, name, code, town }: UnitChange, key: string): Promise<Followed[]> =>
  changing(context, ['change', id, name, code, town], key, async ({ client }, county, units) => {
    const unit = standing(context, units, id)
    const shown = name === null ? unit.name : plainPlace(name)
    if ([...shown].length > 50 || !/\p{L}/u.test(shown) || /\p{Cc}/u.test(shown)) throw refusal(context, 'unit.name')
    const parent = town === null ? unit.parent : standing(context, units, town).id
    if (unit.kind !== 'village' && parent !== unit.parent) throw refusal(context, 'unit.unknown')
    if (town !== null && standing(context, units, town).kind !== 'town') throw refusal(context, 'unit.unknown')
    const others = units.filter((one) => one.id !== id)
    if (others.some((one) => one.closedOn === null && one.kind === unit.kind && one.parent === parent && one.name === shown))
      throw refusal(context, 'unit.nameTaken', { name: shown })
    const digits = code === null ? unit.code : halfWidth(code).trim()
    if (code !== null && unit.kind !== 'county' && codeFault(digits, unit.kind)) throw refusal(context, 'unit.code')
    const holder = others.find((one) => one.code === digits)
    if (holder) throw refusal(context, 'unit.codeTaken', { name: holder.name })
    const set = { name: shown, code: digits, parent_id: parent, ...(code === null ? {} : { provisional: false }) }
    await updateRow(client, 'unit', { county, id }, set)
    return {
      details: { unit: id, name: [unit.name, shown], code: [unit.code, digits], town: [unit.parent, parent] },
      people: parent === unit.parent ? [] : await postedAt(client, county, id),
    }
  })

/**
 * Closes a village on a day, or merges it into another: whoever is posted there goes on in the other from the next day.
 * A town closes once its villages have. Throws `unit.unknown`, `unit.day`, `unit.inUse`.
 */
export const closeUnit = (
  context: Context,
  { id, on, into }: { id: string; on: Day; into: string | null },
  key: string,
): Promise<Followed[]> =>
  changing(context, ['close', id, on, into], key, async ({ client }, county, units) => {
    const unit = standing(context, units, id)
    if (!isDay(on)) throw refusal(context, 'unit.day')
    const other = into === null ? undefined : standing(context, units, into)
    if (unit.kind === 'county' || other?.id === id || (other && other.kind !== unit.kind)) throw refusal(context, 'unit.unknown')
    if (units.some((one) => one.parent === id && one.closedOn === null)) throw refusal(context, 'unit.inUse', { name: unit.name })
    const { rows } = await client.query<{ coordinator_id: string; id: string; starts_on: Day; ends_on: Day | null }>(
      `select coordinator_id, id, starts_on::text, ends_on::text from posting
        where county_id = $1 and village_id = $2 and (ends_on is null or ends_on > $3) order by id for update`,
      [county, id, on],
    )
    if (rows.length > 0 && !other) throw refusal(context, 'unit.inUse', { name: unit.name })
    if (rows.some(({ starts_on: from }) => from > on)) throw refusal(context, 'unit.day')
    const next = rows.map((row) => ({ ...row, next: newId(context.now.getTime()) }))
    for (const { id: posting, next: id, ends_on } of next) {
      await client.query(
        `insert into posting (county_id, id, coordinator_id, village_id, full_time, starts_on, ends_on, category, employer, contract_from, contract_to)
         select county_id, $3, coordinator_id, $4, full_time, $5, $6, category, employer, contract_from, contract_to
           from posting where county_id = $1 and id = $2`,
        [county, posting, id, other!.id, addDays(on, 1), ends_on],
      )
      await updateRow(client, 'posting', { county, id: posting }, { ends_on: on, end_kind: 'merged' })
    }
    await updateRow(client, 'unit', { county, id }, { closed_on: on })
    return {
      details: { unit: id, closedOn: [null, on], into, postings: next.map(({ id, next }) => [id, next]) },
      people: rows.map(({ coordinator_id: person }) => person),
    }
  })

function changing(
  context: Context,
  says: unknown,
  key: string,
  work: (hand: Hand, county: string, units: readonly UnitKnown[]) => Promise<{ details: object; people: string[] }>,
): Promise<Followed[]> {
  const actor = actorOf(context)
  return act({ ...context, actor }, { kind: 'units', cycle: null, key, says }, async (hand) => {
    await holdRoster(hand.client, actor.county, 'write')
    await holdCalendar(hand.client, actor.county, 'read')
    const { details, people } = await work(hand, actor.county, await unitsOf(hand.client, actor.county))
    const { followed, changes, rows } = await followPostings(hand, actor.county, people, context.now)
    return { outcome: followed, details: { ...details, followed }, changes, rows }
  })
}

function standing(context: Context, units: readonly UnitKnown[], id: string): UnitKnown {
  const unit = isUuid(id) ? units.find((one) => one.id === id && one.closedOn === null) : undefined
  if (!unit) throw refusal(context, 'unit.unknown')
  return unit
}

async function postedAt(client: Hand['client'], county: string, village: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'select distinct coordinator_id as id from posting where county_id = $1 and village_id = $2',
    [county, village],
  )
  return rows.map(({ id }) => id)
}
