import { allItems } from './parts.ts'
import { repeated, type Objecting } from './objection.ts'
import type { Policy } from './shape.ts'
import { isRecord, walk } from './walk.ts'
import { askedWays } from './ways.ts'

/** Every interpretation has its default first, and every rule that asks one finds an answer for each of its options. */
export function checkReadings(policy: Policy, object: Objecting): void {
  const optionsOf = (id: string) => policy.interpretations[id]?.options.map((option) => option.id)
  for (const [id, { options, default: first }] of Object.entries(policy.interpretations)) {
    if (options[0]?.id !== first)
      object(`interpretations.${id}.default`, '默认选项应列在第一 / the default must be the first option')
    repeated(options.map((option) => option.id)).forEach((twice) =>
      object(`interpretations.${id}.options`, `选项重复 / repeated: ${twice}`),
    )
  }
  const named = (id: string, path: string) => {
    if (!optionsOf(id)) object(path, `没有 ${id} 这项解释 / no interpretation ${id}`)
  }
  const areOptions = (readings: Record<string, unknown>, path: string) => {
    for (const [id, option] of Object.entries(readings)) {
      named(id, `${path}.${id}`)
      if (optionsOf(id)?.includes(String(option)) === false)
        object(`${path}.${id}`, `${id} 没有选项 ${option} / ${id} has no option ${option}`)
    }
  }
  walk(policy, '', (key, value, path) => {
    if ((key === 'by' || key === 'discrepancy') && typeof value === 'string') named(value, path)
    if ((key === 'onlyIf' || key === 'choices') && isRecord(value)) areOptions(value, path)
    if (isRecord(value) && typeof value.by === 'string' && isRecord(value.options)) {
      const answered = Object.keys(value.options).toSorted().join()
      const asked = optionsOf(value.by)?.toSorted().join()
      if (asked !== undefined && answered !== asked)
        object(path, `应逐一对应 ${value.by} 的选项 / must answer each option of ${value.by}`)
    }
  })
  for (const { at, way, ways } of askedWays(policy)) {
    if (typeof way === 'string') continue
    for (const option of optionsOf(way.by) ?? []) {
      if (!ways.includes(option)) object(at, `引擎不认识选项 ${option} / no such way: ${option}`)
    }
  }
  for (const item of allItems(policy)) for (const { id, when = {} } of item.criteria) areOptions(when, `${item.id}.${id}.when`)
}
