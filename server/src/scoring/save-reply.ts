import { actorOf, refusal, type Context } from '../base/context.ts'
import type { CellCode } from '../rules/fields.ts'
import { refusalSentence } from '../rules/words.ts'
import { sentence, type Code } from '../base/words.ts'
import type { Edit } from './desk.ts'
import type { GridView } from './grid-rows.ts'
import { gridRows } from './grid-rows.ts'
import { saveCells, undoChangeSet, type LeftOut, type Saved } from './save-cells.ts'
import type { SaveCellsInput, CellLeftOut, SaveReply } from './sheet.types.ts'

/** Saves the cells of the input. Throws `cells.uneven`, and what `saveCells` throws. */
export async function saveAndReply(context: Context, input: SaveCellsInput): Promise<SaveReply> {
  const { cycle, key, sheets, fields, seen, values, replaces, typed, view } = input
  const lengths = [fields, seen, values, replaces ?? sheets].map(({ length }) => length)
  if (lengths.some((length) => length !== sheets.length)) throw refusal(context, 'cells.uneven')
  const edits = sheets.map((sheet, at): Edit => ({
    sheet,
    field: fields[at]!,
    seen: seen[at] === '' ? null : (seen[at] ?? null), // an empty cell of a column is an empty line
    value: values[at] ?? null,
    replaces: replaces?.[at] ?? null,
  }))
  const saved = await saveCells(writerOf(context), cycle, key, edits, typed)
  return replyOf(saved, view, context)
}

/** Undoes a change set of the caller. */
export async function undoAndReply(
  context: Context,
  { id, key, view }: { id: string; key: string; view: GridView },
): Promise<SaveReply> {
  return replyOf(await undoChangeSet(writerOf(context), id, key), view, context)
}

const writerOf = (context: Context) => ({ ...context, actor: actorOf(context) })

/** What became of a save, with the sheets it touched in the view the caller asked for. */
function replyOf({ policy, choices, changeSet, applied, leftOut, sheets }: Saved, view: GridView, context: Context): SaveReply {
  return {
    changeSet,
    applied,
    leftOut: leftOut.map((cell) => leftOutOf(cell, context)),
    rows: gridRows(policy, choices, view, sheets, actorOf(context)),
  }
}

/** A cell that was not applied, with the sentence that says why. */
function leftOutOf(cell: LeftOut, { lang }: Context): CellLeftOut {
  const { at, sheet, field } = cell
  if (cell.kind === 'refused') {
    const says = cell.code.startsWith('cell.')
      ? refusalSentence(cell.code as CellCode, cell.params, lang)
      : sentence(lang, cell.code as Code, cell.params)
    return { at, sheet, field, code: cell.code, says }
  }
  const { mine, theirs, by, when } = cell
  const says = sentence(lang, 'conflict', {
    theirs: theirs ?? sentence(lang, 'conflict.empty'),
    by: by || sentence(lang, 'conflict.start'),
  })
  return { at, sheet, field, code: 'conflict', says, mine, theirs, by, when }
}
