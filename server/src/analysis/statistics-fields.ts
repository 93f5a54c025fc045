import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLString,
  type GraphQLFieldConfigMap,
} from 'graphql'
import type { Context } from '../base/context.ts'
import { asOf } from './as-of.ts'
import { entityOf } from './entities.ts'
import { Decimal } from './scalars.ts'
import { statisticsOf, toTwoPlaces } from './statistics.ts'
import { listOf, needed, type Types } from './types.ts'
import { heatMapOf, leniencyOf, raterDispersionOf, movementBetween } from './comparisons.ts'
import type { Field, Function, Key, Statistics, StatisticsAsked, StatisticsRow } from './statistics-asked.ts'

const enumeration = (name: string, description: string, values: Record<string, string>) =>
  new GraphQLEnumType({
    name,
    description,
    values: Object.fromEntries(Object.entries(values).map(([value, says]) => [value, { description: says }])),
  })

const keySays: Record<Key, string> = {
  town: '镇（街道）/ Town',
  village: '村（社区）/ Village',
  year: '年度 / Year of the cycle',
  policy: '办法 / Policy',
  grade: '等次 / Grade; not of an earlier moment',
  item: '评分项 / Item',
  section: '部分 / Section',
  month: '最近一次改动的月份，按北京时间 / Month in which the sheet was last changed, in Chinese time',
  ageBand: '名额基准日的年龄段 / Age on the base date, in bands',
  tenureBand: '至名额基准日的任职年限 / Years since the first posting on the base date, in bands',
}
const fieldSays: Record<Field, string> = {
  total: '总分；未评完的表按已评的计 / Total; of a sheet that is not yet complete what it has so far',
  points: '得分：按项目、部分分组时为其得分 / Points: of the item or section grouped by, else of the sheet',
  lost: '失分，只计已评的项目 / Points lost, of items that are assessed',
  missing: '未评项目数 / How many items are not yet assessed',
  days: '在岗天数 / Days in the posting',
}
const functionSays: Record<Function, string> = {
  count: '人数 / How many people',
  share:
    '占总人数的百分比；有的组不显示时，占所显示各组人数之和的 / Percentage of all people; of those in the groups told where some are suppressed',
  sum: '和 / Sum over sheets',
  mean: '平均 / Mean over sheets',
  yearMean: '按在岗天数加权的平均，同村排名 / Mean weighted by days in the posting, as villages are ranked',
  median: '中位数 / Median',
  percentile:
    '百分位：在相邻两值之间按比例取值，全程为精确小数 / Percentile: between the two neighbours in proportion, in exact decimals',
  deviation: '总体标准差 / Standard deviation of the population',
  min: '最小 / Least',
  max: '最大 / Greatest',
  fullMarks: '已评项目中得满分的百分比 / Percentage of assessed items that have full marks',
  lossRate: '失分占已评项目满分的百分比 / Percentage lost of the greatest points of assessed items',
}

const suppressed = {
  type: needed(GraphQLBoolean),
  description:
    '因人数过少而不显示，仅对分析人员 / Not told, for too few people or because another group could be worked out of it; for analysts',
}

const text = (description: string) => ({ type: needed(GraphQLString), description })
const unit = {
  id: { type: needed(GraphQLID), description: '编号 / Id' },
  name: text('名称 / Name'),
  suppressed,
  people: { type: GraphQLInt, description: '人数 / How many people' },
}
const decimal = (description: string) => ({ type: Decimal, description })

/** The types of what is asked of `statistics`. They are made anew for each schema, as all types here. */
function inputTypes(direction: GraphQLEnumType) {
  const keyType = enumeration('StatisticsKey', '分组 / What groups are made of', keySays)
  const measure = new GraphQLInputObjectType({
    name: 'StatisticsMeasure',
    description: '一个统计量 / A measure',
    fields: {
      of: {
        type: needed(enumeration('StatisticsField', '统计什么 / What is measured', fieldSays)),
        defaultValue: 'total',
        description: '统计什么；count、share、fullMarks、lossRate 不用 / Of what; not for count, share, fullMarks, lossRate',
      },
      as: { type: needed(enumeration('StatisticsFunction', '如何统计 / How', functionSays)), description: '如何统计 / How' },
      at: { type: Decimal, description: '百分位，0 至 100 / Of a percentile: which, 0 to 100' },
    },
  })
  const bound = { type: Decimal, description: '界限 / Bound' }
  const having = new GraphQLInputObjectType({
    name: 'StatisticsHaving',
    description: '只留这样的组，按未舍入的值 / Keeps groups whose measure, unrounded, lies within',
    fields: {
      measure: { type: needed(GraphQLInt), description: '第几个统计量，从 0 起 / Which of the measures, from 0' },
      gt: bound,
      gte: bound,
      lt: bound,
      lte: bound,
    },
  })
  const order = new GraphQLInputObjectType({
    name: 'StatisticsOrder',
    description: '次序：按分组的名称，或按统计量 / By the name of a key, or by a measure',
    fields: {
      key: { type: keyType, description: '分组 / Key' },
      measure: { type: GraphQLInt, description: '第几个统计量，从 0 起 / Which of the measures, from 0' },
      direction: { type: needed(direction), defaultValue: 'asc', description: '升降 / Direction' },
    },
  })
  return { keyType, measure, having, order }
}

