import type { GraphQLResolveInfo } from 'graphql'
import { CycleArg, KeyArg, SheetArg } from '../base/arguments.ts'
import {
  Arg,
  Args,
  ArgsType,
  createUnionType,
  Ctx,
  Field,
  ID,
  Info,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql'
import { actorOf, no, type Context } from '../base/context.ts'
import { changerFor, cycleRules, nameFor, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { mayCall, mayScore, maySee, recusedFrom, sightOf, unitsHeld, type Actor, type Place } from '../rules/access.ts'
import type { HeldPost } from '../rules/year.ts'
import { hiddenLines, shownFrom } from '../rules/ballots.ts'
import { exact, shown } from '../rules/exact.ts'
import type { CellCode } from '../rules/fields.ts'
import { pathsAsked } from '../request/paths-asked.ts'
import { refusalSentence } from '../rules/words.ts'
import { sentence, type Code } from '../base/words.ts'
import { cellList, CellList } from '../base/cell-list.ts'
import { CellTurn, cellTurns } from '../history/cell-turns.ts'
import type { Edit } from './desk.ts'
import { explainedYear, Explanation, type Entered } from '../core/explained.ts'
import { isPresence, tellPresence, type Changes, type Committed, type Happening, type Present } from '../base/feed.ts'
import { findSheet } from '../core/find-sheet.ts'
import { dossierOf } from '../rules/person.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { cellExpressions, GridColumn, gridRows, GridRows, GridSection, GridView, viewFields } from './grid-rows.ts'
import { scorePlace, whereOf } from '../base/sheet-row.ts'
import { saveCells, undoChangeSet, type LeftOut, type Saved } from './save-cells.ts'
import { ChangeSet } from '../ledger/audit.entity.ts'
import { Sheet } from '../core/sheet.entity.ts'

/** Turns of one sheet or cell that are listed; cells whose turns are asked for at once, and how many of those are listed. */
const mostTurns = 500
const mostAsked = 2000
const mostListed = 200

@ObjectType({ simpleResolvers: true, description: '评分表格 / The score grid of a unit' })
class ScoreGrid {
  @Field(() => [GridColumn], { description: '各列 / Its columns' })
  columns!: GridColumn[]

  @Field(() => [GridSection], { description: '各部分 / The sections of the score sheet' })
  sections!: GridSection[]

  @Field(() => String, {
    description: '协理员姓名，每行一个 / Names of the coordinators, in the order of rows.ids; masked for analysts',
  })
  names!: string

  @Field(() => String, { description: '村（社区），每行一个 / Villages' })
  villages!: string

  @Field(() => String, { description: '镇（街道），每行一个 / Towns' })
  towns!: string

  @Field(() => String, { description: '专职为 y / y where full-time' })
  fullTime!: string

  @Field(() => GridRows, { description: '考核表 / The sheets' })
  rows!: GridRows
}

@ArgsType()
class ScoreGridArgs {
  @Field(() => ID, { description: '考核年度 / The cycle' })
  cycle!: string

  @Field(() => ID, {
    nullable: true,
    description: '镇、村；不填为所能看到的全部 / A town or village; everything the caller may see without it',
  })
  unit?: string | null

  @Field(() => GridView, { defaultValue: GridView.points, description: '视图 / The view' })
  view!: GridView

  @Field(() => Int, { nullable: true, description: '只要此序号之后改动过的 / Only sheets changed after this number' })
  since?: number | null
}

@InputType({ description: '一次操作所改的各格，按列给出，各列等长 / The cells of one action, as lists of equal length' })
class SaveCellsInput {
  @Field(() => ID, { description: '考核年度 / The cycle' })
  cycle!: string

  @Field(() => String, {
    description: '由客户端产生，每次操作一个；重发时用同一个 / Made by the client, one an action; the same when it is sent again',
  })
  key!: string

  @Field(() => [ID], { description: '考核表 / The sheet of each cell' })
  sheets!: string[]

  @Field(() => [ID], { description: '字段 / The field of each cell' })
  fields!: string[]

  @Field(() => [String], {
    nullable: 'items',
    description: '改前所见的值；评分项为所见得分 / What its editor saw; of an item, its points',
  })
  seen!: (string | null)[]

  @Field(() => [String], { nullable: 'items', description: '改后的值，空为清除 / What it becomes; null clears it' })
  values!: (string | null)[]

  @Field(() => [String], {
    nullable: 'itemsAndList',
    description: '改标准时，所知将被取代的直接给分 / Of a criterion: the direct award the editor knows it replaces',
  })
  replaces?: (string | null)[]

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      '各值是否由人逐字输入：是则 5-1 为算式，否则可能是日期，不予接受 / Whether a person typed the values by hand: 5-1 is a sum then; else it may be a date, and is refused',
  })
  typed!: boolean

  @Field(() => GridView, { defaultValue: GridView.points, description: '返回行所用的视图 / The view of the rows in the reply' })
  view!: GridView
}

