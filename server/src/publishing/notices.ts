import { createHash } from 'node:crypto'
import type pg from 'pg'
import { actorOf, type Reader } from '../base/context.ts'
import type { CycleRules } from '../core/cycles.ts'
import { cohortOf } from '../result/cohort.ts'
import { shown } from '../rules/exact.ts'
import { maskedName, sectionOf, type PlainColumn } from '../rules/notice.ts'
import { gradeTitle } from '../rules/policy/parts.ts'
import { score } from '../rules/score/index.ts'
import { factsOf } from '../rules/assess.ts'
import { dossierOf } from '../rules/person.ts'
import type { Lang, Text } from '../rules/text.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import type { NoticeRow } from './notice.entity.ts'
import { STAGE } from '../core/standing.ts'

/** The SHA-256 of what a notice says. */
export const noticeHash = (said: {
  unit: string
  columns: readonly string[]
  audience: string
  startsOn: string
  endsOn: string
  heads: readonly string[]
  rows: readonly NoticeRow[]
}): string => {
  const rows = said.rows.map(({ sheet, shows }) => ({ sheet, shows }))
  return createHash('sha256')
    .update(JSON.stringify([said.unit, said.columns, said.audience, said.startsOn, said.endsOn, said.heads, rows]))
    .digest('hex')
}

/** What a notice shows, as a table. */
export interface NoticeTable {
  heads: string[]
  rows: NoticeRow[]
}

const titles: Record<PlainColumn, Text> = {
  name: { zh: '姓名', en: 'Name' },
  maskedName: { zh: '姓名', en: 'Name' },
  village: { zh: '村（社区）', en: 'Village' },
  town: { zh: '镇（街道）', en: 'Town' },
  grade: { zh: '等次', en: 'Grade' },
  total: { zh: '总分', en: 'Total' },
  rank: { zh: '名次', en: 'Rank' },
}

/**
 * What a notice shows of these sheets: a row for each person, in the order of the roll, by the sheet of the posting held
 * on the base date. Ids, birth dates and numbers of people are not read here, so that they cannot appear on a notice.
 */
export async function shownRows(
  context: Reader,
  rules: CycleRules,
  sheets: readonly SheetRow[],
  columns: readonly string[],
): Promise<NoticeTable> {
  const { policy, choices } = rules
  const { members, outcomes } = await cohortOf(context, rules, undefined)
  const people = new Map(members.filter(({ counted }) => counted).map((member) => [member.id, member]))
  const { rows: places } = await context.pool.query<{ id: string; name: string; village: string; town: string }>(
    `select s.id, c.name, v.name as village, t.name as town
       from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
       join unit v on v.county_id = s.county_id and v.id = s.village_id
       join unit t on t.county_id = s.county_id and t.id = s.town_id
      where s.county_id = $1 and s.id = any($2::uuid[])`,
    [actorOf(context).county, sheets.map(({ id }) => id)],
  )
  const placeOf = new Map(places.map((place) => [place.id, place]))
  const listed = sheets.filter(({ id }) => people.has(id)).toSorted((a, b) => a.line - b.line)
  const rows = listed.map((sheet): NoticeRow => {
    const { name, village, town } = placeOf.get(sheet.id)!
    const { grade, rank } = outcomes.get(sheet.id)!
    const person = people.get(sheet.id)!
    const plain: Record<PlainColumn, () => string> = {
      name: () => name,
      maskedName: () => maskedName(name),
      village: () => village,
      town: () => town,
      grade: () => (grade === null ? '—' : gradeTitle(policy, grade).zh),
      total: () => shown(person.total),
      rank: () => String(rank ?? '—'),
    }
    const points = new Map<string, string>()
    if (columns.some((column) => sectionOf(column) !== undefined)) {
      const root = score(policy, choices, factsOf(policy, choices, dossierOf(sheet.facts, sheet.beyond)), sheet.beyond)
      for (const part of root.parts) points.set(part.id, shown(part.points))
    }
    const shows = columns.map((column) => {
      const section = sectionOf(column)
      return section === undefined ? plain[column as PlainColumn]() : (points.get(section) ?? '—')
    })
    return { sheet: sheet.id, shows }
  })
  return { heads: columns.map((column) => headOf(rules, column, 'zh')), rows }
}

/** The heading of a column. A notice itself is always in Chinese. */
export const headOf = ({ policy }: CycleRules, column: string, lang: Lang): string =>
  (policy.sections.find(({ id }) => id === sectionOf(column))?.title ?? titles[column as PlainColumn])[lang]

/** A notice that holds for a sheet: not withdrawn, and published after the sheet last came to the stage where it stands. */
export interface Covering {
  sheet: string
  notice: string
  columns: string[]
  rows: NoticeRow[]
  startsOn: string
  endsOn: string
}

/** The latest notice that holds for each of these sheets. Sheets that must still be published have none. */
export async function noticesFor(
  client: pg.Pool | pg.PoolClient,
  county: string,
  { policy }: CycleRules,
  sheets: readonly string[],
): Promise<Map<string, Covering>> {
  const { rows } = await client.query<Covering>(
    `select distinct on (s.id) s.id as sheet, n.id as notice, n.columns, n.rows, n.starts_on::text as "startsOn", n.ends_on::text as "endsOn"
       from sheet s join notice n on n.county_id = s.county_id and n.cycle_id = s.cycle_id and s.id = any(n.sheets)
      where s.county_id = $1 and s.id = any($2::uuid[]) and n.withdrawn_at is null
        and n.seq > coalesce((select max(c.seq) from sheet_change c
                               where c.county_id = s.county_id and c.sheet_id = s.id and c.cells ? '${STAGE}'
                                 and c.cells -> '${STAGE}' ->> 1 <> $3), 0)
      order by s.id, n.seq desc`,
    [county, sheets, policy.stages.at(-1)!.id],
  )
  return new Map(rows.map((row) => [row.sheet, row]))
}
