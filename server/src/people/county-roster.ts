import type pg from 'pg'
import type { Day } from '../rules/days.ts'

/** A unit as the roster knows it. */
export interface UnitKnown {
  id: string
  kind: 'county' | 'town' | 'village'
  code: string
  name: string
  parent: string | null
  provisional: boolean
  closedOn: Day | null
}

/** A coordinator as stored; what is sealed stays sealed. */
export interface PersonKnown {
  id: string
  name: string
  gender: 'male' | 'female'
  born_on: Day
  id_number: string | null
  id_number_hash: string | null
  id_number_shown: string | null
  phone: string | null
  phone_shown: string | null
  politics: string | null
  schooling: string | null
  household: string | null
  cadre: boolean
}

export interface PostingKnown {
  id: string
  coordinator_id: string
  village_id: string
  full_time: boolean
  starts_on: Day
  ends_on: Day | null
  category: string | null
  employer: string | null
  contract_from: Day | null
  contract_to: Day | null
}

type Client = pg.Pool | pg.PoolClient

export async function unitsOf(client: Client, county: string): Promise<UnitKnown[]> {
  const { rows } = await client.query<UnitKnown>({
    name: 'units-of-county',
    text: `select id, kind, code, name, parent_id as parent, provisional, closed_on::text as "closedOn"
             from unit where county_id = $1 order by code`,
    values: [county],
  })
  return rows
}

/** Everybody of the county and all their posts, earliest first. */
export async function peopleOf(client: Client, county: string): Promise<{ people: PersonKnown[]; postings: PostingKnown[] }> {
  const { rows: people } = await client.query<PersonKnown>({
    name: 'people-of-county',
    text: `select id, name, gender, born_on::text, id_number, id_number_hash, id_number_shown, phone, phone_shown, politics, schooling,
                  household, cadre from coordinator where county_id = $1 order by id`,
    values: [county],
  })
  const { rows: postings } = await client.query<PostingKnown>({
    name: 'postings-of-county',
    text: `select id, coordinator_id, village_id, full_time, starts_on::text, ends_on::text, category, employer,
                  contract_from::text, contract_to::text from posting where county_id = $1 order by starts_on, id`,
    values: [county],
  })
  return { people, postings }
}