@ObjectType({ simpleResolvers: true, description: '未写入的一格 / A cell that was not applied' })
class CellLeftOut {
  @Field(() => Int, { description: '在所提交各格中的位置，从 0 起 / Its place among the cells sent, from 0' })
  at!: number

  @Field(() => ID, { description: '考核表 / The sheet' })
  sheet!: string

  @Field(() => ID, {
    description: '字段；改标准而遇到直接给分时，为其评分项 / The field; of a criterion that met an award, its item',
  })
  field!: string

  @Field(() => String, { description: '稳定代码；conflict 为他人已改 / Stable code; `conflict` where somebody else changed it' })
  code!: string

  @Field(() => String, { description: '原因及办法 / Why, and what to do' })
  says!: string

  @Field(() => String, { nullable: true, description: '冲突时：本人要写的值 / In a conflict: what the caller wrote' })
  mine?: string | null

  @Field(() => String, { nullable: true, description: '冲突时：现有的值 / In a conflict: what is there now' })
  theirs?: string | null

  @Field(() => String, { nullable: true, description: '冲突时：何人所改 / In a conflict: who changed it' })
  by?: string

  @Field(() => String, { nullable: true, description: '冲突时：何时所改 / In a conflict: when' })
  when?: string
}

@ObjectType({ simpleResolvers: true, description: '保存或撤销的结果 / What became of the cells' })
class SaveReply {
  @Field(() => ID, { nullable: true, description: '所产生的改动；没有改变则为空 / The change set; none if nothing changed' })
  changeSet!: string | null

  @Field(() => Int, { description: '已成立的格数 / How many cells hold now' })
  applied!: number

  @Field(() => [CellLeftOut], { description: '未写入的各格 / The cells left out, each with its reason' })
  leftOut!: CellLeftOut[]

  @Field(() => GridRows, { description: '所涉考核表的现状 / The sheets touched, as they now stand' })
  rows!: GridRows
}

@ObjectType({ simpleResolvers: true, description: '他人的改动 / A change, as it happens' })
class GridChange {
  @Field(() => Int, { description: '序号 / Number of the change set' })
  seq!: number

  @Field(() => ID, { description: '改动 / The change set' })
  changeSet!: string

  @Field(() => String, { description: '改动人 / Who' })
  by!: string

  @Field(() => Date, { description: '时间 / When' })
  at!: Date

  @Field(() => String, { nullable: true, description: '本人的改动：其 key / Of the caller’s own: its key' })
  key?: string | undefined

  @Field(() => GridRows, { description: '所涉考核表的现状 / The sheets touched, as they now stand' })
  rows!: GridRows
}

@ObjectType({ simpleResolvers: true, description: '他人所在的格 / Where somebody else is in the grid' })
class Presence {
  @Field(() => ID, { description: '何人的账号 / Whose account' })
  account!: string

  @Field(() => String, { description: '何人；分析人员所见为遮盖的 / Who; masked for analysts' })
  by!: string

  @Field(() => ID, { nullable: true, description: '考核表；已离开则为空 / The sheet; none once they have left' })
  sheet!: string | null

  @Field(() => String, { nullable: true, description: '字段 / The field' })
  field!: string | null
}

const GridEvent = createUnionType({
  name: 'GridEvent',
  description: '他人的改动，或他人到了哪一格 / A change, or where somebody else is',
  types: () => [GridChange, Presence] as const,
  resolveType: (event) => ('seq' in event ? GridChange : Presence),
})

@ObjectType({ simpleResolvers: true, description: '一张考核表，连同其人其地 / A sheet with its person and place' })
class SheetDetail {
  @Field(() => Sheet, { description: '考核表 / The sheet' })
  sheet!: Sheet

  @Field(() => String, { description: '协理员 / Coordinator; masked for analysts' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '镇（街道）/ Town' })
  town!: string

  @Field(() => String, { description: '总分，两位小数 / Total to two places' })
  total!: string

