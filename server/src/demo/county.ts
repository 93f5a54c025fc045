import { newId } from '../base/id.ts'
import type { Role } from '../rules/permissions.ts'
import { shown } from '../rules/exact.ts'
import type { Choices, Facts } from '../rules/facts.ts'
import type { Field } from '../rules/field.ts'
import { fieldsOf } from '../rules/fields.ts'
import { gradeCohort } from '../rules/cohort.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { joinPostings } from '../rules/postings.ts'
import { score } from '../rules/score/index.ts'

/** A county that does not exist, with people who do not exist; the same every time for the same number of people. */
export interface DemoCounty {
  id: string
  code: string
  name: string
  towns: DemoTown[]
  cycle: { id: string; year: number; baseDate: string }
  accounts: DemoAccount[]
}
interface DemoTown {
  id: string
  code: string
  name: string
  villages: DemoVillage[]
}
interface DemoVillage {
  id: string
  code: string
  name: string
  sheets: DemoSheet[]
}
export interface DemoSheet {
  id: string
  posting: string
  coordinator: { id: string; name: string; gender: 'male' | 'female'; bornOn: string }
  fullTime: boolean
  startsOn: string
  endsOn: string | null
  days: number
  /** Where it stands among the stages of the policy. */
  stage: string
  facts: Facts
}
interface DemoAccount {
  id: string
  grant: string
  login: string
  name: string
  role: Role
  unit: string
  /** Of a coordinator's account: whose sheet it shows. */
  coordinator?: string
}

const year = 2026
const townNames = '砚溪镇 榆桥镇 望禾街道 青箬镇 鹭汀镇 檀坪镇 云碓镇 荻洲镇 石磬镇 柳堰镇 梅墅镇'.split(' ')
const firstParts = [...'松榆砚青鹭檀云荻石柳梅禾澄霁芦枫竹桐杏棠']
const middleParts = [...'溪桥岭湾坪塘坡洲埠林泉垄岗渡湖丘原谷']
const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦']
const givenNames = [...'安宁和平清远文华思敏景行知言书礼若兰秋实春山晓晨雨桐子衿明德修远海川云舒静姝嘉木长青素心雪松玉成']

/** The places of the towns that are brought further in the year, and so have all their scores. */
export const furtherTowns = [4, 5, 6, 7]

/**
 * Invents the county: scores that look lived-in, a town not yet begun, one already submitted, ties at the edge of the
 * quota, vetoes, long absences, missing marks, part-timers, and people who changed village in the middle of the year.
 */
export function inventCounty(policy: Policy, choices: Choices, people: number): DemoCounty {
  const luck = dice(20_261_122)
  let made = 0
  const id = () =>
    newId(
      Date.UTC(year, 0, 1) + made++,
      Uint8Array.from({ length: 10 }, () => luck.upTo(255)),
    )

  const towns: DemoTown[] = range(people > 2000 ? 30 : townNames.length).map((at) => ({
    id: id(),
    code: `990101${String(at + 1).padStart(3, '0')}000`,
    name: townNames[at] ?? `${firstParts[at % 20]}${middleParts[(at * 7) % 18]}镇`,
    villages: [],
  }))
  const villagesOf = (at: number) => {
    const share = Math.floor(people / towns.length) + (at < people % towns.length ? 1 : 0)
    return people > 2000 ? 20 : share
  }
  const fields = fieldsOf(policy, choices)
  towns.forEach((town, at) => {
    town.villages = range(villagesOf(at)).map((no) => ({
      id: id(),
      code: `${town.code.slice(0, 9)}${String(201 + no)}`,
      name: `${firstParts[(no * 3 + at) % 20]}${middleParts[(no * 5 + at * 2) % 18]}${no % 6 === 0 ? '社区' : '村'}`,
      sheets: [],
    }))
  })

  const ways = (at: number) => ({ lenient: (at % 4) / 4, direct: at % 3 !== 2, complete: furtherTowns.includes(at) })
  range(people).forEach((no) => {
    const town = towns[no % towns.length]!
    const at = no % towns.length
    const village = town.villages[Math.floor(no / towns.length) % town.villages.length]!
    const gender = luck.chance(0.55) ? 'female' : 'male'
    const coordinator = {
      id: id(),
      name: luck.of(surnames) + luck.of(givenNames) + (luck.chance(0.7) ? luck.of(givenNames) : ''),
      gender,
      bornOn: `${1975 + luck.upTo(25)}-${two(1 + luck.upTo(11))}-${two(1 + luck.upTo(27))}`,
    } as const
    const sheet = (days: number, startsOn: string, endsOn: string | null): DemoSheet => ({
      id: id(),
      posting: id(),
      coordinator,
      fullTime: !luck.chance(0.08),
      startsOn,
      endsOn,
      days,
      stage: policy.stages[at === 1 ? 1 : 0]!.id,
      facts: at === 3 ? {} : factsOf(policy, choices, fields, luck, ways(at)),
    })
    // The second half of the year in the next village of the same town.
    const next = town.villages[(town.villages.indexOf(village) + 1) % town.villages.length]!
    if (luck.chance(0.05) && next !== village && at !== 3) {
      village.sheets.push(sheet(181, `${year - 1 - luck.upTo(2)}-03-01`, `${year}-06-30`))
      next.sheets.push(sheet(184, `${year}-07-01`, null))
    } else village.sheets.push(sheet(365, `${year - 1 - luck.upTo(4)}-0${1 + luck.upTo(8)}-01`, null))
  })
  for (const town of towns) tieAtTheEdge(policy, choices, town)

  const county = id()
  const own = towns[0]!.villages[0]!.sheets[0]!.coordinator
  const account = (login: string, name: string, role: Role, unit: string, coordinator?: string): DemoAccount => ({
    id: id(),
    grant: id(),
    login,
    name,
    role,
    unit,
    ...(coordinator === undefined ? {} : { coordinator }),
  })
  return {
    id: county,
    code: '990101',
    name: '澄原县',
    towns,
    cycle: { id: id(), year, baseDate: `${year}-12-31` },
    accounts: [
      account('county', '沈知远', 'countyBureau', county),
      account('analyst', '陶思敏', 'analyst', county),
      account('auditor', '严明德', 'auditor', county),
      account('town', '许清和', 'townAssessor', towns[0]!.id),
      account('town2', '秦书言', 'townAssessor', towns[0]!.id),
      account('village', '柏长青', 'village', towns[0]!.villages[0]!.id),
      account('panel', '云舒静', 'panelMember', towns[0]!.id),
      account('attendance', '尤子衿', 'attendanceOfficer', towns[0]!.id),
      account('joint', '费远海', 'jointBureau', county),
      account('city', '鲁松玉', 'city', county),
      account('coordinator', own.name, 'coordinator', towns[0]!.villages[0]!.id, own.id),
      account('system', '史行远', 'systemAdmin', county),
      account('security', '安景修', 'securityAdmin', county),
    ],
  }
}

