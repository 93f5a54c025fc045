import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../server/src/rules/assess.ts'
import { ownSensitivity } from '../../server/src/rules/year.ts'
import { consequences, stepsOfGround, streakOf } from '../../server/src/rules/consequences.ts'
import { eliminate, type Ranked } from '../../server/src/rules/eliminate.ts'
import { compare, exact, meets, sum, zero } from '../../server/src/rules/exact.ts'
import { explain, explainGrade, type ExplainedStep } from '../../server/src/rules/explain.ts'
import { fieldsOf, typicalFacts } from '../../server/src/rules/fields.ts'
import { gradeCohort } from '../../server/src/rules/cohort.ts'
import { gradeAlone, rungOf } from '../../server/src/rules/grade.ts'
import { lint } from '../../server/src/rules/lint.ts'
import { pay, type Payee } from '../../server/src/rules/pay.ts'
import type { Claim } from '../../server/src/rules/score/claim.ts'
import { score, type Step } from '../../server/src/rules/score/index.ts'
import { dossierOf, policies, policyOf } from '../policies/policies.ts'
import { value } from './arbitraries.ts'

const [baihe, shandong, district, yingkou] = ['baihe', 'shandong', 'district', 'yingkou'].map(policyOf) as [
  ReturnType<typeof policyOf>,
  ReturnType<typeof policyOf>,
  ReturnType<typeof policyOf>,
  ReturnType<typeof policyOf>,
]
const blank = { claims: [], ballots: [], absences: [], spotChecks: [], history: [] }
const allSteps = (step: Step): Step[] => [step, ...step.parts.flatMap(allSteps)]

/** Claims that share matters, lack evidence and repeat themselves more often than people's do. */
const claim = fc
  .record({
    rule: fc.constantFrom(
      'commended',
      'news',
      'dataQuality',
      'inspection',
      'supervision',
      'lastThree',
      'spotCheck',
      'phoneCheck',
    ),
    matter: fc.option(fc.constantFrom('m1', 'm2'), { nil: undefined }),
    level: fc.constantFrom('central', 'province', 'city', 'county'),
    place: fc.constantFrom('1', '2', '3', '4'),
    records: fc.constantFrom('1', '2', '30'),
    outlet: fc.constantFrom('main' as const, 'other' as const),
    authors: fc.constantFrom('1', '2', '3'),
    month: fc.constantFrom('1', '6', '12'),
    right: fc.constantFrom('100', '99', '90', '89', '80', '79', '49', '0'),
    evidence: fc.constantFrom(['e'], ['e'], ['e'], []),
  })
  .map(({ matter, right, ...rest }) => ({ ...rest, of: '1000', checked: '100', right, ...(matter ? { matter } : {}) }))
const claims = fc.array(claim, { maxLength: 12 }).map((all) => all.map((one, at): Claim => ({ ...one, id: `c${at}` })))
const readings = fc.constantFrom<Record<string, string>>(
  {},
  { 'IR-26': 'each' },
  { 'IR-28': 'highest' },
  { 'IR-25': 'eachMonth' },
  { 'IR-21': 'shareThenBest' },
  { 'KH-13': 'months', 'KH-14': 'setAside' },
)
const deductions = ['inspection', 'supervision', 'spotCheck', 'lastThree']

