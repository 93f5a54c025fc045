import type pg from 'pg'
import { policies } from '../base/policies.ts'
import type { Day } from '../rules/days.ts'
import { exact, type Exact } from '../rules/exact.ts'
import type { Choices } from '../rules/facts.ts'
import type { Policy } from '../rules/policy/shape.ts'
import type { RosterFault } from '../rules/roster.ts'
import { standards } from '../rules/standards.ts'
import type { Lang } from '../rules/text.ts'

/** A regulation in force, with what it leaves open as it was chosen. */
export interface InForce {
  policy: Policy
  choices: Choices
}

/** The regulations of the cycles that are running. */
export async function inForce(client: pg.Pool | pg.PoolClient, county: string): Promise<InForce[]> {
  const { rows } = await client.query<{ policy: string; choices: Choices }>(
    `select distinct on (policy_id) policy_id as policy, choices from cycle where county_id = $1 and state = 'open' order by policy_id, year desc`,
    [county],
  )
  return rows.flatMap(({ policy, choices }) => {
    const version = policies().get(policy)
    return version ? [{ policy: version.policy, choices }] : []
  })
}

/** Somebody on their first day in a post. */
export interface Entering {
  bornOn: Day
  startsOn: Day
  schooling: string | null
  /** How many hold a post in the village, this one among them. */
  inVillage: number
}

/** Schooling as rosters write it, from the least: what a standard asks for is reached from its place on. */
const degrees = [
  ['小学', '文盲'],
  ['初中'],
  ['高中', '中专', '中职', '技校', '职高', '职业高中', '中技', '普高'],
  ['大专', '专科', '高职'],
  ['本科', '大学', '学士'],
  ['研究生', '硕士', '博士'],
]
const asks: Readonly<Record<string, number>> = { schooling: 2, college: 3 }

/** Whole years from one day to another. */
const ageOn = (born: Day, day: Day): number =>
  Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0)

/** What the regulations in force ask of whoever enters and is not kept (BH-05, YK-03): told, and left to those who decide. */
export function missedStandards(lang: Lang, rules: readonly InForce[], entering: Entering): RosterFault[] {
  const { bornOn, startsOn, schooling, inVillage } = entering
  const degree = schooling === null ? -1 : degrees.findLastIndex((names) => names.some((name) => schooling.includes(name)))
  const age = exact(ageOn(bornOn, startsOn))
  const values: Record<string, Exact | 'yes' | 'no'> = { ageFrom: age, ageTo: age, onePerVillage: exact(inVillage) }
  if (degree >= 0) for (const [id, least] of Object.entries(asks)) values[id] = degree >= least ? 'yes' : 'no'
  return rules.flatMap(({ policy, choices }) =>
    ['entry', 'post'].flatMap((group) =>
      standards(policy, choices, group, values)
        .filter(({ state }) => state === 'notMet')
        .map(({ id, title, clause }): RosterFault => {
          const field = id === 'onePerVillage' ? 'village' : id in asks ? 'schooling' : 'bornOn'
          return { field, code: 'roster.standard', params: { title: title[lang], clause }, note: true }
        }),
    ),
  )
}
