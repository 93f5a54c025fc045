import type { CellEdit, CellText, SaveReply } from '../../../web/src/grid/types.ts'

interface Applied extends CellEdit {
  id: number
}

/** A server in memory that keeps the contract: one key is applied once, `before` is compared, change sets can be undone. */
export class FakeServer {
  readonly cells = new Map<string, CellText>()
  readonly appliedKeys: string[] = []
  private readonly replies = new Map<string, SaveReply>()
  private readonly changeSets = new Map<string, Applied[]>()
  /** Which edit last wrote each cell: an undo leaves cells that somebody wrote since. */
  private readonly writers = new Map<string, number>()
  private edits = 0

  constructor(private readonly objection: (edit: CellEdit) => string | null = () => null) {}

  value(row: string, field: string): CellText {
    return this.cells.get(`${row}/${field}`) ?? null
  }

  /** Somebody else writes. */
  write(row: string, field: string, value: CellText): void {
    this.put({ row, field, before: this.value(row, field), after: value })
  }

  save(edits: readonly CellEdit[], key: string): SaveReply {
    return this.once(key, (reply) => {
      const applied: Applied[] = []
      for (const edit of edits) {
        const { row, field, before, after } = edit
        const theirs = this.value(row, field)
        const reason = this.objection(edit)
        if (reason !== null) reply.refused.push({ row, field, value: after, reason })
        else if (theirs !== before && theirs !== after)
          reply.conflicts.push({ row, field, mine: after, theirs, by: '李会计', at: '10:24' })
        else {
          applied.push(this.put({ row, field, before: theirs, after }))
          reply.applied.push({ row, field, value: after })
        }
      }
      return applied
    })
  }

  undo(changeSet: string, key: string): SaveReply {
    return this.once(key, (reply) => {
      const applied: Applied[] = []
      for (const { id, row, field, before } of this.changeSets.get(changeSet) ?? []) {
        const theirs = this.value(row, field)
        if (this.writers.get(`${row}/${field}`) !== id) {
          reply.conflicts.push({ row, field, mine: before, theirs, by: '李会计', at: '10:24' })
          continue
        }
        applied.push(this.put({ row, field, before: theirs, after: before }))
        reply.applied.push({ row, field, value: before })
      }
      return applied
    })
  }

  private once(key: string, run: (reply: SaveReply) => Applied[]): SaveReply {
    const known = this.replies.get(key)
    if (known) return known
    const reply: SaveReply = { changeSet: null, applied: [], conflicts: [], refused: [], rows: [] }
    const applied = run(reply)
    this.appliedKeys.push(key)
    if (applied.length > 0) {
      reply.changeSet = `c${this.appliedKeys.length}`
      this.changeSets.set(reply.changeSet, applied)
    }
    this.replies.set(key, reply)
    return reply
  }

  private put(edit: CellEdit): Applied {
    const applied = { ...edit, id: ++this.edits }
    this.cells.set(`${edit.row}/${edit.field}`, edit.after)
    this.writers.set(`${edit.row}/${edit.field}`, applied.id)
    return applied
  }
}