/** The type of what `statistics` answers. */
function statisticsType(keyType: GraphQLEnumType) {
  const keyValue = new GraphQLObjectType({
    name: 'StatisticsKeyValue',
    description: '分组的值 / The value of a key',
    fields: {
      key: { type: needed(keyType), description: '分组 / Key' },
      id: { type: needed(GraphQLID), description: '值；未定为空文本 / Its id; empty text where there is none' },
      name: { type: needed(GraphQLString), description: '名称 / Its name' },
    },
  })
  const row = new GraphQLObjectType<StatisticsRow>({
    name: 'StatisticsRow',
    description: '一组 / A group',
    fields: {
      keys: { type: listOf(keyValue), description: '分组的值，次序同 groupBy / Its keys, in the order of groupBy' },
      suppressed,
      people: { type: GraphQLInt, description: '人数 / How many people' },
      values: {
        type: needed(new GraphQLList(Decimal)),
        description: '各统计量，两位小数 / The measures in their order, to two places',
        resolve: ({ values }) => values.map(toTwoPlaces),
      },
    },
  })
  return new GraphQLObjectType<Statistics>({
    name: 'Statistics',
    description: '统计 / Statistics',
    fields: {
      groups: { type: needed(GraphQLInt), description: '共几组 / How many groups there are in all' },
      people: { type: GraphQLInt, description: '共几人 / How many people in all' },
      rows: { type: listOf(row), description: '各组 / The groups' },
    },
  })
}

/** The types of a cell of the heat map and of how leniently a town scores. */
function townTypes() {
  const heat = new GraphQLObjectType({
    name: 'HeatCell',
    description: '一镇在一项上的失分 / What a town lost on an item',
    fields: {
      ...unit,
      item: { type: needed(GraphQLID), description: '项目 / Item' },
      title: text('项目名称 / Title of the item'),
      lost: decimal('平均失分 / Mean points lost'),
      lossRate: decimal('失分率（%）/ Percentage lost of the greatest points'),
      fullMarks: decimal('满分率（%）/ Percentage with full marks'),
    },
  })
  const lenient = new GraphQLObjectType({
    name: 'Leniency',
    description: '一镇给分的宽严 / How leniently a town scores',
    fields: {
      ...unit,
      mean: decimal('平均分 / Mean total'),
      difference: decimal('与所见全部平均分之差 / Its difference from the mean of all that the caller sees'),
      deviation: decimal('标准差 / Standard deviation'),
      fullMarks: decimal('满分率（%）/ Percentage of items with full marks'),
    },
  })
  return { heat, lenient }
}

function dispersionType() {
  return new GraphQLObjectType({
    name: 'RaterDispersion',
    description:
      '一方评议的离散；分数均为占一张票满分的百分比 / How far the raters of a group agree; marks are percentages of the most a ballot gives',
    fields: {
      id: { type: GraphQLID, description: '镇（街道）；空为所见全部 / Town; none for all that the caller sees' },
      name: { type: GraphQLString, description: '名称 / Its name' },
      group: { type: needed(GraphQLID), description: '评议组 / Group of raters' },
      title: text('评议组名称 / Title of the group'),
      secret: { type: needed(GraphQLBoolean), description: '是否无记名 / Whether it votes in secret' },
      dimension: { type: GraphQLID, description: '方面；空为整张票 / Dimension; none for the ballot as a whole' },
      dimensionTitle: { type: GraphQLString, description: '方面名称 / Title of the dimension' },
      suppressed: {
        type: needed(GraphQLBoolean),
        description:
          '不显示：无记名的票不足五张，或对分析人员人数不足五人，或可由别组推出 / Not told: under five secret ballots, for analysts under five people, or to be had from others',
      },
      ballots: { type: GraphQLInt, description: '票数 / How many ballots' },
      people: { type: GraphQLInt, description: '被评的人数 / How many people they are about' },
      mean: decimal('平均 / Mean'),
      deviation: decimal('标准差 / Standard deviation'),
      distance: decimal(
        '一张票与本组对同一人的平均之差，平均 / Mean distance of a ballot from the mean of its group for the same person',
      ),
      far: decimal('差超过其标准差两倍的票所占的百分比 / Percentage of ballots further from it than twice the deviation from it'),
    },
  })
}

