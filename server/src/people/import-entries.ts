import { dayIn } from '../intake/written-day.ts'
import { peopleHeadings, unitHeadings } from '../intake/headings.ts'
import { recognise, type ByHand, type Roster } from '../intake/recognise.ts'
import type { CellRead, SheetRead } from '../intake/sheet.ts'
import type { RosterCode, RosterFault, RosterField } from '../rules/roster.ts'
import type { Entry } from './plan.ts'
import type { RosterKind } from './take-in.ts'

const days: ReadonlySet<string> = new Set(['bornOn', 'startsOn', 'endsOn', 'contractFrom', 'contractTo'])
const unread = new Set(['serial', 'remark'])

/** The rows of a file as a roster takes them: days in one form, and what a spreadsheet has ruined named, never guessed. */
export function entriesOf(
  kind: RosterKind,
  sheets: readonly SheetRead[],
  byHand: Record<string, ByHand<string>> | undefined,
): { roster: Roster<string>; entries: Entry[] } {
  const headings = kind === 'units' ? unitHeadings : peopleHeadings
  const roster = recognise<string>(sheets, headings as never, byHand ? { sheets: byHand } : {})
  const several = new Set(roster.tables.map(({ sheet }) => sheet)).size > 1
  const entries = roster.tables.flatMap(({ sheet, rows }) =>
    rows.map(({ row, cells }): Entry => {
      const written: Record<string, string> = {}
      const columns: Record<string, string> = {}
      const faults: RosterFault[] = []
      for (const [heading, cell] of Object.entries(cells)) {
        if (!cell || unread.has(heading)) continue
        for (const [field, text] of textsOf(heading, cell)) {
          written[field] = text
          columns[field] = cell.column
          const code = faultOf(cell)
          if (code) faults.push({ field, code })
        }
      }
      return { sheet: several ? sheet : '', row, written, columns, faults }
    }),
  )
  return { roster, entries }
}

function textsOf(heading: string, cell: CellRead): [RosterField, string][] {
  if (heading === 'contract') {
    const [from = '', to = ''] = cell.text.split(/\s*(?:至|到|~|～|—+|－{1,2}|--)\s*/)
    return [
      ['contractFrom', from],
      ['contractTo', to],
    ]
  }
  const field = heading as RosterField
  if (!days.has(field)) return [[field, cell.text]]
  const read = dayIn(cell)
  if (!read) return [[field, cell.text]]
  if (read.doubtful) return [[field, `${cell.text}?`]]
  return [[field, read.precision === 'month' ? read.day.slice(0, 7) : read.day]]
}

function faultOf({ kind }: CellRead): RosterCode | undefined {
  if (kind === 'formula') return 'roster.formula'
  if (kind === 'error') return 'roster.errorCell'
  return kind === 'brokenNumber' ? 'roster.brokenNumber' : undefined
}
