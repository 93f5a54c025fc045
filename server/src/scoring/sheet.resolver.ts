import type { GraphQLResolveInfo } from 'graphql'
import { CycleArg, KeyArg, SheetArg } from '../base/arguments.ts'
import { Arg, Args, Ctx, ID, Info, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { Context } from '../base/context.ts'
import { CellList } from '../base/cell-list.ts'
import { CellTurn } from '../history/cell-turns.ts'
import { Explanation } from '../core/explained.ts'
import type { Happening } from '../base/feed.ts'
import { GridView } from './grid-rows.ts'
import { ChangeSet } from '../ledger/audit.entity.ts'
import {
  ScoreGrid,
  ScoreGridArgs,
  SaveCellsInput,
  SaveReply,
  type GridChange,
  type Presence,
  GridEvent,
  SheetDetail,
} from './sheet.types.ts'
import { scoreGrid } from './score-grid.ts'
import { sheetDetail, explainSheet } from './one-sheet.ts'
import { cellHistory, cellsHistory, cellsChanged, changeSetsOf } from './cell-history.ts'
import { saveAndReply, undoAndReply } from './save-reply.ts'
import { showPlace, gridEvent, changesOf } from './grid-changes.ts'

const ViewArg = () =>
  Arg('view', () => GridView, {
    defaultValue: GridView.points,
    description: '返回行所用的视图 / The view of the rows in the answer',
  })

@Resolver()
export class SheetResolver {
  @Query(() => ScoreGrid, { description: '评分表格，按列给出 / The score grid, in columnar form' })
  scoreGrid(
    @Args(() => ScoreGridArgs) input: ScoreGridArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ScoreGrid> {
    return scoreGrid(context, input, info)
  }

  @Query(() => SheetDetail, { description: '一张考核表 / One sheet' })
  sheet(@Arg('id', () => ID, { description: '考核表 / The sheet' }) id: string, @Ctx() context: Context): Promise<SheetDetail> {
    return sheetDetail(context, id)
  }

  @Query(() => Explanation, { description: '一张考核表总分的来由，直到条款 / Why a sheet has its total, down to the clause' })
  explain(@SheetArg() id: string, @Ctx() context: Context): Promise<Explanation> {
    return explainSheet(context, id)
  }

  @Query(() => [CellTurn], {
    description: '一格的全部改动，新的在前 / Every turn of a cell, latest first; of an item, its criteria too',
  })
  cellHistory(
    @SheetArg() id: string,
    @Arg('field', () => ID, { nullable: true, description: '不填为整张表 / The whole sheet without it' })
    field: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<CellTurn[]> {
    return cellHistory(context, id, field)
  }

  @Query(() => [CellTurn], {
    description: '所列各格的改动，新的在前，至多 200 条 / The turns of the cells listed, latest first, 200 at most',
  })
  cellsHistory(
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
    return cellsHistory(context, { cycle, sheets, fields })
  }

  @Query(() => CellList, {
    description: '某时以来改过的各格 / The cells that were changed since a moment',
  })
  cellsChanged(
    @CycleArg() cycle: string,
    @Arg('since', () => Date, { description: '从这一时刻起 / From this moment on' }) since: Date,
    @Ctx() context: Context,
  ): Promise<CellList> {
    return cellsChanged(context, cycle, since)
  }

  @Query(() => [ChangeSet], { description: '改动记录，新的在前 / Change sets, latest first' })
  changeSets(
    @CycleArg() cycle: string,
    @Arg('first', () => Int, { defaultValue: 50, description: '最多几条，至多 200 / How many, 200 at most' }) first: number,
    @Ctx() context: Context,
  ): Promise<ChangeSet[]> {
    return changeSetsOf(context, cycle, first)
  }

  @Mutation(() => SaveReply, {
    description: '保存各格：好的写入，其余逐格说明原因 / Saves cells: good ones are kept, the others told why',
  })
  saveCells(
    @Arg('input', () => SaveCellsInput, { description: '所改的各格 / The cells' }) input: SaveCellsInput,
    @Ctx() context: Context,
  ): Promise<SaveReply> {
    return saveAndReply(context, input)
  }

  @Mutation(() => SaveReply, {
    description: '撤销本人的一次改动；其后他人改过的格不动 / Takes back one of the caller’s own change sets',
  })
  undoChangeSet(
    @Arg('id', () => ID, { description: '本人改分或撤销的那次改动，见 changeSets / The change set of cells, see `changeSets`' })
    id: string,
    @KeyArg() key: string,
    @ViewArg() view: GridView,
    @Ctx() context: Context,
  ): Promise<SaveReply> {
    return undoAndReply(context, { id, key, view })
  }

  @Mutation(() => Boolean, {
    description: '告知他人自己正在哪一格；不保存 / Tells others which cell one is in; nothing is stored',
  })
  showPlace(
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
    return showPlace(context, { cycle, id, field })
  }

  @Subscription(() => GridEvent, {
    description: '改动发生时、他人移到别的格时告知 / Changes as they happen, and where others are',
    subscribe: ({ args, context }) => changesOf(context as Context, args as { cycle: string }) as never,
  })
  gridChanged(
    @Root() change: Happening,
    @CycleArg() cycle: string,
    @ViewArg() view: GridView,
    @Ctx() context: Context,
  ): Promise<GridChange | Presence> {
    return gridEvent(context, { change, cycle, view })
  }
}
