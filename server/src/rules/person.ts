import { calendarOfSpans, type Absence, type SpotCheck } from './absences.ts'
import { addDays, isDay, type Calendar } from './days.ts'
import { compare, exact } from './exact.ts'
import type { Choices, Facts } from './facts.ts'
import { clears, fieldOf, readCell } from './fields.ts'
import type { PanelGrade } from './grade.ts'
import { chosen } from './policy/readings.ts'
import type { Policy } from './policy/shape.ts'
import { claimParts, type Claim } from './score/claim.ts'
import { mostOf, type Ballot } from './score/rated.ts'
import { claimedAs, claimKindOf } from './score/tally.ts'
import type { Text } from './text.ts'
import { refusalSentence } from './words.ts'

/** The grade of an earlier year. */
export interface PastGrade {
  year: string
  grade: string
}

/** Everything recorded of one person for one year's assessment, as plain data. */
export type Dossier = Recorded & Away

/** Days away, with the part of the calendar by which they are counted; without absences there is no calendar. */
export type Away = { absences: readonly Absence[]; calendar: Calendar } | { absences: readonly never[]; calendar?: undefined }

interface Recorded {
  /** The year assessed; needed where earlier years or absences are looked at. */
  year?: string
  facts: Facts
  claims: readonly Claim[]
  ballots: readonly Ballot[]
  spotChecks: readonly SpotCheck[]
  history: readonly PastGrade[]
  panel?: PanelGrade
}

/** What is recorded of a person beside the cells. */
export type Beyond = Partial<Omit<Recorded, 'facts'>> & (Away | { absences?: undefined; calendar?: undefined })

/** The week without exceptions: for a person without absences, and for records filed without a calendar. */
const weekAlone: Calendar = { holidays: [], workdays: [], known: [] }

/** The calendar by which a person’s absences are counted. */
export const calendarOfPerson = ({ calendar = weekAlone }: Pick<Dossier, 'calendar'>): Calendar => calendar

/** A dossier from the cells and whatever else is recorded; all other lists are empty. */
export const dossierOf = (facts: Facts, { absences, calendar, ...beyond }: Beyond = {}): Dossier => ({
  claims: [],
  ballots: [],
  spotChecks: [],
  history: [],
  ...beyond,
  ...(absences ? ({ absences, calendar } as Away) : { absences: [] }),
  facts,
})

/** One value of the input that is refused: where it stands, what it is, and what would be right. */
export interface PersonRefusal {
  path: string
  value: string
  says: Text
}

export type PersonReading = { person: Dossier; refused?: never } | { refused: PersonRefusal[]; person?: never }

type Raw = Readonly<Record<string, unknown>>
type Refuse = (path: string, value: unknown, says: Text) => undefined

const lists = ['claims', 'ballots', 'absences', 'spotChecks', 'history'] as const
const known = ['year', 'facts', ...lists, 'panel']

/**
 * Reads what is recorded of one person. Anything that the policy does not ask for, of the wrong type or out of range is
 * refused with its path; nothing is guessed. Absences are counted by the calendar given. Never throws.
 */
