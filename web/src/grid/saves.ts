import { shallowRef } from 'vue'
import { problemOf, type CellMark, type Marks, type PendingEdit } from './marks.ts'
import { isUnheard, pauseFor, randomKey, type Pause } from './retry.ts'
import type { Patch, SheetModel, SheetRow } from './sheetModel.ts'
import type { CellEdit, CellProblem, CellText, GridHost, SaveOutcome, SaveReply } from './types.ts'

/** One user action on its way: one call to the host, under one key however often it is sent. */
interface Call {
  readonly key: string
  readonly action: SaveOutcome['action']
  /** For an undo or redo: the key of the call it takes back. Its change set is known once that call has landed. */
  readonly takesBack: string | null
  /** Whether the text was typed by hand. Calls kept by an earlier build do not say. */
  readonly typed?: boolean
  readonly edits: PendingEdit[]
  /** Its kept form, as long as that holds. */
  kept: KeptCall | null
}

/** A call as it is kept where it outlives the page. */
export type KeptCall = Pick<Call, 'key' | 'action' | 'takesBack' | 'typed'> & { edits: CellEdit[] }

/** What somebody wants a cell to hold. */
export interface Wish {
  row: SheetRow
  field: string
  after: CellText
  /** Set when the text could not be read: it is shown with this reason, and not sent. */
  invalid?: string
}

/** What an action did to the screen, for the history. */
export interface Action {
  key: string
  sent: boolean
  cells: CellEdit[]
}

export interface SavesSetup {
  model: SheetModel
  marks: Marks
  host: Pick<GridHost, 'save' | 'undo'> & { words: Pick<GridHost['words'], 'unanswered'> }
  landed: (outcome: SaveOutcome, key: string, saved: CellMark[], problems: CellProblem[]) => void
  /** What is on its way is another now. */
  moved: () => void
  /** Waits before trying again; `flush` and the browser coming back online cut it short. */
  pause?: (ms: number) => Pause
  newKey?: () => string
}

const FIRST_PAUSE = 1000
const LONGEST_PAUSE = 30_000
/** From here on putting a call into words takes as long as drawing it: what was pasted is drawn first. */
const MANY_EDITS = 1000
const drawn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30))
const editsOf = ({ edits }: Call): CellEdit[] =>
  edits.map(({ mark, before, after }) => ({ row: mark.row.id, field: mark.field, before, after }))
const keptOf = (call: Call): KeptCall => ({
  key: call.key,
  action: call.action,
  takesBack: call.takesBack,
  ...(call.typed ? { typed: true } : {}),
  edits: editsOf(call),
})
const NOTHING: SaveReply = { changeSet: null, applied: [], conflicts: [], refused: [], rows: [] }

/**
 * The queue between the screen and the host. An edit shows at once; calls go out one at a time, in order;
 * a call that was not heard is sent again under the same key before anything else goes out.
 */
