import { compare, exact, percent, sum } from '../exact.ts'
import type { Choices } from '../facts.ts'
import { earnable, isInForce } from '../score/criterion.ts'
import { amountOf } from '../shapes.ts'
import type { Objecting } from './objection.ts'
import { chosen } from './readings.ts'
import type { Item, Policy } from './shape.ts'

/** Maxima add up at each level, bands leave no gap, and an item can earn exactly its maximum under every reading. */
export function checkSums(policy: Policy, object: Objecting): void {
  if (policy.sections.length > 0 && policy.scale) {
    const total = sum(policy.sections.map(({ max }) => exact(max)))
    if (compare(total, exact(policy.scale.max)) !== 0)
      object('scale.max', '各部分满分之和不等于总分 / the sections do not add up')
  }
  const dimensions = policy.rated?.dimensions ?? []
  const shares = dimensions.flatMap(({ share }) => (share ? [percent(share)] : []))
  if (shares.length > 0 && (shares.length < dimensions.length || compare(sum(shares), exact(1)) !== 0))
    object('rated.dimensions', '各项权重之和应为100% / the shares must make a whole')
  const wage = policy.pay?.wage
  if (wage && compare(exact(wage.base).add(exact(wage.performance)), exact(wage.month)) !== 0)
    object('pay.wage', '两部分工资之和不等于月工资 / the parts do not make the wage')
  for (const section of policy.sections) {
    const own = sum(section.items.map(({ max }) => exact(max)))
    if (compare(own, exact(section.max)) !== 0) object(section.id, '各项满分之和不等于本部分满分 / the items do not add up')
    const agrees = compare(exact(section.heading), exact(section.max)) === 0
    if (!agrees && !section.discrepancy)
      object(section.id, '标题分值与各项之和不符而未登记 / the printed heading differs and no interpretation says so')
    if (agrees && section.discrepancy) object(section.id, '并无不符 / there is no discrepancy')
    for (const item of section.items) {
      for (const choices of readingsOf(policy, item)) {
        const pick = (id: string) => chosen(policy, choices, id)
        const earned = item.criteria.filter((criterion) => isInForce(criterion, pick)).map(earnable)
        const most = sum([exact(amountOf(item.base, pick)), ...earned])
        if (compare(most, exact(item.max)) !== 0)
          object(item.id, '基础分与可得分之和不等于满分 / base and earnable points do not make the maximum')
      }
    }
  }
  const rows = policy.bands?.rows ?? []
  rows.forEach((row, at) => {
    const above = rows[at - 1]
    if (above && compare(exact(above.reaches), exact(row.reaches)) <= 0)
      object(`bands.rows.${at}`, '分段应由高到低 / bands must descend')
  })
  const places = rows.map((row) => policy.grades.ladder.findIndex(({ id }) => id === row.grade))
  if (places.some((place, at) => place !== at) || (rows.length > 0 && rows.length !== policy.grades.ladder.length)) {
    object('bands.rows', '每个等次应各有一段，由好到差 / one band for each grade, best first')
  }
  if (rows.length > 0 && rows.at(-1)?.reaches !== '0') object('bands.rows', '末段应从 0 分起 / the last band must start at 0')
}

/** Each combination of the readings that an item's base and criteria ask for. */
function readingsOf(policy: Policy, item: Item): Choices[] {
  const asked = new Set(item.criteria.flatMap((criterion) => Object.keys(criterion.when ?? {})))
  if (typeof item.base !== 'string') asked.add(item.base.by)
  let readings: Choices[] = [{}]
  for (const id of asked) {
    const options = policy.interpretations[id]!.options
    readings = readings.flatMap((reading) => options.map((option) => ({ ...reading, [id]: option.id })))
  }
  return readings
}