function movementType() {
  return new GraphQLObjectType({
    name: 'Movement',
    description: '两个考核周期之间的升降 / Change between two cycles',
    fields: {
      id: unit.id,
      name: unit.name,
      suppressed,
      before: decimal('前一周期的平均分 / Mean total of the cycle before'),
      now: decimal('本周期的平均分 / Mean total of this cycle'),
      change: decimal('分差 / Difference'),
      rankBefore: { type: GraphQLInt, description: '前一周期的名次 / Rank in the cycle before, among those told' },
      rankNow: { type: GraphQLInt, description: '本周期的名次 / Rank in this cycle, among those told' },
      climbed: { type: GraphQLInt, description: '上升几名，负数为下降 / How many ranks it climbed; negative where it fell' },
    },
  })
}

const cycle = { type: needed(GraphQLID), description: '考核周期 / Cycle' }

/** `statistics` and the queries that are made of it. */
export function statisticsFields(types: Types): GraphQLFieldConfigMap<unknown, Context> {
  return { ...groupFields(types), ...comparisonFields() }
}

function groupFields({ filterOf, moment, direction }: Types): GraphQLFieldConfigMap<unknown, Context> {
  const { keyType, measure, having, order } = inputTypes(direction)
  const statistics = statisticsType(keyType)
  return {
    statistics: {
      type: needed(statistics),
      description:
        '按组统计所见的考核表；人数不足五人的组对分析人员不显示 / Statistics of the sheets the caller sees; groups under five people are suppressed for analysts',
      args: {
        cycles: { type: listOf(GraphQLID), description: '考核周期 / Cycles' },
        groupBy: { type: listOf(keyType), defaultValue: [], description: '分组，至多四个 / Keys, four at most' },
        measures: { type: listOf(measure), description: '统计量 / Measures' },
        filter: { type: filterOf(entityOf('sheets')), description: '条件 / Filter on the sheets' },
        having: {
          type: new GraphQLList(needed(having)),
          description: '对组的条件，同时成立 / Conditions on groups, all of which hold',
        },
        orderBy: { type: new GraphQLList(needed(order)), description: '次序 / Order' },
        limit: { type: needed(GraphQLInt), defaultValue: 200, description: '至多几组，1 至 1000 / At most so many groups' },
        asOf: { type: moment, description: '当时的情形 / As the sheets stood at this moment' },
      },
      resolve: async (_, { asOf: at, ...asked }, context) =>
        statisticsOf({ context, ...(at == null ? {} : { stood: await asOf(context, at as Date) }) }, asked as StatisticsAsked),
    },
  }
}

/** Queries that put towns, villages and groups of raters beside each other. */
function comparisonFields(): GraphQLFieldConfigMap<unknown, Context> {
  const { heat, lenient } = townTypes()
  const [dispersion, moved] = [dispersionType(), movementType()]
  return {
    heatMap: {
      type: listOf(heat),
      description: '失分热图：各镇在各项上的失分 / Where points are lost, by town and item',
      args: { cycle },
      resolve: (_, { cycle: id }, context) => heatMapOf(context, id as string),
    },
    leniency: {
      type: listOf(lenient),
      description: '各镇给分宽严，从宽到严 / How leniently towns score, the most lenient first',
      args: { cycle },
      resolve: (_, { cycle: id }, context) => leniencyOf(context, id as string),
    },
    raterDispersion: {
      type: listOf(dispersion),
      description:
        '评议的离散：各方、各方面，先是所见全部，再是各镇；无记名的一人不足三票（分析人员五票）不计 / Dispersion of raters by group and dimension, of all that the caller sees and of each town; ballots of a secret group do not count where a person has fewer than three, for analysts five',
      args: { cycle },
      resolve: (_, { cycle: id }, context) => raterDispersionOf(context, id as string),
    },
    movement: {
      type: listOf(moved),
      description: '两个周期之间村或镇的分差和名次升降 / Change of score and rank of villages or towns between two cycles',
      args: {
        cycle,
        before: { type: needed(GraphQLID), description: '前一周期 / The cycle before' },
        by: {
          type: needed(
            enumeration('MovementOf', '村或镇 / Of villages or towns', { village: '村 / Village', town: '镇 / Town' }),
          ),
          defaultValue: 'village',
          description: '村或镇 / Of villages or towns',
        },
      },
      resolve: (_, { cycle: id, before, by }, context) =>
        movementBetween(context, { before: before as string, now: id as string, by: by as Key }),
    },
  }
}
