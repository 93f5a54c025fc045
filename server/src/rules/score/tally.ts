import { z } from 'zod'
import { Amount, canonical, compare, exact, sum, zero, type Exact } from '../exact.ts'
import type { Text } from '../text.ts'
import { byId } from '../rank.ts'
import { bestOf } from './best.ts'
import {
  byContent,
  matterOf,
  severals,
  type Claim,
  type ClaimKind,
  type ClaimPart,
  type Drawn,
  type TallyTerms,
} from './claim.ts'
import { intervals } from './intervals.ts'
import { Titled, wayOf, wayOrChoice, type AskedWay } from '../shapes.ts'
import { levels } from './levels.ts'
import { ranks } from './ranks.ts'
import type { CountedClaim, Reason, Step } from './step.ts'

/** Every way a claim can move a score, by the name that policy files give it. A kind is listed only here. */
export const claimKinds = { levels, ranks, intervals }

type Shape = (typeof claimKinds)[keyof typeof claimKinds]['shape']
const shapes = Object.values(claimKinds).map(({ shape }): Shape => shape)
const TallyRule = z.discriminatedUnion('kind', shapes as [Shape, ...Shape[]])
export type TallyRule = z.infer<Shape>

/** What is known about the kind of a rule about claims. */
export const claimKindOf = ({ kind }: TallyRule): Omit<ClaimKind<TallyRule>, 'shape'> => claimKinds[kind]

const sameMatters = ['once', 'each'] as const

/** A score that starts somewhere and moves by claims; neither floor nor cap unless the policy has one. */
export const Tally = z.strictObject({
  base: Amount,
  clause: z.string(),
  levels: z.array(Titled).min(1),
  /** What one matter reported twice does, among the bonuses and among the deductions. */
  sameMatter: z.strictObject({ clause: z.string(), bonus: wayOrChoice(sameMatters), deduction: wayOrChoice(sameMatters) }),
  evidence: z.strictObject({ clause: z.string(), required: z.literal('yes') }),
  rules: z.array(TallyRule).min(1),
})
export type Tally = z.infer<typeof Tally>

/** Where a score by claims asks for a way, and the ways there are. */
export const tallyWays = ({ sameMatter, rules }: Tally): AskedWay[] => [
  { at: 'tally.sameMatter.bonus', way: sameMatter.bonus, ways: sameMatters },
  { at: 'tally.sameMatter.deduction', way: sameMatter.deduction, ways: sameMatters },
  ...rules.flatMap((rule) =>
    [{ at: 'several', way: rule.several, ways: severals }, ...claimKindOf(rule).ways(rule)].map((one) => ({
      ...one,
      at: `${rule.id}.${one.at}`,
    })),
  ),
]

/** What a claim under a rule is made of, beside the rule itself, in the order of a form. */
export const claimPartsOf = (rule: TallyRule): readonly ClaimPart[] => claimKindOf(rule).parts(rule)

/** What claims name: the rule itself, or the measure it reads. */
export const claimedAs = (rule: TallyRule): string => claimKindOf(rule).measure(rule) ?? rule.id

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
    const name = claimedAs(rule)
    const own = ordered.filter((claim) => claim.rule === name)
    const proven = own.filter(({ evidence }) => evidence.length > 0)
    const unproven = own.filter(({ evidence }) => evidence.length === 0)
    return [
      ...claimKindOf(rule)
        .draw(rule, proven, terms)
        .map((drawn): Entry => ({ ...drawn, rule })),
      ...unproven.map((claim): Entry => ({ claim, rule, points: zero, why: [], aside: { kind: 'noEvidence' } })),
    ]
  })
  const measures = new Set(policy.rules.flatMap((rule) => claimKindOf(rule).measure(rule) ?? []))
  const missing = [...measures].filter((measure) => !claims.some(({ rule }) => rule === measure))

  for (const sign of ['bonus', 'deduction'] as const)
    setAside(
      policy,
      sign,
      entries.filter(({ rule, aside }) => rule.sign === sign && !aside),
      terms,
    )

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

