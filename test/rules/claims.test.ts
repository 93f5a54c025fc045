import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compare, exact, sum, zero, type Exact } from '../../server/src/rules/exact.ts'
import { explain } from '../../server/src/rules/explain.ts'
import type { Policy } from '../../server/src/rules/policy/shape.ts'
import { bestOf, type Contender } from '../../server/src/rules/score/best.ts'
import type { Claim } from '../../server/src/rules/score/claim.ts'
import { score, type Step } from '../../server/src/rules/score/index.ts'
import { policyOf } from '../policies/policies.ts'
import { baihe as secondReckoning, type Found } from './independent.ts'

const baihe = policyOf('baihe')

/** The same policy with the rules about claims in another order of the file. */
const reordered = (order: (rules: NonNullable<Policy['tally']>['rules']) => NonNullable<Policy['tally']>['rules']): Policy => ({
  ...baihe,
  tally: { ...baihe.tally!, rules: order(baihe.tally!.rules) },
})
const orders = [baihe, reordered((rules) => rules.toReversed()), reordered((rules) => [...rules.slice(4), ...rules.slice(0, 4)])]

const lines = (step: Step): Step[] => [step, ...step.parts.flatMap(lines)]
/** The points of the total, of both sides and of each rule, by id. */
const pointsOf = (policy: Policy, claims: readonly Claim[], choices = {}): Record<string, string> => {
  const root = score(policy, choices, {}, { claims })
  const rules = root.parts.flatMap(({ parts }) => parts)
  return Object.fromEntries([root, ...root.parts, ...rules].map(({ id, points }) => [id, points.toFraction()]))
}

const e = { evidence: ['e'] }
const first = (id: string, matter: string, place = '1'): Claim => ({ id, rule: 'dataQuality', place, matter, ...e })
const praised = (id: string, matter: string, level = 'central'): Claim => ({ id, rule: 'commended', level, matter, ...e })
const news = (id: string, level: string, authors: string, more: Partial<Claim> = {}): Claim => ({
  id,
  rule: 'news',
  matter: 'm',
  level,
  authors,
  ...e,
  ...more,
})
const wrong = (id: string, rule: string, matter: string, level: string): Claim => ({ id, rule, matter, level, ...e })

describe('which claims count', () => {
  it.each<[string, Claim[], string, Record<string, string>?]>([
    [
      '5.1: a piece in a central and a county outlet is divided among the authors of the central one',
      [news('a', 'central', '1'), news('b', 'county', '3')],
      '104',
    ],
    ['the other way round the three share the central one', [news('a', 'central', '3'), news('b', 'county', '1')], '304/3'],
    [
      'under the other reading each placement is divided first',
      [news('a', 'central', '8'), news('b', 'county', '1')],
      '101',
      { 'IR-21': 'shareThenBest' },
    ],
    [
      'equally good placements: the one with fewer authors',
      [news('a', 'city', '2'), news('b', 'city', '1'), news('c', 'central', '9', { outlet: 'other' })],
      '102',
    ],
    ['5.2: first for two matters and praised for one of them', [first('a', 'm1'), first('b', 'm2'), praised('c', 'm1')], '107'],
    ['5.2 with other ids', [first('b', 'm1'), first('a', 'm2'), praised('c', 'm1')], '107'],
    [
      'the lower place counts where the higher is praised higher',
      [first('a', 'm1'), first('b', 'm2', '2'), praised('c', 'm1')],
      '106',
    ],
    ['the praise is given up where the place earns more', [first('a', 'm1'), praised('c', 'm1', 'county')], '103'],
    [
      'both rules take one: the matters change places',
      [first('a', 'm1'), praised('b', 'm1'), praised('c', 'm2')],
      '107',
      { 'IR-28': 'highest' },
    ],
    [
      'the highest of neither',
      [first('a', 'm1'), first('b', 'm2', '2'), praised('c', 'm1', 'province'), praised('d', 'm2', 'county')],
      '105',
      { 'IR-28': 'highest' },
    ],
    [
      'a wrong record costs its highest',
      [wrong('a', 'inspection', 'r', 'county'), wrong('b', 'supervision', 'r', 'province'), wrong('c', 'spotCheck', 'r', 'town')],
      '97',
    ],
    [
      'and twice where each counts',
      [wrong('a', 'inspection', 'r', 'county'), wrong('b', 'supervision', 'r', 'county')],
      '97',
      { 'IR-26': 'each' },
    ],
  ])('%s', (_, claims, total, choices = {}) => {
    for (const policy of orders)
      for (const given of [claims, claims.toReversed()]) expect(pointsOf(policy, given, choices).total).toBe(total)
  })

  it('says of each that is set aside which counts in its place, and why', () => {
    const said = (claims: Claim[], id: string, choices = {}) => {
      const line = lines(score(baihe, choices, {}, { claims })).find((step) => step.id === id)!
      return [explain(baihe, line, 'zh').says, explain(baihe, line, 'en').says]
    }
    const two = [first('a', 'm1'), first('b', 'm2'), praised('c', 'm1')]
    expect(said(two, 'dataQuality.a')).toEqual([
      '第 1 名，3 分；同一事项只计一次，已计“工作受表彰”（“中央”，事项“m1”，4 分）。',
      'Place 1: 3 points; The same matter counts once; what counts is “Commended” (“Central”, matter “m1”, 4 points).',
    ])
    expect(said([news('a', 'central', '4'), news('b', 'city', '1')], 'news.b')[0]).toBe(
      '“市”2；一稿多投只计最高的一处，已计“新闻稿件”（“中央”，事项“m”，1 分）。',
    )
    // A piece that was praised too: its lower placement names what counts, not the placement that does not.
    expect(said([news('a', 'province', '1'), news('b', 'city', '1'), praised('c', 'm')], 'news.b')[0]).toMatch(/已计“工作受表彰”/)
    const both = [first('a', 'm1'), first('b', 'm2', '2'), praised('c', 'm1', 'city'), praised('d', 'm2', 'province')]
    expect(said(both, 'commended.c', { 'IR-28': 'highest' })[0]).toMatch(
      /同一事项只计一次，已计“数据质量前三名”（第 1 名，事项“m1”，3 分）/,
    )
    const crossed = [first('a', 'm1', '1'), first('b', 'm2', '2'), praised('c', 'm1', 'city')]
    const other = {
      ...baihe,
      tally: {
        ...baihe.tally!,
        rules: baihe.tally!.rules.map((rule) =>
          rule.kind === 'ranks' && rule.id === 'dataQuality' ? { ...rule, points: ['3', '2.5', '1'] } : rule,
        ),
      },
    }
    const line = lines(score(other, {}, {}, { claims: crossed })).find(({ id }) => id === 'dataQuality.a')!
    expect(line.why.at(-1)).toEqual({
      kind: 'bestTogether',
      kept: { claim: 'c', rule: 'commended', matter: 'm1', level: 'city', points: '2' },
      beside: { claim: 'b', rule: 'dataQuality', matter: 'm2', place: '2', from: 'top', points: '2.5' },
    })
  })
})

