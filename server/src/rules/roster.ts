import { halfWidth, readFlag } from './cell-text.ts'
import { addMonths, type Day } from './days.ts'
import { readIdNumber } from './id-number.ts'
import { writtenDay } from './written-day.ts'

/** What a roster may say of a person and their post, in the order of the list; a field that is left out or empty says nothing. */
export const personFields = [
  'name',
  'idNumber',
  'gender',
  'bornOn',
  'town',
  'village',
  'startsOn',
  'endsOn',
  'fullTime',
  'phone',
  'politics',
  'schooling',
  'household',
  'cadre',
  'category',
  'employer',
  'contractFrom',
  'contractTo',
] as const
export type PersonField = (typeof personFields)[number]

/** What a list of places may say: each row names a town, and mostly a village of it. */
export const unitFields = ['town', 'townCode', 'village', 'villageCode'] as const
export type UnitField = (typeof unitFields)[number]

export type RosterField = PersonField | UnitField
export type Written<Field extends RosterField> = Readonly<Partial<Record<Field, string>>>

/** What may be wrong with a row. */
export type RosterCode =
  | 'roster.formula'
  | 'roster.standard'
  | 'roster.errorCell'
  | 'roster.name'
  | 'roster.text'
  | 'roster.id.shape'
  | 'roster.id.day'
  | 'roster.id.check'
  | 'roster.id.gender'
  | 'roster.id.born'
  | 'roster.id.other'
  | 'roster.id.holder'
  | 'roster.idTwice'
  | 'roster.idOrBirth'
  | 'roster.noId'
  | 'roster.gender'
  | 'roster.day'
  | 'roster.dayUnclear'
  | 'roster.dayRange'
  | 'roster.endsBefore'
  | 'roster.flag'
  | 'roster.phone'
  | 'roster.startsOn'
  | 'roster.villageMissing'
  | 'roster.townMissing'
  | 'roster.townUnknown'
  | 'roster.villageUnknown'
  | 'roster.townTwice'
  | 'roster.villageTwice'
  | 'roster.unitName'
  | 'roster.unitTwice'
  | 'roster.townCode'
  | 'roster.villageCode'
  | 'roster.codeTaken'
  | 'roster.personUnknown'
  | 'roster.postUnknown'
  | 'roster.twoCandidates'
  | 'roster.sameTwice'
  | 'roster.postedElsewhere'

/** Something wrong with what a row says; a note is told and hinders nothing. */
export interface RosterFault {
  field: RosterField | null
  code: RosterCode
  params?: Record<string, string>
  note?: true
}

/** A person and their post as one row says, null where it says nothing. */
export interface PersonRead {
  name: string
  idNumber: string | null
  gender: 'male' | 'female' | null
  bornOn: Day | null
  town: string | null
  village: string | null
  startsOn: Day | null
  endsOn: Day | null
  fullTime: boolean | null
  phone: string | null
  politics: string | null
  schooling: string | null
  household: string | null
  cadre: boolean | null
  category: string | null
  employer: string | null
  contractFrom: Day | null
  contractTo: Day | null
  /** The fields of which only the month is said. */
  months: ReadonlySet<PersonField>
}

const longestText = 100
const longestName = 50

/** A name as it is kept: one kind of dot between its parts, and no blanks that only spread two characters over a cell. */
export function plainName(text: string): string {
  const dotted = text
    .normalize('NFC')
    .trim()
    .replaceAll(/\s*[•・‧∙⋅．﹒]\s*/gu, '·')
  return /^[\p{sc=Han}·\s]+$/u.test(dotted) ? dotted.replaceAll(/\s/gu, '') : dotted.replaceAll(/\s+/gu, ' ')
}

/** The name of a place without blanks. */
export const plainPlace = (text: string): string => text.normalize('NFC').replaceAll(/\s/gu, '')

const errors = /^#(REF!|N\/A|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/i

/** What no field is read from: a formula, whatever its file says it came to, and an error of a spreadsheet. */
export const unreadable = (text: string): 'roster.formula' | 'roster.errorCell' | undefined =>
  text.startsWith('=') ? 'roster.formula' : errors.test(text) ? 'roster.errorCell' : undefined

