import { z } from 'zod'
import { Amount, Bound, canonical, compare, exact, meets, percent, PercentText, shown, sum, zero, type Exact } from '../exact.ts'
import { boundText } from '../bound-words.ts'
import { Id, wayOf, wayOrChoice, YesNo } from '../shapes.ts'
import { claimed, type Claim, type ClaimKind, type ClaimReader, type Drawn, type TallyTerms } from './claim.ts'

const repeats = ['yearOnce', 'eachMonth'] as const
const means = ['pooled', 'months'] as const
const smallSamples = ['counted', 'setAside'] as const

const Intervals = z.strictObject({
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

/** Points by the interval in which a percentage lies; the first row whose bound is met counts, so none adds to another. */
export const intervals = {
  shape: Intervals,
  draw,
  measure: ({ measure }) => measure,
  parts: () => ['month', 'of', 'checked', 'right'],
  read,
  levels: () => [],
  bounds: ({ rows }) => rows.map(({ when }) => when),
  ways: ({ repeat, mean, sample }) => [
    { at: 'repeat', way: repeat, ways: repeats },
    { at: 'mean', way: mean, ways: means },
    { at: 'sample.small', way: sample.small, ways: smallSamples },
  ],
  checksRecords: () => true,
  ranked: () => ({}),
  sentences: {
    interval: ({ when, months, points, ...reason }, { zh, lang }) => {
      const rate = shown(exact(reason.rate), 4)
      const bound = when ? `${zh ? '，' : ', '}${boundText(when, lang)}%` : ''
      return zh
        ? `${months} 个月的准确率 ${rate}%${bound}，${points} 分`
        : `The rate of ${months} months, ${rate}%${bound}: ${points} points`
    },
    sampleSmall: ({ month, checked, needed }, { zh }) =>
      zh
        ? `${month} 月只抽查 ${checked} 条，应不少于 ${needed} 条，仍计入`
        : `In month ${month} only ${checked} of at least ${needed} were checked; counted all the same`,
    sampleSetAside: ({ month, checked, needed }, { zh }) =>
      zh
        ? `${month} 月只抽查 ${checked} 条，应不少于 ${needed} 条，不计入`
        : `In month ${month} only ${checked} of at least ${needed} were checked; set aside`,
  },
} satisfies ClaimKind<Intervals, 'interval' | 'sampleSmall' | 'sampleSetAside'>

function read(_: Intervals, { whole, refuse }: ClaimReader): Partial<Claim> | undefined {
  const month = whole('month', 1, 12)
  const of = whole('of', 1, 999999)
  const checked = whole('checked', 1, 999999)
  const right = whole('right', 0, 999999)
  if (month === undefined || of === undefined || checked === undefined || right === undefined) return undefined
  if (Number(checked) > Number(of)) return refuse('checked', checked, { zh: `最多 ${of} 条`, en: `is ${of} at most` })
  if (Number(right) > Number(checked)) return refuse('right', right, { zh: `最多 ${checked} 条`, en: `is ${checked} at most` })
  return { month, of, checked, right }
}

/** The points of a rate, and the bound that gave them. */
export function intervalOf(rule: Pick<Intervals, 'rows'>, rate: Exact, terms: TallyTerms): { points: string; when?: Bound } {
  return rule.rows.find(({ when, stated }) => meets(rate, terms.reading(when, stated === 'yes'))) ?? { points: '0' }
}

/** Whether fewer were checked than the policy asks. */
export function tooSmall(rule: Intervals, { of, checked }: Claim): boolean {
  return compare(exact(checked!), exact(of!).mul(percent(rule.sample.atLeast))) < 0
}

const rateOf = ({ right, checked }: Claim): Exact => exact(right!).mul(100).div(exact(checked!))

function draw(rule: Intervals, claims: readonly Claim[], terms: TallyTerms): Drawn[] {
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
