import type pg from 'pg'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { actorOf, type Context } from '../base/context.ts'
import { refusedReason } from '../base/reason.ts'
import { dayOfMomentIn } from '../base/today.ts'
import { roll, type Taking } from '../core/roll.ts'
import type { Day } from '../rules/days.ts'

@ObjectType({ simpleResolvers: true, description: '将列入或不列入一期考核的一人 / Somebody who would be in a cycle, or not' })
export class Entrant {
  @Field(() => ID, { description: '协理员 / Coordinator' })
  coordinator!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { nullable: true, description: '村（社区）；几段任职的逐一列出 / Villages; each of several posts' })
  villages?: string | null

  @Field(() => Int, { description: '期内在岗天数 / Days posted in the period' })
  days!: number

  @Field(() => String, { nullable: true, description: '不列入的原因；列入的为空 / Why they are left out; none for who is in' })
  leftOut?: string | null
}

/** Somebody without a sheet, and why; `idle` who is in as soon as they have a post. */
interface LeftOutOf {
  coordinator: string
  reason: string
  idle?: true
}

/**
 * Everyone with a posting in the period, in the order of the roll, and who is left out and why: for the reasons given,
 * because their contract was ended by a decision, or because they have no post then. Throws `cycle.exception`.
 */
export async function entrants(
  client: pg.Pool | pg.PoolClient,
  context: Context,
  span: readonly [Day, Day],
  except: ReadonlyMap<string, string>,
): Promise<{ taking: Taking[]; leftOut: LeftOutOf[] }> {
  const { county } = actorOf(context)
  const zh = context.lang === 'zh'
  const rows = await roll(client, county, span)
  const { rows: people } = await client.query<{ id: string; dismissed: Day | null }>(
    `select c.id, (select max(${dayOfMomentIn('r.at')})::text from ruling r join sheet s on s.county_id = r.county_id and s.id = r.sheet_id
                    where r.county_id = c.county_id and r.kind = 'dismissal' and r.ended_seq is null and s.coordinator_id = c.id) as dismissed
       from coordinator c where c.county_id = $1`,
    [county],
  )
  const known = new Map(people.map(({ id, dismissed }) => [id, dismissed]))
  if ([...except.keys()].some((one) => !known.has(one))) throw refusedReason(context, 'cycle.exception')
  const dismissed = (one: string) => known.get(one) != null && known.get(one)! < span[0]
  const out = new Map(except)
  for (const one of new Set(rows.map(({ coordinator_id: person }) => person)))
    if (!out.has(one) && dismissed(one))
      out.set(one, zh ? `${known.get(one)} 已决定解聘` : `dismissed by a decision of ${known.get(one)}`)
  const posted = new Set(rows.map(({ coordinator_id: one }) => one))
  const [from, to] = span
  const idle = zh ? `${from} 至 ${to} 没有任职` : `no posting from ${from} to ${to}`
  return {
    taking: rows.filter(({ coordinator_id: one }) => !out.has(one)),
    leftOut: [
      ...[...out].map(([coordinator, reason]) => ({ coordinator, reason })),
      ...[...known.keys()].flatMap((coordinator) =>
        posted.has(coordinator) || out.has(coordinator) ? [] : [{ coordinator, reason: idle, idle: true as const }],
      ),
    ],
  }
}

/** The same before a cycle is opened, with names, to choose from. */
export async function entrantsSeen(context: Context, span: readonly [Day, Day]): Promise<Entrant[]> {
  const { taking, leftOut } = await entrants(context.pool, context, span, new Map())
  const { rows } = await context.pool.query<{ id: string; name: string; kind: 'person' | 'village' }>(
    `select id, name, 'person' as kind from coordinator where county_id = $1
     union all select id, name, 'village' from unit where county_id = $1 and kind = 'village'`,
    [actorOf(context).county],
  )
  const nameOf = new Map(rows.map(({ id, name }) => [id, name]))
  const people = Map.groupBy(taking, ({ coordinator_id: one }) => one)
  return [
    ...[...people].map(([coordinator, posts]) => ({
      coordinator,
      name: nameOf.get(coordinator)!,
      villages: posts.map(({ village_id: village }) => nameOf.get(village)).join('、'),
      days: posts.reduce((sum, { days }) => sum + days, 0),
      leftOut: null,
    })),
    ...leftOut.map(({ coordinator, reason }) => ({
      coordinator,
      name: nameOf.get(coordinator)!,
      villages: null,
      days: 0,
      leftOut: reason,
    })),
  ]
}