/**
 * Of the bonuses, or of the deductions, finds those that count and gives every other its reason. Where a matter counts
 * once and a rule takes only its highest, the bonuses that count are the allowed choice that comes to the most. The
 * deductions that count are the highest: each matter costs once, at the highest deduction that its rules let stand (IR-26),
 * and is never counted lower so that the rest costs more.
 */
function setAside(policy: Tally, sign: 'bonus' | 'deduction', entries: readonly Entry[], { chosen }: TallyTerms): void {
  const rules = policy.rules.filter((rule) => rule.sign === sign).toSorted(byClause)
  const takesOne = new Set(rules.filter((rule) => wayOf(rule.several, chosen) === 'highest'))
  const once = wayOf(policy.sameMatter[sign], chosen) === 'once'
  const contenders = entries
    .filter(({ points, instead }) => points.n > 0n && !instead)
    .toSorted((a, b) => byContent(a.claim, b.claim))
    .map((entry) => ({ entry, rule: rules.indexOf(entry.rule), matter: matterOf(entry.claim), points: entry.points }))
  const single = new Set([...takesOne].map((rule) => rules.indexOf(rule)))
  const counting = bestOf(contenders, { once, single, by: sign === 'bonus' ? 'sum' : 'highest' })
  const counts = new Set([...counting].map(({ entry }) => entry))
  const ofMatter = new Map(once ? [...counting].map(({ entry, matter }) => [matter, entry]) : [])
  const ofRule = new Map([...counts].filter(({ rule }) => takesOne.has(rule)).map((entry) => [entry.rule, entry]))
  for (const entry of entries) {
    if (counts.has(entry)) continue
    const reason = whyAside(entry, ofMatter.get(matterOf(entry.claim)), ofRule.get(entry.rule))
    if (reason) entry.aside = reason
  }
}

/** Why an entry does not count, beside what counts of its matter and what its rule takes; nothing where it brings nothing anyhow. */
function whyAside(entry: Entry, ofMatter: Entry | undefined, ofRule: Entry | undefined): Reason | undefined {
  const { instead, rule, points } = entry
  if (instead) {
    if (ofMatter && ofMatter.claim !== instead.claim) return { kind: 'sameMatter', kept: keptOf(ofMatter) }
    if (!ofMatter && ofRule && ofRule.claim !== instead.claim) return { kind: 'highestOnly', kept: keptOf(ofRule) }
    return { kind: 'lowerPlacement', kept: keptOf({ ...instead, rule }) }
  }
  if (points.n === 0n) return ofRule && { kind: 'highestOnly', kept: keptOf(ofRule) }
  const reaches = (other: Entry) => compare(other.points, points) >= 0
  if (ofMatter && (!ofRule || reaches(ofMatter))) return { kind: 'sameMatter', kept: keptOf(ofMatter) }
  if (ofMatter && ofRule && !reaches(ofRule)) return { kind: 'bestTogether', kept: keptOf(ofMatter), beside: keptOf(ofRule) }
  return ofRule && { kind: 'highestOnly', kept: keptOf(ofRule) }
}

function keptOf({ claim, rule, points }: Entry): CountedClaim {
  const { id, matter, level } = claim
  return {
    claim: id,
    rule: rule.id,
    points: canonical(points),
    ...(matter === undefined ? {} : { matter }),
    ...(level === undefined ? {} : { level }),
    ...claimKindOf(rule).ranked(rule, claim),
  }
}

/** Rules in the order of their clauses, whatever the order of the file; rules of one clause by what they say. */
function byClause(a: TallyRule, b: TallyRule): number {
  const textOf = ({ id, ...rest }: TallyRule) => `${JSON.stringify(rest)} ${id}`
  if (a.clause !== b.clause) return a.clause < b.clause ? -1 : 1
  return textOf(a) < textOf(b) ? -1 : 1
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