/** Reads what a row says of a person, each fault at its field. `today` bounds the days. */
export function readPerson(written: Written<PersonField>, today: Day): { person: PersonRead; faults: RosterFault[] } {
  const faults: RosterFault[] = []
  const fault = (field: PersonField, code: RosterCode, params?: Record<string, string>): null => {
    faults.push(params ? { field, code, params } : { field, code })
    return null
  }
  for (const field of personFields) {
    const code = unreadable(written[field]?.trim() ?? '')
    if (code) fault(field, code)
  }
  // A list of the product's own shows numbers masked: such a cell says nothing new.
  const said = (field: PersonField): string | null => {
    const value = written[field]?.trim() || null
    if (value !== null && unreadable(value)) return null
    return value !== null && (field === 'idNumber' || field === 'phone') && /^[\d+]*\*{4,}[\dX]*$/.test(value) ? null : value
  }
  const text = (field: PersonField): string | null => {
    const value = said(field)
    if (value === null) return null
    if ([...value].length > longestText || /\p{Cc}/u.test(value))
      return fault(field, 'roster.text', { most: String(longestText) })
    return value
  }
  const months = new Set<PersonField>()
  const day = (field: PersonField, from: Day, to: Day): Day | null => {
    const value = said(field)
    if (value === null) return null
    if (value.endsWith('?')) return fault(field, 'roster.dayUnclear', { text: value.slice(0, -1) })
    const read = writtenDay(value)
    if (!read) return fault(field, 'roster.day', { text: value })
    if (read.day < from || read.day > to) return fault(field, 'roster.dayRange', { text: value, from, to })
    if (read.precision === 'month') months.add(field)
    return read.day
  }
  const flag = (field: PersonField, yes: readonly string[], no: readonly string[]): boolean | null => {
    const value = said(field)
    if (value === null) return null
    const read = readFlag(value)
    if (read !== null) return read === 'yes'
    if (yes.includes(value)) return true
    return no.includes(value) ? false : fault(field, 'roster.flag', { text: value, yes: yes[0]!, no: no[0]! })
  }

  const name = plainName(said('name') ?? '')
  const named = !unreadable(written.name?.trim() ?? '')
  if (named && (name === '' || [...name].length > longestName || /\p{Cc}/u.test(name) || !/\p{L}/u.test(name)))
    fault('name', 'roster.name', { most: String(longestName) })

  const id = said('idNumber') === null ? null : readIdNumber(said('idNumber')!)
  if (id !== null && typeof id === 'string') fault('idNumber', `roster.id.${id}`)
  const known = id !== null && typeof id === 'object' ? id : undefined

  const genders = new Map<string, 'male' | 'female'>([
    ['男', 'male'],
    ['male', 'male'],
    ['女', 'female'],
    ['female', 'female'],
  ])
  const writtenGender = said('gender')
  const gender = writtenGender === null ? null : (genders.get(writtenGender.toLowerCase()) ?? fault('gender', 'roster.gender'))
  if (known && gender !== null && gender !== known.gender) fault('gender', 'roster.id.gender')

  const bornOn = day('bornOn', '1930-01-01', addMonths(today, -16 * 12))
  if (known && bornOn !== null) {
    const [own, other] = months.has('bornOn') ? [known.bornOn.slice(0, 7), bornOn.slice(0, 7)] : [known.bornOn, bornOn]
    if (own !== other) fault('bornOn', 'roster.id.born', { text: own })
    months.delete('bornOn')
  }
  const phone = said('phone')?.replaceAll(/[\s-]/g, '') ?? null
  const dialled = phone === null ? null : halfWidth(phone)
  if (dialled !== null && !/^\+?\d{5,20}$/.test(dialled)) fault('phone', 'roster.phone')

  const latest = addMonths(today, 12)
  const startsOn = day('startsOn', '1980-01-01', latest)
  const endsOn = day('endsOn', '1980-01-01', latest)
  if (startsOn !== null && endsOn !== null && endsOn < startsOn) fault('endsOn', 'roster.endsBefore')
  const contractFrom = day('contractFrom', '1980-01-01', addMonths(today, 120))
  const contractTo = day('contractTo', '1980-01-01', addMonths(today, 600))
  if (contractFrom !== null && contractTo !== null && contractTo < contractFrom) fault('contractTo', 'roster.endsBefore')

  const place = (field: 'town' | 'village') => (said(field) === null ? null : plainPlace(said(field)!))
  return {
    person: {
      name,
      idNumber: known?.number ?? null,
      gender: known?.gender ?? gender,
      bornOn: known?.bornOn ?? bornOn,
      town: place('town'),
      village: place('village'),
      startsOn,
      endsOn,
      fullTime: flag('fullTime', ['专职', '全职'], ['兼职', '非全职']),
      phone: dialled,
      politics: text('politics'),
      schooling: text('schooling'),
      household: text('household'),
      cadre: flag('cadre', ['管理技术岗', '干部'], ['非管理岗', '工人']),
      category: text('category'),
      employer: text('employer'),
      contractFrom,
      contractTo,
      months,
    },
    faults,
  }
}