  @Field(() => [String], { description: '调用者可对本表做的事：score / What the caller may do with it: score' })
  may!: string[]
}

/**
 * What the columns of the grid are made of. Only those asked for are made: the totals of a county alone take a third of
 * what all its columns take.
 */
const gridColumns = {
  names: 'name',
  villages: 'village',
  towns: 'town',
  fullTime: `case when full_time then 'y' end`,
  ids: 'id::text',
  marks: 'marks',
  totals: 'total::text',
  missing: 'missing::text',
  limits: `array_to_string(limits, ' ')`,
  states: 'state',
}
/** The answer of its statement; what was not asked for is not there, and nobody reads it. */
type GridRow = Omit<GridRows, 'cells'> & Omit<ScoreGrid, 'columns' | 'sections' | 'rows'> & Record<`f${number}`, string>
const list = (expression: string): string => `coalesce(string_agg(coalesce(${expression}, ''), E'\\n'), '')`

const ViewArg = () =>
  Arg('view', () => GridView, {
    defaultValue: GridView.points,
    description: '返回行所用的视图 / The view of the rows in the answer',
  })

@Resolver()
export class SheetResolver {
  @Query(() => ScoreGrid, { description: '评分表格，按列给出 / The score grid, in columnar form' })
  async scoreGrid(
    @Args() { cycle, unit, view, since }: ScoreGridArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ScoreGrid> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, unit)
    const fields = cellExpressions(rules.policy, rules.choices, view)
    const changed = since == null ? '' : `and s.seq > $${where.values.push(since)}`
    const asked = pathsAsked(info)
    const columns = Object.entries(gridColumns).filter(([name]) => asked.has(name) || asked.has(`rows.${name}`))
    if (asked.has('rows.mayScore')) {
      const recused = `coordinator_id = any($${where.values.push(recusedFrom(actor))}::uuid[])`
      const may = `case when ${recused} then 'r' when ${scorable(rules.policy, actor, where.values)} then 'y' end`
      columns.push(['mayScore', may])
    }
    if (asked.has('rows.cells')) columns.push(...fields.map((_, at): [string, string] => [`f${at}`, `f${at}`]))
    const made = columns.map(([name, from]) => `, ${list(from)} as "${name}"`)
    const text = `
      select count(*)::int as count, coalesce(max(seq), 0) as seq${made.join('')}
        from (select s.id, s.seq, ${nameFor(actor)} as name, v.name as village, t.name as town, s.town_id, s.village_id, s.coordinator_id, s.stage, s.full_time, s.marks, s.total,
                     s.missing, s.limits, s.state, ${fields.map((field, at) => `${field} as f${at}`).join(', ')}
                from sheet s
                join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
                join unit v on v.county_id = s.county_id and v.id = s.village_id
                join unit t on t.county_id = s.county_id and t.id = s.town_id
               where ${where.sql} ${changed} order by s.line) sheets`
    // Kept planned as the page asks it; of what programs may choose to ask there are thousands.
    const all = columns.length > Object.keys(gridColumns).length + fields.length
    const { rows } = await context.pool.query<GridRow>(all ? named(text, where.values) : { text, values: where.values })
    const row = rows[0]!
    return {
      ...row,
      columns: columnsOf(rules, view, context),
      sections: rules.policy.sections.map(({ id, title, max }) => ({ id, title: title[context.lang], max })),
      rows: { ...row, cells: fields.map((_, at) => row[`f${at}`]!) },
    }
  }

  @Query(() => SheetDetail, { description: '一张考核表 / One sheet' })
  async sheet(
    @Arg('id', () => ID, { description: '考核表 / The sheet' }) id: string,
    @Ctx() context: Context,
  ): Promise<SheetDetail> {
    const sheet = await findSheet(context, id)
    const actor = actorOf(context)
    const { rows } = await context.pool.query<{ name: string; village: string; town: string }>(
      `select ${nameFor(actor)} as name, v.name as village, t.name as town
         from coordinator c, unit v, unit t
        where c.county_id = $1 and c.id = $2 and v.county_id = $1 and v.id = $3 and t.county_id = $1 and t.id = $4`,
      [actor.county, sheet.coordinatorId, sheet.villageId, sheet.townId],
    )
    const { policy } = await cycleRules(context, sheet.cycleId)
    const may = mayScore(actor, scorePlace(policy, sheet)) ? ['score'] : []
    return { sheet, ...rows[0]!, total: shown(exact(sheet.total)), may }
  }

  @Query(() => Explanation, { description: '一张考核表总分的来由，直到条款 / Why a sheet has its total, down to the clause' })
  async explain(@SheetArg() id: string, @Ctx() context: Context): Promise<Explanation> {
    const sheet = await findSheet(context, id)
    const { policy, choices, approvals } = await cycleRules(context, sheet.cycleId)
    const { postings, at } = await postingsTold(context, sheet)
    const told = explainedYear(policy, choices, postings, at, context.lang, approvals)
    const entered = await enteredIn(context, sheet)
    const hidden = hiddenLines(policy, sheet.beyond.ballots ?? [])
    const veil = { points: '', says: sentence(context.lang, 'rating.hidden', { n: String(shownFrom) }) }
    return {
      ...told,
      lines: told.lines.map((line) => ({ ...line, ...(hidden.has(line.id) ? veil : {}), entered: entered(line.id) })),
    }
  }

  @Query(() => [CellTurn], {
    description: '一格的全部改动，新的在前 / Every turn of a cell, latest first; of an item, its criteria too',
  })
  async cellHistory(
    @SheetArg() id: string,
    @Arg('field', () => ID, { nullable: true, description: '不填为整张表 / The whole sheet without it' })
    field: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<CellTurn[]> {
    const sheet = await findSheet(context, id)
    return cellTurns(context, sheet.cycleId, [{ sheet: sheet.id, field: field ?? null }], mostTurns)
  }

  @Query(() => [CellTurn], {
    description: '所列各格的改动，新的在前，至多 200 条 / The turns of the cells listed, latest first, 200 at most',
  })
  async cellsHistory(
    @CycleArg() cycle: string,
    @Arg('sheets', () => [ID], { description: '考核表，逐格 / The sheet of each cell; one that is not seen has no turns' })
    sheets: string[],
    @Arg('fields', () => [ID], {
      nullable: 'items',
      description: '字段，逐格；空为整张表 / The field of each cell; null: the whole sheet',
    })
    fields: (string | null)[],
    @Ctx() context: Context,
  ): Promise<CellTurn[]> {
    await cycleRules(context, cycle)
    if (sheets.length !== fields.length) throw no(context, 'history.uneven')
    if (sheets.length > mostAsked) throw no(context, 'history.tooMany', { most: String(mostAsked) })
    const cells = sheets.map((sheet, at) => ({ sheet, field: fields[at] ?? null }))
    return cellTurns(context, cycle, cells, mostListed)
  }

  @Query(() => CellList, {
    description: '某时以来改过的各格 / The cells that were changed since a moment',
  })
  async cellsChanged(
    @CycleArg() cycle: string,
    @Arg('since', () => Date, { description: '从这一时刻起 / From this moment on' }) since: Date,
    @Ctx() context: Context,
  ): Promise<CellList> {
    await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, undefined, [since])
    const { rows } = await context.pool.query<{ sheet: string; field: string }>(
      named(
        `select distinct s.id as sheet, cell.key as field
           from change_set h join sheet_change x on x.county_id = h.county_id and x.seq = h.seq
           join sheet s on s.county_id = x.county_id and s.id = x.sheet_id, jsonb_object_keys(x.cells) cell(key)
          where h.county_id = $1 and h.cycle_id = $2 and h.at >= $3 and ${where.sql}`,
        where.values,
      ),
    )
    return cellList(rows)
  }

  @Query(() => [ChangeSet], { description: '改动记录，新的在前 / Change sets, latest first' })
  async changeSets(
    @CycleArg() cycle: string,
    @Arg('first', () => Int, { defaultValue: 50, description: '最多几条，至多 200 / How many, 200 at most' }) first: number,
    @Ctx() context: Context,
  ): Promise<ChangeSet[]> {
    const { county, id } = actorOf(context)
    await cycleRules(context, cycle)
    const own = sightOf(actorOf(context)) === 'county' ? {} : { accountId: id }
    return context.em.find(
      ChangeSet,
      { countyId: county, cycleId: cycle, ...own },
      { orderBy: { seq: 'desc' }, limit: Math.min(Math.max(first, 1), 200) },
    )
  }

  @Mutation(() => SaveReply, {
    description: '保存各格：好的写入，其余逐格说明原因 / Saves cells: good ones are kept, the others told why',
  })
  async saveCells(
    @Arg('input', () => SaveCellsInput, { description: '所改的各格 / The cells' }) input: SaveCellsInput,
    @Ctx() context: Context,
  ): Promise<SaveReply> {
    const { cycle, key, sheets, fields, seen, values, replaces, typed, view } = input
    const lengths = [fields, seen, values, replaces ?? sheets].map(({ length }) => length)
    if (lengths.some((length) => length !== sheets.length)) throw no(context, 'cells.uneven')
    const edits = sheets.map((sheet, at): Edit => ({
      sheet,
      field: fields[at]!,
      seen: seen[at] === '' ? null : (seen[at] ?? null), // an empty cell of a column is an empty line
      value: values[at] ?? null,
      replaces: replaces?.[at] ?? null,
    }))
    const saved = await saveCells(writerOf(context), cycle, key, edits, typed)
    return reply(saved, view, context)
  }

  @Mutation(() => SaveReply, {
    description: '撤销本人的一次改动；其后他人改过的格不动 / Takes back one of the caller’s own change sets',
  })
  async undoChangeSet(
    @Arg('id', () => ID, { description: '本人改分或撤销的那次改动，见 changeSets / The change set of cells, see `changeSets`' })
    id: string,
    @KeyArg() key: string,
    @ViewArg() view: GridView,
    @Ctx() context: Context,
  ): Promise<SaveReply> {
    return reply(await undoChangeSet(writerOf(context), id, key), view, context)
  }

  @Mutation(() => Boolean, {
    description: '告知他人自己正在哪一格；不保存 / Tells others which cell one is in; nothing is stored',
  })
  async showPlace(
    @CycleArg() cycle: string,
    @Arg('sheet', () => ID, { nullable: true, description: '离开表格时不填 / None on leaving the grid' })
    id: string | null | undefined,
    @Arg('field', () => String, {
      nullable: true,
      description: '所在的栏，取前 60 个字符 / The column one is in, its first 60 characters',
    })
    field: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    const sheet = id == null ? undefined : await findSheet(context, id)
    if (sheet && sheet.cycleId !== cycle) throw no(context, 'sheet.unknown')
    await tellPresence(context.pool, actor.county, {
      cycle,
      account: actor.id,
      by: actor.name,
      sheet: sheet?.id ?? null,
      field: sheet ? (field ?? '').slice(0, 60) : null,
      town: sheet?.townId ?? '',
      village: sheet?.villageId ?? '',
      coordinator: sheet?.coordinatorId ?? '',
    })
    return true
  }

  @Subscription(() => GridEvent, {
    description: '改动发生时、他人移到别的格时告知 / Changes as they happen, and where others are',
    subscribe: ({ args, context }) => changesOf(context as Context, args as { cycle: string }) as never,
  })
  async gridChanged(
    @Root() change: Happening,
    @CycleArg() cycle: string,
    @ViewArg() view: GridView,
    @Ctx() context: Context,
  ): Promise<GridChange | Presence> {
    const actor = actorOf(context)
    if (isPresence(change)) return { ...change, by: changerFor(actor, change.by) }
    const { policy, choices } = await cycleRules(context, cycle)
    return {
      seq: change.seq,
      changeSet: change.id,
      by: changerFor(actor, change.by),
      at: new Date(change.at),
      key: change.account === actor.id ? change.key : undefined,
      rows: gridRows(policy, choices, view, change.sheets, actor),
    }
  }
}

