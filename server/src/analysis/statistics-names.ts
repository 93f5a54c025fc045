import { actorOf } from '../base/context.ts'
import { gradeTitle } from '../rules/policy/parts.ts'
import type { Asking } from './entity.ts'
import { rulesOf } from './parts.ts'
import type { Key, StatisticsAsked } from './statistics-asked.ts'

const bands: Record<string, { zh: string; en: string }> = {
  '0-29': { zh: '不满 30 岁', en: 'Under 30' },
  '30-39': { zh: '30 至 39 岁', en: '30 to 39' },
  '40-49': { zh: '40 至 49 岁', en: '40 to 49' },
  '50-': { zh: '50 岁以上', en: '50 and over' },
  '0': { zh: '不满 1 年', en: 'Under 1 year' },
  '1-2': { zh: '1 至 2 年', en: '1 to 2 years' },
  '3-5': { zh: '3 至 5 年', en: '3 to 5 years' },
  '6-': { zh: '6 年以上', en: '6 years and over' },
}

/** How a key's value is called in the caller's language. */
export async function namesOf(asking: Asking, { groupBy, cycles }: StatisticsAsked): Promise<(key: Key, id: string) => string> {
  const { context } = asking
  const { lang } = context
  const names = new Map<string, string>()
  if (groupBy.includes('town') || groupBy.includes('village')) {
    const { rows } = await context.pool.query<{ id: string; name: string }>({
      name: 'unit-names',
      text: 'select id, name from unit where county_id = $1',
      values: [actorOf(context).county],
    })
    for (const { id, name } of rows) names.set(id, name)
  }
  for (const { policy } of (await rulesOf(asking)).filter(({ id }) => cycles.includes(id))) {
    names.set(`policy ${policy.id}`, policy.title[lang])
    for (const { id } of policy.grades.ladder) names.set(`grade ${id}`, gradeTitle(policy, id)[lang])
    for (const { id, title, items } of policy.sections) {
      names.set(`section ${id}`, title[lang])
      for (const item of items) names.set(`item ${item.id}`, item.title[lang])
    }
  }
  const none = lang === 'zh' ? '未定' : 'None'
  return (key, id) => {
    if (key === 'ageBand' || key === 'tenureBand') return bands[id]![lang]
    return id === '' ? none : (names.get(id) ?? names.get(`${key} ${id}`) ?? id)
  }
}
