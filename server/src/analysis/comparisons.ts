import type { Context } from '../base/context.ts'
import { compare, exact } from '../rules/exact.ts'
import { dispersionOf } from './dispersion.ts'
import { statisticsOf, toTwoPlaces } from './statistics.ts'
import type { Key, KeyValue, StatisticsRow } from './statistics-asked.ts'

/** Where points are lost, by town and item. */
export async function heatMapOf(context: Context, id: string) {
  const { rows } = await statisticsOf(
    { context },
    {
      cycles: [id],
      groupBy: ['town', 'item'],
      measures: [
        { of: 'lost', as: 'mean' },
        { of: 'lost', as: 'lossRate' },
        { of: 'lost', as: 'fullMarks' },
      ],
    },
  )
  return rows.map(({ keys: [town, item], suppressed: not, people, values: [lost, lossRate, fullMarks] }) => ({
    ...unitOf(town!),
    suppressed: not,
    people,
    item: item!.id,
    title: item!.name,
    lost: toTwoPlaces(lost!),
    lossRate: toTwoPlaces(lossRate!),
    fullMarks: toTwoPlaces(fullMarks!),
  }))
}

/** How leniently towns score, the most lenient first. */
export async function leniencyOf(context: Context, id: string) {
  const cycles = [id]
  const measures = [
    { of: 'total', as: 'mean' },
    { of: 'total', as: 'deviation' },
    { of: 'total', as: 'fullMarks' },
  ] as const
  const towns = await statisticsOf(
    { context },
    { cycles, groupBy: ['town'], measures, orderBy: [{ measure: 0, direction: 'desc' }] },
  )
  const all = (await statisticsOf({ context }, { cycles, groupBy: [], measures })).rows[0]?.values[0]
  return towns.rows.map(({ keys: [town], suppressed: not, people, values: [mean, deviation, fullMarks] }) => ({
    ...unitOf(town!),
    suppressed: not,
    people,
    mean: toTwoPlaces(mean!),
    difference: mean == null || all == null ? null : toTwoPlaces(exact(mean).sub(exact(all)).toFraction()),
    deviation: toTwoPlaces(deviation!),
    fullMarks: toTwoPlaces(fullMarks!),
  }))
}

export async function raterDispersionOf(context: Context, id: string) {
  return (await dispersionOf({ context }, id)).map((row) => ({
    ...row,
    mean: toTwoPlaces(row.mean),
    deviation: toTwoPlaces(row.deviation),
    distance: toTwoPlaces(row.distance),
    far: toTwoPlaces(row.far),
  }))
}

/** How the means and ranks of villages or towns changed between two cycles. */
export async function movementBetween(context: Context, { before, now, by }: { before: string; now: string; by: Key }) {
  const meansOf = async (one: string) =>
    (
      await statisticsOf(
        { context },
        {
          cycles: [one],
          groupBy: [by],
          measures: [
            { of: 'total', as: 'yearMean' },
            { of: 'missing', as: 'sum' },
          ],
        },
      )
    ).rows
  return movementOf(await meansOf(before), await meansOf(now))
}

const unitOf = ({ id, name }: KeyValue) => ({ id, name })

/** Equal means share a rank, and the next is counted on: 1-2-2-4. What is not scored whole has none. */
function ranksOf(rows: readonly StatisticsRow[]): Map<string, number> {
  const known = rows.flatMap(({ keys: [key], values: [mean, missing] }) =>
    mean == null || missing !== '0' ? [] : [{ id: key!.id, mean: exact(mean) }],
  )
  known.sort((a, b) => compare(b.mean, a.mean))
  const ranks = new Map<string, number>()
  known.forEach(({ id, mean }, at) => {
    const above = known[at - 1]
    ranks.set(id, above && compare(above.mean, mean) === 0 ? ranks.get(above.id)! : at + 1)
  })
  return ranks
}

function movementOf(earlier: readonly StatisticsRow[], later: readonly StatisticsRow[]) {
  // What one of the two years suppresses is suppressed in both: their difference would be as telling.
  const not = new Set([...earlier, ...later].flatMap(({ keys: [key], suppressed }) => (suppressed ? [key!.id] : [])))
  const shownOf = (rows: readonly StatisticsRow[]) => rows.filter(({ keys: [key] }) => !not.has(key!.id))
  const [ranksBefore, ranksNow] = [ranksOf(shownOf(earlier)), ranksOf(shownOf(later))]
  const before = new Map(shownOf(earlier).map(({ keys: [key], values: [mean] }) => [key!.id, mean ?? null]))
  const now = new Map(shownOf(later).map(({ keys: [key], values: [mean] }) => [key!.id, mean ?? null]))
  const units = new Map([...later, ...earlier].map(({ keys: [key] }) => [key!.id, key!]))
  const rows = [...units.values()].map((key) => {
    const [was, is] = [before.get(key.id) ?? null, now.get(key.id) ?? null]
    const [rankBefore, rankNow] = [ranksBefore.get(key.id) ?? null, ranksNow.get(key.id) ?? null]
    return {
      ...unitOf(key),
      suppressed: not.has(key.id),
      before: toTwoPlaces(was),
      now: toTwoPlaces(is),
      change: was === null || is === null ? null : toTwoPlaces(exact(is).sub(exact(was)).toFraction()),
      rankBefore,
      rankNow,
      climbed: rankBefore === null || rankNow === null ? null : rankBefore - rankNow,
    }
  })
  return rows.toSorted((a, b) => (a.rankNow ?? Infinity) - (b.rankNow ?? Infinity) || (a.id < b.id ? -1 : 1))
}
