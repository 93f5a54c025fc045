import { setImmediate } from 'node:timers/promises'
import { newId } from '../base/id.ts'
import { maskedId, maskedPhone } from '../rules/id-number.ts'
import { plainPlace, readPerson, type PersonField, type PersonRead, type RosterFault } from '../rules/roster.ts'
import type { Day } from '../rules/days.ts'
import type { Entering } from './entry-standards.ts'
import type { PersonKnown, PostingKnown, UnitKnown } from './county-roster.ts'
import { Places } from './places.ts'
import { stored } from './plan-units.ts'
import { changeOf, hinders, noWrites, type Entry, type Planned, type Writes } from './plan.ts'

/** What sealing needs of the product’s keys. */
export interface Sealing {
  /** The same for the same number, and nothing to be read from it. */
  hash(idNumber: string): string
  seal(secret: string, person: string): string
  /** Throws where the text was sealed under another key. */
  unseal(sealed: string, person: string): string
}

export interface PlanningPeople {
  county: { id: string; code: string }
  units: readonly UnitKnown[]
  people: readonly PersonKnown[]
  postings: readonly PostingKnown[]
  /** Makes the towns and villages that are named and not there. */
  makeUnits: boolean
  today: Day
  now: number
  sealing: Sealing
  /** What the regulations in force ask of whoever enters and is not kept. */
  missed: (entering: Entering) => RosterFault[]
}

const personColumns = { politics: 'politics', schooling: 'schooling', household: 'household', cadre: 'cadre' } as const
const postingColumns = {
  fullTime: 'full_time',
  category: 'category',
  employer: 'employer',
  contractFrom: 'contract_from',
  contractTo: 'contract_to',
} as const
/** What may be taken away again. */
const clearable = {
  person: { phone: ['phone', 'phone_shown'], politics: ['politics'], schooling: ['schooling'], household: ['household'] },
  posting: {
    endsOn: ['ends_on'],
    category: ['category'],
    employer: ['employer'],
    contractFrom: ['contract_from'],
    contractTo: ['contract_to'],
  },
} as const
const takenAway = (
  { person, cleared = [] }: Entry<PersonField>,
  columns: Readonly<Partial<Record<PersonField, readonly string[]>>>,
) => Object.fromEntries(person ? cleared.flatMap((field) => (columns[field] ?? []).map((column) => [column, null])) : [])

const shownFields: Readonly<Partial<Record<string, PersonField>>> = {
  name: 'name',
  gender: 'gender',
  born_on: 'bornOn',
  id_number_shown: 'idNumber',
  phone_shown: 'phone',
  politics: 'politics',
  schooling: 'schooling',
  household: 'household',
  cadre: 'cadre',
  full_time: 'fullTime',
  category: 'category',
  employer: 'employer',
  contract_from: 'contractFrom',
  contract_to: 'contractTo',
  starts_on: 'startsOn',
  ends_on: 'endsOn',
}

/** After so many rows others have their turn: a large roster takes longer than a save may wait. */
const ROWS_AT_ONCE = 100

/**
 * What a roster would do. People are found by their ID numbers, else by name within the village; where two could be meant
 * the row is refused, never guessed. Rows are taken in order, so that a row finds what those before it made.
 */
