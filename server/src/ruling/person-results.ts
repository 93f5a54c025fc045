import { actorOf, type Context } from '../base/context.ts'
import { cycleRules, placeOf } from '../core/cycles.ts'
import { cohortOf, townToRead } from '../result/cohort.ts'
import { shown } from '../rules/exact.ts'
import { explainGrade } from '../rules/explain.ts'
import { gradeTitle } from '../rules/policy/parts.ts'
import { explains } from '../result/fallen.ts'
import { decides, rulingsOf } from '../core/rulings.ts'
import type { PersonResult } from './ruling.types.ts'
import { peopleOf, signatureOf } from './people.ts'

/** What the year of each person comes to, why, and what is still to be done about it. */
export async function personResults(context: Context, cycle: string, unit: string | null | undefined): Promise<PersonResult[]> {
  const rules = await cycleRules(context, cycle)
  const { policy } = rules
  const actor = actorOf(context)
  const place = await placeOf(context, unit)
  const { members, outcomes } = await cohortOf(context, rules, townToRead(rules, place))
  const explanations = new Map(
    (await rulingsOf(context.pool, actor.county, cycle, ['explanation'])).map((held) => [held.sheet, held]),
  )
  const rows = await peopleOf(context, cycle, unit)
  const worst = policy.grades.ladder.at(-1)!.id
  return members.flatMap((member) => {
    const person = rows.get(member.id)
    const outcome = outcomes.get(member.id)!
    if (!person || !member.counted) return []
    const written = explanations.get(member.id)
    const explanation = written && explains(written, member, outcome) ? written : undefined
    const needs = [
      ...(member.missing > 0 ? ['scores'] : []),
      ...(outcome.seat === 'contested' ? ['seat'] : []),
      ...(member.missing === 0 && outcome.grade === null && outcome.seat !== 'contested' ? ['grade'] : []),
      ...(outcome.grade === worst && !explanation ? ['explanation'] : []),
    ]
    return [
      {
        sheet: member.id,
        name: person.name,
        village: person.village,
        town: person.town,
        total: shown(member.total),
        rank: outcome.rank,
        seat: policy.quotas.length > 0 ? outcome.seat : null,
        grade: outcome.grade,
        gradeName: outcome.grade && gradeTitle(policy, outcome.grade)[context.lang],
        says: explainGrade(policy, outcome.reasons, context.lang).map(({ says, clause }) =>
          context.lang === 'zh' ? `${says}（${clause.at}）` : `${says} (${clause.at})`,
        ),
        panelGrade: member.panel?.grade ?? null,
        panelReason: member.panel?.reason ?? null,
        explanation: explanation ? signatureOf(explanation, context) : null,
        needs,
        may: decides(actor, policy, person.row),
      },
    ]
  })
}
