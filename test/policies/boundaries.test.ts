import { describe, expect, it } from 'vitest'
import { canonical, exact, partsOf } from '../../server/src/rules/exact.ts'
import { score } from '../../server/src/rules/score/index.ts'
import { thresholds } from '../../server/src/rules/policy.ts'
import { changed, policies } from './policies.ts'

/** 以上 or 超过? Only an example standing on the line can tell, beside one a step short of it (and beyond, for 超过). */
describe.each(policies)('$id', (policy) => {
  it.each(thresholds(policy).map((line) => ({ ...line, ...partsOf(line.bound) })))(
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
        ...policy.lines.filter((line) => line.of === of).map(({ on }) => on),
      ]
      const beyond = comparison === 'exceeds' || comparison === 'upTo' ? [canonical(exact(at).add(exact(step)))] : []
      expect(seen).toEqual(expect.arrayContaining([at, canonical(exact(at).sub(exact(step))), ...beyond]))
    },
  )

  it('has lines to stand on at all', () => {
    expect(thresholds(policy).length).toBeGreaterThan(0)
  })
})