export async function planPeople(
  { county, units, people, postings, makeUnits, today, now, sealing, missed }: PlanningPeople,
  entries: readonly Entry<PersonField>[],
): Promise<{ planned: Planned[]; writes: Writes }> {
  const places = new Places(county, units)
  const writes = noWrites()
  const byId = new Map(people.map((one) => [one.id, { ...one }]))
  const byHash = new Map([...byId.values()].flatMap((one) => (one.id_number_hash ? [[one.id_number_hash, one] as const] : [])))
  const postsOf = Map.groupBy(
    postings.map((one) => ({ ...one })),
    ({ coordinator_id: person }) => person,
  )
  const postsIn = Map.groupBy([...postsOf.values()].flat(), ({ village_id: village }) => village)
  /** The rows of this roster that a person and a post were taken from. */
  const rowOf = new Map<string, Entry>()

  const stays = (post: PostingKnown) => post.ends_on === null || post.ends_on >= today

  function planned(entry: Entry<PersonField>): Planned {
    const { person, faults } = readPerson(saidBy(entry), today)
    const turns: Planned['turns'] = []
    const refused = (...more: RosterFault[]): Planned => ({ entry, does: 'refused', turns: [], faults: [...faults, ...more] })
    if (faults.some(hinders)) return refused()

    const village = villageOf(person)
    if ('field' in village) return refused(village)
    const found = personOf(entry, person, village)
    if (found && 'field' in found) return refused(found)

    const hash = person.idNumber === null ? null : sealing.hash(person.idNumber)
    if (found && hash !== null && found.id_number_hash !== null && found.id_number_hash !== hash)
      return refused({ field: 'idNumber', code: 'roster.id.other', params: { name: found.name } })
    if (!found && (person.gender === null || person.bornOn === null))
      return refused({ field: person.gender === null ? 'gender' : 'bornOn', code: 'roster.idOrBirth' })

    const post = found && postOf(entry, found, person, village)
    if (post && 'field' in post) return refused(post)
    if (!post && person.startsOn === null) return refused({ field: 'startsOn', code: 'roster.startsOn' })
    const before = found && rowOf.get(post?.id ?? '')
    if (before) return refused({ field: 'name', code: 'roster.sameTwice', params: where(before) })

    const id = found?.id ?? newId(now)
    const secrets = {
      ...(hash !== null && found?.id_number_hash !== hash
        ? { id_number: sealing.seal(person.idNumber!, id), id_number_hash: hash, id_number_shown: maskedId(person.idNumber!) }
        : {}),
      ...(person.phone !== null && !(found?.phone && sealing.unseal(found.phone, id) === person.phone)
        ? { phone: sealing.seal(person.phone, id), phone_shown: maskedPhone(person.phone) }
        : {}),
    }
    const wanted = {
      name: person.name,
      gender: person.gender ?? undefined,
      born_on: sharper(person, 'bornOn', found?.born_on),
      ...secrets,
      ...columnsOf(person, personColumns),
      ...takenAway(entry, clearable.person),
    }
    const holds = {
      starts_on: sharper(person, 'startsOn', post?.starts_on),
      ends_on: sharper(person, 'endsOn', post?.ends_on),
      ...columnsOf(person, postingColumns),
      ...takenAway(entry, clearable.posting),
    }
    const told = (before: object, after: object, columns: readonly PropertyKey[]) => {
      for (const column of columns) {
        const field = shownFields[String(column)]
        if (field) turns.push({ field, before: words(before, column), after: words(after, column) })
      }
    }

    let does: Planned['does'] = 'unchanged'
    const known = found ?? newPerson(id)
    if (found) {
      const turned = rowOf.has(id) ? [] : changeOf(writes, 'coordinator', found, wanted as Partial<PersonKnown>)
      told(found, wanted, turned)
      if (turned.length > 0) does = 'update'
      Object.assign(found, Object.fromEntries(turned.map((column) => [column, wanted[column as never]])))
    } else {
      Object.assign(known, defined(wanted))
      writes.insert.coordinator.push({ county_id: county.id, ...known })
      byId.set(id, known)
      does = 'create'
    }
    if (hash !== null) byHash.set(hash, known)

    if (post) {
      const turned = changeOf(writes, 'posting', post, holds as Partial<PostingKnown>)
      told(post, holds, turned)
      if (turned.length > 0 && does === 'unchanged') does = 'update'
      Object.assign(post, Object.fromEntries(turned.map((column) => [column, holds[column as never]])))
      if (turned.length > 0) writes.people.add(id)
      rowOf.set(post.id, entry)
    } else {
      const made: PostingKnown = {
        ...newPosting(newId(now), id, village.id),
        ...(defined(holds) as Partial<PostingKnown>),
      } as PostingKnown
      writes.insert.posting.push({ county_id: county.id, ...made })
      postsOf.set(id, [...(postsOf.get(id) ?? []), made])
      postsIn.set(village.id, [...(postsIn.get(village.id) ?? []), made])
      turns.push({ field: 'village', before: null, after: village.name })
      if (stays(made)) {
        const inVillage = postsIn.get(village.id)!.filter((one) => stays(one) && one.starts_on <= made.starts_on).length
        const { born_on: bornOn, schooling } = known
        faults.push(...missed({ bornOn, startsOn: made.starts_on, schooling, inVillage }))
      }
      does = 'create'
      writes.people.add(id)
      rowOf.set(made.id, entry)
    }
    rowOf.set(id, entry)
    if (known.id_number_hash === null) faults.push({ field: 'idNumber', code: 'roster.noId', note: true })
    return { entry, does, turns, faults }
  }

  /** What a row says; where the page names the person and the post, their name and village go without saying. */
  function saidBy({ person, posting, written }: Entry<PersonField>): Entry<PersonField>['written'] {
    const post = posting ? postsOf.get(person ?? '')?.find(({ id }) => id === posting) : undefined
    const village = places.ofId(post?.village_id ?? null)
    return {
      ...(person ? { name: byId.get(person)?.name ?? '' } : {}),
      ...(village && written.village === undefined
        ? { village: village.name, town: places.ofId(village.parent)?.name ?? '' }
        : {}),
      ...written,
    }
  }

  function villageOf(person: Pick<PersonRead, 'town' | 'village'>): UnitKnown | RosterFault {
    const towns = person.town === null ? [] : places.townsNamed(person.town)
    if (towns.length > 1) return { field: 'town', code: 'roster.townTwice', params: { name: person.town! } }
    if (person.village === null) return { field: 'village', code: 'roster.villageMissing' }
    let town = towns[0]
    if (person.town !== null && !town) {
      if (!makeUnits) return { field: 'town', code: 'roster.townUnknown', params: { name: person.town } }
      town = places.plan('town', person.town, undefined, null, now)
      writes.insert.unit.push(stored(county.id, town))
    }
    const villages = places.villagesNamed(person.village, town)
    if (villages.length === 1) return villages[0]!
    if (villages.length > 1) return { field: 'village', code: 'roster.villageTwice', params: { name: person.village } }
    if (!makeUnits || !town) return { field: 'village', code: 'roster.villageUnknown', params: { name: person.village } }
    const made = places.plan('village', person.village, town, null, now)
    writes.insert.unit.push(stored(county.id, made))
    return made
  }

  /** Whom a row is about; undefined for somebody new. */
  function personOf(entry: Entry, person: PersonRead, village: UnitKnown): PersonKnown | RosterFault | undefined {
    if (entry.person) return byId.get(entry.person) ?? { field: 'name', code: 'roster.personUnknown' }
    if (person.idNumber !== null) {
      const holder = byHash.get(sealing.hash(person.idNumber))
      if (holder) {
        const before = rowOf.get(holder.id)
        if (holder.name === person.name) return holder
        return before
          ? { field: 'idNumber', code: 'roster.idTwice', params: { ...where(before), name: holder.name } }
          : { field: 'name', code: 'roster.id.holder', params: { name: holder.name } }
      }
    }
    const here = [...new Set((postsIn.get(village.id) ?? []).map(({ coordinator_id: one }) => one))]
      .map((one) => byId.get(one)!)
      .filter(({ name, id_number_hash: hash }) => name === person.name && (person.idNumber === null || hash === null))
    if (here.length > 1)
      return { field: 'name', code: 'roster.twoCandidates', params: { name: person.name, n: String(here.length) } }
    const [one] = here
    if (one && person.bornOn !== null && one.born_on.slice(0, 7) !== person.bornOn.slice(0, 7)) return undefined
    return one
  }

  /** The post that a row is about; undefined for one that begins. */
  function postOf(
    entry: Entry,
    { id, name }: PersonKnown,
    person: PersonRead,
    village: UnitKnown,
  ): PostingKnown | RosterFault | undefined {
    const posts = postsOf.get(id) ?? []
    if (entry.posting) return posts.find((post) => post.id === entry.posting) ?? { field: 'village', code: 'roster.postUnknown' }
    const here = posts.filter(({ village_id: place }) => place === village.id)
    const same = here.find(({ starts_on: from }) => from === person.startsOn)
    if (same) return same
    const open = here.filter(stays)
    if (open.length === 1 && (person.startsOn === null || person.startsOn.slice(0, 7) === open[0]!.starts_on.slice(0, 7)))
      return open[0]
    const until = person.endsOn ?? '9999-12-31'
    const clash = posts.find((post) => (post.ends_on ?? '9999-12-31') >= (person.startsOn ?? today) && post.starts_on <= until)
    if (!clash) return undefined
    const place = places.ofId(clash.village_id)?.name ?? ''
    return { field: 'village', code: 'roster.postedElsewhere', params: { name, village: place, from: clash.starts_on } }
  }

  // Places first, so that a row finds the village that only a later one names with its town.
  if (makeUnits)
    for (const { written } of entries) {
      const place = { town: plainPlace(written.town ?? '') || null, village: plainPlace(written.village ?? '') || null }
      if (place.town !== null && place.village !== null) villageOf(place)
    }
  const done: Planned[] = []
  for (const entry of entries) {
    done.push(planned(entry))
    if (done.length % ROWS_AT_ONCE === 0) await setImmediate()
  }
  // A place that only refused rows name is not made.
  const used = new Set(writes.insert.posting.map(({ village_id: village }) => village))
  const towns = new Set(writes.insert.unit.filter(({ id }) => used.has(id)).map(({ parent_id: town }) => town))
  writes.insert.unit = writes.insert.unit.filter(({ id }) => used.has(id) || towns.has(id))
  return { planned: done, writes }
}

