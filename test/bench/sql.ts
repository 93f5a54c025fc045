import type pg from 'pg'

/** The statements of the limit: set-based SQL written by hand for the work at hand, without rules, rights or history. */

export interface Statement {
  name: string
  text: string
  values: unknown[]
}

export type GridRow = Record<string, string> & { seq: number }

const list = (expression: string) => `coalesce(string_agg(coalesce(${expression}, ''), E'\\n'), '')`

/** All sheets of a cycle, or of one town, one text a column, as the grid takes them. */
export function gridStatement(
  fields: readonly { field: string; kind: string }[],
  [county, cycle, town]: [county: string, cycle: string, town?: string],
): Statement {
  const items = fields.filter(({ kind }) => kind === 'points').map(({ field }) => field)
  const cells = fields.map(({ field, kind }, at) =>
    kind === 'points' ? `s.points[${items.indexOf(field) + 1}] as c${at}` : `s.facts ->> '${field}' as c${at}`,
  )
  const text = `
    select coalesce(max(seq), 0) as seq, ${list('id::text')} as ids, ${list('name')} as names, ${list('village')} as villages,
           ${list('town')} as towns, ${list(`case when full_time then 'y' end`)} as "fullTime", ${list('marks')} as marks,
           ${list('total::text')} as totals, ${list('missing::text')} as missing,
           ${list(`array_to_string(limits, ' ')`)} as limits, ${list('state')} as states, ${list('null')} as "mayScore",
           ${cells.map((_, at) => `${list(`c${at}`)} as c${at}`).join(', ')}
      from (select s.id, s.seq, c.name, v.name as village, t.name as town, s.full_time, s.marks, s.total, s.missing, s.limits,
                   s.state, ${cells.join(', ')}
              from sheet s
              join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
              join unit v on v.county_id = s.county_id and v.id = s.village_id
              join unit t on t.county_id = s.county_id and t.id = s.town_id
             where s.county_id = $1 and s.cycle_id = $2 ${town ? 'and s.town_id = $3' : ''} order by s.line) sheets`
  return { name: town ? 'bare-town' : 'bare-county', text, values: town ? [county, cycle, town] : [county, cycle] }
}

/** The columns of the statement, as the API gives them. */
export function gridOf({ names, villages, towns, fullTime, ...rows }: GridRow) {
  const { ids, marks, totals, missing, limits, states, mayScore, seq, ...cells } = rows
  return {
    names: names!,
    villages: villages!,
    towns: towns!,
    fullTime: fullTime!,
    rows: { ids, cells: Object.values(cells) as string[], marks, totals, missing, limits, states, mayScore, seq },
  }
}

/** A sheet's columns that a save writes; `facts` as the database writes jsonb. */
export interface Stored {
  id: string
  facts: string
  points: string
  marks: string
  total: string
  missing: number
  limits: string
}

export async function readSheets(client: pg.Client, county: string, ids: readonly string[]): Promise<Stored[]> {
  const { rows } = await client.query<Stored>(
    `select id, facts::text, points::text, marks, total::text, missing, limits::text
       from sheet where county_id = $1 and id = any($2::uuid[]) order by id`,
    [county, ids],
  )
  return rows
}

/** The cells one change set changed, by sheet, as the history holds them; in the order of the sheets. */
export async function readChanges(client: pg.Client, county: string): Promise<{ sheet: string; cells: string }[]> {
  const { rows } = await client.query<{ sheet: string; cells: string }>(
    `select sheet_id as sheet, cells::text from sheet_change
      where county_id = $1 and seq = (select chain_seq from county where id = $1) order by sheet_id`,
    [county],
  )
  return rows
}

/** One row by its key, committed by itself. */
export const saveRow = (client: pg.Client, county: string, row: Stored) =>
  client.query({
    name: 'bare-save',
    text: `update sheet set facts = $3::jsonb, points = $4::text[], marks = $5, total = $6, missing = $7, limits = $8::text[]
            where county_id = $1 and id = $2`,
    values: [county, row.id, row.facts, row.points, row.marks, row.total, row.missing, row.limits],
  })