/** What was recorded for one person: by item for towns that score directly, by criteria for the others. */
function factsOf(
  policy: Policy,
  choices: Choices,
  fields: Field[],
  luck: Dice,
  town: { lenient: number; direct: boolean; complete: boolean },
): Facts {
  const facts: Record<string, string> = {}
  const strict = 0.5 - town.lenient * 0.3
  for (const field of fields) {
    if (field.item === undefined || field.kind === 'points') continue
    if (field.kind === 'count') facts[field.id] = luck.chance(strict) && luck.chance(0.4) ? String(1 + luck.upTo(2)) : '0'
    if (field.kind === 'flag') facts[field.id] = luck.chance(strict * 0.04) ? 'yes' : 'no'
    if (field.kind === 'percent') facts[field.id] = luck.chance(0.9) ? '100' : `${92 + luck.upTo(7)}.${luck.upTo(9)}`
    if (field.kind === 'part') facts[field.id] = luck.chance(0.8) ? field.max! : String(Number(field.max) - 0.5)
  }
  const items = score(policy, choices, facts).parts.flatMap(({ parts }) => parts)
  const missing = luck.chance(0.1) ? new Set(range(1 + luck.upTo(2)).map(() => luck.of(items).id)) : new Set<string>()
  const recorded: Record<string, string> = {}
  for (const { id, points } of items) {
    if (missing.has(id) && !town.complete) continue
    if (town.direct) recorded[id] = shown(points, 1)
    else for (const field of fields) if (field.item === id && facts[field.id] !== undefined) recorded[field.id] = facts[field.id]!
  }
  recorded.absentDays = luck.chance(0.03) ? `${5 + luck.upTo(2)}` : luck.chance(0.1) ? '0.5' : '0'
  if (luck.chance(0.02)) recorded[luck.of(policy.vetoes).id] = 'yes'
  return recorded
}

/** Makes the last to get a seat and the next after them equal, so that the panel has something to rule on. */
function tieAtTheEdge(policy: Policy, choices: Choices, town: DemoTown): void {
  const sheets = town.villages.flatMap((village) => village.sheets)
  const people = [...Map.groupBy(sheets, ({ coordinator }) => coordinator.id).values()].map((postings) => {
    const last = postings.at(-1)!
    const scored = postings.map(({ days, facts }) => {
      const root = score(policy, choices, facts)
      return { days, facts, total: root.points, missing: root.missing.length }
    })
    const person = { id: last.id, group: { town: town.id }, fullTime: last.fullTime, counted: true }
    return { ...person, ...joinPostings(policy, choices, scored) }
  })
  const { outcomes, groups } = gradeCohort(policy, choices, people)
  const cap = groups[0]?.cap ?? 0
  const standing = new Set(people.flatMap(({ id, fullTime }) => (fullTime ? [id] : [])))
  const order = outcomes
    .filter(({ id, seat }) => standing.has(id) && (seat === 'in' || seat === 'contested' || seat === 'out'))
    .toSorted((a, b) => a.rank! - b.rank!)
    .map(({ id }) => sheets.find((sheet) => sheet.id === id)!)
  // Two postings make a mean that nobody else has: the tie is between people who stayed, with as many of them as it takes.
  const stayed = (sheet: DemoSheet | undefined) => sheet?.days === 365
  const last = order.slice(0, cap).findLastIndex(stayed)
  if (last < 0) return
  for (const next of order
    .slice(last + 1)
    .filter(stayed)
    .slice(0, cap - last))
    next.facts = { ...order[last]!.facts }
}

const range = (length: number): number[] => Array.from({ length }, (_, at) => at)
const two = (value: number): string => String(value).padStart(2, '0')

interface Dice {
  chance(of: number): boolean
  upTo(most: number): number
  of<T>(list: readonly T[]): T
}

/** A small generator of numbers that look random and are the same every time (mulberry32). */
export function dice(seed: number): Dice {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    chance: (of) => next() < of,
    upTo: (most) => Math.floor(next() * (most + 1)),
    of: (list) => list[Math.floor(next() * list.length)]!,
  }
}
