import { actorOf } from '../base/context.ts'
import { inSight, nameFor } from '../core/cycles.ts'
import { sightOf } from '../rules/access.ts'
import { shownFrom } from '../rules/ballots.ts'
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
  personal,
  text,
  whole,
  type Asking,
  type Bind,
  type Choices,
  type Entity,
} from './entity.ts'
import { countsTable, itemsTable, outcomesTable, sheetTable, signedGroupsOf } from './parts.ts'
import { least } from './suppress.ts'

const county = ({ context }: Asking, bind: Bind): string => bind(actorOf(context).county)

/** The condition of sight on the sheets `s`. */
const seen = (asking: Asking, bind: Bind): string =>
  `s.county_id = ${county(asking, bind)} and ${inSight(actorOf(asking.context), bind)}`

/** The condition of sight on a village and its town, given as expressions. */
function place({ context }: Asking, bind: Bind, village: string, town: string): string {
  const sight = sightOf(actorOf(context))
  if (sight === 'county') return 'true'
  return `(${town} = any(${bind(sight.towns)}::uuid[]) or ${village} = any(${bind(sight.villages)}::uuid[]))`
}

/** A name of somebody who acted, as the caller may read it. */
const by = (asking: Asking, column: string): string => (masked(asking) ? `left(${column}, 1) || '＊＊'` : column)

/** What analysts do not read at all. */
const unless = (asking: Asking, expression: string, type: string): string =>
  masked(asking) ? `null::${type}` : `(${expression})::${type}`

const gender: Choices = {
  name: 'Gender',
  says: { zh: '性别', en: 'Gender' },
  values: { male: { zh: '男', en: 'Male' }, female: { zh: '女', en: 'Female' } },
}
const itemMark: Choices = {
  name: 'ItemMark',
  says: { zh: '得分的由来', en: 'How the points of an item came about' },
  values: {
    awarded: { zh: '直接给分', en: 'Given as a number' },
    computed: { zh: '按标准计算', en: 'Computed by the criteria' },
    missing: { zh: '未评', en: 'Not yet assessed' },
  },
}
const occurrenceKind: Choices = {
  name: 'OccurrenceKind',
  says: { zh: '计次还是计天', en: 'Whether times or days are counted' },
  values: { count: { zh: '次数', en: 'Times' }, days: { zh: '天数', en: 'Days' } },
}
const rulingKind: Choices = {
  name: 'RulingKind',
  says: { zh: '裁定的种类', en: 'Kinds of rulings' },
  values: {
    seat: { zh: '名额', en: 'Who of equals has the seat' },
    explanation: { zh: '不合格的书面说明', en: 'Written explanation of a fail' },
    legalStep: { zh: '解除前的法定步骤', en: 'A step that the law asks for before a contract ends' },
    dismissal: { zh: '不再聘用', en: 'Dismissal' },
    noBallots: { zh: '无票的组不计', en: 'A group without ballots is left out' },
  },
}
const attendanceKind: Choices = {
  name: 'AttendanceKind',
  says: { zh: '考勤记录的种类', en: 'Kinds of records of attendance' },
  values: { absence: { zh: '缺勤', en: 'Absence' }, spotCheck: { zh: '查岗', en: 'Spot check' } },
}
const evidenceType: Choices = {
  name: 'EvidenceType',
  says: { zh: '佐证文件的类型', en: 'Types of files of evidence' },
  values: Object.fromEntries(
    ['pdf', 'jpg', 'png', 'docx', 'xlsx'].map((type) => [type, { zh: type.toUpperCase(), en: type.toUpperCase() }]),
  ),
}