describe('a score by claims', () => {
  it('does not depend on the order of the claims', () =>
    fc.assert(
      fc.property(claims, readings, (all, choices) => {
        const [one, other] = [all, all.toReversed()].map((order) => score(baihe, choices, {}, { claims: order }))
        expect(other).toEqual(one)
      }),
    ))

  it('is a hundred, plus the bonuses, less the deductions, at each level', () =>
    fc.assert(
      fc.property(claims, readings, (all, choices) => {
        const root = score(baihe, choices, {}, { claims: all })
        expect(root.points.equals(sum([exact(100), ...root.parts.map(({ points }) => points)]))).toBe(true)
        for (const step of root.parts.flatMap(allSteps).filter(({ parts }) => parts.length > 0))
          expect(step.points.equals(sum(step.parts.map(({ points }) => points)))).toBe(true)
      }),
    ))

  it('never rises by one more deduction, and never falls by one more bonus', () =>
    fc.assert(
      fc.property(claims, claim, readings, (all, one, choices) => {
        // A month’s check moves an average, and a better placement may have more authors: neither is one more bonus.
        if (one.rule === 'phoneCheck' || (one.rule === 'news' && one.matter)) return
        const more = [...all, { ...one, id: 'z' }]
        const [old, now] = [all, more].map((list) => score(baihe, choices, {}, { claims: list }).points) as [
          typeof zero,
          typeof zero,
        ]
        if (deductions.includes(one.rule)) expect(compare(now, old)).toBeLessThanOrEqual(0)
        else expect(compare(now, old)).toBeGreaterThanOrEqual(0)
      }),
    ))

  it('counts nothing without evidence', () =>
    fc.assert(
      fc.property(claims, readings, (all, choices) => {
        const bare = all.map((one) => ({ ...one, evidence: [] }))
        expect(score(baihe, choices, {}, { claims: bare }).points.equals(100)).toBe(true)
      }),
    ))

  it('takes no claim’s id for a matter', () => {
    const news = { rule: 'news', level: 'central', evidence: ['e'] }
    const matters = ['a', 'claim a', 'news a', undefined]
    for (const matter of matters) {
      const two = [
        { ...news, id: 'a', authors: '2' },
        { ...news, id: 'b', ...(matter ? { matter } : {}) },
      ]
      expect(score(baihe, {}, {}, { claims: two }).points.equals(106)).toBe(true)
    }
  })

  it('counts a matter once among the bonuses and once among the deductions', () =>
    fc.assert(
      fc.property(claims, (all) => {
        const root = score(baihe, {}, {}, { claims: all })
        for (const side of root.parts) {
          const counted = side.parts.flatMap(({ parts }) => parts).filter(({ points }) => points.n > 0n)
          const matters = counted.flatMap(({ id }) => all.find((one) => id.endsWith(`.${one.id}`))?.matter ?? [])
          expect(new Set(matters).size).toBe(matters.length)
        }
      }),
    ))
})

const mark = fc.constantFrom('0', '59.5', '60', '88', '100')
const ballots = fc
  .array(
    fc.record({
      group: fc.constantFrom('clients', 'peers', 'leaders'),
      scores: fc.record({ conduct: mark, diligence: mark, results: mark, effect: mark }),
    }),
    { maxLength: 14 },
  )
  .map((all) => all.map((one, at) => ({ ...one, id: `b${at}` })))
const trims = fc.constantFrom<Record<string, string>>({}, { 'KH-21': 'trimmed' }, { 'KH-21': 'trimmed', 'KH-61': 'ballot' })

describe('a score by ratings', () => {
  it('lies between nothing and a hundred and adds up', () =>
    fc.assert(
      fc.property(ballots, trims, (all, choices) => {
        const root = score(shandong, choices, {}, { ballots: all })
        expect(compare(root.points, zero)).toBeGreaterThanOrEqual(0)
        expect(compare(root.points, exact(100))).toBeLessThanOrEqual(0)
        for (const step of allSteps(root).filter(({ parts }) => parts.length > 0))
          expect(step.points.equals(sum(step.parts.map(({ points }) => points)))).toBe(true)
        expect(root.missing.length > 0).toBe(all.length === 0)
      }),
    ))

  it('does not depend on the order of the ballots, nor on how many a group hands in alike', () =>
    fc.assert(
      fc.property(ballots, trims, (all, choices) => {
        const points = (list: typeof all) => score(shandong, choices, {}, { ballots: list }).points
        expect(points(all).equals(points(all.toReversed()))).toBe(true)
        const twice = [...all, ...all.map((one) => ({ ...one, id: `${one.id}x` }))]
        if (!choices['KH-21']) expect(points(all).equals(points(twice))).toBe(true)
      }),
    ))

  it('says which group is missing, and sets an incomplete ballot aside', () => {
    const whole = { conduct: '80', diligence: '80', results: '80', effect: '80' }
    const half = { id: 'b', group: 'peers', scores: { conduct: '0' } }
    const root = score(shandong, {}, {}, { ballots: [{ id: 'a', group: 'clients', scores: whole }, half] })
    expect(root.points.equals(80)).toBe(true)
    expect(root.why).toContainEqual({ kind: 'reweighed', groups: ['peers', 'leaders'] })
    expect(root.why).toContainEqual({ kind: 'ballotsSetAside', count: 1 })
    const over = { id: 'c', group: 'leaders', scores: { ...whole, effect: '100.5' } }
    const alone = score(shandong, {}, {}, { ballots: [{ id: 'a', group: 'clients', scores: whole }, over] })
    expect(alone.points.equals(80)).toBe(true)
    expect(alone.why).toContainEqual({ kind: 'ballotsSetAside', count: 1 })
  })
})

