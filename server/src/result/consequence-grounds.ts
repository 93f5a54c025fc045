import { actorOf, type Reader } from '../base/context.ts'
import type { CycleRules } from '../core/cycles.ts'
import { cohortOf } from './cohort.ts'
import { factsOf } from '../rules/assess.ts'
import { basisChanges } from '../rules/basis.ts'
import { consequences, stepsOfGround } from '../rules/consequences.ts'
import { clauseOf } from '../rules/explain.ts'
import type { Grade } from '../rules/facts.ts'
import { dossierOf } from '../rules/person.ts'
import { readSheets } from '../core/lock.ts'
import { dismissalBasis } from './bases.ts'
import { rulingsOf } from '../core/rulings.ts'

/** A ground on which a contract might end: a consequence of the policy by its id, or the end of the order. */
export interface Ground {
  id: string
  says: string
  /** What sort of ground it is in law, and the steps the law asks for on it, by their ids. */
  law: string
  steps: string[]
}

/** By sheet the grade, and the grounds on which the contract might end. */
export type Grounds = Map<string, { grade: Grade | null; grounds: Ground[] }>

/** A ground in words, with the steps that the law asks for on its sort. */
export function groundOf(
  { policy }: CycleRules,
  { lang }: Reader,
  { id, ground, title, clause }: { id: string; ground?: string; title: string; clause: string },
): Ground {
  const withClause = (says: string, at: string) => `${says} · ${clauseOf(policy, at, lang).at}`
  const law = policy.legal!.grounds.find((one) => one.id === ground)!
  const steps = stepsOfGround(policy, ground).map((step) => step.id)
  return { id, says: withClause(title, clause), law: withClause(law.title[lang], law.clause), steps }
}

/** Who would have to go by a consequence of the grade or the facts. */
export async function consequencesIn(context: Reader, rules: CycleRules): Promise<Grounds> {
  const { policy, choices } = rules
  const { members, outcomes } = await cohortOf(context, rules, undefined)
  const rows = await readSheets(context.pool, actorOf(context).county, { cycle: rules.id })
  const sheets = new Map(rows.map((row) => [row.id, row]))
  const found: Grounds = new Map()
  for (const { id, counted, fullTime, facts } of members) {
    const row = sheets.get(id)
    if (!row || !counted) continue
    const { grade } = outcomes.get(id)!
    const dossier = dossierOf(row.facts, row.beyond)
    // Of somebody with several postings the year's facts are those of all of them together.
    const year = { ...factsOf(policy, choices, dossier), ...facts }
    const standing = { year: String(rules.year), grade, facts: year, history: dossier.history, fullTime }
    const grounds = consequences(policy, choices, standing)
      .filter(({ effect, state }) => (effect === 'dismissal' || effect === 'deemedLeft') && state === 'met')
      .map((one) => groundOf(rules, context, { ...one, title: one.title[context.lang] }))
    if (grounds.length > 0) found.set(id, { grade, grounds })
  }
  return found
}

/**
 * Of whoever was dismissed, or on the way to it, what is documented: the decision, while it stands, and the steps of the
 * law. By sheet. The end of the order is no part of it: who comes last depends on who was dismissed.
 */
export async function dismissalsIn(
  context: Reader,
  rules: CycleRules,
): Promise<Map<string, { dismissed: boolean; done: string[] }>> {
  const held = await rulingsOf(context.pool, actorOf(context).county, rules.id, ['legalStep', 'dismissal'])
  const based = held.some(({ kind, basis }) => kind === 'dismissal' && basis)
  const now: Grounds = based ? await consequencesIn(context, rules) : new Map()
  const last = `ground:${rules.policy.elimination?.id ?? ''}`
  return new Map(
    [...Map.groupBy(held, ({ sheet }) => sheet)].map(([sheet, own]) => {
      const { grade = null, grounds = [] } = now.get(sheet) ?? {}
      const stands = ({ basis }: (typeof own)[number]) =>
        !basis || basisChanges(basis, dismissalBasis(grade ?? basis.grade ?? null, grounds)).every(({ fact }) => fact === last)
      return [
        sheet,
        {
          dismissed: own.some((one) => one.kind === 'dismissal' && stands(one)),
          done: own.flatMap(({ kind, subject }) => (kind === 'legalStep' ? [subject] : [])),
        },
      ]
    }),
  )
}
