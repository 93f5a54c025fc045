import { halfWidth } from '../rules/cell-text.ts'
import { plainPlace, unitFields, unreadable, type RosterFault, type UnitField } from '../rules/roster.ts'
import type { UnitKnown } from './county-roster.ts'
import { Places, codeFault } from './places.ts'
import { changeOf, hinders, noWrites, type Entry, type Planned, type Writes } from './plan.ts'

const longestName = 50

/** What a list of places would do: each row names a town, and a village of it unless it is about the town alone. */
export function planUnits(
  county: { id: string; code: string },
  units: readonly UnitKnown[],
  entries: readonly Entry<UnitField>[],
  now: number,
): { planned: Planned[]; writes: Writes } {
  const places = new Places(county, units)
  const writes = noWrites()
  const seen = new Map<string, string>()

  const planned = entries.map((entry): Planned => {
    const faults: RosterFault[] = []
    const turns: Planned['turns'] = []
    const said = (field: UnitField) => (entry.written[field]?.trim() ? plainPlace(entry.written[field]) : null)
    for (const field of unitFields) {
      const code = unreadable(entry.written[field]?.trim() ?? '')
      if (code) faults.push({ field, code })
    }
    const nameIn = (field: 'town' | 'village'): string | null => {
      const name = said(field)
      if (name === null) return null
      if ([...name].length <= longestName && !/\p{Cc}/u.test(name) && /\p{L}/u.test(name)) return name
      faults.push({ field, code: 'roster.unitName', params: { most: String(longestName) } })
      return null
    }
    const codeIn = (field: 'townCode' | 'villageCode', kind: 'town' | 'village'): string | null => {
      const digits = said(field) === null ? null : halfWidth(said(field)!)
      if (digits === null) return null
      const code = kind === 'town' && /^\d{9}$/.test(digits) ? `${digits}000` : digits
      const wrong = codeFault(code, kind)
      if (!wrong) return code
      faults.push({ field, code: wrong })
      return null
    }

    /** The unit that a name or a code means, made or changed as the row says. */
    const unit = (
      kind: 'town' | 'village',
      name: string,
      code: string | null,
      parent: UnitKnown | undefined,
    ): UnitKnown | null => {
      const codeField = kind === 'town' ? 'townCode' : 'villageCode'
      const holder = code === null ? undefined : places.ofCode(code)
      const same = kind === 'town' ? places.townsNamed(name) : places.villagesNamed(name, parent)
      const whole = same.filter((one) => one.name === name)
      const found = holder ?? (whole.length > 0 ? whole : same)[0]
      if (holder && (holder.closedOn !== null || holder.kind !== kind || (parent && holder.parent !== parent.id))) {
        faults.push({ field: codeField, code: 'roster.codeTaken', params: { name: holder.name } })
        return null
      }
      if (!found) {
        const made = places.plan(kind, name, parent, code, now)
        writes.insert.unit.push(stored(county.id, made))
        turns.push({ field: kind, before: null, after: name })
        return made
      }
      const given = seen.get(`${found.id} ${kind}`)
      if (given !== undefined && given !== name) {
        faults.push({ field: kind, code: 'roster.unitTwice', params: { name: given } })
        return null
      }
      seen.set(`${found.id} ${kind}`, name)
      // A name without what says its kind (砚溪) does not rename the town that has it (砚溪镇).
      const wanted = { name: holder ? name : found.name, ...(code === null ? {} : { code, provisional: false }) }
      const isMade = writes.insert.unit.find(({ id }) => id === found.id)
      if (isMade) return found
      for (const column of changeOf(writes, 'unit', found, wanted)) {
        if (column === 'provisional') continue
        turns.push({
          field: column === 'name' ? kind : codeField,
          before: String(found[column]),
          after: String(wanted[column as 'name']),
        })
      }
      return Object.assign(found, wanted)
    }

    const [town, village] = [nameIn('town'), nameIn('village')]
    const [townCode, villageCode] = [codeIn('townCode', 'town'), codeIn('villageCode', 'village')]
    if (faults.length === 0 && town === null) faults.push({ field: 'town', code: 'roster.townMissing' })
    if (faults.length === 0) {
      const of = unit('town', town!, townCode, undefined)
      if (of && village !== null) unit('village', village, villageCode, of)
    }
    const made = turns.some(({ before }) => before === null)
    const does = faults.some(hinders) ? 'refused' : made ? 'create' : turns.length > 0 ? 'update' : 'unchanged'
    return { entry, does, turns, faults }
  })
  return { planned, writes }
}

/** The row of a unit that is made. */
export const stored = (county: string, { id, kind, code, name, parent, provisional }: UnitKnown): Record<string, unknown> => ({
  county_id: county,
  id,
  kind,
  code,
  name,
  parent_id: parent,
  provisional,
})