describe('pay', () => {
  const people = fc
    .array(fc.constantFrom('100', '100', '104.5', '71.5', '0', '-5', '96', '33.3'), { minLength: 1, maxLength: 30 })
    .map((all) =>
      all.map((points, at): Payee => ({
        id: `p${at}`,
        group: { county: '县', town: `镇${at % 3}` },
        score: exact(points),
        counted: at % 4 !== 3,
        yearShare: exact(BigInt([365, 365, 184, 92, 0][at % 5]!), 365n),
      })),
    )
  const choices = fc.constantFrom<Record<string, string>>(
    {},
    { 'IR-24': 'year400' },
    { 'IR-24': 'month400', 'KH-11': 'town' },
    { 'KH-65': 'byDays' },
    { 'KH-65': 'everyone' },
  )

  it('comes to the pool to the fen, whatever the order, and a higher score is never paid less', () =>
    fc.assert(
      fc.property(people, choices, (all, chosen) => {
        const byId = (list: typeof all) =>
          new Map(
            pay(baihe, chosen, list)
              .flatMap(({ shares }) => shares)
              .map((one) => [one.id, one]),
          )
        const [paid, again] = [byId(all), byId(all.toReversed())]
        expect(pay(baihe, chosen, all.toReversed())).toEqual(pay(baihe, chosen, all))
        for (const { shares, pool, left, points } of pay(baihe, chosen, all)) {
          expect(sum([left, ...shares.map((one) => one.paid)]).equals(pool)).toBe(true)
          if (points.n > 0n) expect(left.equals(0)).toBe(true)
          for (const one of shares) {
            expect(again.get(one.id)?.paid.equals(one.paid)).toBe(true)
            expect(one.paid.mul(100).d).toBe(1n)
            for (const other of shares)
              if (compare(one.points, other.points) > 0)
                expect(compare(paid.get(one.id)?.paid ?? zero, other.paid)).toBeGreaterThanOrEqual(0)
          }
        }
      }),
    ))
})

describe('elimination', () => {
  const people = fc
    .array(
      fc.record({
        mark: fc.constantFrom('60', '61', '61', '64', '70'),
        gone: fc.boolean(),
        counted: fc.constantFrom(true, true, false),
      }),
      {
        minLength: 1,
        maxLength: 30,
      },
    )
    .map((all) =>
      all.map(({ mark: one, gone, counted }, at): Ranked => ({
        id: `p${at}`,
        group: { county: '市' },
        counted,
        dismissed: gone,
        measured: { daily: exact(one) },
      })),
    )
  const choices = fc.constantFrom<Record<string, string>>(
    {},
    { 'IR-12': 'within' },
    { 'IR-09': 'leaveEmpty' },
    { 'IR-07': 'floor' },
  )

  it('never names more than the cap, never splits a tie, and passes over nobody behind', () =>
    fc.assert(
      fc.property(people, choices, (all, chosen) => {
        for (const found of eliminate(yingkou, chosen, all)) {
          const named = new Set(found.candidates.map(({ id }) => id))
          expect(named.size).toBeLessThanOrEqual(found.open)
          expect(found.cap * 5).toBeLessThanOrEqual(all.filter(({ counted }) => counted).length)
          if (chosen['IR-12'] === 'within' && found.dismissed <= found.cap)
            expect(named.size + found.dismissed).toBeLessThanOrEqual(found.cap)
          const standing = all.filter(({ counted, dismissed }) => counted && !dismissed)
          for (const one of standing.filter(({ id }) => named.has(id)))
            for (const other of standing)
              if (compare(other.measured.daily ?? zero, one.measured.daily ?? zero) <= 0) expect(named.has(other.id)).toBe(true)
          for (const { stepsMissing } of found.candidates) expect(stepsMissing.length).toBeGreaterThan(0)
          const again = eliminate(yingkou, chosen, all.toReversed())[0]
          expect(again).toEqual(found)
        }
      }),
    ))

  it('names nobody while anybody is without the measure, and is unknown to the other policies', () => {
    const one: Ranked = { id: 'p', group: { county: '市' }, counted: true, measured: { annual: exact(1) } }
    const five = [one, ...['a', 'b', 'c', 'd'].map((id) => ({ ...one, id, measured: { daily: exact(50) } }))]
    expect(eliminate(yingkou, {}, five)[0]).toMatchObject({
      cap: 1,
      unmeasured: ['p'],
      candidates: [],
      contested: [],
    })
    expect(eliminate(yingkou, { 'IR-13': 'annual' }, five)[0]).toMatchObject({
      unmeasured: ['a', 'b', 'c', 'd'],
      candidates: [],
    })
    const four = five.slice(1).map((person, at) => ({ ...person, measured: { daily: exact(50 + at) } }))
    const fifth = { ...one, measured: { daily: exact(49) } }
    expect(eliminate(yingkou, {}, [...four, fifth])[0]).toMatchObject({ unmeasured: [], candidates: [{ id: 'p', fromLast: 1 }] })
    expect(eliminate(baihe, {}, five)).toEqual([])
  })

  it('leaves out the steps that are documented', () => {
    const done = stepsOfGround(yingkou, 'incompetence').map(({ id }) => id)
    const people5 = ['a', 'b', 'c', 'd', 'e'].map((id, at) => ({
      id,
      group: { county: '市' },
      counted: true,
      measured: { daily: exact(at) },
      done: done.slice(1),
    }))
    expect(eliminate(yingkou, {}, people5)[0]?.candidates[0]?.stepsMissing.map(({ id }) => id)).toEqual([done[0]])
  })
})

