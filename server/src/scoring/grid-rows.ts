import { GraphQLScalarType } from 'graphql'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { enumerate } from '../base/enumerations.ts'
import { scorePlace, whereOf, type SheetRow } from '../base/sheet-row.ts'
import { isRecused, mayScore, maySee, type Actor } from '../rules/access.ts'
import type { Choices } from '../rules/facts.ts'
import { fieldsOf } from '../rules/fields.ts'
import type { Field as PolicyField } from '../rules/field.ts'
import type { Policy } from '../rules/policy/shape.ts'

export const GridView = enumerate('GridView', '表格的视图 / Which columns the grid has', {
  points: '各项得分 / The points of each item',
  criteria: '各项得分，连同其考评标准 / The items with all their criteria',
})
export type GridView = (typeof GridView)[keyof typeof GridView]

/** A whole column as one text, made by the database and passed through untouched: seventeen times faster than objects. */
export const ColumnScalar = new GraphQLScalarType<string, string>({
  name: 'Column',
  description: '一列：每行一个值，空行表示没有值 / One column: one value a line, an empty line where there is none',
  serialize: (value) => value as string,
})

@ObjectType({
  simpleResolvers: true,
  description: '若干考核表，按列给出，各列等长、同序 / Sheets in columnar form: columns of equal length in the same order',
})
export class GridRows {
  @Field(() => Int, { description: '行数 / How many sheets' })
  count!: number

  @Field(() => ColumnScalar, { description: '考核表 Id / Ids of the sheets' })
  ids!: string

  @Field(() => [ColumnScalar], {
    description: '各字段的值，次序同 columns / The cells of each field, in the order of the columns',
  })
  cells!: string[]

  @Field(() => ColumnScalar, {
    description:
      '每行一个字母串，每个评分项一个字母：a 直接给分，c 按标准计算，m 未评 / A letter an item: a awarded, c computed, m missing',
  })
  marks!: string

  @Field(() => ColumnScalar, { description: '总分 / Totals' })
  totals!: string

  @Field(() => ColumnScalar, { description: '未评项目数 / How many items are missing' })
  missing!: string

  @Field(() => ColumnScalar, {
    description: '触发的限制（一票否决、旷工），以空格分开 / Limits that were hit, separated by spaces',
  })
  limits!: string

  @Field(() => ColumnScalar, { description: '状态：open 评分中、submitted 已上报、filed 已备案 / State of each sheet' })
  states!: string

  @Field(() => ColumnScalar, {
    description: '查询者可否评分：y、因回避不可为 r、其余为空 / y where the caller may score, r where recused from it',
  })
  mayScore!: string

  @Field(() => Int, {
    description: '所含最近一次改动的序号，供 since 使用 / Number of the last change set contained, for `since`',
  })
  seq!: number
}

/** A column of the grid: a field to enter, or the points of a rule that follow from claims and are only read. */
type GridField = Omit<PolicyField, 'kind' | 'max' | 'step'> & { kind: PolicyField['kind'] | 'rule'; max?: string; step: string }

/**
 * The columns of a view: the vetoes, the other facts, and each item with or without its criteria; of a policy that counts
 * claims, first the points of each rule.
 */
export function viewFields(policy: Policy, choices: Choices, view: GridView): GridField[] {
  const fields = fieldsOf(policy, choices)
  const shown = view === GridView.criteria ? fields : fields.filter(({ kind, item }) => kind === 'points' || item === undefined)
  return [...ruleFields(policy), ...shown]
}

/** The rules of a tally in the order of a sheet's points: as the tree of reasons has them, bonuses first. */
function ruleFields({ tally, sections }: Policy): GridField[] {
  if (!tally || sections.length > 0) return []
  return (['bonus', 'deduction'] as const).flatMap((sign) =>
    tally.rules
      .filter((rule) => rule.sign === sign)
      .map(({ id, title, clause, detail }) => ({
        id: `@rule.${id}`,
        kind: 'rule' as const,
        title,
        step: '0.01',
        clause,
        ...(detail ? { detail } : {}),
      })),
  )
}

/** Where a column's values come from: the points of an item or a rule by their place, anything else from the facts. */
function sourceOf(policy: Policy, choices: Choices): (field: GridField) => number | string {
  const places = new Map(
    [...fieldsOf(policy, choices), ...ruleFields(policy)]
      .filter(({ kind }) => kind === 'points' || kind === 'rule')
      .map(({ id }, place) => [id, place]),
  )
  return ({ id }) => places.get(id) ?? id
}

const column = <Row>(rows: readonly Row[], value: (row: Row) => string): string => rows.map(value).join('\n')

/** Sheets that are already in memory, in columnar form. */
export function gridRows(policy: Policy, choices: Choices, view: GridView, sheets: readonly SheetRow[], actor: Actor): GridRows {
  const source = sourceOf(policy, choices)
  const seen = sheets.filter((sheet) => maySee(actor, whereOf(sheet)))
  return {
    count: seen.length,
    ids: column(seen, ({ id }) => id),
    cells: viewFields(policy, choices, view).map((field) => {
      const from = source(field)
      return typeof from === 'number'
        ? column(seen, ({ points }) => points[from] ?? '')
        : column(seen, ({ facts }) => facts[from] ?? '')
    }),
    marks: column(seen, ({ marks }) => marks),
    totals: column(seen, ({ total }) => total),
    missing: column(seen, ({ missing }) => String(missing)),
    limits: column(seen, ({ limits }) => limits.join(' ')),
    states: column(seen, ({ state }) => state),
    mayScore: column(seen, (sheet) => {
      const place = scorePlace(policy, sheet)
      return isRecused(actor, place) ? 'r' : mayScore(actor, place) ? 'y' : ''
    }),
    seq: seen.reduce((last, { seq }) => Math.max(last, seq), 0),
  }
}

/** The columns of GridRows as expressions over `sheet s`, for a statement that aggregates them. */
export function cellExpressions(policy: Policy, choices: Choices, view: GridView): string[] {
  const source = sourceOf(policy, choices)
  return viewFields(policy, choices, view).map((field) => {
    const from = source(field)
    return typeof from === 'number' ? `s.points[${from + 1}]` : `s.facts ->> '${from}'`
  })
}

@ObjectType({
  simpleResolvers: true,
  description: '表格的一列：考核办法中的一个字段 / One column of the grid: a field of the policy',
})
export class GridColumn {
  @Field(() => ID, { description: '字段 / Field: v1, absentDays, i04, i04.inexact …' })
  field!: string

  @Field(() => String, {
    description:
      '种类：points count percent part days flag choice；rule 为某条加减分规则的得分，只读 / Kind of value; rule: the points of a rule about claims, read only',
  })
  kind!: string

  @Field(() => String, { description: '名称 / Title in the caller’s language' })
  title!: string

  @Field(() => ID, { nullable: true, description: '所属评分项 / The item it belongs to' })
  item?: string | undefined

  @Field(() => ID, { nullable: true, description: '所属部分 / The section it belongs to' })
  section?: string | undefined

  @Field(() => String, { nullable: true, description: '满分或最大值 / Greatest value' })
  max?: string | undefined

  @Field(() => String, { description: '最小单位 / Smallest difference between two values' })
  step!: string

  @Field(() => String, { description: '条款 / Clause, as it is printed' })
  clause!: string

  @Field(() => String, { nullable: true, description: '内容 / What it asks, in our own words' })
  detail?: string | undefined
}

@ObjectType({ simpleResolvers: true, description: '评分表的一个部分 / A section of the score sheet' })
export class GridSection {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => String, { description: '满分 / Greatest sum of its items' })
  max!: string
}
