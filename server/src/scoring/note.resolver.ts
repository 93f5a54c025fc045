import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, FieldArg, KeyArg, SheetArg } from '../base/arguments.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules, sheetsWithin } from '../core/cycles.ts'
import { isUuid, named } from '../base/database.ts'
import { keyedId, newId } from '../base/id.ts'
import { checkKey } from '../ledger/act.ts'
import { fieldOf } from '../rules/fields.ts'
import { cellList, CellList } from '../base/cell-list.ts'
import { findSheet } from '../core/find-sheet.ts'
import { Note } from './note.entity.ts'

@ObjectType({ simpleResolvers: true, description: '读到的批注 / A note as it is read' })
class ReadNote {
  @Field(() => Note, { description: '批注 / The note' })
  note!: Note

  @Field(() => Boolean, { description: '是否本人所写，可以收回 / Whether it is the caller’s own, to be taken back' })
  mine!: boolean
}

const longest = 500

@Resolver()
export class NoteResolver {
  @Query(() => CellList, { description: '有批注的各格 / Which cells have notes' })
  async notedCells(@CycleArg() cycle: string, @Ctx() context: Context): Promise<CellList> {
    await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, undefined)
    const { rows } = await context.pool.query<{ sheet: string; field: string }>(
      named(
        `select distinct n.sheet_id as sheet, n.field from note n join sheet s on s.county_id = n.county_id and s.id = n.sheet_id
          where ${where.sql} and n.removed_at is null`,
        where.values,
      ),
    )
    return cellList(rows)
  }

  @Query(() => [ReadNote], { description: '一格的批注，新的在前 / The notes on a cell, latest first' })
  async cellNotes(@SheetArg() id: string, @FieldArg() field: string, @Ctx() context: Context): Promise<ReadNote[]> {
    const sheet = await findSheet(context, id)
    const notes = await context.em.find(
      Note,
      { countyId: sheet.countyId, sheetId: sheet.id, field, removedAt: null },
      { orderBy: { at: 'desc', id: 'desc' }, limit: 200 },
    )
    return notes.map((note) => ({ note, mine: note.accountId === actorOf(context).id }))
  }

  @Mutation(() => ReadNote, { description: '给一格加批注；不改变得分 / Puts a note on a cell; it changes no score' })
  async addNote(
    @SheetArg() id: string,
    @FieldArg() field: string,
    @Arg('text', () => String, { description: `内容，1 至 ${longest} 字 / What it says, in 1 to ${longest} characters` })
    text: string,
    @KeyArg({ nullable: true }) key: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<ReadNote> {
    const sheet = await findSheet(context, id)
    const { policy, choices } = await cycleRules(context, sheet.cycleId)
    if (!fieldOf(policy, choices, field)) throw refusal(context, 'note.field')
    const says = text.trim()
    if (says === '' || [...says].length > longest) throw refusal(context, 'note.length', { most: String(longest) })
    if (key != null) checkKey(key, context.lang)
    const { county, id: accountId, name: by } = actorOf(context)
    const noteId = key == null ? newId(context.now.getTime()) : keyedId(accountId, key)
    await context.pool.query(
      `insert into note (county_id, id, sheet_id, field, text, account_id, by, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (county_id, id) do nothing`,
      [county, noteId, sheet.id, field, says, accountId, by, context.now],
    )
    const note = await context.em.findOneOrFail(Note, { countyId: county, id: noteId })
    if (note.sheetId !== sheet.id || note.field !== field || note.text !== says) throw refusal(context, 'key.used')
    return { note, mine: true }
  }

  @Mutation(() => Boolean, { description: '收回本人的一条批注 / Takes back one of the caller’s own notes' })
  async removeNote(
    @Arg('id', () => ID, { description: '批注，见 cellNotes / The note, see `cellNotes`' }) id: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const { county, id: accountId } = actorOf(context)
    const note = isUuid(id) ? await context.em.findOne(Note, { countyId: county, id, accountId, removedAt: null }) : null
    if (!note) throw refusal(context, 'note.unknown')
    note.removedAt = context.now
    await context.em.flush()
    return true
  }
}
