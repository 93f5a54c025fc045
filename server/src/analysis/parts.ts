import { actorOf, type Context } from '../base/context.ts'
import { cycleRules, type CycleRules } from '../core/cycles.ts'
import { cohortOf } from '../result/cohort.ts'
import { isSecret } from '../rules/ballots.ts'
import { fieldsOf } from '../rules/fields.ts'
import type { Asking, Bind } from './entity.ts'

/** What a request has read once, for all its statements. */
const read = new WeakMap<Context, Map<string, Promise<unknown>>>()

export function once<T>(context: Context, what: string, make: () => Promise<T>): Promise<T> {
  const found = read.get(context) ?? new Map<string, Promise<unknown>>()
  read.set(context, found)
  if (!found.has(what)) found.set(what, make())
  return found.get(what) as Promise<T>
}

/** Every cycle of the county with its policy and readings. */
export const cyclesOf = (context: Context): Promise<CycleRules[]> =>
  once(context, 'cycles', async () => {
    const { rows } = await context.pool.query<{ id: string }>({
      name: 'cycle-ids',
      text: 'select id from cycle where county_id = $1 order by year, id',
      values: [actorOf(context).county],
    })
    return Promise.all(rows.map(({ id }) => cycleRules(context, id)))
  })

/** The same with the policy and the readings that were in force at the moment asked for. */
export const rulesOf = async ({ context, stood }: Asking): Promise<CycleRules[]> =>
  (await cyclesOf(context)).map((rules) => ({ ...rules, ...stood?.rules.get(rules.id) }))

/** The items of every cycle's policy, as a table `i` of a statement: `place` counts from 1 within a sheet's points. */
export async function itemsTable(asking: Asking, bind: Bind): Promise<string> {
  const { lang } = asking.context
  const items = (await rulesOf(asking)).flatMap(({ id: cycle, policy: { sections } }) =>
    sections
      .flatMap((section) => section.items.map((item) => ({ section, item })))
      .map(({ section, item }, at) => ({
        cycle,
        place: at + 1,
        item: item.id,
        section: section.id,
        title: item.title[lang],
        sectionTitle: section.title[lang],
        max: item.max,
      })),
  )
  return `jsonb_to_recordset(${bind(JSON.stringify(items))}::jsonb)
    i(cycle uuid, place int, item text, section text, title text, "sectionTitle" text, max numeric)`
}

/** The fields of every cycle's policy that count something, as a table `f` of a statement. */
export async function countsTable(asking: Asking, bind: Bind): Promise<string> {
  const { lang } = asking.context
  const fields = (await rulesOf(asking)).flatMap(({ id: cycle, policy, choices }) =>
    fieldsOf(policy, choices)
      .filter(({ kind }) => kind === 'count' || kind === 'days')
      .map(({ id: field, item, section, title, kind }) => ({ cycle, field, item, section, title: title[lang], kind })),
  )
  return `jsonb_to_recordset(${bind(JSON.stringify(fields))}::jsonb) f(cycle uuid, field text, item text, section text, title text, kind text)`
}

/** The groups of raters that sign what they give, of every cycle's policy. */
export const signedGroupsOf = async ({ context }: Asking): Promise<string[]> =>
  (await cyclesOf(context)).flatMap(({ policy }) =>
    (policy.rated?.groups ?? []).map(({ id }) => id).filter((id) => !isSecret(id)),
  )

/** Grade, rank and seat of everyone whose town the caller sees whole, as a table `o` of a statement. */
export async function outcomesTable({ context }: Asking, bind: Bind): Promise<string> {
  const outcomes = await once(context, 'outcomes', async () => {
    const cycles = await cyclesOf(context)
    const all = await Promise.all(cycles.map(async (rules) => (await cohortOf(context, rules, undefined)).outcomes.values()))
    return JSON.stringify(all.flatMap((each) => [...each].map(({ id, grade, rank, seat }) => ({ sheet: id, grade, rank, seat }))))
  })
  return `jsonb_to_recordset(${bind(outcomes)}::jsonb) o(sheet uuid, grade text, rank int, seat text)`
}

/** The table of sheets under the alias `s`: as it stands, or as it stood at the moment asked for. */
export function sheetTable({ stood }: Asking, bind: Bind): string {
  if (!stood) return 'sheet s'
  return `(select b.county_id, b.id, b.cycle_id, b.line, b.coordinator_id, b.posting_id, b.village_id, b.town_id, b.full_time, b.days,
      coalesce(o.stage, b.stage) as stage, coalesce(o.state, b.state) as state, coalesce(o.facts, b.facts) as facts,
      coalesce(o.points, b.points) as points, coalesce(o.marks, b.marks) as marks, coalesce(o.total, b.total) as total,
      coalesce(o.missing, b.missing) as missing, coalesce(o.limits, b.limits) as limits, coalesce(o.seq, b.seq) as seq
    from sheet b left join jsonb_to_recordset(${bind(stood.sheets)}::jsonb)
      o(id uuid, stage text, state text, facts jsonb, points text[], marks text, total numeric, missing int, limits text[], seq int) on o.id = b.id
    where b.cycle_id <> all(${bind(stood.unopened)}::uuid[])) s`
}