/** A condition on a row with `state`, `stage`, `town_id` and `village_id`: whether the caller may score it now. */
function scorable(policy: Policy, actor: Actor, values: unknown[]): string {
  const ways = policy.stages.flatMap(({ id, writes, by }) => {
    if (writes !== 'yes') return []
    const { county, towns, villages } = unitsHeld(actor, by)
    if (county) return [`stage = '${id}'`]
    if (towns.length + villages.length === 0) return []
    const held = `town_id = any($${values.push(towns)}::uuid[]) or village_id = any($${values.push(villages)}::uuid[])`
    return [`stage = '${id}' and (${held})`]
  })
  if (ways.length === 0) return 'false'
  return `state = 'open' and (${ways.join(' or ')})`
}

/** The posts of a sheet's person in the cycle, the one held on the base date last, and which of them is the sheet's. */
async function postingsTold(context: Context, sheet: Sheet): Promise<{ postings: HeldPost[]; at: number }> {
  const { rows } = await context.pool.query<Pick<Sheet, 'id' | 'facts' | 'beyond' | 'days'>>({
    name: 'postings-told',
    text: `select s.id, s.facts, s.beyond, s.days
             from sheet s join posting p on p.county_id = s.county_id and p.id = s.posting_id
            join cycle y on y.county_id = s.county_id and y.id = s.cycle_id
            where s.county_id = $1 and s.cycle_id = $2 and s.coordinator_id = $3
            order by (p.starts_on <= y.base_date and (p.ends_on is null or p.ends_on >= y.base_date)), p.starts_on, s.line`,
    values: [actorOf(context).county, sheet.cycleId, sheet.coordinatorId],
  })
  const postings = rows.map(({ facts, beyond, days }) => ({ person: dossierOf(facts, beyond), days }))
  return { postings, at: rows.findIndex(({ id }) => id === sheet.id) }
}

