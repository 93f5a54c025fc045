import type { Context } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { eliminationsOf } from '../result/elimination.ts'
import { exact, shown } from '../rules/exact.ts'
import { clauseOf } from '../rules/explain.ts'
import type { LastPlace, EliminationList } from './ruling.types.ts'
import { peopleOf } from './people.ts'

/** Who comes last, with the cap and the steps of the law still missing. */
export async function eliminationLists(context: Context, cycle: string): Promise<EliminationList[]> {
  const rules = await cycleRules(context, cycle)
  const people = await peopleOf(context, cycle, undefined)
  const line = (sheet: string, more: Partial<LastPlace> = {}): LastPlace => {
    const { name = '', village = '' } = people.get(sheet) ?? {}
    return { sheet, name, village, fromLast: null, measure: null, stepsMissing: [], ...more }
  }
  return (await eliminationsOf(context, rules)).map(({ clause, candidates, contested, unmeasured, ...found }) => ({
    ...found,
    clause: clauseOf(rules.policy, clause, context.lang).at,
    candidates: candidates.map(({ id, fromLast, measure, stepsMissing }) =>
      line(id, {
        fromLast,
        measure: shown(exact(measure)),
        stepsMissing: stepsMissing.map(({ title }) => title[context.lang]),
      }),
    ),
    contested: contested.map((id) => line(id)),
    unmeasured: unmeasured.map((id) => line(id)),
  }))
}
