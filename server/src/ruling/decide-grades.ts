import { act } from '../ledger/act.ts'
import type { Changes } from '../ledger/chain.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { cohortOf } from '../result/cohort.ts'
import { panelBasis } from '../rules/grade.ts'
import type { Beyond } from '../rules/person.ts'
import { GRADE, mayChange } from '../rules/reopened.ts'
import { evaluated } from '../core/evaluated.ts'
import { decides } from '../core/rulings.ts'
import { lockNamed } from '../core/lock.ts'
import { reasonOf } from '../base/reason.ts'
import { refuseWrongGrade } from '../core/panel.ts'

/** Records the grade the panel gives to people, or removes it. Throws `ruling.notYours`, `appeal.onlyNamed`, `ruling.notCounted`, `ruling.gradeRefused`. */
export async function decideGrades(
  context: Context,
  {
    cycle,
    sheets,
    grade,
    given,
    key,
  }: { cycle: string; sheets: string[]; grade: string | null | undefined; given: string; key: string },
): Promise<number> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const { policy, choices } = rules
  const reason = reasonOf(given, context)
  const says = [[...sheets].sort(), grade ?? null]
  return act({ ...context, actor }, { kind: 'rule', cycle, key, says, reason }, async ({ client, seq }) => {
    const rows = await lockNamed(client, context, cycle, sheets)
    if (rows.some((row) => !decides(actor, policy, row))) throw refusal(context, 'ruling.notYours')
    // A grade that was given stands while an appeal that does not name it is being dealt with, unless it fell.
    const { members, outcomes } = await cohortOf({ ...context, pool: client }, rules, undefined)
    const fell = (id: string) => outcomes.get(id)!.reasons.some(({ kind }) => kind === 'panelFell')
    if (rows.some(({ id, beyond, reopened }) => beyond.panel && !fell(id) && !mayChange(reopened, GRADE)))
      throw refusal(context, 'appeal.onlyNamed')
    const number = await seq()
    const changes: Changes = new Map()
    const people = new Map(members.map((member) => [member.id, member]))
    for (const row of rows) {
      const before = row.beyond.panel?.grade ?? null
      const { panel: _, ...others } = row.beyond
      const { panel: __, ...person } = people.get(row.id)!
      const on = panelBasis(policy, choices, person)
      const beyond: Beyond = grade == null ? others : { ...others, panel: { grade, reason, on } }
      if (grade != null) {
        if (!person.counted) throw refusal(context, 'ruling.notCounted')
        refuseWrongGrade(rules, { ...person, panel: beyond.panel }, context)
      }
      Object.assign(row, { beyond, ...evaluated(policy, choices, row.facts, beyond), seq: number })
      changes.set(row.id, { '@panel': [before, grade ?? null] })
    }
    return { outcome: rows.length, details: { grade: grade ?? null, sheets: rows.map(({ id }) => id) }, changes, rows }
  })
}
