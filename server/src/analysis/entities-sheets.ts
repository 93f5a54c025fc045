import { shownFrom } from '../rules/ballots.ts'
import type { Step } from '../rules/score/step.ts'
import type { Text } from '../rules/text.ts'
import {
  choice,
  day,
  flag,
  hidden,
  id,
  key,
  many,
  masked,
  moment,
  number,
  one,
  optional,
  text,
  whole,
  type Choices,
  type Entity,
} from './entity.ts'
import { countsTable, itemsTable, outcomesTable, sheetTable, signedGroupsOf } from './parts.ts'
import { seen, by, unless, ofSheet, ofSheetColumns, ofSheetSql } from './seen.ts'
import { least } from './suppress.ts'

const itemMark: Choices = {
  name: 'ItemMark',
  says: { zh: '得分的由来', en: 'How the points of an item came about' },
  values: {
    awarded: { zh: '直接给分', en: 'Given as a number' },
    computed: { zh: '按标准计算', en: 'Computed by the criteria' },
    missing: { zh: '未评', en: 'Not yet assessed' },
  } satisfies Record<NonNullable<Step['state']>, Text>,
}

const occurrenceKind: Choices = {
  name: 'OccurrenceKind',
  says: { zh: '计次还是计天', en: 'Whether times or days are counted' },
  values: { count: { zh: '次数', en: 'Times' }, days: { zh: '天数', en: 'Days' } },
}

const attendanceKind: Choices = {
  name: 'AttendanceKind',
  says: { zh: '考勤记录的种类', en: 'Kinds of records of attendance' },
  values: { absence: { zh: '缺勤', en: 'Absence' }, spotCheck: { zh: '查岗', en: 'Spot check' } },
}

export const sheets: Entity = {
  name: 'sheets',
  type: 'SheetRecord',
  says: { zh: '考核表', en: 'Score sheets: one posting of one coordinator in one cycle' },
  source: (asking, bind) =>
    `select s.id, s.cycle_id as "cycleId", y.year, y.period, y.policy_id as policy, s.line, s.coordinator_id as "personId",
            s.posting_id as "postingId", s.village_id as "villageId", s.town_id as "townId", s.full_time as "fullTime", s.days,
            s.stage, s.state, s.total, s.missing, array_to_string(s.limits, ' ') as limits, s.seq
       from ${sheetTable(asking, bind)} join cycle y on y.county_id = s.county_id and y.id = s.cycle_id
      where ${seen(asking, bind)}`,
  columns: {
    id: id('编号', 'Id'),
    cycleId: id('考核周期', 'Cycle'),
    year: whole('年度', 'Year of the cycle'),
    period: choice('Period', '年度或季度', 'The year, or a quarter of it'),
    policy: text('办法', 'Id of the policy of the cycle, as of today'),
    line: whole('花名册序号', 'Number in the roll of the cycle'),
    personId: id('协理员', 'Coordinator'),
    postingId: id('任职', 'Posting'),
    villageId: id('村（社区）', 'Village'),
    townId: id('镇（街道）', 'Town'),
    fullTime: flag('专职', 'Full-time'),
    days: whole('本年在岗天数', 'Days in this posting in the year'),
    stage: text('所在步骤', 'Stage of the policy where it stands'),
    state: choice('SheetState', '状态', 'State'),
    total: number('总分', 'Total, in points'),
    missing: whole('未评项目数', 'How many items are not yet assessed'),
    limits: text('触发的限制，以空格分开', 'Limits that were hit, separated by spaces'),
    seq: whole('最近一次改动的序号', 'Number of the change set that last touched it'),
  },
  relations: {
    cycle: one('cycleRecords', 'cycleId', '考核周期', 'The cycle'),
    person: one('people', 'personId', '协理员', 'The coordinator'),
    posting: one('postings', 'postingId', '任职', 'The posting'),
    village: one('villages', 'villageId', '村（社区）', 'The village'),
    town: one('towns', 'townId', '镇（街道）', 'The town'),
    result: one('resultRecords', 'id', '等次和名次', 'Grade, rank and seat'),
    items: many('items', 'sheetId', '各项得分', 'Points of each item'),
    occurrences: many('occurrences', 'sheetId', '扣分等情形', 'What was counted against the criteria'),
    rulings: many('rulings', 'sheetId', '裁定', 'Rulings'),
    history: many('changes', 'sheetId', '改动', 'Turns of its cells'),
    claims: many('claimRecords', 'sheetId', '加减分申报', 'Claims of bonus and deduction'),
    leaves: many('leaves', 'sheetId', '缺勤和查岗', 'Days away, and spot checks'),
    ratings: many('ratings', 'sheetId', '评议', 'Ratings'),
    appeals: many('appealRecords', 'sheetId', '申诉', 'Appeals'),
    filed: many('filedResults', 'sheetId', '备案的结果', 'What it was filed as'),
    corrections: many('correctionRecords', 'sheetId', '更正', 'Corrections'),
    evidence: many('evidenceRecords', 'sheetId', '佐证', 'Evidence'),
  },
  order: ['year', 'cycleId', 'line'],
}

