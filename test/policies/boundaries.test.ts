import { describe, expect, it } from 'vitest'
import { assess } from '../../server/src/rules/assess.ts'
import { streakOf } from '../../server/src/rules/consequences.ts'
import { canonical, exact, boundParts, percent } from '../../server/src/rules/exact.ts'
import { score } from '../../server/src/rules/score/index.ts'
import { thresholds } from '../../server/src/rules/policy/thresholds.ts'
import { changed, dossierOf, policies } from './policies.ts'

/** 以上 or 超过? Only an example standing on the line can tell, beside one a step short of it (and beyond, for 超过). */
describe.each(policies)('$id', (policy) => {
  it.each(thresholds(policy).map((line) => ({ ...line, ...boundParts(line.bound) })))(
    '$of $comparison $at has examples on the line and beside it',
    ({ of, at, step, comparison, choices }) => {
      const inForce = (given: Record<string, string> | undefined) =>
        Object.entries(choices ?? {}).every(([id, option]) => given?.[id] === option)
      const seen = [
        ...policy.examples
          .filter((example) => inForce(example.choices))
          .map(({ given, total, choices: chosen = {} }) => {
            const facts = changed(policy, chosen, given)
            return of === 'total' ? (total ?? canonical(score(policy, chosen, facts).points)) : facts[of]
          }),
        ...[...policy.lines, ...policy.tables].filter((line) => line.of === of).map(({ on }) => on),
      ]
      const beyond = comparison === 'exceeds' || comparison === 'upTo' ? [canonical(exact(at).add(exact(step)))] : []
      expect(seen).toEqual(expect.arrayContaining([at, canonical(exact(at).sub(exact(step))), ...beyond]))
    },
  )

  it.each(policy.consequences.flatMap(({ id, streak }) => (streak ? [{ id, ...streak }] : [])))(
    '$id has examples of $years years in a row and of one fewer',
    ({ grades, years }) => {
      const seen = policy.examples.map((example) => {
        const person = dossierOf(policy, example)
        const { alone } = assess(policy, example.choices ?? {}, person)
        return streakOf({ ...person, grade: alone.grade }, grades)
      })
      expect(seen).toEqual(expect.arrayContaining([Number(years), Number(years) - 1]))
    },
  )

  it.each(policy.tally?.rules ?? [])('$id has an example of every row of its table', (rule) => {
    const claims = policy.examples.flatMap((example) =>
      dossierOf(policy, example).claims.filter((claim) => claim.rule === rule.id),
    )
    if (rule.kind === 'levels') expect(claims.map(({ level }) => level)).toEqual(expect.arrayContaining(Object.keys(rule.points)))
    if (rule.kind !== 'ranks') return
    const tiers = Array.isArray(rule.points) ? rule.points : Object.values(rule.points.options)[0]
    const places = Array.from({ length: (tiers?.length ?? 0) + 1 }, (_, at) => String(at + 1))
    expect(claims.map(({ place }) => place)).toEqual(expect.arrayContaining(places))
  })

  it.each(policy.ratios)('$id has an example on a whole share and one beyond it', ({ id, atLeast }) => {
    const shares = policy.staffing.filter(({ of }) => of === id).map(({ heads }) => exact(heads).mul(percent(atLeast)).d === 1n)
    expect(shares).toEqual(expect.arrayContaining([true, false]))
  })

  it.each([...policy.quotas, ...(policy.elimination ? [policy.elimination] : [])])(
    '$id has an example on a whole seat and one person short of it',
    ({ upTo }) => {
      const bases = [
        ...policy.seats.map(({ base }) => Number(base)),
        ...policy.eliminations.map(
          ({ people, others, dismissed }) => Object.keys(people).length + Number(others) + Number(dismissed),
        ),
      ]
      const wholes = bases.filter((base) => base > 0 && percent(upTo).mul(base).d === 1n)
      expect(wholes.some((base) => bases.includes(base - 1))).toBe(true)
    },
  )

  it.each(policy.deadlines)('$id has a worked date', ({ id }) => {
    expect(policy.dates.some(({ of }) => of === id)).toBe(true)
  })

  it('has lines to stand on at all', () => {
    expect(thresholds(policy).length).toBeGreaterThan(0)
  })
})