/** What a row says of a day; nothing where it says only the month in which the day that is known lies. */
function sharper(person: PersonRead, field: 'bornOn' | 'startsOn' | 'endsOn', known: Day | null | undefined): Day | undefined {
  const day = person[field]
  if (day === null) return undefined
  return person.months.has(field) && known?.startsWith(day.slice(0, 7)) ? undefined : day
}

const where = ({ sheet, row }: Entry): Record<string, string> => ({ row: sheet === '' ? String(row) : `${sheet} ${row}` })

const columnsOf = <Columns extends Readonly<Partial<Record<PersonField, string>>>>(person: PersonRead, columns: Columns) =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([field, column]) => {
      const value = person[field as PersonField]
      return value === null ? [] : [[column!, value]]
    }),
  )
const defined = <Row extends object>(row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Row
const words = (row: object, column: PropertyKey): string | null => {
  const value = (row as Record<PropertyKey, unknown>)[column]
  return value === undefined || value === null ? null : String(value)
}

const newPerson = (id: string): PersonKnown => ({
  id,
  name: '',
  gender: 'male',
  born_on: '',
  id_number: null,
  id_number_hash: null,
  id_number_shown: null,
  phone: null,
  phone_shown: null,
  politics: null,
  schooling: null,
  household: null,
  cadre: false,
})
const newPosting = (id: string, person: string, village: string): PostingKnown => ({
  id,
  coordinator_id: person,
  village_id: village,
  full_time: true,
  starts_on: '',
  ends_on: null,
  category: null,
  employer: null,
  contract_from: null,
  contract_to: null,
})