const factsFor = (policy: typeof baihe) =>
  fc
    .record(
      Object.fromEntries(
        fieldsOf(policy, {})
          .filter(({ kind }) => kind !== 'points')
          .map((field) => [field.id, fc.option(value(field), { nil: undefined, freq: 12 })]),
      ),
    )
    .map((sheet) =>
      Object.fromEntries(Object.entries(sheet).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    )

describe.each([district, yingkou].map((policy) => [policy.id, policy] as const))('conditions of %s', (_, policy) => {
  it('never grade above a limit, and every limit that is met is listed', () =>
    fc.assert(
      fc.property(factsFor(policy), (facts) => {
        const alone = gradeAlone(policy, {}, { total: zero, facts })
        if (alone.grade)
          for (const { atMost } of alone.limits)
            expect(rungOf(policy, alone.grade)).toBeGreaterThanOrEqual(rungOf(policy, atMost))
        for (const { id, fact, when, is } of policy.limits) {
          const own = facts[fact]
          const met = own !== undefined && (when ? meets(exact(own), when) : own === is)
          expect(alone.limits.some((limit) => limit.id === id)).toBe(met)
          expect(alone.tried.some((limit) => limit.id === id)).toBe(!met)
        }
      }),
    ))

  it('give no grade that rests on something not recorded', () =>
    fc.assert(
      fc.property(factsFor(policy), (facts) => {
        const { grade, missing, limits } = gradeAlone(policy, {}, { total: zero, facts })
        if (missing.length > 0 && limits.length === 0) expect(grade).toBeNull()
        for (const id of missing) expect(facts[id]).toBeUndefined()
      }),
    ))
})

describe.each(policies.map((policy) => [policy.id, policy] as const))('%s', (_, policy) => {
  const lines = (step: ExplainedStep): ExplainedStep[] => [step, ...step.parts.flatMap(lines)]
  const speaks = (lang: 'zh' | 'en', text: string) => {
    expect(text).not.toMatch(/undefined|\[object/)
    if (lang === 'en') expect(text).not.toMatch(/[\p{Script=Han}，。；：（）、]/u)
    else expect(text).not.toMatch(/[A-Za-z]{2}/)
  }

  it('explains every worked example in both languages, each line with a clause', () => {
    for (const example of policy.examples) {
      const { choices = {} } = example
      const person = dossierOf(policy, example)
      const { score: root, alone } = assess(policy, choices, person)
      for (const lang of ['zh', 'en'] as const) {
        // What a claim is about is named as it was entered, whatever the language of who reads it.
        const matters = person.claims.flatMap(({ matter }) => matter ?? [])
        const bare = (text: string) => matters.reduce((left, matter) => left.replaceAll(`“${matter}”`, ''), text)
        for (const { says, name } of lines(explain(policy, root, lang))) [bare(says), name].forEach((text) => speaks(lang, text))
        // The reason of a ruling is in the words of the panel, whatever the language of who reads it.
        for (const [at, { says }] of explainGrade(policy, alone.reasons, lang).entries()) {
          const reason = alone.reasons[at]!
          speaks(lang, 'reason' in reason ? says.replace(reason.reason, '') : says)
        }
      }
      for (const { clause } of allSteps(root)) expect(policy.clauses).toHaveProperty([clause])
      for (const { clause } of alone.reasons) expect(policy.clauses).toHaveProperty([clause])
    }
  })

  it('says what its source leaves out, with a clause', () => {
    expect(lint(policy).some(({ code }) => code === 'absent')).toBe(true)
    for (const { clause, says } of lint(policy)) {
      expect(policy.clauses).toHaveProperty([clause])
      speaks('en', says.en)
    }
  })

  it('lists every consequence, and legal steps only where a contract would end', () => {
    const facts = typicalFacts(policy)
    for (const grade of policy.grades.ladder.map(({ id }) => id)) {
      const all = consequences(policy, {}, { year: '2026', grade, facts, history: [] })
      expect(all.map(({ id }) => id)).toEqual(policy.consequences.map(({ id }) => id))
      for (const { effect, state, stepsMissing } of all)
        if (policy.legal)
          expect(stepsMissing.length > 0).toBe(state === 'met' && (effect === 'dismissal' || effect === 'deemedLeft'))
    }
  })

  it('names the open questions an example depends on', () => {
    const [example] = policy.examples
    if (!example) return
    for (const { interpretation, option, differences } of ownSensitivity(policy, {}, [
      { person: dossierOf(policy, example), days: 365 },
    ])) {
      expect(policy.interpretations[interpretation]?.options.map(({ id }) => id)).toContain(option)
      expect(differences.length).toBeGreaterThan(0)
    }
  })
})

it('changes no result of one policy by having loaded and used the others', () => {
  const sheet = { ...typicalFacts(policyOf('xinyi')), 'i07.accuracy': '93.4' }
  const before = JSON.stringify(explain(policyOf('xinyi'), score(policyOf('xinyi'), {}, sheet), 'zh'))
  for (const policy of policies)
    for (const example of policy.examples) assess(policy, example.choices ?? {}, dossierOf(policy, example))
  expect(JSON.stringify(explain(policyOf('xinyi'), score(policyOf('xinyi'), {}, sheet), 'zh'))).toBe(before)
})

it('changes nobody by an unrelated person', () =>
  fc.assert(
    fc.property(fc.array(fc.constantFrom('100', '95', '90', '89.99'), { minLength: 1, maxLength: 12 }), (totals) => {
      const person = (policy: (typeof policies)[number], id: string, total: string, town: string) => ({
        id,
        group: { town, county: town },
        fullTime: true,
        counted: true,
        missing: 0,
        total: exact(total),
        facts: typicalFacts(policy),
      })
      for (const policy of policies) {
        const own = totals.map((total, at) => person(policy, `p${at}`, total, '甲'))
        const alone = gradeCohort(policy, {}, own).outcomes
        const beside = gradeCohort(policy, {}, [...own, person(policy, 'q', '100', '乙')]).outcomes
        expect(beside.filter(({ id }) => id !== 'q')).toEqual(alone)
      }
    }),
    { numRuns: 50 },
  ))

it('counts a streak backwards from this year and stops at the first gap', () => {
  const history = [2025, 2024, 2022].map((year) => ({ year: String(year), grade: 'excellent' }))
  expect(streakOf({ year: '2026', grade: 'excellent', history }, ['excellent'])).toBe(3)
  expect(streakOf({ year: '2026', grade: 'unfit', history }, ['excellent'])).toBe(0)
  expect(streakOf({ year: '2027', grade: 'excellent', history }, ['excellent'])).toBe(1)
})

it('names the option that changes what somebody gets', () => {
  const person = { ...blank, facts: {}, claims: [{ id: 'a', rule: 'lastThree', place: '1', evidence: ['e'] }] }
  const found = ownSensitivity(baihe, {}, [{ person, days: 365 }])
  expect(found.map(({ interpretation, option }) => [interpretation, option])).toEqual([['IR-22', 'lastLeast']])
  expect(found[0]?.differences).toContainEqual(
    expect.objectContaining({ kind: 'points', id: 'lastThree.a', before: '-3', after: '-1', clause: 'BH-18.2.3' }),
  )
})

it('ranks nobody where the policy has no score, and by totals where a reading makes one', () => {
  const three = ['90', '80', '80'].map((total, at) => ({
    id: `p${at}`,
    group: { town: '所', county: '区' },
    fullTime: true,
    counted: true,
    missing: 0,
    total: exact(total),
    facts: typicalFacts(district),
  }))
  const ranks = (choices: Record<string, string>) => gradeCohort(district, choices, three).outcomes.map(({ rank }) => rank)
  expect(ranks({})).toEqual([null, null, null])
  expect(ranks({ 'KH-35': 'equal' })).toEqual([1, 2, 2])
  // Ten who all meet the conditions for one seat: without an order nobody takes it, with one the best does.
  const ten = Array.from({ length: 10 }, (_, at) => ({ ...three[0]!, id: `q${at}`, total: exact(90 - at) }))
  expect(gradeCohort(district, {}, ten).groups).toMatchObject([{ cap: 1, taken: 0, seatsLeft: 1 }])
  expect(gradeCohort(district, {}, ten).groups[0]?.contested).toHaveLength(10)
  expect(gradeCohort(district, { 'KH-35': 'equal' }, ten).groups).toMatchObject([{ cap: 1, taken: 1, contested: [] }])
})
