import { dayIn } from '../intake/written-day.ts'
import { peopleHeadings, unitHeadings } from '../intake/headings.ts'
import { recognise, type ByHand, type Roster } from '../intake/recognise.ts'
import type { CellRead, SheetRead } from '../intake/sheet.ts'
import type { RosterField } from '../rules/roster.ts'
import type { Entry } from './plan.ts'
import type { RosterKind } from './take-in.ts'

const days: ReadonlySet<string> = new Set(['bornOn', 'startsOn', 'endsOn', 'contractFrom', 'contractTo'])
const unread = new Set(['serial', 'remark'])

/**
 * The rows of a file as a roster takes them: days in one form, and what a spreadsheet has ruined as it
 * stands, never guessed.
 */
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
      for (const [heading, cell] of Object.entries(cells)) {
        if (!cell || unread.has(heading)) continue
        for (const [field, text] of textsOf(heading, cell)) {
          written[field] = text
          columns[field] = cell.column
        }
      }
      return { sheet: several ? sheet : '', row, written, columns }
    }),
  )
  return { roster, entries }
}

/**
 * The text of a cell by field. A formula keeps its sign, so that no field is read from what its file says it came to; a
 * number that has lost its last digits stands as a spreadsheet shows it, which is no number of anything.
 */
function textsOf(heading: string, cell: CellRead): [RosterField, string][] {
  const { kind, text } = cell
  if (kind === 'formula') return [[heading as RosterField, `=${text}`]]
  if (kind === 'brokenNumber') return [[heading as RosterField, Number(text).toExponential().toUpperCase()]]
  if (heading === 'contract') {
    const [from = '', to = ''] = text.split(/\s*(?:至|到|~|～|—+|－{1,2}|--)\s*/)
    return [
      ['contractFrom', from],
      ['contractTo', to],
    ]
  }
  const field = heading as RosterField
  if (!days.has(field)) return [[field, text]]
  const read = dayIn(cell)
  if (!read) return [[field, text]]
  if (read.doubtful) return [[field, `${text}?`]]
  return [[field, read.precision === 'month' ? read.day.slice(0, 7) : read.day]]
}
