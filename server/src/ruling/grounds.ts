import { actorOf, type Reader } from '../context.ts'
import type { CycleRules } from '../cycle/cycles.ts'
import { cohortOf } from '../result/cohort.ts'
import { eliminationsOf } from '../result/elimination.ts'
import { sightOf } from '../rules/access.ts'
import { factsOf } from '../rules/assess.ts'
import { consequences, stepsOfGround } from '../rules/consequences.ts'
import { exact, shown } from '../rules/exact.ts'
import { clauseOf } from '../rules/explain.ts'
import type { Grade } from '../rules/grade.ts'
import { dossierOf } from '../rules/person.ts'
import { sheetRowColumns, type SheetRow } from '../sheet/grid-rows.ts'
import { sentence } from '../words.ts'

/** A ground on which a contract might end: a consequence of the policy by its id, or the end of the order. */
export interface Ground {
  id: string
  says: string
  /** What sort of ground it is in law, and the steps the law asks for on it, by their ids. */
  law: string
  steps: string[]
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
  const withClause = (title: string, clause: string) => `${title} · ${clauseOf(policy, clause, context.lang).at}`
  const add = (sheet: string, { id, ground, title, clause }: { id: string; ground?: string; title: string; clause: string }) => {
    const own = found.get(sheet) ?? { grade: outcomes.get(sheet)!.grade, grounds: [] }
    const law = policy.legal!.grounds.find((one) => one.id === ground)!
    const steps = stepsOfGround(policy, ground).map((step) => step.id)
    own.grounds.push({ id, says: withClause(title, clause), law: withClause(law.title[context.lang], law.clause), steps })
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
    for (const { effect, state, title, ...one } of consequences(policy, choices, standing))
      if ((effect === 'dismissal' || effect === 'deemedLeft') && state === 'met') add(id, { ...one, title: title[context.lang] })
  }
  // The percentage is of the whole county: whoever sees a part of it has no such list.
  if (sightOf(actorOf(context)) === 'county')
    for (const { candidates, clause } of await eliminationsOf(context, rules))
      for (const { id: sheet, fromLast, measure } of candidates) {
        const place = { place: String(fromLast), measure: shown(exact(measure)) }
        add(sheet, { ...policy.elimination!, title: sentence(context.lang, 'elimination.ground', place), clause })
      }
  return found
}
