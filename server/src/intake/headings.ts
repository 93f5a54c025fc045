/** A field that a table may have a column for. */
export interface Heading<F extends string> {
  field: F
  /** How its column is usually headed; of two columns of one table the one that is named earlier here is the field's. */
  names: readonly string[]
  /** A row is nothing without it. */
  needed?: true
}

const each = (first: readonly string[], second: readonly string[]): string[] =>
  first.flatMap((one) => second.map((other) => `${one}${other}`))

const town = [
  '镇（街道）',
  '乡镇（街道）',
  '镇（乡、街道）',
  '乡（镇、街道）',
  '乡镇街道',
  '乡镇',
  '街道',
  '镇',
  '所属镇',
  '所在镇',
  '所属乡镇',
  '所在乡镇',
  '所属镇街',
  '镇街',
  '镇名',
  '乡镇名称',
  '镇街名称',
  '镇（街道）名称',
  '乡镇（街道）名称',
  '街道（乡镇）',
]
const serial = ['序号', '编号', '序', 'No.']
const remark = ['备注', '附注', '其他说明']

export type UnitField = 'serial' | 'town' | 'townCode' | 'village' | 'villageCode' | 'remark'

/** How lists of towns and villages are headed. */
export const unitHeadings: readonly Heading<UnitField>[] = [
  { field: 'serial', names: serial },
  { field: 'town', names: town, needed: true },
  {
    field: 'townCode',
    names: ['镇代码', '乡镇代码', '街道代码', '镇（街道）代码', '乡镇（街道）代码', '镇街代码', '镇编码', '镇区划代码'],
  },
  {
    field: 'village',
    names: [
      '村（社区）',
      '行政村（社区）',
      '村居',
      '村',
      '社区',
      '村名',
      '社区名',
      '行政村',
      '村名称',
      '村（社区）名称',
      '社区（村）',
      '村（居）',
      '村（居）委会',
      '村（社区）名',
    ],
  },
  {
    field: 'villageCode',
    names: [
      '村代码',
      '村（社区）代码',
      '社区代码',
      '行政村代码',
      '村编码',
      '行政区划代码',
      '统计用区划代码',
      '区划代码',
      '统计用区划代码和城乡划分代码',
    ],
  },
  { field: 'remark', names: remark },
]

export type PersonField =
  | 'serial'
  | 'name'
  | 'idNumber'
  | 'gender'
  | 'bornOn'
  | 'town'
  | 'village'
  | 'startsOn'
  | 'endsOn'
  | 'phone'
  | 'politics'
  | 'schooling'
  | 'fullTime'
  | 'category'
  | 'employer'
  | 'contract'
  | 'contractFrom'
  | 'contractTo'
  | 'household'
  | 'remark'

const starts = ['起', '始', '开始', '起始', '起始时间', '开始时间', '起始日期', '开始日期', '起始年月']
const ends = [
  '止',
  '终',
  '结束',
  '终止',
  '终止时间',
  '结束时间',
  '截止时间',
  '终止日期',
  '结束日期',
  '截止日期',
  '到期时间',
  '到期日期',
]
const holding = [
  '任职',
  '任职时间',
  '任职起止',
  '任职起止时间',
  '任职年限',
  '在岗时间',
  '聘用时间',
  '聘期',
  '服务期限',
  '工作时间',
]
const contracts = ['合同', '合同期限', '合同起止', '合同起止时间', '合同时间', '劳动合同', '劳动合同期限', '劳动合同起止时间']

/** How rosters of coordinators are headed. */
export const peopleHeadings: readonly Heading<PersonField>[] = [
  { field: 'serial', names: serial },
  { field: 'name', names: ['姓名', '人员姓名', '协理员姓名', '协管员姓名', '姓 名', '名字'], needed: true },
  {
    field: 'idNumber',
    names: [
      '身份证号码',
      '身份证号',
      '公民身份号码',
      '公民身份证号码',
      '居民身份证号码',
      '居民身份证号',
      '身份证',
      '证件号码',
      '身份号码',
    ],
  },
  { field: 'gender', names: ['性别'] },
  { field: 'bornOn', names: ['出生年月', '出生日期', '出生年月日', '出生时间', '生日'] },
  { field: 'town', names: town },
  {
    field: 'village',
    names: [
      '村（社区）',
      '所在村（社区）',
      '任职村（社区）',
      '服务村（社区）',
      '所在村',
      '任职村',
      '服务社区',
      '服务村',
      '所在社区',
      '任职社区',
      '村（居）',
      '村居',
      '行政村',
      '村',
      '社区',
      '村名',
      '村（社区）名称',
      '任职单位',
      '服务单位',
      '工作单位',
      '所在单位',
      '单位名称',
      '单位',
    ],
  },
  {
    field: 'startsOn',
    names: [
      '任职时间',
      '到岗时间',
      '上岗时间',
      '任职日期',
      '到岗日期',
      '上岗日期',
      '任职年月',
      '上岗年月',
      '到岗年月',
      '入职时间',
      '入职日期',
      '聘用时间',
      '聘用日期',
      '进本系统时间',
      '进入本系统时间',
      '从事本岗位时间',
      '参加工作时间',
      ...each(holding, starts),
    ],
  },
  {
    field: 'endsOn',
    names: [
      '离任时间',
      '离职时间',
      '离岗时间',
      '离任日期',
      '离职日期',
      '离岗日期',
      '卸任时间',
      '解聘时间',
      ...each(holding, ends),
    ],
  },
  { field: 'phone', names: ['手机号码', '手机号', '手机', '联系电话', '联系方式', '移动电话', '电话号码', '电话'] },
  { field: 'politics', names: ['政治面貌', '政治面目'] },
  { field: 'schooling', names: ['文化程度', '学历', '最高学历', '全日制学历', '学历学位'] },
  {
    field: 'fullTime',
    names: ['专兼职', '专（兼）职', '岗位性质', '用工性质', '用工形式', '是否专职', '专职或兼职', '专职兼职'],
  },
  { field: 'category', names: ['人员类别', '岗位类别', '人员性质', '人员类型', '岗位类型', '身份类别'] },
  { field: 'employer', names: ['用人单位', '用工单位', '聘用单位', '劳动合同单位', '签订合同单位', '合同单位', '派遣单位'] },
  {
    field: 'contract',
    names: ['合同起止', '合同起止时间', '合同期限', '合同起止日期', '劳动合同起止时间', '劳动合同期限', '合同时间'],
  },
  { field: 'contractFrom', names: ['合同签订时间', '合同签订日期', '签订合同时间', ...each(contracts, starts)] },
  { field: 'contractTo', names: ['合同到期', ...each(contracts, ends)] },
  { field: 'household', names: ['户籍', '户籍所在地', '户籍地', '户籍地址', '户口所在地', '户籍所在地（村）'] },
  { field: 'remark', names: remark },
]