export function readPerson(policy: Policy, choices: Choices, raw: unknown, calendar: Calendar): PersonReading {
  const refused: PersonRefusal[] = []
  const refuse: Refuse = (path, value, says) => {
    refused.push({ path, value: written(value), says })
    return undefined
  }
  const read = new Reader(policy, choices, refuse)
  if (!isRecord(raw)) {
    refuse('', raw, { zh: '应为一个对象，如 {"facts": {}}', en: 'must be an object, such as {"facts": {}}' })
    return { refused }
  }
  read.only(raw, '', known)
  const year = raw.year === undefined ? undefined : read.year(raw.year, 'year')
  const facts = read.facts(raw.facts ?? {})
  const list = <Item>(key: (typeof lists)[number], one: (item: Raw, path: string) => Item | undefined): Item[] => {
    const value = raw[key] ?? []
    if (!Array.isArray(value)) {
      refuse(key, value, { zh: '应为一个列表', en: 'must be a list' })
      return []
    }
    return value.flatMap((item: unknown, at) => {
      const path = `${key}.${at}`
      if (isRecord(item)) return one(item, path) ?? []
      refuse(path, item, { zh: '应为一个对象', en: 'must be an object' })
      return []
    })
  }
  const claims = list('claims', (item, path) => read.claim(item, path))
  const ballots = list('ballots', (item, path) => read.ballot(item, path))
  const absences = list('absences', (item, path) => read.absence(item, path))
  const spotChecks = list('spotChecks', (item, path) => read.spotCheck(item, path))
  const history = list('history', (item, path) => read.past(item, path))
  const panel = raw.panel === undefined ? undefined : read.panel(raw.panel)
  read.twice('claims', claims)
  read.twice('ballots', ballots)
  for (const past of history.filter(({ year: one }, at) => history.findIndex((other) => other.year === one) !== at))
    refuse('history', past.year, { zh: '同一年只能有一个等次', en: 'a year has one grade' })
  if (policy.absences && (absences.length > 0 || spotChecks.length > 0)) {
    if (year === undefined) refuse('year', undefined, { zh: '有缺勤记录时须写明考核年度', en: 'absences need the year assessed' })
    for (const { fact } of policy.absences.facts.filter((one) => facts[one.fact] !== undefined))
      refuse(`facts.${fact}`, facts[fact], { zh: '已由缺勤记录算出，不得另填', en: 'is found from the absences; leave it out' })
  }
  if (history.length > 0 && year === undefined)
    refuse('year', undefined, { zh: '有往年等次时须写明考核年度', en: 'earlier grades need the year assessed' })
  if (refused.length > 0) return { refused }
  const dated = { ...(year === undefined ? {} : { year }), ...(panel ? { panel } : {}) }
  const away: Away = absences.length > 0 ? { absences, calendar: calendarOfSpans(absences, calendar) } : { absences: [] }
  return { person: { ...dated, facts, claims, ballots, ...away, spotChecks, history } }
}

/** Each part of the input read under one policy and one set of readings. */
class Reader {
  readonly #policy: Policy
  readonly #choices: Choices
  readonly #refuse: Refuse

  constructor(policy: Policy, choices: Choices, refuse: Refuse) {
    this.#policy = policy
    this.#choices = choices
    this.#refuse = refuse
  }

  only(item: Raw, path: string, keys: readonly string[]): void {
    for (const key of Object.keys(item).filter((one) => !keys.includes(one))) {
      const at = path ? `${path}.${key}` : key
      this.#refuse(at, item[key], { zh: `没有这一项，可填：${keys.join('、')}`, en: `is unknown; known are: ${keys.join(', ')}` })
    }
  }