export interface Head {
  county: string
  cycle: string
  account: string
}

/** What a save writes: the rows as they become, and of each the cells as they were seen and the record of the change. */
export interface Write {
  rows: Stored[]
  seen: string[]
  changes: string[]
}

/** One transaction: locks the rows, compares each cell with what was seen, writes, keeps the record of the change. */
export async function saveRecorded(client: pg.Client, { county, cycle, account }: Head, { rows, seen, changes }: Write) {
  const ids = rows.map(({ id }) => id)
  await client.query('begin')
  const locked = await client.query<{ same: boolean }>({
    name: 'bare-lock',
    text: `select s.facts @> a.seen as same from sheet s join unnest($2::uuid[], $3::jsonb[]) as a (id, seen) on a.id = s.id
            where s.county_id = $1 order by s.id for no key update of s`,
    values: [county, ids, seen],
  })
  if (locked.rows.length !== rows.length || !locked.rows.every(({ same }) => same)) throw new Error('bare SQL met a conflict')
  const end = await client.query<{ seq: number }>({
    name: 'bare-chain',
    text: 'select chain_seq + 1 as seq from county where id = $1 for no key update',
    values: [county],
  })
  const { seq } = end.rows[0]!
  await client.query({
    name: 'bare-write',
    text: `update sheet s set facts = v.facts, points = v.points::text[], marks = v.marks, total = v.total, missing = v.missing,
                  limits = v.limits::text[], seq = $9
             from unnest($2::uuid[], $3::jsonb[], $4::text[], $5::text[], $6::numeric[], $7::int[], $8::text[])
                  as v (id, facts, points, marks, total, missing, limits)
            where s.county_id = $1 and s.id = v.id`,
    values: [
      county,
      ids,
      ...(['facts', 'points', 'marks', 'total', 'missing', 'limits'] as const).map((column) => rows.map((row) => row[column])),
      seq,
    ],
  })
  await client.query({
    name: 'bare-record',
    text: `with head as (
             insert into change_set (county_id, seq, id, cycle_id, account_id, by, at, kind, undoes, key, outcome, hash)
             values ($1, $2, gen_random_uuid(), $3, $4, 'bench', now(), 'edit', null, gen_random_uuid(), '{}', repeat('0', 64))
           ), body as (
             insert into sheet_change (county_id, sheet_id, seq, cells)
             select $1, sheet, $2, cells from unnest($5::uuid[], $6::jsonb[]) as changed (sheet, cells)
           ) update county set chain_seq = $2 where id = $1`,
    values: [county, seq, cycle, account, ids, changes],
  })
  await client.query('commit')
}

export interface RankedRow {
  village: string
  name: string
  town: string
  coordinators: string
  sheet: string
  score: string
  rank: number | null
  townRank: number | null
  tied: number
  sheets: number
  missing: number
  excellent: number
  fail: number
  panel: number
}

/**
 * Villages by their mean weighted by days, with ranks, ties and counts by grade: of each town's people in post on the base
 * date the best fifth of the full-time, ties at the edge left out; villages that are not scored whole come last, without ranks; vetoes and five days of absence in the year fail.
 */
