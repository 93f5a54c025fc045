import { officialCalendar } from './official.ts'
import { factsOf } from '../rules/assess.ts'
import { shown } from '../rules/exact.ts'
import { explain } from '../rules/explain.ts'
import type { Choices, Facts } from '../rules/facts.ts'
import { dossierOf, readPerson, type Beyond } from '../rules/person.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { score } from '../rules/score/index.ts'
import type { Claim } from '../rules/score/claim.ts'
import type { Step } from '../rules/score/step.ts'
import { claimedAs, claimKindOf, type TallyRule } from '../rules/score/tally.ts'
import type { Lang, Text } from '../rules/text.ts'

/** What a claim does to its sheet, with what counts beside it. */
export interface Worth {
  /** What it moves the total by, two places. */
  points: string
  /** The total with it. */
  total: string
  /** Why, a sentence for each line it makes. */
  says: string[]
  /** Claims of the same fact: of each pair only one counts. */
  same: { claim: string; says: string }[]
}

/** What each part of a claim is called. */
export const partNames: Record<string, Text> = {
  rule: { zh: '规则', en: 'Rule' },
  matter: { zh: '事项', en: 'Fact' },
  level: { zh: '层级', en: 'Level' },
  place: { zh: '名次', en: 'Place' },
  records: { zh: '条数', en: 'Records' },
  outlet: { zh: '媒体', en: 'Outlet' },
  authors: { zh: '作者人数', en: 'Authors' },
  month: { zh: '月份', en: 'Month' },
  of: { zh: '总条数', en: 'Records in all' },
  checked: { zh: '抽查条数', en: 'Records checked' },
  right: { zh: '正确条数', en: 'Records right' },
  evidence: { zh: '佐证', en: 'Evidence' },
}

/** The rules a claim counts under: one, or all that read its measure. */
export const rulesFor = ({ tally }: Policy, rule: string): TallyRule[] =>
  (tally?.rules ?? []).filter((one) => claimedAs(one) === rule)

/** The title of claims under a rule; undefined where there is no such rule. */
export function claimTitle(policy: Policy, rule: string, lang: Lang): string | undefined {
  const titles = new Set(rulesFor(policy, rule).map(({ title }) => title[lang]))
  return titles.size === 0 ? undefined : [...titles].join(lang === 'zh' ? '、' : ' / ')
}

/** Whether it can only raise a score. */
export const isBonus = (policy: Policy, rule: string): boolean => rulesFor(policy, rule).every(({ sign }) => sign === 'bonus')

/** The name and the sentence of what is wrong, or the claim as the rules read it beside those that count already. */
export function readClaim(
  policy: Policy,
  choices: Choices,
  accepted: readonly Claim[],
  raw: Readonly<Record<string, unknown>>,
  lang: Lang,
): { claim: Claim; wrong?: never } | { wrong: { part: string; says: string }; claim?: never } {
  const { person, refused } = readPerson(policy, choices, { claims: [...accepted, raw] }, officialCalendar())
  if (person) return { claim: person.claims.at(-1)! }
  const { path, says } = refused[0]!
  // Only two checks of the same month are refused as a whole list.
  const part = path === 'claims' ? 'month' : path.split('.').at(-1)!
  const name = partNames[part]?.[lang] ?? part
  if (part === 'level') return { wrong: { part: name, says: levelsSaid(policy, raw.rule, lang) } }
  // Some of the rules' sentences begin with the name already.
  return { wrong: { part: name, says: says[lang].startsWith(name) ? says[lang].slice(name.length) : says[lang] } }
}

/** The levels a rule knows, by their titles: people choose them by these, the rules by ids. */
function levelsSaid(policy: Policy, rule: unknown, lang: Lang): string {
  const known = rulesFor(policy, String(rule)).flatMap((one) => claimKindOf(one).levels(one))
  const titles = policy.tally!.levels.filter(({ id }) => known.includes(id)).map(({ title }) => title[lang])
  return lang === 'zh' ? `应为${titles.join('、')}` : `must be one of: ${titles.join(', ')}`
}

export function worthOf(
  policy: Policy,
  choices: Choices,
  { facts, beyond }: { facts: Facts; beyond: Beyond },
  claim: Claim,
  lang: Lang,
): Worth {
  const others = (beyond.claims ?? []).filter(({ id }) => id !== claim.id)
  const treeOf = (claims: readonly Claim[]): Step => {
    const person = dossierOf(facts, { ...beyond, claims })
    return score(policy, choices, factsOf(policy, choices, person), person)
  }
  // What it would come to once it is proven.
  const proven = claim.evidence.length > 0 ? claim : { ...claim, evidence: ['?'] }
  const [before, after] = [treeOf(others), treeOf([...others, proven])]
  const lines = after.parts.flatMap(({ parts }) => parts).flatMap(({ parts }) => parts)
  const own = lines.filter(({ id }) => id.endsWith(`.${claim.id}`))
  const said = (line: Step) => explain(policy, line, lang).says
  const same = lines.flatMap((line) =>
    line.why.flatMap((reason) => {
      if (!('kept' in reason)) return []
      const aside = line.id.slice(line.id.indexOf('.') + 1)
      const counting = [reason.kept.claim, ...('beside' in reason ? [reason.beside.claim] : [])]
      const says = `${line.name[lang]}${lang === 'zh' ? '：' : ': '}${said(line)}`
      if (aside === claim.id) return counting.map((one) => ({ claim: one, says }))
      return counting.includes(claim.id) ? [{ claim: aside, says }] : []
    }),
  )
  return { points: shown(after.points.sub(before.points)), total: shown(after.points), says: own.map(said), same }
}