export const items: Entity = {
  name: 'items',
  type: 'ItemRecord',
  says: { zh: '各项得分', en: 'The points of each item of each sheet' },
  source: async (asking, bind) =>
    `select s.id || '.' || i.item as id, s.id as "sheetId", s.cycle_id as "cycleId", s.town_id as "townId", s.village_id as "villageId",
            i.place, i.item, i.section, i.title, i."sectionTitle", i.max, s.points[i.place]::numeric as points,
            i.max - s.points[i.place]::numeric as lost,
            case substr(s.marks, i.place, 1) when 'a' then 'awarded' when 'c' then 'computed' else 'missing' end as mark
       from ${sheetTable(asking, bind)} join ${await itemsTable(asking, bind)} on i.cycle = s.cycle_id
      where ${seen(asking, bind)}`,
  columns: {
    id: key('考核表的 Id 加项目', 'Id of the sheet, a dot, the item'),
    sheetId: id('考核表', 'Sheet'),
    cycleId: id('考核周期', 'Cycle'),
    townId: id('镇（街道）', 'Town'),
    villageId: id('村（社区）', 'Village'),
    place: whole('在表中的次序', 'Its place on the sheet, from 1'),
    item: text('项目', 'Id of the item in the policy'),
    section: text('部分', 'Id of its section'),
    title: text('项目名称', 'Title'),
    sectionTitle: text('部分名称', 'Title of the section'),
    max: number('满分', 'Greatest points'),
    points: optional(number('得分；未评为空', 'Points; none where it is not yet assessed')),
    lost: optional(number('失分；未评为空', 'Points lost; none where it is not yet assessed')),
    mark: choice(itemMark, '得分的由来', 'How the points came about'),
  },
  relations: {
    sheet: one('sheets', 'sheetId', '考核表', 'The sheet'),
    cycle: one('cycleRecords', 'cycleId', '考核周期', 'The cycle'),
    town: one('towns', 'townId', '镇（街道）', 'The town'),
    village: one('villages', 'villageId', '村（社区）', 'The village'),
  },
  order: ['sheetId', 'place'],
}

export const occurrences: Entity = {
  name: 'occurrences',
  type: 'OccurrenceRecord',
  says: { zh: '按次数或天数记录的情形', en: 'What was counted, in times or days, above zero' },
  source: async (asking, bind) =>
    `select s.id || '.' || f.field as id, s.id as "sheetId", s.cycle_id as "cycleId", s.town_id as "townId", s.village_id as "villageId",
            f.field, f.item, f.section, f.title, f.kind, n.number
       from ${sheetTable(asking, bind)} cross join lateral jsonb_each_text(s.facts) e(field, value)
       join ${await countsTable(asking, bind)} on f.cycle = s.cycle_id and f.field = e.field
       cross join lateral (select case when e.value ~ '^[0-9]+([.][0-9]+)?$' then e.value::numeric end as number) n
      where ${seen(asking, bind)} and n.number > 0`,
  columns: {
    id: key('考核表的 Id 加字段', 'Id of the sheet, a dot, the field'),
    sheetId: id('考核表', 'Sheet'),
    cycleId: id('考核周期', 'Cycle'),
    townId: id('镇（街道）', 'Town'),
    villageId: id('村（社区）', 'Village'),
    field: text('字段', 'Field'),
    item: optional(text('所属项目', 'Item it belongs to')),
    section: optional(text('所属部分', 'Section it belongs to')),
    title: text('名称', 'Title'),
    kind: choice(occurrenceKind, '计次还是计天', 'Whether times or days are counted'),
    number: number('次数或天数', 'How many times or days'),
  },
  relations: {
    sheet: one('sheets', 'sheetId', '考核表', 'The sheet'),
    town: one('towns', 'townId', '镇（街道）', 'The town'),
    village: one('villages', 'villageId', '村（社区）', 'The village'),
  },
  order: ['sheetId', 'field'],
}