export const rankStatement = (county: string, cycle: string): Statement => ({
  name: 'bare-rank',
  text: `
    with post as (
      select s.id, s.line, s.village_id, s.town_id, s.coordinator_id, s.full_time, s.days, s.total, s.missing,
             s.limits && '{v1,v2,v3}' as vetoed, (s.facts ->> 'absentDays')::numeric as absent, c.name,
             p.starts_on <= y.base_date and (p.ends_on is null or p.ends_on >= y.base_date) as counted
        from sheet s
        join cycle y on y.county_id = s.county_id and y.id = s.cycle_id
        join posting p on p.county_id = s.county_id and p.id = s.posting_id
        join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
       where s.county_id = $1 and s.cycle_id = $2
    ), year as (
      select coordinator_id, round(sum(total * days) / sum(days), 12) as total, sum(missing) as missing,
             bool_or(vetoed) or coalesce(sum(absent), 0) >= 5 as fails
        from post group by coordinator_id
    ), person as (
      select post.village_id, post.town_id, post.full_time, year.total, year.fails,
             not year.fails and year.missing = 0 and post.full_time as stands
        from post join year using (coordinator_id) where post.counted
    ), placed as (
      select *, count(*) filter (where stands) over (partition by town_id order by total desc) as ahead,
             count(*) filter (where full_time) over (partition by town_id) / 5 as seats
        from person
    ), grades as (
      select village_id, count(*) filter (where stands and ahead <= seats)::int as excellent,
             count(*) filter (where fails)::int as fail, count(*)::int as people
        from placed group by village_id
    ), scored as (
      select village_id, town_id, min(line) as line, (array_agg(id order by line))[1] as sheet,
             string_agg(name, '、' order by line) as coordinators, round(sum(total * days) / sum(days), 12) as score,
             count(*)::int as sheets, sum(missing)::int as missing
        from post group by village_id, town_id
    )
    select s.village_id as village, v.name, t.name as town, s.coordinators, s.sheet, trim_scale(round(s.score, 2))::text as score,
           case when s.missing = 0 then rank() over (partition by s.missing = 0 order by s.score desc)::int end as rank,
           case when s.missing = 0 then rank() over (partition by s.missing = 0, s.town_id order by s.score desc)::int end as "townRank",
           case when s.missing = 0 then count(*) over (partition by s.missing = 0, s.score)::int else 1 end as tied, s.sheets, s.missing, coalesce(g.excellent, 0) as excellent,
           coalesce(g.fail, 0) as fail, coalesce(g.people - g.excellent - g.fail, 0) as panel
      from scored s
      join unit v on v.county_id = $1 and v.id = s.village_id
      join unit t on t.county_id = $1 and t.id = s.town_id
      left join grades g on g.village_id = s.village_id
     order by rank nulls last, s.line`,
  values: [county, cycle],
})

/** The villages of three towns, the sheets in these, and of each the items that earned nothing, as the API tells them: one JSON text. */
export const nestedStatement = (county: string, cycle: string, titles: readonly string[]): Statement => ({
  name: 'bare-nested',
  text: `
    with chosen as (
      select id, code, name from unit where county_id = $1 and kind = 'town' order by code limit 3
    ), lost as (
      select s.id, json_agg(json_build_object('title', i.title, 'points', p.point) order by place) as nodes
        from sheet s cross join unnest(s.points) with ordinality p(point, place)
        join unnest($3::text[]) with ordinality i(title, place) using (place)
       where s.county_id = $1 and s.cycle_id = $2 and s.town_id in (select id from chosen) and p.point::numeric = 0 group by s.id
    ), sheets as (
      select s.village_id, json_agg(json_build_object('person', json_build_object('name', c.name),
             'items', json_build_object('nodes', coalesce(l.nodes, '[]'))) order by s.line) as nodes
        from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id left join lost l on l.id = s.id
       where s.county_id = $1 and s.cycle_id = $2 and s.town_id in (select id from chosen) group by s.village_id
    )
    select json_build_object('data', json_build_object('villages', json_build_object('nodes',
             json_agg(json_build_object('name', v.name, 'town', json_build_object('name', t.name),
                      'sheets', json_build_object('nodes', coalesce(s.nodes, '[]'))) order by v.code))))::text as body
      from chosen t join unit v on v.county_id = $1 and v.parent_id = t.id left join sheets s on s.village_id = v.id`,
  values: [county, cycle, titles],
})

/** Total and ranks of every sheet from its cells: what the items earned, nothing kept. A veto or a note changes no total. */
export const totalsStatement = (county: string, cycle: string): Statement => ({
  name: 'bare-totals',
  text: `
    with summed as (
      select s.id, s.line, s.town_id, (select coalesce(sum(point::numeric), 0) from unnest(s.points) as point) as total
        from sheet s where s.county_id = $1 and s.cycle_id = $2
    )
    select id, trim_scale(total)::text as total, rank() over (order by total desc)::int as rank,
           rank() over (partition by town_id order by total desc)::int as "townRank"
      from summed order by line`,
  values: [county, cycle],
})
