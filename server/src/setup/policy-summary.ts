import type { Context } from '../base/context.ts'
import { lint } from '../rules/lint.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { score } from '../rules/score/index.ts'
import { claimedAs, claimKindOf, claimPartsOf, type TallyRule } from '../rules/score/tally.ts'
import type { Lang } from '../rules/text.ts'
import type { PolicyVersion } from '../base/policies.ts'
import type { MeasureGroup, PolicyTally, PolicySummary } from './policy.types.ts'

/** A policy in short, in the language of the caller. */
export function summaryOf({ id, policy, hash }: PolicyVersion, { lang }: Context): PolicySummary {
  return {
    id,
    title: policy.title[lang],
    issuer: policy.issuer[lang],
    hash,
    checkedOn: policy.checkedOn,
    rates: policy.rated !== undefined,
    attends: policy.absences !== undefined || policy.facts.some(({ id }) => id === 'absentDays'),
    grades: policy.grades.ladder.map(({ id, title }) => ({ id, title: title[lang] })),
    measures: measuresOf(policy, lang),
    items: policy.sections.flatMap((section) =>
      section.items.map((item) => ({
        id: item.id,
        title: item.title[lang],
        max: item.max,
        section: section.id,
        sectionTitle: section.title[lang],
      })),
    ),
    tally: tallyOf(policy, lang),
    readings: Object.entries(policy.interpretations).map(([number, reading]) => ({
      id: number,
      question: reading.question[lang],
      approver: reading.approver[lang],
      clause: policy.clauses[reading.clause]!.at[lang],
      options: reading.options.map((option) => ({
        id: option.id,
        says: option.says[lang],
        isDefault: option.id === reading.default,
      })),
    })),
    findings: lint(policy).map(({ says }) => says[lang]),
  }
}

/** What villages can be ranked by beside the total: the parts of the score and, where claims are counted, the quality of data. */
function measuresOf(policy: Policy, lang: Lang): MeasureGroup[] {
  const parts = score(policy, {}, {}).parts.filter((part) => part.parts.length > 0)
  const groups = parts.map(({ id, name, parts: items }) => ({
    id,
    title: name[lang],
    parts: items.map((item) => ({ id: item.id, title: item.name[lang] })),
  }))
  if (policy.tally) groups.push({ id: 'dataQuality', title: lang === 'zh' ? '数据质量' : 'Data quality', parts: [] })
  return groups
}

/** How a policy counts claims, if it does. */
function tallyOf({ tally, clauses }: Policy, lang: Lang): PolicyTally | undefined {
  if (!tally) return undefined
  const rules = [...Map.groupBy(tally.rules, claimedAs)].map(([id, same]) => {
    const signs = new Set(same.map(({ sign }) => sign))
    const [first] = same as [TallyRule]
    return {
      id,
      title: same.map(({ title }) => title[lang]).join(lang === 'zh' ? '、' : ' / '),
      sign: signs.size > 1 ? 'both' : first.sign,
      clause: same.map(({ clause }) => clauses[clause]!.at[lang]).join(lang === 'zh' ? '、' : ', '),
      says: same.map(({ clause }) => clauses[clause]!.says[lang]).join(lang === 'zh' ? '' : ' '),
      parts: [...claimPartsOf(first)],
      levels: [...claimKindOf(first).levels(first)],
    }
  })
  return { base: tally.base, levels: tally.levels.map(({ id, title }) => ({ id, title: title[lang] })), rules }
}