export const resultRecords: Entity = {
  name: 'resultRecords',
  type: 'ResultRecord',
  says: { zh: '等次、名次和名额', en: 'Grade, rank and seat of each person in a town that the caller sees whole' },
  source: async (asking, bind) =>
    `select s.id, s.cycle_id as "cycleId", s.coordinator_id as "personId", s.town_id as "townId", s.village_id as "villageId",
            o.grade, o.rank, o.seat
       from sheet s join ${await outcomesTable(asking, bind)} on o.sheet = s.id where ${seen(asking, bind)}`,
  columns: {
    id: id('考核表的 Id', 'Id of the sheet of the posting held on the base date'),
    cycleId: id('考核周期', 'Cycle'),
    personId: id('协理员', 'Coordinator'),
    townId: id('镇（街道）', 'Town'),
    villageId: id('村（社区）', 'Village'),
    grade: optional(text('等次；空为待评定', 'Grade; none where it is not decided')),
    rank: optional(whole('名次', 'Rank among those the quota is shared by')),
    seat: choice('Seat', '名额', 'Whether a seat of the quota is held'),
  },
  relations: {
    sheet: one('sheets', 'id', '考核表', 'The sheet'),
    cycle: one('cycleRecords', 'cycleId', '考核周期', 'The cycle'),
    person: one('people', 'personId', '协理员', 'The coordinator'),
    town: one('towns', 'townId', '镇（街道）', 'The town'),
    village: one('villages', 'villageId', '村（社区）', 'The village'),
  },
  order: ['cycleId', 'townId', 'rank'],
  onlyNow: true,
}

export const changes: Entity = {
  name: 'changes',
  type: 'ChangeRecord',
  says: { zh: '改动：每格一行', en: 'Change sets, a row for each field of each sheet they touched' },
  source: (asking, bind) => {
    // What is recorded beside the cells may say who did what to whom: claims, ballots.
    const cells = masked(asking) ? `(e.key = '@stage' or not starts_with(e.key, '@'))` : 'true'
    return `select x.sheet_id || '.' || x.seq || '.' || e.key as id, x.seq, h.id as "changeSetId", x.sheet_id as "sheetId", s.cycle_id as "cycleId", s.town_id as "townId",
            h.kind, h.at, ${by(asking, 'h.by')} as by, ${unless(asking, 'h.reason', 'text')} as reason, split_part(e.key, '.', 1) as subject, e.key as field,
            e.value ->> 0 as before, e.value ->> 1 as after
       from sheet_change x join change_set h on h.county_id = x.county_id and h.seq = x.seq
       join sheet s on s.county_id = x.county_id and s.id = x.sheet_id cross join lateral jsonb_each(x.cells) e
      where ${seen(asking, bind)} and ${cells}`
  },
  columns: {
    id: key('考核表、序号和字段', 'Sheet, number and field'),
    seq: whole('改动序号', 'Number of the change set'),
    changeSetId: id('改动', 'The change set'),
    sheetId: id('考核表', 'Sheet'),
    cycleId: id('考核周期', 'Cycle'),
    townId: id('镇（街道）', 'Town'),
    kind: choice('ChangeKind', '种类', 'Kind of the change set'),
    at: moment('何时', 'When'),
    by: text('何人；分析人员只见首字', 'Who; analysts read the first character'),
    reason: hidden(text('理由；分析人员不见', 'Reason; hidden from analysts')),
    subject: text('项目或记录', 'The item of the field, or what kind of record it is'),
    field: text(
      '字段；以 @ 起的不是单元格，分析人员只见 @stage',
      'Field; with @ it is no cell, of which analysts see @stage alone',
    ),
    before: optional(text('改前', 'Before')),
    after: optional(text('改后', 'After')),
  },
  relations: {
    sheet: one('sheets', 'sheetId', '考核表', 'The sheet'),
    cycle: one('cycleRecords', 'cycleId', '考核周期', 'The cycle'),
    town: one('towns', 'townId', '镇（街道）', 'The town'),
  },
  order: ['seq', 'sheetId', 'field'],
  onlyNow: true,
}