/** Claims that share few matters among all rules, with few different marks: ties and tangles are the rule. */
const claims = fc
  .array(
    fc.record({
      rule: fc.constantFrom(
        'commended',
        'dataQuality',
        'dataQuality',
        'news',
        'news',
        'inspection',
        'supervision',
        'spotCheck',
        'lastThree',
      ),
      matter: fc.option(fc.constantFrom('m1', 'm2', 'm3'), { nil: undefined, freq: 5 }),
      level: fc.constantFrom('central', 'province', 'county'),
      place: fc.constantFrom('1', '2', '3', '4'),
      outlet: fc.constantFrom('main', 'other'),
      authors: fc.constantFrom('1', '2', '3'),
      evidence: fc.constantFrom(['e'], ['e'], ['e'], ['e'], []),
    }),
    { maxLength: 10 },
  )
  .map((all) =>
    all.map(({ rule, matter, level, place, outlet, authors, evidence }, at): Found & Claim => ({
      id: `c${at}`,
      rule,
      evidence,
      ...(matter === undefined ? {} : { matter }),
      ...(rule === 'dataQuality' || rule === 'lastThree' ? { place } : { level: rule === 'spotCheck' ? 'county' : level }),
      ...(rule === 'news' ? { outlet: outlet as 'main' | 'other', authors } : {}),
    })),
  )
const readings = fc.constantFrom<Record<string, string>>(
  {},
  { 'IR-28': 'highest' },
  { 'KH-15': 'add' },
  { 'IR-21': 'shareThenBest' },
  { 'IR-26': 'each' },
)

describe('claims in any order', () => {
  it('come to the same for every rule, whatever their order, their ids and the order of the rules', () =>
    fc.assert(
      fc.property(claims, readings, fc.infiniteStream(fc.nat()), (all, choices, luck) => {
        const drawn = all.map((one) => ({ one, key: luck.next().value! }))
        const shuffled = drawn.toSorted((a, b) => a.key - b.key).map(({ one }) => one)
        const renamed = shuffled.map((one, at) => ({ ...one, id: `z${(at * 7) % 11}` }))
        const known = pointsOf(baihe, all, choices)
        for (const policy of orders)
          for (const given of [all, shuffled, renamed]) expect(pointsOf(policy, given, choices)).toEqual(known)
      }),
      { numRuns: 400 },
    ))

  it('come to the most that any allowed choice of bonuses brings, and to the highest deduction of each matter', () =>
    fc.assert(
      fc.property(claims, fc.boolean(), (all, highest) => {
        const [n, d] = secondReckoning(all, highest ? ['dataQuality', 'commended'] : ['dataQuality'])
        const mine = score(baihe, highest ? { 'IR-28': 'highest' } : {}, {}, { claims: all }).points
        expect(mine.toFraction()).toBe(exact(n, d).toFraction())
      }),
      { numRuns: 600 },
    ))

  it('give every claim that is set aside a reason that names one that counts', () =>
    fc.assert(
      fc.property(claims, readings, (all, choices) => {
        const root = score(baihe, choices, {}, { claims: all })
        const single = root.parts.flatMap(({ parts }) => parts).flatMap(({ parts }) => parts)
        const counting = new Set(single.filter(({ points }) => points.n > 0n).map(({ id }) => id))
        for (const { id, points, why } of single) {
          const kept = why.flatMap((reason) =>
            'kept' in reason ? [reason.kept, ...('beside' in reason ? [reason.beside] : [])] : [],
          )
          for (const { rule, claim } of kept) if (points.n === 0n) expect([...counting, id]).toContain(`${rule}.${claim}`)
          if (counting.has(id)) expect(kept).toEqual([])
        }
      }),
    ))
})

