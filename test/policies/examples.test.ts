import { describe, expect, it } from 'vitest'
import { officialCalendar } from '../../server/src/core/official.ts'
import { absentDays, type Absence } from '../../server/src/rules/absences.ts'
import { wholeYears } from '../../server/src/rules/days.ts'
import { deadline, due } from '../../server/src/rules/due.ts'
import { outcomeOf, yearOfMove } from '../../server/src/rules/examples.ts'
import { eliminate } from '../../server/src/rules/eliminate.ts'
import { canonical, exact, percent, sum } from '../../server/src/rules/exact.ts'
import { gradeCohort } from '../../server/src/rules/cohort.ts'
import { seatsOf } from '../../server/src/rules/seat-count.ts'
import { linesMet, wageCut } from '../../server/src/rules/grade.ts'
import { pay } from '../../server/src/rules/pay.ts'
import { wayIn } from '../../server/src/rules/policy/readings.ts'
import { competitionRanks } from '../../server/src/rules/rank.ts'
import { find, score } from '../../server/src/rules/score/index.ts'
import { staffing, standards } from '../../server/src/rules/standards.ts'
import { changed, policies } from './policies.ts'

describe.each(policies)('$id', (policy) => {
  it.each(policy.examples.map((example) => [example.name.en, example] as const))('%s', (_, example) => {
    expect(outcomeOf(policy, example, officialCalendar())).toMatchObject(example.expect)
  })

  it.each(policy.moves.map((move) => [move.name.en, move] as const))('moved: %s', (_, move) => {
    expect(yearOfMove(policy, move, officialCalendar())).toMatchObject(move.expect)
    // Which post was held first does not matter, but to whoever asks for the last.
    if (!Object.values(move.choices ?? {}).some((option) => option.startsWith('last')))
      expect(yearOfMove(policy, { ...move, postings: move.postings.toReversed() }, officialCalendar())).toMatchObject(move.expect)
  })

  it.each(policy.cohorts.map((cohort) => [cohort.name.en, cohort] as const))('together: %s', (_, cohort) => {
    const people = Object.entries(cohort.people).map(([id, one]) => ({
      id,
      group: { town: one.town, county: '县' },
      fullTime: one.fullTime === 'yes',
      counted: one.counted === 'yes',
      total: exact(one.total),
      missing: Number(one.missing),
      facts: policy.checklists.length > 0 ? changed(policy, cohort.choices ?? {}, one.facts) : one.facts,
      ...(one.share === undefined ? {} : { yearShare: exact(one.share) }),
    }))
    const { outcomes, groups } = gradeCohort(policy, cohort.choices ?? {}, people, {
      ...(cohort.ruling ? { rulings: [{ order: cohort.ruling }] } : {}),
      ...(cohort.percent ? { percent: cohort.percent } : {}),
    })
    const seen = Object.fromEntries(
      outcomes.map(({ id, rank, seat, grade }) => [id, { rank: String(rank), seat, grade: grade ?? 'panel' }]),
    )
    expect(seen).toMatchObject(cohort.expect)
    const quota = Object.fromEntries(
      groups.map(({ group, base, cap, taken, seatsLeft, contested }) => [
        group,
        { base: String(base), cap: String(cap), taken: String(taken), left: String(seatsLeft), contested },
      ]),
    )
    expect(quota).toMatchObject(cohort.quota)
  })

  it.each(policy.seats)('$base people give $cap seats', ({ quota: id, base, cap, choices = {}, percent: share }) => {
    const quota = policy.quotas.find((one) => one.id === id)
    if (!quota) throw new Error(id)
    const rounding = wayIn(policy, choices, quota.rounding)
    expect(String(seatsOf(exact(base), percent(share ?? quota.upTo), rounding))).toBe(cap)
  })

  it.each(policy.lines)('$of at $on: $meets', ({ of, on, meets, choices = {} }) => {
    expect(linesMet(policy, choices, of, exact(on))).toBe(meets === 'yes')
  })

  it.each(policy.tables)('$of at $on: $points points', ({ of, on, points, choices = {} }) => {
    const rule = policy.tally?.rules.find(({ id }) => id === of)
    if (rule?.kind !== 'intervals') throw new Error(of)
    const right = exact(on).mul(100)
    const check = {
      id: 'c',
      rule: rule.measure,
      month: '1',
      of: '10000',
      checked: '10000',
      right: String(right),
      evidence: ['e'],
    }
    expect(canonical(find(score(policy, choices, {}, { claims: [check] }), of)?.points ?? exact(-999))).toBe(points)
  })

  it.each(policy.pools.map((pool) => [pool.name.en, pool] as const))('paid: %s', (_, pool) => {
    const people = Object.entries(pool.people).map(([id, { score: points, town, counted, share }]) => ({
      id,
      group: { county: '县', town },
      score: exact(points),
      counted: counted === 'yes',
      ...(share === undefined ? {} : { yearShare: exact(share) }),
    }))
    for (const order of [people, people.toReversed()]) {
      const pools = pay(policy, pool.choices ?? {}, order)
      expect(canonical(sum(pools.map((one) => one.pool)))).toBe(pool.pool)
      const paid = pools.flatMap(({ shares }) => shares.map((share) => [share.id, canonical(share.paid)]))
      expect(Object.fromEntries(paid)).toEqual(pool.expect)
    }
  })

  it.each(policy.eliminations.map((one) => [one.name.en, one] as const))('at the end: %s', (_, example) => {
    const { people, others, dismissed, ruling, choices = {}, expect: expected } = example
    const person = (id: string, measure: string) => ({
      id,
      group: { county: '市' },
      counted: true,
      measured: { daily: exact(measure), annual: exact(measure) },
    })
    const all = [
      ...Object.entries(people).map(([id, measure]) => person(id, measure)),
      ...Array.from({ length: Number(others) }, (__, at) => person(`other${at}`, '1000')),
      ...Array.from({ length: Number(dismissed) }, (__, at) => ({ ...person(`gone${at}`, '0'), dismissed: true })),
    ]
    const [found] = eliminate(policy, choices, all, ruling ? { rulings: [{ order: ruling }] } : {})
    const { cap, open, left, contested, candidates = [] } = found ?? {}
    const seen = {
      cap: String(cap),
      open: String(open),
      left: String(left),
      contested,
      candidates: candidates.map(({ id }) => id),
    }
    expect(seen).toMatchObject(expected)
  })

  it.each(policy.staffing)('$heads heads need $needs for $of', ({ of, heads, needs }) => {
    expect(String(staffing(policy, Number(heads)).find(({ id }) => id === of)?.needs)).toBe(needs)
  })

  it.each(policy.dates)('$of from $event falls on $falls', ({ of, event, falls, holidays, workdays }) => {
    expect(deadline(policy, of, event, { holidays, workdays, known: [] })).toBe(falls)
  })

  it.each(policy.dues)('$of of $year is due by $last', ({ of, year, from, last, choices = {} }) => {
    const found = due(policy, choices, { year: Number(year), on: from, done: new Set() }).find(({ id }) => id === of)
    expect(found).toMatchObject({ from, by: last })
  })

  it.each(policy.absentDays?.examples ?? [])('absences come to $comesTo days', ({ year, choices, absences, comesTo }) => {
    const days = wayIn(policy, choices, policy.absentDays!.days)
    expect(canonical(absentDays(absences as Absence[], { year, days, calendar: officialCalendar() }))).toBe(comesTo)
  })

  it.each(policy.ages)('born $born, on $on: $years', ({ born, on, years, meets }) => {
    expect(String(wholeYears(born, on))).toBe(years)
    const kept = standards(policy, {}, 'entry', Object.fromEntries(Object.keys(meets).map((id) => [id, exact(years)])))
    const seen = kept.filter(({ id }) => meets[id]).map(({ id, state }) => [id, state === 'met' ? 'yes' : 'no'])
    expect(Object.fromEntries(seen)).toEqual(meets)
  })

  it.each(policy.ranks)('$scores rank $ranks', ({ scores, ranks }) => {
    expect(competitionRanks(scores.map((one) => exact(one))).map(String)).toEqual(ranks)
  })

  it.each(policy.wageCuts)('$days days of $monthly cost $cut', ({ monthly, days, daysOfMonth, cut, choices = {} }) => {
    const given = { monthly: exact(monthly), days: exact(days), ...(daysOfMonth ? { daysOfMonth: Number(daysOfMonth) } : {}) }
    expect(canonical(wageCut(policy, choices, given))).toBe(cut)
  })
})
