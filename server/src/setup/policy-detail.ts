import type { Context } from '../base/context.ts'
import { eventfulFacts } from '../rules/examples.ts'
import { versionChanges } from '../rules/versions.ts'
import { explained } from '../core/explained.ts'
import { versionOf, policies } from '../base/policies.ts'
import type { PolicySummary, PolicyDetail, PolicyChange } from './policy.types.ts'
import { summaryOf } from './policy-summary.ts'

/** Every policy in short. */
export function policySummaries(context: Context): PolicySummary[] {
  return [...policies().values()].map((version) => summaryOf(version, context))
}

/** Everything a policy file says. Throws `policy.unknown`. */
export function policyDetail(context: Context, id: string): PolicyDetail {
  const version = versionOf(id, context)
  const { policy, yaml } = version
  const { lang } = context
  return {
    summary: summaryOf(version, context),
    undated: policy.undated?.[lang],
    rules: explained(policy, {}, eventfulFacts(policy), lang),
    clauses: Object.entries(policy.clauses).map(([clause, { at, says, foreign }]) => ({
      id: clause,
      at: at[lang],
      says: says[lang],
      foreign: foreign?.[lang],
    })),
    examples: policy.examples.map((example, at) => ({
      at,
      id: example.id,
      name: example.name[lang],
      clause: policy.clauses[example.clause]!.at[lang],
    })),
    yaml,
  }
}

/** What two versions of a policy say differently. */
export function policyChanges(context: Context, before: string, after: string): PolicyChange[] {
  const [old, now] = [versionOf(before, context).policy, versionOf(after, context).policy]
  const { lang } = context
  return versionChanges(old, now).map((change) => ({
    path: change.path,
    within: change.within.map((title) => title[lang]),
    clause: change.clause && (now.clauses[change.clause] ?? old.clauses[change.clause])?.at[lang],
    before: change.before?.[lang],
    after: change.after?.[lang],
  }))
}
