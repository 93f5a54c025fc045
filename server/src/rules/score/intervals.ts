import { z } from 'zod'
import { Amount, Bound, canonical, compare, exact, meets, percent, PercentText, shown, sum, zero, type Exact } from '../exact.ts'
import { claimed, type Claim, type Drawn, type TallyTerms } from './claim.ts'
import { Id, wayOf, wayOrChoice, YesNo } from './kind.ts'

export const repeats = ['yearOnce', 'eachMonth'] as const
export const means = ['pooled', 'months'] as const
export const smallSamples = ['counted', 'setAside'] as const

/** Points by the interval in which a percentage lies; the first row whose bound is met counts, so none adds to another. */
export const Intervals = z.strictObject({
  ...claimed,
  kind: z.literal('intervals'),
  /** Claims name the measure, so that a bonus and a deduction read the same checks. */
  measure: Id,
  rows: z.array(z.strictObject({ when: Bound, stated: YesNo.default('no'), points: Amount })).min(1),
  repeat: wayOrChoice(repeats),
  mean: wayOrChoice(means),
  sample: z.strictObject({ atLeast: PercentText, small: wayOrChoice(smallSamples), clause: z.string() }),
})
type Intervals = z.infer<typeof Intervals>

/** The points of a rate, and the bound that gave them. */
export function intervalOf(rule: Pick<Intervals, 'rows'>, rate: Exact, terms: TallyTerms): { points: string; when?: Bound } {
  return rule.rows.find(({ when, stated }) => meets(rate, terms.reading(when, stated === 'yes'))) ?? { points: '0' }
}

/** Whether fewer were checked than the policy asks. */
export function tooSmall(rule: Intervals, { of, checked }: Claim): boolean {
  return compare(exact(checked!), exact(of!).mul(percent(rule.sample.atLeast))) < 0
}

const rateOf = ({ right, checked }: Claim): Exact => exact(right!).mul(100).div(exact(checked!))

export function intervals(rule: Intervals, claims: readonly Claim[], terms: TallyTerms): Drawn[] {
  const keeps = wayOf(rule.sample.small, terms.chosen) === 'counted'
  const counts = (claim: Claim) => claim.checked !== '0' && (keeps || !tooSmall(rule, claim))
  const counted = claims.filter(counts)
  const drawn = claims
    .filter((claim) => !counts(claim))
    .map((claim): Drawn => ({ claim, points: zero, why: [{ kind: 'sampleSetAside', ...sampled(rule, claim) }] }))
  if (counted.length === 0) return drawn
  const rated = (claim: Claim, rate: Exact, from: readonly Claim[]): Drawn => {
    const { points, when } = intervalOf(rule, rate, terms)
    const why: Drawn['why'] = [
      { kind: 'interval', rate: canonical(rate), points, ...(when ? { when } : {}), months: from.length },
    ]
    for (const small of from.filter((one) => tooSmall(rule, one))) why.push({ kind: 'sampleSmall', ...sampled(rule, small) })
    return { claim, points: exact(points), why }
  }
  if (wayOf(rule.repeat, terms.chosen) === 'eachMonth') {
    return [...drawn, ...counted.map((claim) => rated(claim, rateOf(claim), [claim]))]
  }
  const year: Claim = { id: rule.measure, rule: rule.measure, evidence: [] }
  const rate =
    wayOf(rule.mean, terms.chosen) === 'months'
      ? sum(counted.map(rateOf)).div(counted.length)
      : sum(counted.map(({ right }) => exact(right!)))
          .mul(100)
          .div(sum(counted.map(({ checked }) => exact(checked!))))
  return [...drawn, rated(year, rate, counted)]
}

const sampled = (rule: Intervals, { month, of, checked }: Claim) => ({
  month: month!,
  checked: checked!,
  needed: shown(exact(of!).mul(percent(rule.sample.atLeast))),
})
