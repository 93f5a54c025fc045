import { describe, expect, it } from 'vitest'
import { canonical, exact, percent } from '../../server/src/rules/exact.ts'
import { gradeAlone, gradeCohort, linesMet, seatsOf, wageCut } from '../../server/src/rules/grade.ts'
import { wayIn } from '../../server/src/rules/policy.ts'
import { find, score } from '../../server/src/rules/score/index.ts'
import { changed, policies } from './policies.ts'

describe.each(policies)('$id', (policy) => {
  it.each(policy.examples.map((example) => [example.name.en, example] as const))('%s', (_, example) => {
    const { given, choices = {}, expect: expected } = example
    const facts = changed(policy, choices, given)
    const root = score(policy, choices, facts)
    const total = example.total === undefined ? root.points : exact(example.total)
    const alone = gradeAlone(policy, choices, { total, facts })
    const points = Object.fromEntries(
      Object.keys(expected.points ?? {}).map((id) => [id, canonical(find(root, id)?.points ?? exact(-999))]),
    )
    const actual = {
      total: canonical(total),
      points,
      grade: alone.grade ?? 'panel',
      limits: alone.limits.map(({ id }) => id),
      missing: root.missing,
    }
    expect(actual).toMatchObject(expected)
  })

  it.each(policy.cohorts.map((cohort) => [cohort.name.en, cohort] as const))('together: %s', (_, cohort) => {
    const people = Object.entries(cohort.people).map(([id, one]) => ({
      id,
      group: { town: one.town, county: '县' },
      fullTime: one.fullTime === 'yes',
      counted: one.counted === 'yes',
      total: exact(one.total),
      missing: Number(one.missing),
      facts: one.facts,
      ...(one.share === undefined ? {} : { yearShare: exact(one.share) }),
    }))
    const { outcomes, groups } = gradeCohort(policy, cohort.choices ?? {}, people, {
      ...(cohort.ruling ? { ruling: cohort.ruling } : {}),
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

  it.each(policy.lines)('$of at $on: $meets', ({ of, on, meets }) => {
    expect(linesMet(policy, {}, of, exact(on))).toBe(meets === 'yes')
  })

  it.each(policy.wageCuts)('$days days of $monthly cost $cut', ({ monthly, days, daysOfMonth, cut, choices = {} }) => {
    const given = { monthly: exact(monthly), days: exact(days), ...(daysOfMonth ? { daysOfMonth: Number(daysOfMonth) } : {}) }
    expect(canonical(wageCut(policy, choices, given))).toBe(cut)
  })
})