  facts(raw: unknown): Facts {
    const facts: Record<string, string> = {}
    if (!isRecord(raw)) {
      this.#refuse('facts', raw, { zh: '应为一个对象，字段编号对应值', en: 'must be an object of field ids and values' })
      return facts
    }
    for (const [id, value] of Object.entries(raw)) {
      const path = `facts.${id}`
      const field = fieldOf(this.#policy, this.#choices, id)
      if (!field) {
        this.#refuse(path, value, { zh: '没有这个字段，请核对编号', en: 'no such field; check its id' })
        continue
      }
      const text = scalar(value)
      if (text === undefined) {
        this.#refuse(path, value, { zh: '应为文字、数字或是否', en: 'must be text, a number, or yes or no' })
        continue
      }
      const read = readCell(this.#policy, this.#choices, id, text)
      if (read.refused) {
        const { code, params } = read.refused
        this.#refuse(path, value, { zh: refusalSentence(code, params, 'zh'), en: refusalSentence(code, params, 'en') })
      } else if (read.value !== null) facts[id] = read.value
    }
    for (const id of Object.keys(facts)) {
      const field = fieldOf(this.#policy, this.#choices, id)
      const beside = clears(this.#policy, this.#choices, id).filter((other) => facts[other] !== undefined)
      if (field?.kind === 'points' && beside.length > 0)
        this.#refuse(`facts.${id}`, facts[id], {
          zh: `直接给分时不得另填标准：${beside.join('、')}`,
          en: `is awarded directly, so leave out its criteria: ${beside.join(', ')}`,
        })
    }
    return facts
  }

  claim(item: Raw, path: string): Claim | undefined {
    this.only(item, path, claimParts)
    const rules = this.#policy.tally?.rules ?? []
    const rule = rules.find((one) => claimedAs(one) === item.rule)
    if (!rule) {
      const names = [...new Set(rules.map(claimedAs))]
      return this.#refuse(`${path}.rule`, item.rule, {
        zh: `应为：${names.join('、')}`,
        en: `must be one of: ${names.join(', ')}`,
      })
    }
    const id = this.name(item.id, `${path}.id`)
    const evidence = item.evidence ?? []
    if (!Array.isArray(evidence) || !evidence.every((one): one is string => typeof one === 'string' && one.trim() !== ''))
      return this.#refuse(`${path}.evidence`, evidence, { zh: '应为佐证资料编号的列表', en: 'must be a list of evidence ids' })
    const matter = item.matter === undefined ? undefined : this.name(item.matter, `${path}.matter`)
    const kind = claimKindOf(rule)
    if (kind.measure(rule) !== undefined && item.matter !== undefined)
      this.#refuse(`${path}.matter`, item.matter, {
        zh: '抽查以月份区分，不写事项',
        en: 'is not used; a check is known by its month',
      })
    if (id === undefined) return undefined
    const parts: readonly string[] = ['id', 'rule', 'matter', 'evidence', ...kind.parts(rule)]
    for (const part of claimParts.filter((one) => item[one] !== undefined && !parts.includes(one)))
      this.#refuse(`${path}.${part}`, item[part], { zh: '这条规则不用这一项', en: 'is not used by this rule' })
    const read = kind.read(rule, {
      raw: item,
      matter,
      whole: (part, least, most) => this.whole(item[part], `${path}.${part}`, least, most),
      refuse: (part, value, says) => this.#refuse(`${path}.${part}`, value, says),
    })
    return read && { id, rule: claimedAs(rule), ...(matter === undefined ? {} : { matter }), evidence: [...evidence], ...read }
  }

  ballot(item: Raw, path: string): Ballot | undefined {
    this.only(item, path, ['id', 'group', 'scores'])
    const { rated } = this.#policy
    const groups = (rated?.groups ?? []).map(({ id }) => id)
    const { group } = item
    const id = this.name(item.id, `${path}.id`)
    if (!rated || typeof group !== 'string' || !groups.includes(group))
      return this.#refuse(`${path}.group`, group, {
        zh: `应为：${groups.join('、')}`,
        en: `must be one of: ${groups.join(', ')}`,
      })
    if (!isRecord(item.scores))
      return this.#refuse(`${path}.scores`, item.scores, { zh: '应为各方面的评分', en: 'must be the marks by dimension' })
    const { dimensions } = rated
    this.only(
      item.scores,
      `${path}.scores`,
      dimensions.map((dimension) => dimension.id),
    )
    const scores: Record<string, string> = {}
    for (const dimension of dimensions) {
      const at = `${path}.scores.${dimension.id}`
      const most = mostOf(rated, dimension, (one) => chosen(this.#policy, this.#choices, one))
      const text = scalar(item.scores[dimension.id])
      if (text === undefined || !/^\d{1,3}(\.\d{1,2})?$/.test(text) || compare(exact(text), most) > 0)
        this.#refuse(at, item.scores[dimension.id], {
          zh: `应为 0 到 ${most.toFraction()} 的数，最多两位小数`,
          en: `must be a number from 0 to ${most.toFraction()}, two decimals at most`,
        })
      else scores[dimension.id] = text
    }
    return id === undefined ? undefined : { id, group, scores }
  }

  absence(item: Raw, path: string): Absence | undefined {
    this.only(item, path, ['from', 'to', 'half', 'excused', 'reasonGiven'])
    const from = this.day(item.from, `${path}.from`)
    const to = this.day(item.to, `${path}.to`)
    const excused = this.yesNo(item.excused, `${path}.excused`)
    // Approved leave has its reason and need not say so; what it says to the contrary changes nothing.
    const silent = excused === 'yes' && item.reasonGiven === undefined
    const given = silent ? 'yes' : this.yesNo(item.reasonGiven, `${path}.reasonGiven`)
    const half = item.half === undefined ? 'no' : this.yesNo(item.half, `${path}.half`)
    this.asked('absences', path)
    if (!from || !to || !excused || !given || !half) return undefined
    if (to < from) return this.#refuse(`${path}.to`, to, { zh: `不得早于 ${from}`, en: `must not be before ${from}` })
    if (addDays(from, 366) < to) return this.#refuse(`${path}.to`, to, { zh: '一次缺勤不得超过一年', en: 'spans a year at most' })
    if (half === 'yes' && from !== to)
      return this.#refuse(`${path}.half`, 'yes', { zh: '半天只能记在一天上', en: 'is of one day only' })
    return { from, to, ...(half === 'yes' ? { half } : {}), excused, reasonGiven: excused === 'yes' ? 'yes' : given }
  }

  spotCheck(item: Raw, path: string): SpotCheck | undefined {
    this.only(item, path, ['on', 'onPost'])
    this.asked('spotChecks', path)
    const on = this.day(item.on, `${path}.on`)
    const onPost = this.yesNo(item.onPost, `${path}.onPost`)
    return on && onPost ? { on, onPost } : undefined
  }

  past(item: Raw, path: string): PastGrade | undefined {
    this.only(item, path, ['year', 'grade'])
    const year = this.year(item.year, `${path}.year`)
    const grade = this.grade(item.grade, `${path}.grade`)
    return year && grade ? { year, grade } : undefined
  }

  panel(raw: unknown): PanelGrade | undefined {
    if (!isRecord(raw)) return this.#refuse('panel', raw, { zh: '应写明等次和理由', en: 'must name a grade and a reason' })
    this.only(raw, 'panel', ['grade', 'reason'])
    const grade = this.grade(raw.grade, 'panel.grade')
    if (typeof raw.reason !== 'string' || raw.reason.trim() === '')
      return this.#refuse('panel.reason', raw.reason, { zh: '应写明理由', en: 'must give the reason' })
    return grade ? { grade, reason: raw.reason } : undefined
  }

  grade(raw: unknown, path: string): string | undefined {
    const names = this.#policy.grades.ladder.map(({ id }) => id)
    if (typeof raw === 'string' && names.includes(raw)) return raw
    return this.#refuse(path, raw, { zh: `等次应为：${names.join('、')}`, en: `must be one of: ${names.join(', ')}` })
  }

  year(raw: unknown, path: string): string | undefined {
    const text = scalar(raw)
    if (text !== undefined && /^(19|20)\d\d$/.test(text)) return text
    return this.#refuse(path, raw, { zh: '应为四位年份，如 2026', en: 'must be a year such as 2026' })
  }

  day(raw: unknown, path: string): string | undefined {
    if (typeof raw === 'string' && isDay(raw)) return raw
    return this.#refuse(path, raw, {
      zh: '应为真实存在的日期，如 2026-02-28',
      en: 'must be a day that exists, such as 2026-02-28',
    })
  }

  yesNo(raw: unknown, path: string): 'yes' | 'no' | undefined {
    const text = raw === true ? 'yes' : raw === false ? 'no' : raw
    if (text === 'yes' || text === 'no') return text
    return this.#refuse(path, raw, { zh: '应为 yes 或 no', en: 'must be yes or no' })
  }

  whole(raw: unknown, path: string, least: number, most: number): string | undefined {
    const text = scalar(raw)
    if (text !== undefined && /^\d{1,6}$/.test(text) && Number(text) >= least && Number(text) <= most) return String(Number(text))
    return this.#refuse(path, raw, {
      zh: `应为 ${least} 到 ${most} 的整数`,
      en: `must be a whole number from ${least} to ${most}`,
    })
  }

  name(raw: unknown, path: string): string | undefined {
    if (typeof raw === 'string' && raw.trim() !== '' && raw.length <= 100) return raw
    return this.#refuse(path, raw, { zh: '应为不超过 100 字的编号', en: 'must be an id of 100 characters at most' })
  }

  /** Refuses a repeated id, and a second check of the same month under one rule. */
  twice(key: string, all: readonly { id: string; month?: string; rule?: string }[]): void {
    const seen = new Set<string>()
    for (const { id, month, rule } of all) {
      for (const name of [id, ...(month === undefined ? [] : [`${rule} ${month}`])]) {
        if (seen.has(name)) this.#refuse(key, name, { zh: '重复', en: 'appears twice' })
        seen.add(name)
      }
    }
  }

  asked(list: 'absences' | 'spotChecks', path: string): void {
    if (!this.#policy.absences)
      this.#refuse(path, list, {
        zh: '本办法不由缺勤记录计算，请填写字段',
        en: 'this policy asks for the fields instead of a list',
      })
  }
}

const isRecord = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The text of a value that a file may write as text, number or flag; undefined for anything else, NaN and infinities included. */
function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return undefined
}

/** A refused value as it is shown; long ones are cut. */
function written(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value)
  return (text ?? '').slice(0, 60)
}
