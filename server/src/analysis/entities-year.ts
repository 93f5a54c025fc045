import { fileTypes } from '../claim/content.ts'
import type { RulingKind } from '../core/rulings.ts'
import type { Text } from '../rules/text.ts'
import {
  choice,
  day,
  flag,
  hidden,
  id,
  key,
  many,
  moment,
  number,
  one,
  optional,
  text,
  whole,
  type Choices,
  type Entity,
} from './entity.ts'
import { county, seen, place, by, unless, ofSheet, ofSheetColumns, ofSheetSql } from './seen.ts'

const rulingKind: Choices = {
  name: 'RulingKind',
  says: { zh: '裁定的种类', en: 'Kinds of rulings' },
  values: {
    seat: { zh: '名额', en: 'Who of equals has the seat' },
    explanation: { zh: '不合格的书面说明', en: 'Written explanation of a fail' },
    legalStep: { zh: '解除前的法定步骤', en: 'A step that the law asks for before a contract ends' },
    dismissal: { zh: '不再聘用', en: 'Dismissal' },
    noBallots: { zh: '无票的组不计', en: 'A group without ballots is left out' },
  } satisfies Record<RulingKind, Text>,
}

const evidenceType: Choices = {
  name: 'EvidenceType',
  says: { zh: '佐证文件的类型', en: 'Types of files of evidence' },
  values: Object.fromEntries(
    Object.keys(fileTypes).map((type) => [type, { zh: `${type.toUpperCase()} 文件`, en: `A file of ${type.toUpperCase()}` }]),
  ),
}

export const rulings: Entity = {
  name: 'rulings',
  type: 'RulingRecord',
  says: { zh: '裁定', en: 'Decisions that no rule can make' },
  source: (asking, bind) =>
    `select r.id, r.cycle_id as "cycleId", r.sheet_id as "sheetId", r.kind, r.subject, r.place, ${unless(asking, 'r.text', 'text')} as text,
            ${by(asking, 'r.by')} as by, r.at, r.ended_seq is null as "inForce"
       from ruling r join sheet s on s.county_id = r.county_id and s.id = r.sheet_id where ${seen(asking, bind)}`,
  columns: {
    id: id('编号', 'Id'),
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

export const signatureRecords: Entity = {
  name: 'signatureRecords',
  type: 'SignatureRecord',
  says: { zh: '签字', en: 'Signatures: sheets of a unit passed on, or sent back' },
  source: (asking, bind) =>
    `select g.id, g.cycle_id as "cycleId", g.unit_id as "unitId", u.kind as "unitKind", g.stage, g.role, ${by(asking, 'g.by')} as by, g.at,
            g.back_to as "backTo", g.sheets, ${unless(asking, 'g.reason', 'text')} as reason
       from signature g join unit u on u.county_id = g.county_id and u.id = g.unit_id
      where g.county_id = ${county(asking, bind)} and ${place(asking, bind, 'u.id', `case u.kind when 'town' then u.id else u.parent_id end`)}`,
  columns: {
    id: id('编号', 'Id'),
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

export const appealRecords: Entity = {
  name: 'appealRecords',
  type: 'AppealRecord',
  says: { zh: '申诉', en: 'Appeals' },
  source: (asking, bind) =>
    `select a.id, ${ofSheetSql}, a.notice_id as "noticeId", array_to_string(a.items, ' ') as items, ${unless(asking, 'a.text', 'text')} as text,
            ${by(asking, 'a.by')} as by, a.at, a.due_on as "dueOn", a.state, ${by(asking, 'a.decided_by')} as "decidedBy",
            a.decided_at as "decidedAt", ${unless(asking, 'a.reason', 'text')} as reason
       from appeal a join sheet s on s.county_id = a.county_id and s.id = a.sheet_id where ${seen(asking, bind)}`,
  columns: {
    id: id('编号', 'Id'),
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

export const noticeRecords: Entity = {
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
    id: id('编号', 'Id'),
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

export const filingRecords: Entity = {
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
    id: id('编号', 'Id'),
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

export const filedResults: Entity = {
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

export const correctionRecords: Entity = {
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
    id: id('编号', 'Id'),
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

export const evidenceRecords: Entity = {
  name: 'evidenceRecords',
  type: 'EvidenceRecord',
  says: { zh: '佐证', en: 'Files of evidence that were not removed' },
  source: (asking, bind) =>
    `select e.id, ${ofSheetSql}, e.field, e.claim_id as "claimId", ${unless(asking, 'e.name', 'text')} as name,
            ${unless(asking, 'e.sha256', 'text')} as sha256, e.type, e.size, ${by(asking, 'e.by')} as by, e.at
       from evidence_file e join sheet s on s.county_id = e.county_id and s.id = e.sheet_id
      where e.removed_at is null and ${seen(asking, bind)}`,
  columns: {
    id: id('编号', 'Id'),
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
