import { z } from 'zod'
import { Amount, canonical, compare, exact, sum, zero, type Exact } from '../exact.ts'
import type { Text } from '../text.ts'
import { byId } from '../rank.ts'
import { matterOf, type Claim, type Drawn, type TallyTerms } from './claim.ts'
import { Intervals, intervals } from './intervals.ts'
import { Id, TextShape, wayOf, wayOrChoice } from './kind.ts'
import { Levels, levels } from './levels.ts'
import { Ranks, ranks } from './ranks.ts'
import type { Reason, Step } from './step.ts'

/** Every way a claim can move a score. To add one: a file, and its name in the two lists here. */
export const TallyRule = z.discriminatedUnion('kind', [Levels, Ranks, Intervals])
export type TallyRule = z.infer<typeof TallyRule>

export const sameMatters = ['once', 'each'] as const

/** A score that starts somewhere and moves by claims; neither floor nor cap unless the policy has one. */
export const Tally = z.strictObject({
  base: Amount,
  clause: z.string(),
  levels: z.array(z.strictObject({ id: Id, title: TextShape })).min(1),
  /** What one matter reported twice does, among the bonuses and among the deductions. */
  sameMatter: z.strictObject({ clause: z.string(), bonus: wayOrChoice(sameMatters), deduction: wayOrChoice(sameMatters) }),
  evidence: z.strictObject({ clause: z.string(), required: z.literal('yes') }),
  rules: z.array(TallyRule).min(1),
})
export type Tally = z.infer<typeof Tally>

/** What claims name: the rule itself, or the measure it reads. */
export const claimedAs = (rule: TallyRule): string => (rule.kind === 'intervals' ? rule.measure : rule.id)

function draw(rule: TallyRule, claims: readonly Claim[], terms: TallyTerms): Drawn[] {
  switch (rule.kind) {
    case 'levels':
      return levels(rule, claims, terms)
    case 'ranks':
      return ranks(rule, claims, terms)
    case 'intervals':
      return intervals(rule, claims, terms)
  }
}

interface Entry extends Drawn {
  rule: TallyRule
  /** Why it does not count, when it does not. */
  aside?: Reason
}

const names: Record<'bonus' | 'deduction', Text> = {
  bonus: { zh: '加分', en: 'Bonuses' },
  deduction: { zh: '减分', en: 'Deductions' },
}

/** The tree of a tally: total → bonuses and deductions → rules → claims, those set aside included with the reason. */
export function tally(policy: Tally, claims: readonly Claim[], terms: TallyTerms): Step {
  const ordered = claims.toSorted(byId)
  const entries = policy.rules.flatMap((rule) => {
    const own = ordered.filter((claim) => claim.rule === claimedAs(rule))
    const proven = own.filter(({ evidence }) => evidence.length > 0)
    const unproven = own.filter(({ evidence }) => evidence.length === 0)
    return [
      ...draw(rule, proven, terms).map((drawn): Entry => ({ ...drawn, rule })),
      ...unproven.map((claim): Entry => ({ claim, rule, points: zero, why: [], aside: { kind: 'noEvidence' } })),
    ]
  })
  const measures = new Set(policy.rules.flatMap((rule) => (rule.kind === 'intervals' ? [rule.measure] : [])))
  const missing = [...measures].filter((measure) => !claims.some(({ rule }) => rule === measure))

  // First within a rule, so that a claim which does not count there cannot set another rule's claim aside.
  for (const rule of policy.rules) {
    if (wayOf(rule.several, terms.chosen) !== 'highest') continue
    const own = entries.filter((entry) => entry.rule === rule && !entry.aside)
    keepHighest(own, (kept) => ({ kind: 'highestOnly', kept: kept.claim.id }))
  }
  for (const sign of ['bonus', 'deduction'] as const) {
    const counting = entries.filter(({ rule, aside, points }) => rule.sign === sign && !aside && points.n > 0n)
    if (wayOf(policy.sameMatter[sign], terms.chosen) === 'once') {
      for (const same of Map.groupBy(counting, ({ claim }) => matterOf(claim)).values()) {
        keepHighest(same, (kept) => ({ kind: 'sameMatter', kept: kept.claim.id, rule: kept.rule.id }))
      }
    }
  }

  const part = (sign: 'bonus' | 'deduction'): Step => {
    const rules = policy.rules.filter((rule) => rule.sign === sign)
    const parts = rules.map((rule) =>
      ruleStep(
        rule,
        entries.filter((entry) => entry.rule === rule),
      ),
    )
    return stepOf(sign, names[sign], policy.clause, sum(parts.map(({ points }) => points)), [{ kind: 'sum' }], parts)
  }
  const parts = [part('bonus'), part('deduction')]
  const points = sum([exact(policy.base), ...parts.map((one) => one.points)])
  const why: Reason[] = [{ kind: 'base', points: policy.base }, { kind: 'moved' }]
  const root = stepOf('total', { zh: '总分', en: 'Total' }, policy.clause, points, why, parts)
  return { ...root, state: claims.length > 0 ? 'computed' : 'missing', missing }
}

/** Of entries that exclude each other the highest stays; of equals the first, by rule and then by claim. */
function keepHighest(entries: readonly Entry[], reason: (kept: Entry) => Reason): void {
  const [first, ...rest] = entries
  if (!first) return
  const kept = rest.reduce((best, entry) => (compare(entry.points, best.points) > 0 ? entry : best), first)
  for (const entry of entries) if (entry !== kept) entry.aside = reason(kept)
}

function ruleStep(rule: TallyRule, entries: readonly Entry[]): Step {
  const parts = entries.map((entry) => {
    const counts = entry.aside === undefined
    const points = counts ? signed(rule, entry.points) : zero
    const why: Reason[] = entry.aside ? [...entry.why, entry.aside] : entry.why
    return stepOf(`${rule.id}.${entry.claim.id}`, rule.title, rule.clause, points, why, [])
  })
  const points = sum(parts.map((part) => part.points))
  const why: Reason[] = parts.length === 0 ? [{ kind: 'none' }] : [{ kind: 'claims', counted: canonical(points) }]
  return stepOf(rule.id, rule.title, rule.clause, points, why, parts)
}

const signed = (rule: TallyRule, points: Exact): Exact => (rule.sign === 'bonus' ? points : points.neg())

const stepOf = (id: string, name: Text, clause: string, points: Exact, why: Reason[], parts: Step[]): Step => ({
  id,
  name,
  clause,
  points,
  why,
  missing: [],
  parts,
})