/** Who last entered the cell that a line tells of, or the latest of its cells. */
async function enteredIn(context: Context, { countyId, id }: Sheet): Promise<(line: string) => Entered | undefined> {
  const { rows } = await context.pool.query<Entered & { field: string }>({
    name: 'entered-in',
    text: `select distinct on (cell.key) cell.key as field, h.by, h.at
             from sheet_change s join change_set h on h.county_id = s.county_id and h.seq = s.seq, jsonb_object_keys(s.cells) cell(key)
            where s.county_id = $1 and s.sheet_id = $2 order by cell.key, s.seq desc`,
    values: [countyId, id],
  })
  const actor = actorOf(context)
  return (line) => {
    const own = rows.filter(({ field }) => field === line || field.startsWith(`${line}.`))
    const last = own.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]
    return last && { by: changerFor(actor, last.by), at: last.at }
  }
}

const writerOf = (context: Context) => ({ ...context, actor: actorOf(context) })

/** So long an answer of who is asking is good enough to tell them where others are. */
const TRUSTED_MS = 5000

/**
 * The changes of a cycle that touch something the caller may see, and the places of others in it: who goes where the
 * caller may not see has left, for the caller. Roles end and people sign out while they listen: who may no longer call
 * this is cut off with the next change.
 */
async function changesOf(context: Context, { cycle }: { cycle: string }): Promise<Changes> {
  await cycleRules(context, cycle)
  const before = actorOf(context)
  const source = context.feed.changes(before.county)
  const others = new Set<string>()
  let asked = { at: -Infinity, actor: before }

  async function seesNow(): Promise<(place: Place) => boolean> {
    const actor = await context.callerNow()
    if (!actor || !mayCall(actor, 'gridChanged')) throw no(context, 'signIn.needed')
    asked = { at: performance.now(), actor }
    return (place) => [before, actor].every((caller) => maySee(caller, place))
  }

  async function present(event: Present): Promise<Present | undefined> {
    if (event.account === before.id) return undefined
    if (performance.now() - asked.at > TRUSTED_MS) await seesNow()
    if (event.sheet !== null && [before, asked.actor].every((caller) => maySee(caller, event))) {
      others.add(event.account)
      return event
    }
    return others.delete(event.account) ? { ...event, sheet: null, field: null } : undefined
  }

  async function changed(event: Committed): Promise<Committed | undefined> {
    const sees = await seesNow()
    const sheets = event.sheets.filter((sheet) => sees(whereOf(sheet)))
    return sheets.length > 0 ? { ...event, sheets } : undefined
  }

  const seen: Changes = {
    async next() {
      for (;;) {
        const step = await source.next()
        if (step.done) return step
        if (step.value.cycle !== cycle) continue
        const value = isPresence(step.value) ? await present(step.value) : await changed(step.value)
        if (value) return { done: false, value }
      }
    },
    return: () => source.return(),
    [Symbol.asyncIterator]: () => seen,
  }
  return seen
}

function columnsOf({ policy, choices }: CycleRules, view: GridView, { lang }: Context): GridColumn[] {
  return viewFields(policy, choices, view).map(({ id, title, detail, clause, ...field }) => ({
    ...field,
    field: id,
    title: title[lang],
    detail: detail?.[lang],
    clause: policy.clauses[clause]!.at[lang],
  }))
}

function reply({ policy, choices, changeSet, applied, leftOut, sheets }: Saved, view: GridView, context: Context): SaveReply {
  return {
    changeSet,
    applied,
    leftOut: leftOut.map((cell) => told(cell, context)),
    rows: gridRows(policy, choices, view, sheets, actorOf(context)),
  }
}

function told(cell: LeftOut, { lang }: Context): CellLeftOut {
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