const people: Entity = {
  name: 'people',
  type: 'PersonRecord',
  says: { zh: '协理员', en: 'Coordinators' },
  source: (asking, bind) => {
    const { context } = asking
    const of = `c.county_id = ${county(asking, bind)}`
    const columns = `c.id, ${nameFor(actorOf(context))} as name, c.gender, ${unless(asking, 'c.born_on', 'date')} as "bornOn"`
    if (sightOf(actorOf(context)) === 'county') return `select ${columns} from coordinator c where ${of}`
    return `select ${columns} from coordinator c where ${of} and (
      exists (select from sheet s where s.coordinator_id = c.id and ${seen(asking, bind)})
      or exists (select from posting p join unit v on v.county_id = p.county_id and v.id = p.village_id
                  where p.county_id = c.county_id and p.coordinator_id = c.id and ${place(asking, bind, 'v.id', 'v.parent_id')}))`
  },
  columns: {
    id: id('Id', 'Id'),
    name: text('姓名；分析人员只见首字', 'Name; analysts read its first character'),
    gender: choice(gender, '性别', 'Gender'),
    bornOn: personal(day('出生日期；分析人员不见', 'Born on; hidden from analysts')),
  },
  relations: {
    postings: many('postings', 'personId', '任职', 'Postings'),
    sheets: many('sheets', 'personId', '考核表', 'Score sheets'),
  },
  order: ['name'],
}

const postings: Entity = {
  name: 'postings',
  type: 'PostingRecord',
  says: { zh: '任职', en: 'Postings' },
  source: (asking, bind) =>
    `select p.id, p.coordinator_id as "personId", p.village_id as "villageId", v.parent_id as "townId", p.full_time as "fullTime",
            p.starts_on as "startsOn", p.ends_on as "endsOn"
       from posting p join unit v on v.county_id = p.county_id and v.id = p.village_id
      where p.county_id = ${county(asking, bind)} and ${place(asking, bind, 'v.id', 'v.parent_id')}`,
  columns: {
    id: id('Id', 'Id'),
    personId: id('协理员', 'Coordinator'),
    villageId: id('村（社区）', 'Village'),
    townId: id('镇（街道）', 'Town'),
    fullTime: flag('专职', 'Full-time'),
    startsOn: day('任职起', 'From'),
    endsOn: optional(day('任职止；在任为空', 'To; none while it lasts')),
  },
  relations: {
    person: one('people', 'personId', '协理员', 'The coordinator'),
    village: one('villages', 'villageId', '村（社区）', 'The village'),
    town: one('towns', 'townId', '镇（街道）', 'The town'),
    sheets: many('sheets', 'postingId', '考核表', 'Score sheets'),
  },
  order: ['startsOn'],
}

const towns: Entity = {
  name: 'towns',
  type: 'TownRecord',
  says: { zh: '镇（街道）', en: 'Towns' },
  source: (asking, bind) =>
    `select u.id, u.code, u.name from unit u where u.county_id = ${county(asking, bind)} and u.kind = 'town'
        and (${place(asking, bind, 'u.id', 'u.id')} or exists (select from unit v where v.county_id = u.county_id and v.parent_id = u.id
             and ${place(asking, bind, 'v.id', 'v.parent_id')}))`,
  columns: {
    id: id('Id', 'Id'),
    code: text('十二位行政区划代码', 'Twelve-digit administrative code'),
    name: text('名称', 'Name'),
  },
  relations: {
    villages: many('villages', 'townId', '村（社区）', 'Villages'),
    sheets: many('sheets', 'townId', '考核表', 'Score sheets'),
    postings: many('postings', 'townId', '任职', 'Postings'),
    signatures: many('signatureRecords', 'unitId', '签字', 'Signatures'),
    filings: many('filingRecords', 'unitId', '备案', 'Filings'),
  },
  order: ['code'],
}

const villages: Entity = {
  name: 'villages',
  type: 'VillageRecord',
  says: { zh: '村（社区）', en: 'Villages' },
  source: (asking, bind) =>
    `select v.id, v.code, v.name, v.parent_id as "townId" from unit v
      where v.county_id = ${county(asking, bind)} and v.kind = 'village' and ${place(asking, bind, 'v.id', 'v.parent_id')}`,
  columns: {
    id: id('Id', 'Id'),
    code: text('十二位行政区划代码', 'Twelve-digit administrative code'),
    name: text('名称', 'Name'),
    townId: id('镇（街道）', 'Town'),
  },
  relations: {
    town: one('towns', 'townId', '镇（街道）', 'The town'),
    sheets: many('sheets', 'villageId', '考核表', 'Score sheets'),
    postings: many('postings', 'villageId', '任职', 'Postings'),
    signatures: many('signatureRecords', 'unitId', '签字', 'Signatures'),
  },
  order: ['code'],
}

