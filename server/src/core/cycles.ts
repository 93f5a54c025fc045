import { isUuid } from '../base/database.ts'
import { actorOf, refusal, type Reader } from '../base/context.ts'
import { policyOf } from '../base/policies.ts'
import { UnitKind } from './organisation.entity.ts'
import { seesNames, sightOf, type Actor } from '../rules/access.ts'
import type { Choices } from '../rules/facts.ts'
import type { Policy } from '../rules/policy/shape.ts'
import type { Approvals } from './cycle.entity.ts'

/** A cycle as the other features need it: its policy and the readings it was opened with. */
export interface CycleRules {
  id: string
  year: number
  state: string
  baseDate: string
  policyId: string
  /** SHA-256 of the policy file it was opened or last changed under. */
  policyHash: string
  policy: Policy
  choices: Choices
  approvals: Approvals
}

/** Throws `cycle.unknown` when the caller's county has no such cycle. */
export async function cycleRules(context: Reader, id: string): Promise<CycleRules> {
  const { county } = actorOf(context)
  const { rows } = isUuid(id)
    ? await context.pool.query<Omit<CycleRules, 'policy'>>({
        name: 'cycle-rules',
        text: `select id, year, state, base_date::text as "baseDate", policy_id as "policyId", policy_hash as "policyHash", choices, approvals from cycle where county_id = $1 and id = $2`,
        values: [county, id],
      })
    : { rows: [] }
  if (!rows[0]) throw refusal(context, 'cycle.unknown')
  return { ...rows[0], policy: policyOf(rows[0].policyId) }
}

/** A part of the sheets: a condition on `sheet s`, and its parameters: $1 the county, $2 the cycle, then `more`. */
export interface Where {
  sql: string
  values: unknown[]
}

/**
 * A coordinator's name as the caller may read it: an SQL expression over the alias `c`.
 * Masked in the database, so that a masked name never reaches the server's answer by another way.
 */
export const nameFor = (actor: Actor): string => (seesNames(actor) ? 'c.name' : `left(c.name, 1) || '＊＊'`)

/** The name of whoever changed something, as the caller may read it. */
export const changerFor = (actor: Actor, name: string): string => (seesNames(actor) ? name : `${name.slice(0, 1)}＊＊`)

/** What the caller may see of the sheets `s`, as a condition; `bind` makes a parameter of a value. */
export function inSight(actor: Actor, bind: (value: unknown) => string): string {
  const sight = sightOf(actor)
  if (sight === 'county') return 'true'
  return `(s.town_id = any(${bind(sight.towns)}::uuid[]) or s.village_id = any(${bind(sight.villages)}::uuid[])
         or s.coordinator_id = any(${bind(sight.coordinators)}::uuid[]))`
}

/**
 * The sheets of a cycle within a unit, as far as the caller may see them. Every reading of sheets starts from this
 * condition, so that what somebody may not see is in no list, count, average or order.
 * Throws `unit.unknown` when there is no such unit; of one outside the caller's sight there are no sheets.
 */
export async function sheetsWithin(
  context: Reader,
  cycle: string,
  unit: string | null | undefined,
  more: unknown[] = [],
): Promise<Where> {
  const actor = actorOf(context)
  const values: unknown[] = [actor.county, cycle, ...more]
  const conditions = ['s.county_id = $1', 's.cycle_id = $2']
  if (unit != null) {
    const kind = await unitKind(context, actor, unit)
    if (kind === UnitKind.town) conditions.push(`s.town_id = $${values.push(unit)}`)
    if (kind === UnitKind.village) conditions.push(`s.village_id = $${values.push(unit)}`)
  }
  conditions.push(inSight(actor, (value) => `$${values.push(value)}`))
  return { sql: conditions.join(' and '), values }
}

/** Where a unit stands: nothing for the county (or no unit), its town, and of a village also the village. */
export interface UnitPath {
  town?: string
  village?: string
}

/** Throws `unit.unknown` when there is no such unit. */
export async function placeOf(context: Reader, unit: string | null | undefined): Promise<UnitPath> {
  if (unit == null) return {}
  const kind = await unitKind(context, actorOf(context), unit)
  if (kind === UnitKind.county) return {}
  if (kind === UnitKind.town) return { town: unit }
  const { rows } = await context.pool.query<{ town: string }>(
    'select parent_id as town from unit where county_id = $1 and id = $2',
    [actorOf(context).county, unit],
  )
  return { town: rows[0]!.town, village: unit }
}

async function unitKind(context: Reader, { county }: Actor, unit: string): Promise<UnitKind> {
  const { rows } = isUuid(unit)
    ? await context.pool.query<{ kind: UnitKind }>({
        name: 'unit-kind',
        text: 'select kind from unit where county_id = $1 and id = $2',
        values: [county, unit],
      })
    : { rows: [] }
  if (!rows[0]) throw refusal(context, 'unit.unknown')
  return rows[0].kind
}
