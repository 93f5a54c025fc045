import { exact, rounded, sum, type Exact } from './exact.ts'
import type { Person } from './grade.ts'
import type { Population, QuotaRounding } from './policy/shape.ts'

// How many people a percentage is taken of, and how many seats that gives.

/** How many seats a percentage of a base gives. 'pooled' rounds like 'floor'; pooling itself is a matter of groups. */
export function seatsOf(base: Exact, share: Exact, rounding: QuotaRounding): number {
  const seats = Number(rounded(base.mul(share), 0, rounding === 'halfUp' ? 'half' : 'down').n)
  return rounding === 'minOne' && seats === 0 && base.n > 0n ? 1 : seats
}

/**
 * How many people a percentage is taken of; a fraction only for the year's average. Who had several posts in the year
 * has a line for each: the average adds up their parts of the year, the other ways count the person once.
 */
export function populationOf(
  people: readonly Pick<Person, 'counted' | 'movedOn' | 'yearShare'>[],
  population: Population,
): Exact {
  if (population === 'average') return sum(people.map(({ yearShare }) => yearShare ?? exact(1)))
  return exact(people.filter(({ counted, movedOn }) => (population === 'registered' ? !movedOn : counted)).length)
}
