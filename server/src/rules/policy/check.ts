import { checkNames } from './check-names.ts'
import { checkReadings } from './check-readings.ts'
import { checkSums } from './check-sums.ts'
import type { Objecting, Objection } from './objection.ts'
import type { Policy } from './shape.ts'
import { walk } from './walk.ts'

/** Everything that is wrong with a policy of the right shape. Sums are looked at once every name in them is known. */
export function objectionsTo(policy: Policy): Objection[] {
  const found: Objection[] = []
  const object = (path: string, says: string) => found.push({ path, says })
  checkCitations(policy, object)
  checkReadings(policy, object)
  checkNames(policy, object)
  if (found.length === 0) checkSums(policy, object)
  return found
}

/** Every clause named exists, and every clause is named by something. */
function checkCitations(policy: Policy, object: Objecting): void {
  const cited = new Set<string>()
  walk({ ...policy, clauses: {} }, '', (key, value, path) => {
    if (key !== 'clause' || typeof value !== 'string') return
    cited.add(value)
    if (!(value in policy.clauses)) object(path, `没有条款 ${value} / no clause ${value}`)
  })
  for (const id of Object.keys(policy.clauses)) {
    if (!cited.has(id)) object(`clauses.${id}`, '没有规则引用这一条款 / no rule cites this clause')
  }
}