/** Contenders of few rules and matters with few different points. */
const contenders = fc.array(
  fc.record({
    rule: fc.nat({ max: 3 }),
    matter: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
    points: fc.constantFrom('1', '2', '3', '4', '5/3', '9/2').map((text) => exact(text)),
  }),
  { maxLength: 9 },
)
const singles = fc.subarray([0, 1, 2, 3]).map((rules) => new Set(rules))

/** Every allowed choice. */
function* allowed(all: readonly Contender[], single: ReadonlySet<number>): Generator<Contender[]> {
  const [one, ...rest] = all
  if (!one) {
    yield []
    return
  }
  yield* allowed(rest, single)
  const left = rest.filter(({ matter, rule }) => matter !== one.matter && !(rule === one.rule && single.has(rule)))
  for (const more of allowed(left, single)) yield [one, ...more]
}

const ofRule = (choice: readonly Contender[], rule: number): Exact =>
  sum(choice.filter((one) => one.rule === rule).map(({ points }) => points))
/** The sum first, or how many stand at each height from the highest down; then what each rule gets. */
const order =
  (by: 'sum' | 'highest', heights: readonly Exact[]) =>
  (a: readonly Contender[], b: readonly Contender[]): number => {
    if (by === 'sum') {
      const more = compare(sum(a.map(({ points }) => points)), sum(b.map(({ points }) => points)))
      if (more !== 0) return more
    } else
      for (const height of heights) {
        const at = (choice: readonly Contender[]) => choice.filter(({ points }) => points.equals(height)).length
        if (at(a) !== at(b)) return at(a) - at(b)
      }
    for (const rule of [0, 1, 2, 3]) {
      const more = compare(ofRule(a, rule), ofRule(b, rule))
      if (more !== 0) return more
    }
    return 0
  }

describe('the best allowed choice', () => {
  it.each(['sum', 'highest'] as const)('by %s is the best of all that are tried', (by) =>
    fc.assert(
      fc.property(contenders, singles, (all, single) => {
        const found = [...bestOf(all, { once: true, single, by })]
        expect(new Set(found.map(({ matter }) => matter)).size).toBe(found.length)
        for (const rule of single) expect(found.filter((one) => one.rule === rule).length).toBeLessThanOrEqual(1)
        const heights = all.map(({ points }) => points).toSorted((a, b) => compare(b, a))
        const best = [...allowed(all, single)].reduce(
          (most, choice) => (order(by, heights)(choice, most) > 0 ? choice : most),
          [],
        )
        expect(order(by, heights)(found, best)).toBe(0)
        const back = [...bestOf(all.toReversed(), { once: true, single, by })]
        for (const rule of [0, 1, 2, 3]) expect(ofRule(back, rule).equals(ofRule(found, rule))).toBe(true)
      }),
      { numRuns: 500 },
    ),
  )

  it('does not count a deduction lower so that the rest costs more', () => {
    const all = [
      { rule: 0, matter: 'm1', points: exact(5) },
      { rule: 0, matter: 'm2', points: exact(4) },
      { rule: 1, matter: 'm1', points: exact(4) },
    ]
    const by = (way: 'sum' | 'highest') =>
      sum([...bestOf(all, { once: true, single: new Set([0, 1]), by: way })].map(({ points }) => points)).toFraction()
    expect([by('sum'), by('highest')]).toEqual(['8', '5'])
  })

  it('answers thousands of claims made to be hard at once', () => {
    const many = Array.from({ length: 6000 }, (_, at): Claim => {
      const matter = `m${(at * 7919) % 2500}`
      if (at % 3 === 0) return first(`c${at}`, matter, String((at % 4) + 1))
      if (at % 3 === 1) return praised(`c${at}`, matter, ['central', 'province', 'city', 'county'][at % 4])
      return news(`c${at}`, ['central', 'province', 'city', 'county'][at % 4]!, String((at % 99) + 1), { matter })
    })
    const start = performance.now()
    const total = score(baihe, { 'IR-28': 'highest' }, {}, { claims: many }).points
    expect(performance.now() - start).toBeLessThan(1000)
    expect(compare(total, zero)).toBeGreaterThan(0)
  })
})