export function createSaves({ model, marks, host, landed, moved, pause = pauseFor, newKey = randomKey }: SavesSetup) {
  const queue: Call[] = []
  const changeSets = new Map<string, string | null>()
  const sending = shallowRef(false)
  let cutPause: (() => void) | null = null
  let quiet: (() => void)[] = []

  /**
   * Shows the wishes and queues what the server has to hear of them: one action, one call. `typed`: they were written by
   * hand. Null when nothing changes.
   */
  function commit(wishes: readonly Wish[], typed: boolean): Action | null {
    const key = newKey()
    const call: Call = { key, action: 'save', takesBack: null, typed, edits: [], kept: null }
    const cells: CellEdit[] = []
    const shown: Patch[] = []
    for (const { row, field, after, invalid } of wishes) {
      const before = model.value(row, field) as CellText
      const mark = marks.ensure(row, field)
      if (invalid !== undefined) mark.typed = { value: after, reason: invalid, kind: 'invalid', action: key }
      else {
        mark.typed = null
        mark.conflict = null
        if (after !== (mark.last ? mark.last.after : mark.server)) append(call, mark, after)
      }
      shown.push(marks.settle(mark))
      if (before !== after || invalid !== undefined) cells.push({ row: row.id, field, before, after })
    }
    if (call.edits.length > 0) queue.push(call)
    marks.show(shown, 'user')
    moved()
    void pump()
    return cells.length > 0 ? { key, sent: call.edits.length > 0, cells } : null
  }

  /** Takes a call back. Its cells show their former text at once where nobody has changed them since; the server decides. */
  function takeBack(target: string, cells: readonly CellEdit[], action: 'undo' | 'redo'): string {
    const call: Call = { key: newKey(), action, takesBack: target, edits: [], kept: null }
    const shown: Patch[] = []
    for (const { row: id, field, before, after } of cells) {
      const row = model.row(id)
      if (!row || model.value(row, field) !== after) continue
      const mark = marks.ensure(row, field)
      if (mark.typed) continue
      mark.conflict = null
      append(call, mark, before)
      shown.push(marks.settle(mark))
    }
    queue.push(call)
    marks.show(shown, 'user')
    moved()
    void pump()
    return call.key
  }

  /** Calls that an earlier page did not hear answered go out first, under their keys: done already or not, they count once. */
  function restore(calls: readonly KeptCall[], known: readonly { key: string; changeSet: string | null }[]): void {
    for (const { key, changeSet } of known) changeSets.set(key, changeSet)
    const shown: Patch[] = []
    const again = calls.map(({ edits, ...rest }): Call => {
      const call: Call = { ...rest, edits: [], kept: null }
      for (const { row: id, field, before, after } of edits) {
        const mark = marks.ensure(model.row(id) ?? model.absent(id), field)
        if (!mark.first) mark.seen = before
        append(call, mark, after)
        shown.push(marks.settle(mark))
      }
      return call
    })
    queue.unshift(...again)
    marks.show(shown, 'user')
    void pump()
  }

  /** The calls on their way, to be kept: each the same object until it changes. */
  const kept = (): KeptCall[] => queue.map((call) => call.kept ?? (call.kept = keptOf(call)))

  /** Puts an edit at the end of its cell's chain; its `before` is what the edit ahead of it will have left. */
  function append(call: Call, mark: CellMark, after: CellText): void {
    if (mark.last?.call === call.key) {
      mark.last.after = after // the same cell twice in one action
      return
    }
    const edit: PendingEdit = { mark, call: call.key, before: mark.last ? mark.last.after : mark.seen, after, next: null }
    if (mark.last) mark.last.next = edit
    else mark.first = edit
    mark.last = edit
    call.edits.push(edit)
  }

  async function pump(): Promise<void> {
    if (sending.value) return
    sending.value = true
    let wait = FIRST_PAUSE
    for (let call = queue[0]; call; call = queue[0]) {
      try {
        if (call.edits.length > MANY_EDITS) await drawn()
        const reply = await send(call)
        wait = FIRST_PAUSE
        setAway(false)
        queue.shift()
        land(call, reply, null)
      } catch (problem) {
        if (isUnheard(problem)) {
          setAway(true)
          const { over, cut } = pause(wait)
          cutPause = cut
          await over
          cutPause = null
          wait = Math.min(wait * 2, LONGEST_PAUSE)
          continue
        }
        setAway(false)
        queue.shift()
        land(call, NOTHING, problem instanceof Error ? problem.message : String(problem))
      }
    }
    sending.value = false
    for (const resolve of quiet) resolve()
    quiet = []
  }

  function send(call: Call): Promise<SaveReply> {
    const edits = editsOf(call)
    if (call.takesBack === null) return host.save(edits, call.key, call.typed === true)
    const changeSet = changeSets.get(call.takesBack)
    return changeSet ? host.undo(changeSet, call.key, edits) : Promise.resolve(NOTHING)
  }

  /** Lands a reply: every cell of the call leaves its chain, with the server's word for it. */
  function land(call: Call, reply: SaveReply, error: string | null): void {
    changeSets.set(call.key, reply.changeSet)
    const shown: Patch[] = []
    const saved: CellMark[] = []
    const problems: CellProblem[] = []
    const typedIn = call.action === 'save'
    let left = 0

    for (const { row, field, value } of reply.applied) {
      const mark = take(row, field)
      if (!mark) continue
      mark.mark.server = value
      if (mark.edit?.next) rebase(mark.edit.next, value)
      else if (mark.mark.typed) mark.mark.seen = value
      if (!mark.mark.first && !mark.mark.typed) {
        mark.mark.conflict = null
        mark.mark.notice = { kind: 'saved', by: '' }
        saved.push(mark.mark)
      }
      shown.push(marks.settle(mark.mark))
    }
    for (const { row, field, mine, theirs, by, at } of reply.conflicts) {
      const taken = take(row, field)
      if (!taken) continue
      const { mark, edit } = taken
      mark.server = theirs
      if (!typedIn) left++
      // behind text that is still unsaved the conflict stays unseen: the next edit's `before` makes the server report it again
      else if (mark.first || mark.typed) mark.seen = edit ? edit.after : mark.seen
      else {
        mark.conflict = { mine, by, at }
        problems.push(problemOf(mark))
      }
      shown.push(marks.settle(mark))
    }
    for (const { row, field, reason } of reply.refused) refuse(row, field, reason)
    for (const edit of call.edits) {
      const { mark } = edit
      if (mark.first === edit) refuse(mark.row.id, mark.field, error ?? host.words.unanswered)
    }

    function refuse(row: string, field: string, reason: string): void {
      const taken = take(row, field)
      if (!taken?.edit) return
      const { mark, edit } = taken
      if (edit.next) rebase(edit.next, edit.before)
      else if (mark.typed) mark.seen = edit.before
      if (!typedIn) left++
      else if (!mark.first && !mark.typed) {
        mark.seen = edit.before
        mark.typed = { value: edit.after, reason, kind: 'refused', action: call.key }
        problems.push(problemOf(mark))
      }
      shown.push(marks.settle(mark))
    }

    /** The cell's mark, with this call's edit taken off the front of its chain. */
    function take(id: string, field: string): { mark: CellMark; edit: PendingEdit | null } | null {
      const row = model.row(id)
      if (!row) return null
      const mark = marks.ensure(row, field)
      const edit = mark.first?.call === call.key ? mark.first : null
      if (edit) {
        mark.first = edit.next
        if (!edit.next) mark.last = null
      }
      return { mark, edit }
    }

    marks.show(shown, 'reply')
    marks.landRows(reply.rows, 'reply')
    moved()
    const { changeSet, applied, conflicts, refused } = reply
    const counts = { applied: applied.length, conflicts: typedIn ? conflicts.length : 0, refused: typedIn ? refused.length : 0 }
    landed({ action: call.action, changeSet, ...counts, left, error }, call.key, saved, problems)
  }

  function rebase(edit: PendingEdit, before: CellText): void {
    edit.before = before
    const call = queue.find(({ key }) => key === edit.call)
    if (call) call.kept = null
  }

  function setAway(away: boolean): void {
    if (marks.away.value === away) return
    marks.away.value = away
    marks.show([], 'user') // pending cells change their mark
  }

  /** Tries at once, and resolves when nothing is on its way any more. */
  function flush(): Promise<void> {
    cutPause?.()
    return sending.value ? new Promise((resolve) => quiet.push(resolve)) : Promise.resolve()
  }

  return { commit, takeBack, restore, kept, changeSetOf: (key: string) => changeSets.get(key), flush, sending }
}