const cycleRecords: Entity = {
  name: 'cycleRecords',
  type: 'CycleRecord',
  says: { zh: '考核周期', en: 'Cycles of assessment' },
  source: (asking, bind) =>
    `select c.id, c.year, c.period, c.policy_id as policy, c.policy_hash as "policyHash", c.state, c.base_date as "baseDate"
       from cycle c where c.county_id = ${county(asking, bind)}`,
  columns: {
    id: id('Id', 'Id'),
    year: whole('年度', 'Year'),
    period: choice('Period', '年度或季度', 'The year, or a quarter of it'),
    policy: text('办法', 'Id of the policy it is judged by'),
    policyHash: text('办法文本的指纹', 'SHA-256 of the policy file'),
    state: choice('CycleState', '状态', 'State'),
    baseDate: day('名额基准日', 'Day on which the population of the quotas is counted'),
  },
  relations: {
    sheets: many('sheets', 'cycleId', '考核表', 'Score sheets'),
    signatures: many('signatureRecords', 'cycleId', '签字', 'Signatures'),
    filings: many('filingRecords', 'cycleId', '备案', 'Filings'),
  },
  order: ['year', 'period'],
}

const sheets: Entity = {
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
    id: id('Id', 'Id'),
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

const items: Entity = {
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

const occurrences: Entity = {
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

const resultRecords: Entity = {
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

const rulings: Entity = {
  name: 'rulings',
  type: 'RulingRecord',
  says: { zh: '裁定', en: 'Decisions that no rule can make' },
  source: (asking, bind) =>
    `select r.id, r.cycle_id as "cycleId", r.sheet_id as "sheetId", r.kind, r.subject, r.place, ${unless(asking, 'r.text', 'text')} as text,
            ${by(asking, 'r.by')} as by, r.at, r.ended_seq is null as "inForce"
       from ruling r join sheet s on s.county_id = r.county_id and s.id = r.sheet_id where ${seen(asking, bind)}`,
  columns: {
    id: id('Id', 'Id'),
    cycleId: id('考核周期', 'Cycle'),
    sheetId: id('考核表', 'Sheet'),
    kind: choice(rulingKind, '种类', 'Kind'),
    subject: text('事项', 'The quota of a seat, the step of the law'),
    place: whole('并列中的次序', 'Of a seat: who comes first among those named together'),
    text: hidden(text('内容；分析人员不见', 'What it says; hidden from analysts')),
    by: text('何人；分析人员只见首字', 'Who; analysts read the first character'),
    at: moment('何时', 'When'),
    inForce: flag('是否仍有效', 'Whether it still stands'),
  },
  relations: { sheet: one('sheets', 'sheetId', '考核表', 'The sheet') },
  order: ['at'],
  onlyNow: true,
}

const signatureRecords: Entity = {
  name: 'signatureRecords',
  type: 'SignatureRecord',
  says: { zh: '签字', en: 'Signatures: sheets of a unit passed on, or sent back' },
  source: (asking, bind) =>
    `select g.id, g.cycle_id as "cycleId", g.unit_id as "unitId", u.kind as "unitKind", g.stage, g.role, ${by(asking, 'g.by')} as by, g.at,
            g.back_to as "backTo", g.sheets, ${unless(asking, 'g.reason', 'text')} as reason
       from signature g join unit u on u.county_id = g.county_id and u.id = g.unit_id
      where g.county_id = ${county(asking, bind)} and ${place(asking, bind, 'u.id', `case u.kind when 'town' then u.id else u.parent_id end`)}`,
  columns: {
    id: id('Id', 'Id'),
    cycleId: id('考核周期', 'Cycle'),
    unitId: id('单位', 'Unit whose sheets were signed'),
    unitKind: choice('UnitKind', '单位层级', 'Level of the unit'),
    stage: text('步骤', 'Stage'),
    role: choice('Role', '以何角色', 'In which role'),
    by: text('签字人；分析人员只见首字', 'Who; analysts read the first character'),
    at: moment('何时', 'When'),
    backTo: optional(text('退回到哪一步', 'The stage it was sent back to')),
    sheets: whole('几张考核表', 'How many sheets'),
    reason: hidden(text('理由；分析人员不见', 'Reason; hidden from analysts')),
  },
  relations: {
    cycle: one('cycleRecords', 'cycleId', '考核周期', 'The cycle'),
    town: one('towns', 'unitId', '镇（街道）', 'The town, where it is one'),
    village: one('villages', 'unitId', '村（社区）', 'The village, where it is one'),
  },
  order: ['at'],
  onlyNow: true,
}

const changes: Entity = {
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

const ofSheet = {
  sheet: one('sheets', 'sheetId', '考核表', 'The sheet'),
  cycle: one('cycleRecords', 'cycleId', '考核周期', 'The cycle'),
  town: one('towns', 'townId', '镇（街道）', 'The town'),
  village: one('villages', 'villageId', '村（社区）', 'The village'),
}
const ofSheetColumns = {
  sheetId: id('考核表', 'Sheet'),
  cycleId: id('考核周期', 'Cycle'),
  townId: id('镇（街道）', 'Town'),
  villageId: id('村（社区）', 'Village'),
}
const ofSheetSql = 's.id as "sheetId", s.cycle_id as "cycleId", s.town_id as "townId", s.village_id as "villageId"'

const claimRecords: Entity = {
  name: 'claimRecords',
  type: 'ClaimRecord',
  says: { zh: '加减分申报', en: 'Claims of bonus and deduction' },
  source: (asking, bind) =>
    `select c.id, ${ofSheetSql}, c.rule, ${unless(asking, 'c.matter', 'text')} as matter, c.state, ${by(asking, 'c.proposed_by')} as "proposedBy",
            c.proposed_at as "proposedAt", ${by(asking, 'c.decided_by')} as "decidedBy", c.decided_at as "decidedAt",
            ${unless(asking, 'c.reason', 'text')} as reason
       from claim c join sheet s on s.county_id = c.county_id and s.id = c.sheet_id where ${seen(asking, bind)}`,
  columns: {
    id: id('Id', 'Id'),
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

const leaves: Entity = {
  name: 'leaves',
  type: 'LeaveRecord',
  says: { zh: '缺勤和查岗', en: 'Days away from the post, and spot checks' },
  source: (asking, bind) =>
    `select a.id, ${ofSheetSql}, a.kind, a.first_day as "firstDay", a.last_day as "lastDay", a.half, a.excused, a.reason_given as "reasonGiven",
            a.on_post as "onPost", ${by(asking, 'a.by')} as by, a.at
       from attendance a join sheet s on s.county_id = a.county_id and s.id = a.sheet_id
      where a.ended_seq is null and ${seen(asking, bind)}`,
  columns: {
    id: id('Id', 'Id'),
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

const ratings: Entity = {
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

const appealRecords: Entity = {
  name: 'appealRecords',
  type: 'AppealRecord',
  says: { zh: '申诉', en: 'Appeals' },
  source: (asking, bind) =>
    `select a.id, ${ofSheetSql}, a.notice_id as "noticeId", array_to_string(a.items, ' ') as items, ${unless(asking, 'a.text', 'text')} as text,
            ${by(asking, 'a.by')} as by, a.at, a.due_on as "dueOn", a.state, ${by(asking, 'a.decided_by')} as "decidedBy",
            a.decided_at as "decidedAt", ${unless(asking, 'a.reason', 'text')} as reason
       from appeal a join sheet s on s.county_id = a.county_id and s.id = a.sheet_id where ${seen(asking, bind)}`,
  columns: {
    id: id('Id', 'Id'),
    ...ofSheetColumns,
    noticeId: id('所针对的公示', 'The notice it is against'),
    items: text('所提各项，以空格分开', 'What it names, separated by spaces'),
    text: hidden(text('内容；分析人员不见', 'What it says; hidden from analysts')),
    by: text('提出人；分析人员只见首字', 'Who filed it; analysts read the first character'),
    at: moment('何时提出', 'When'),
    dueOn: day('应于何日前答复', 'By when it is to be decided'),
    state: choice('AppealState', '状态', 'State'),
    decidedBy: optional(text('答复人；分析人员只见首字', 'Who decided it; analysts read the first character')),
    decidedAt: optional(moment('何时答复', 'When it was decided')),
    reason: hidden(text('理由；分析人员不见', 'Reason; hidden from analysts')),
  },
  relations: { ...ofSheet, notice: one('noticeRecords', 'noticeId', '公示', 'The notice') },
  order: ['at'],
  onlyNow: true,
}

const noticeRecords: Entity = {
  name: 'noticeRecords',
  type: 'NoticeRecord',
  says: { zh: '公示', en: 'Notices' },
  source: (asking, bind) =>
    `select n.id, n.cycle_id as "cycleId", n.unit_id as "unitId", u.kind as "unitKind", n.audience, n.starts_on as "startsOn", n.ends_on as "endsOn",
            n.days, cardinality(n.sheets) as sheets, ${by(asking, 'n.by')} as by, n.at, n.replaces as "replacesId", n.withdrawn_at as "withdrawnAt",
            ${unless(asking, 'n.withdrawn_reason', 'text')} as "withdrawnReason"
       from notice n join unit u on u.county_id = n.county_id and u.id = n.unit_id
      where n.county_id = ${county(asking, bind)} and ${place(asking, bind, 'u.id', `case u.kind when 'town' then u.id else u.parent_id end`)}`,
  columns: {
    id: id('Id', 'Id'),
    cycleId: id('考核周期', 'Cycle'),
    unitId: id('单位', 'Unit whose results it shows'),
    unitKind: choice('UnitKind', '单位层级', 'Level of the unit'),
    audience: choice('Audience', '范围', 'Who sees it'),
    startsOn: day('起', 'First day'),
    endsOn: day('止', 'Last day'),
    days: whole('工作日数', 'Working days'),
    sheets: whole('几张考核表', 'How many sheets it shows'),
    by: text('何人；分析人员只见首字', 'Who; analysts read the first character'),
    at: moment('何时', 'When'),
    replacesId: optional(id('所取代的公示', 'The notice in whose place it stands')),
    withdrawnAt: optional(moment('何时撤下', 'When it was withdrawn')),
    withdrawnReason: hidden(text('撤下的理由；分析人员不见', 'Why it was withdrawn; hidden from analysts')),
  },
  relations: {
    cycle: one('cycleRecords', 'cycleId', '考核周期', 'The cycle'),
    town: one('towns', 'unitId', '镇（街道）', 'The town, where it is one'),
    village: one('villages', 'unitId', '村（社区）', 'The village, where it is one'),
    replaces: one('noticeRecords', 'replacesId', '所取代的公示', 'The notice in whose place it stands'),
    appeals: many('appealRecords', 'noticeId', '申诉', 'Appeals against it'),
  },
  order: ['at'],
  onlyNow: true,
}

const filingRecords: Entity = {
  name: 'filingRecords',
  type: 'FilingRecord',
  says: { zh: '备案', en: 'Filings: what the results of a unit were put on file as' },
  source: (asking, bind) =>
    // A filing is there for whoever sees a sheet of it, and has as many as they see.
    `select f.id, f.cycle_id as "cycleId", f.unit_id as "unitId", u.kind as "unitKind", w.sheets, f.hash, f.chain_seq as "chainSeq",
            f.policy_id as policy, f.policy_hash as "policyHash", ${by(asking, 'f.by')} as by, f.at, f.corrects as "correctsId", l.id as "correctedId"
       from filing f join unit u on u.county_id = f.county_id and u.id = f.unit_id
       join lateral (select count(*) as sheets from sheet s where s.id = any(f.sheets) and ${seen(asking, bind)}) w on w.sheets > 0
       left join filing l on l.county_id = f.county_id and l.corrects = f.id
      where f.county_id = ${county(asking, bind)}`,
  columns: {
    id: id('Id', 'Id'),
    cycleId: id('考核周期', 'Cycle'),
    unitId: id('单位', 'Unit whose sheets were filed'),
    unitKind: choice('UnitKind', '单位层级', 'Level of the unit'),
    sheets: whole('其中所见几张考核表', 'How many sheets of it the caller sees'),
    hash: text('所签内容的指纹', 'SHA-256 of what was signed'),
    chainSeq: whole('其时改动链末端的序号', 'Number of the end of the chain in that moment'),
    policy: text('办法', 'Id of the policy it was judged by'),
    policyHash: text('办法文本的指纹', 'SHA-256 of the policy file'),
    by: text('何人；分析人员只见首字', 'Who; analysts read the first character'),
    at: moment('何时', 'When'),
    correctsId: optional(id('所更正的备案', 'The filing it corrects')),
    correctedId: optional(id('取代它的备案；现行的为空', 'The filing in its place; none while it holds')),
  },
  relations: {
    cycle: one('cycleRecords', 'cycleId', '考核周期', 'The cycle'),
    town: one('towns', 'unitId', '镇（街道）', 'The town, where it is one'),
    corrects: one('filingRecords', 'correctsId', '所更正的备案', 'The filing it corrects'),
    corrected: one('filingRecords', 'correctedId', '取代它的备案', 'The filing in its place'),
    results: many('filedResults', 'filingId', '备案的结果', 'What each sheet was filed as'),
    corrections: many('correctionRecords', 'filingId', '更正', 'Corrections proposed of it'),
  },
  order: ['at'],
  onlyNow: true,
}

const filedResults: Entity = {
  name: 'filedResults',
  type: 'FiledResultRecord',
  says: { zh: '备案的结果：每次备案、每表一行', en: 'What was filed: a row for each sheet of each filing' },
  source: (asking, bind) =>
    `select f.id || '.' || s.id as id, f.id as "filingId", ${ofSheetSql}, r.grade, r.rank, r.shown as result, r.total, f.at,
            not exists (select from filing l where l.county_id = f.county_id and l.corrects = f.id) as "inForce"
       from filing f cross join lateral jsonb_to_recordset(f.results) r(sheet uuid, grade text, rank int, shown numeric, total numeric)
       join sheet s on s.id = r.sheet and s.county_id = f.county_id where ${seen(asking, bind)}`,
  columns: {
    id: key('备案的 Id 加考核表', 'Id of the filing, a dot, the sheet'),
    filingId: id('备案', 'The filing'),
    ...ofSheetColumns,
    grade: optional(text('等次；此前任职的表为空', 'Grade; none on the sheet of an earlier posting')),
    rank: optional(whole('名次', 'Rank')),
    result: optional(number('当时公布的总分，两位小数', 'Total of the person as it was shown, to two places')),
    total: number('本表的总分', 'Total of the sheet itself'),
    at: moment('何时备案', 'When it was filed'),
    inForce: flag('是否现行', 'Whether no other filing stands in its place'),
  },
  relations: { ...ofSheet, filing: one('filingRecords', 'filingId', '备案', 'The filing') },
  order: ['at', 'sheetId'],
  onlyNow: true,
}

const correctionRecords: Entity = {
  name: 'correctionRecords',
  type: 'CorrectionRecord',
  says: { zh: '更正', en: 'Corrections of what is on file' },
  source: (asking, bind) =>
    `select x.id, ${ofSheetSql}, x.filing_id as "filingId", x.field, x.before, x.after, ${unless(asking, 'x.reason', 'text')} as reason,
            ${unless(asking, 'x.document', 'text')} as document, x.state, ${by(asking, 'x.by')} as by, x.at,
            ${by(asking, 'x.second_by')} as "secondBy", x.second_at as "secondAt",
            ${unless(asking, 'x.second_reason', 'text')} as "secondReason", x.became as "becameId"
       from correction x join sheet s on s.county_id = x.county_id and s.id = x.sheet_id where ${seen(asking, bind)}`,
  columns: {
    id: id('Id', 'Id'),
    ...ofSheetColumns,
    filingId: id('所更正的备案', 'The filing it corrects'),
    field: text('字段，或 grade', 'A field, or grade'),
    before: optional(text('原为', 'Before')),
    after: optional(text('更正为', 'After')),
    reason: hidden(text('理由；分析人员不见', 'Why; hidden from analysts')),
    document: hidden(text('所依文书；分析人员不见', 'The paper it stands on; hidden from analysts')),
    state: choice('CorrectionState', '状态', 'State'),
    by: text('提出人；分析人员只见首字', 'Who proposed it; analysts read the first character'),
    at: moment('何时提出', 'When'),
    secondBy: optional(text('会签人；分析人员只见首字', 'Who signed second; analysts read the first character')),
    secondAt: optional(moment('何时会签', 'When')),
    secondReason: hidden(text('会签的意见；分析人员不见', 'What they said; hidden from analysts')),
    becameId: optional(id('更正后的备案', 'The filing since it took effect')),
  },
  relations: {
    ...ofSheet,
    filing: one('filingRecords', 'filingId', '所更正的备案', 'The filing it corrects'),
    became: one('filingRecords', 'becameId', '更正后的备案', 'The filing since'),
  },
  order: ['at'],
  onlyNow: true,
}

const evidenceRecords: Entity = {
  name: 'evidenceRecords',
  type: 'EvidenceRecord',
  says: { zh: '佐证', en: 'Files of evidence that were not removed' },
  source: (asking, bind) =>
    `select e.id, ${ofSheetSql}, e.field, e.claim_id as "claimId", ${unless(asking, 'e.name', 'text')} as name,
            ${unless(asking, 'e.sha256', 'text')} as sha256, e.type, e.size, ${by(asking, 'e.by')} as by, e.at
       from evidence_file e join sheet s on s.county_id = e.county_id and s.id = e.sheet_id
      where e.removed_at is null and ${seen(asking, bind)}`,
  columns: {
    id: id('Id', 'Id'),
    ...ofSheetColumns,
    field: optional(text('所证明的单元格的字段', 'Field of the cell it proves')),
    claimId: optional(id('所证明的申报', 'The claim it proves')),
    name: hidden(text('文件名；分析人员不见', 'Name of the file; hidden from analysts')),
    sha256: hidden(text('内容的指纹；分析人员不见', 'SHA-256 of its bytes; hidden from analysts')),
    type: choice(evidenceType, '文件类型，由内容判定', 'Type of the file, told by its bytes'),
    size: whole('字节数', 'Size in bytes'),
    by: text('何人；分析人员只见首字', 'Who added it; analysts read the first character'),
    at: moment('何时', 'When'),
  },
  relations: { ...ofSheet, claim: one('claimRecords', 'claimId', '所证明的申报', 'The claim it proves') },
  order: ['at'],
  onlyNow: true,
}

/** Every table of the analysts' API. Another is one more description in this list. */
export const entities: readonly Entity[] = [
  people,
  postings,
  towns,
  villages,
  cycleRecords,
  sheets,
  items,
  occurrences,
  resultRecords,
  rulings,
  signatureRecords,
  changes,
  claimRecords,
  leaves,
  ratings,
  appealRecords,
  noticeRecords,
  filingRecords,
  filedResults,
  correctionRecords,
  evidenceRecords,
]

const byName = new Map(entities.map((entity) => [entity.name, entity]))

/** The entity of that name; a relation to one that is not described is a fault of the description. */
export function entityOf(name: string): Entity {
  const entity = byName.get(name)
  if (!entity) throw new Error(`analysis: no entity ${name}`)
  return entity
}
