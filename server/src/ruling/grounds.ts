import { actorOf, type Reader } from '../context.ts'
import type { CycleRules } from '../cycle/cycles.ts'
import { cohortOf } from '../result/cohort.ts'
import { eliminationsOf } from '../result/elimination.ts'
import { sightOf } from '../rules/access.ts'
import { factsOf } from '../rules/assess.ts'
import { consequences } from '../rules/consequences.ts'
import { exact, shown } from '../rules/exact.ts'
import { clauseOf } from '../rules/explain.ts'
import type { Grade } from '../rules/grade.ts'
import { dossierOf } from '../rules/person.ts'
import { ELIMINATION } from '../rules/ties.ts'
import { sheetRowColumns, type SheetRow } from '../sheet/grid-rows.ts'
import { sentence } from '../words.ts'

/** A ground on which a contract might end: a consequence of the policy by its id, or the end of the order. */
export interface Ground {
  id: string
  says: string
}

/** Who would have to go and why: consequences of the grade and the facts that end a contract. By sheet. */
export async function groundsIn(
  context: Reader,
  rules: CycleRules,
): Promise<Map<string, { grade: Grade | null; grounds: Ground[] }>> {
  const { policy, choices } = rules
  const { members, outcomes } = await cohortOf(context, rules, undefined)
  const { rows } = await context.pool.query<SheetRow>(
    `select ${sheetRowColumns} from sheet s where s.county_id = $1 and s.cycle_id = $2`,
    [actorOf(context).county, rules.id],
  )
  const sheets = new Map(rows.map((row) => [row.id, row]))
  const found = new Map<string, { grade: Grade | null; grounds: Ground[] }>()
  const add = (sheet: string, id: string, title: string, clause: string) => {
    const own = found.get(sheet) ?? { grade: outcomes.get(sheet)!.grade, grounds: [] }
    own.grounds.push({ id, says: `${title} · ${clauseOf(policy, clause, context.lang).at}` })
    found.set(sheet, own)
  }
  for (const { id, counted, fullTime, facts } of members) {
    const row = sheets.get(id)
    if (!row || !counted) continue
    const dossier = dossierOf(row.facts, row.beyond)
    const standing = {
      year: String(rules.year),
      grade: outcomes.get(id)!.grade,
      // Of somebody with several postings the year's facts are those of all of them together.
      facts: { ...factsOf(policy, choices, dossier), ...facts },
      history: dossier.history,
      fullTime,
    }
    for (const { id: ground, effect, state, title, clause } of consequences(policy, choices, standing))
      if ((effect === 'dismissal' || effect === 'deemedLeft') && state === 'met') add(id, ground, title[context.lang], clause)
  }
  // The percentage is of the whole county: whoever sees a part of it has no such list.
  if (sightOf(actorOf(context)) === 'county')
    for (const { candidates, clause } of await eliminationsOf(context, rules))
      for (const { id, fromLast, measure } of candidates)
        add(
          id,
          ELIMINATION,
          sentence(context.lang, 'elimination.ground', { place: String(fromLast), measure: shown(exact(measure)) }),
          clause,
        )
  return found
}
