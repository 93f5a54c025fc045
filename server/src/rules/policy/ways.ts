import { absenceDays, halvesInRun, runsOverNewYear } from '../absences.ts'
import { kindOf } from '../score/criterion.ts'
import { ratingWays } from '../score/rated.ts'
import { tallyWays } from '../score/tally.ts'
import type { AskedWay } from '../shapes.ts'
import { allItems } from './parts.ts'
import {
  dismissals,
  floors,
  lastDays,
  leftovers,
  measures,
  moverWays,
  payees,
  payGroups,
  populations,
  roundings,
  standings,
  ties,
  type Policy,
} from './shape.ts'

/** The same ways, with where they stand in the whole file. */
const below = (path: string, asked: readonly AskedWay[]): AskedWay[] => asked.map((one) => ({ ...one, at: `${path}.${one.at}` }))

/** Every place of a policy where a way of the engine is written or left to a reading. */
export function askedWays(policy: Policy): AskedWay[] {
  const { itemFloor, tally, rated, elimination, pay, absences, absentDays, movers } = policy
  return [
    ...(itemFloor ? [{ at: 'itemFloor.way', way: itemFloor.way, ways: floors }] : []),
    ...(tally ? tallyWays(tally) : []),
    ...(rated ? below('rated', ratingWays(rated)) : []),
    ...(elimination
      ? below('elimination', [
          { at: 'population', way: elimination.population, ways: populations },
          { at: 'rounding', way: elimination.rounding, ways: roundings },
          { at: 'tie', way: elimination.tie, ways: ties },
          { at: 'dismissed', way: elimination.dismissed, ways: dismissals },
          { at: 'measure', way: elimination.measure, ways: measures },
        ])
      : []),
    ...(pay
      ? below('pay', [
          { at: 'group', way: pay.group, ways: payGroups },
          { at: 'leftover', way: pay.leftover, ways: leftovers },
          { at: 'sharers', way: pay.sharers, ways: payees },
        ])
      : []),
    ...(absences
      ? below('absences', [
          { at: 'days', way: absences.days, ways: absenceDays },
          { at: 'overNewYear', way: absences.overNewYear, ways: runsOverNewYear },
          { at: 'halfInRun', way: absences.halfInRun, ways: halvesInRun },
        ])
      : []),
    ...(absentDays ? [{ at: 'absentDays.days', way: absentDays.days, ways: absenceDays }] : []),
    ...policy.calendar.map(({ id, lastDay }) => ({ at: `calendar.${id}.lastDay`, way: lastDay, ways: lastDays })),
    ...(movers ? [{ at: 'movers.conditions', way: movers.conditions, ways: moverWays }] : []),
    ...policy.quotas.flatMap((quota, at) =>
      below(`quotas.${at}`, [
        { at: 'standsFor', way: quota.standsFor, ways: standings },
        { at: 'population', way: quota.population, ways: populations },
        { at: 'rounding', way: quota.rounding, ways: roundings },
        { at: 'tie', way: quota.tie, ways: ties },
      ]),
    ),
    ...allItems(policy).flatMap(({ id, criteria }) =>
      criteria.flatMap((criterion) => below(`${id}.${criterion.id}`, kindOf(criterion).ways(criterion))),
    ),
  ]
}