export const claimRecords: Entity = {
  name: 'claimRecords',
  type: 'ClaimRecord',
  says: { zh: '加减分申报', en: 'Claims of bonus and deduction' },
  source: (asking, bind) =>
    `select c.id, ${ofSheetSql}, c.rule, ${unless(asking, 'c.matter', 'text')} as matter, c.state, ${by(asking, 'c.proposed_by')} as "proposedBy",
            c.proposed_at as "proposedAt", ${by(asking, 'c.decided_by')} as "decidedBy", c.decided_at as "decidedAt",
            ${unless(asking, 'c.reason', 'text')} as reason
       from claim c join sheet s on s.county_id = c.county_id and s.id = c.sheet_id where ${seen(asking, bind)}`,
  columns: {
    id: id('编号', 'Id'),
    ...ofSheetColumns,
    rule: text('规则', 'The rule, or the measure, it is put forward under'),
    matter: hidden(text('事项；分析人员不见', 'What it is about; hidden from analysts')),
    state: choice('ClaimState', '状态', 'State'),
    proposedBy: text('申报人；分析人员只见首字', 'Who put it forward; analysts read the first character'),
    proposedAt: moment('何时申报', 'When'),
    decidedBy: optional(text('审定或撤回的人；分析人员只见首字', 'Who decided it; analysts read the first character')),
    decidedAt: optional(moment('何时审定', 'When it was decided')),
    reason: hidden(text('理由；分析人员不见', 'Reason; hidden from analysts')),
  },
  relations: { ...ofSheet, evidence: many('evidenceRecords', 'claimId', '佐证', 'Evidence') },
  order: ['proposedAt'],
  onlyNow: true,
}

export const leaves: Entity = {
  name: 'leaves',
  type: 'LeaveRecord',
  says: { zh: '缺勤和查岗', en: 'Days away from the post, and spot checks' },
  source: (asking, bind) =>
    `select a.id, ${ofSheetSql}, a.kind, a.first_day as "firstDay", a.last_day as "lastDay", a.half, a.excused, a.reason_given as "reasonGiven",
            a.on_post as "onPost", ${by(asking, 'a.by')} as by, a.at
       from attendance a join sheet s on s.county_id = a.county_id and s.id = a.sheet_id
      where a.ended_seq is null and ${seen(asking, bind)}`,
  columns: {
    id: id('编号', 'Id'),
    ...ofSheetColumns,
    kind: choice(attendanceKind, '种类', 'Kind'),
    firstDay: day('第一天', 'First day'),
    lastDay: day('最后一天', 'Last day'),
    half: flag('半天', 'Half a day'),
    excused: optional(flag('是否准假', 'Whether leave was granted')),
    reasonGiven: optional(flag('是否说明理由', 'Whether a reason was given')),
    onPost: optional(flag('查岗时是否在岗', 'Of a spot check: whether somebody was at the post')),
    by: text('何人所记；分析人员只见首字', 'Who recorded it; analysts read the first character'),
    at: moment('何时', 'When'),
  },
  relations: ofSheet,
  order: ['firstDay'],
  onlyNow: true,
}

export const ratings: Entity = {
  name: 'ratings',
  type: 'RatingRecord',
  says: { zh: '评议：每表、每组、每个方面一行', en: 'Ratings: a row for each sheet, group of raters and dimension' },
  source: async (asking, bind) => {
    const signed = bind(await signedGroupsOf(asking))
    const enough = masked(asking) ? least : shownFrom
    return `select s.id || '.' || b.rater_group || '.' || e.dimension as id, ${ofSheetSql}, b.rater_group as "group", e.dimension,
              count(*) as ballots, case when b.rater_group = any(${signed}::text[]) or count(*) >= ${enough} then avg(e.mark::numeric) end as mean
         from ballot b join sheet s on s.county_id = b.county_id and s.id = b.sheet_id
         cross join lateral jsonb_each_text(b.scores) e(dimension, mark)
        where b.valid and ${seen(asking, bind)}
        group by s.county_id, s.id, b.rater_group, e.dimension`
  },
  columns: {
    id: key('考核表、组和方面', 'Sheet, group and dimension'),
    ...ofSheetColumns,
    group: text('评议组', 'Group of raters'),
    dimension: text('方面', 'Dimension'),
    ballots: whole('有效票数', 'How many valid ballots'),
    mean: optional(
      number(
        '平均分；无记名的组不足三票（分析人员五票）时为空',
        'Mean mark; of a group that votes in secret none under three ballots, for analysts under five',
      ),
    ),
  },
  relations: ofSheet,
  order: ['sheetId', 'group', 'dimension'],
  onlyNow: true,
}
