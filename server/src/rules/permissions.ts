import type { Text } from './text.ts'

/**
 * Who may do what (requirements A11): this file is the whole table. A permission is a piece of work with the operations of
 * the API that it takes; a role is what it sees and the permissions it has. Where a sheet lies and where it stands narrows
 * this further: `maySee`, `mayScore`, and the `by` of the policy's stages.
 */
const table = {
  useAccount: {
    zh: '使用本人账号和令牌',
    en: 'Use one’s own account and tokens',
    operations: 'me roles myAccount changePassword endMySession totpSecret enableTotp disableTotp tokens createToken revokeToken',
  },
  readPolicies: {
    zh: '查看办法、周期和单位',
    en: 'Read regulations, cycles and units',
    operations: 'cycles units policies policy policyExample policyChanges evaluate',
  },
  manageUnits: {
    zh: '维护镇村',
    en: 'Keep towns and villages',
    operations: 'saveUnits changeUnit closeUnit',
  },
  readRoster: { zh: '查看名册', en: 'Read the roster', operations: 'roster' },
  managePeople: {
    zh: '维护名册：人员和任职',
    en: 'Keep the roster: people and posts',
    operations: 'savePeople endPosting transferPosting rosterImports takeBackImport',
  },
  revealPeople: { zh: '查看证件号和电话全文', en: 'Read ID numbers and telephones in full', operations: 'revealPerson' },
  readOwnSheets: { zh: '查看本人历年的考核表', en: 'Read one’s own sheets of all years', operations: 'mySheets' },
  followSheets: {
    zh: '查看考核表、理由、进度和公示',
    en: 'Read sheets, their reasons, progress and notices',
    operations: 'sheet explain stages duties claims notices holidays calendarYears',
  },
  openGrid: {
    zh: '打开评分表、名额和排名',
    en: 'Open the score grid, quotas and the ranking',
    operations: 'scoreGrid quota villageRanking cellsChanged gridChanged showPlace savedViews saveView removeView signatures',
  },
  readHistory: {
    zh: '查看批注、历史和佐证标记',
    en: 'Read notes, history and marks of evidence',
    operations: 'cellHistory cellsHistory notedCells cellNotes evidenceCells',
  },
  writeNotes: { zh: '写批注', en: 'Write notes', operations: 'addNote removeNote' },
  enterScores: { zh: '录入分数', en: 'Enter scores', operations: 'saveCells undoChangeSet' },
  moveSheets: { zh: '提交、签字、退回', en: 'Submit, sign and return sheets', operations: 'moveSheets' },
  readChangeSets: { zh: '查看一次次的改动', en: 'Read sets of changes', operations: 'changeSets' },
  readResults: {
    zh: '查看结果、待办和归档',
    en: 'Read results, progress and filings',
    operations: 'results fallenDecisions progress filings',
  },
  queryRecords: {
    zh: '查询明细和统计',
    en: 'Query records and statistics',
    operations: `
      people postings towns villages cycleRecords sheets items occurrences resultRecords rulings signatureRecords
      changes claimRecords leaves noticeRecords filingRecords filedResults evidenceRecords statistics heatMap leniency
      movement`,
  },
  queryJudgements: {
    zh: '查询测评、申诉和更正的明细',
    en: 'Query records of ratings, appeals and corrections',
    operations: 'ratings appealRecords correctionRecords raterDispersion',
  },
  tryRules: { zh: '试算、查看取值', en: 'Try rules and read the chosen readings', operations: 'cycleReadings whatIf' },
  decideGrades: { zh: '评定等次、裁定名额', en: 'Decide grades and rule on seats', operations: 'decideGrades ruleSeats' },
  explainFails: { zh: '写明不合格的理由', en: 'Write why somebody failed', operations: 'explainFail' },
  readDismissals: { zh: '查看拟解聘的人', en: 'Read who may be dismissed', operations: 'dismissals' },
  readEliminations: {
    zh: '查看末位和未进入本期的人',
    en: 'Read who comes last and who was left out',
    operations: 'leftOut eliminations',
  },
  ruleElimination: { zh: '裁定末位', en: 'Rule on who comes last', operations: 'ruleElimination' },
  decideDismissals: { zh: '办理解聘', en: 'Carry out dismissals', operations: 'recordLegalStep decideDismissal' },
  manageCycles: {
    zh: '开启周期、选定办法和取值',
    en: 'Open cycles, choose policy and readings',
    operations: 'cycleEntrants openCycle changePolicy approveReading',
  },
  manageCalendar: { zh: '维护节假日', en: 'Keep the calendar', operations: 'setHoliday setCalendarYear' },
  proposeClaims: { zh: '申报加减分', en: 'Put claims forward', operations: 'claimSheets previewClaim proposeClaim' },
  withdrawClaims: { zh: '撤回申报', en: 'Withdraw claims', operations: 'withdrawClaim' },
  proposeRanks: { zh: '按名次申报', en: 'Put claims forward by rank', operations: 'proposeRanks' },
  decideClaims: { zh: '审定申报', en: 'Decide claims', operations: 'decideClaim' },
  readEvidence: { zh: '查看佐证', en: 'Read evidence', operations: 'evidence' },
  removeEvidence: { zh: '删除佐证', en: 'Remove evidence', operations: 'removeEvidence' },
  runRatings: {
    zh: '组织测评',
    en: 'Run ratings',
    operations: 'inviteRaters issueCodes withdrawRaters voidBallots recordNoBallots',
  },
  followRatings: { zh: '查看测评进度', en: 'Follow how far ratings are', operations: 'ratingProgress' },
  vote: { zh: '投票测评', en: 'Vote in ratings', operations: 'myBallots castBallot' },
  readAttendance: {
    zh: '查看考勤和补算',
    en: 'Read attendance and what a calendar changed',
    operations: 'attendance calendarChanges',
  },
  keepAttendance: { zh: '登记考勤', en: 'Keep attendance', operations: 'recordAbsence endAttendance' },
  publishNotices: { zh: '公示', en: 'Publish notices', operations: 'noticeForm previewNotice publishNotice withdrawNotice' },
  readAppeals: { zh: '查看申诉和更正', en: 'Read appeals and corrections', operations: 'appeals corrections' },
  fileAppeals: { zh: '提出申诉', en: 'File appeals', operations: 'appealForm fileAppeal withdrawAppeal' },
  decideAppeals: {
    zh: '处理申诉、会签更正',
    en: 'Decide appeals and sign corrections',
    operations: 'decideAppeal signCorrection',
  },
  correctResults: { zh: '更正已归档的结果', en: 'Correct filed results', operations: 'correct' },
  readRecusals: { zh: '查看回避', en: 'Read recusals', operations: 'recusals' },
  declareRecusals: { zh: '申报回避', en: 'Declare recusals', operations: 'recusalPeople declareRecusal' },
  endRecusals: { zh: '解除回避', en: 'End recusals', operations: 'endRecusal' },
  readChain: { zh: '查看和核验留痕链', en: 'Read and verify the chain of acts', operations: 'acts verification' },
  readChainHead: { zh: '查看留痕链的链头', en: 'Read the head of the chain of acts', operations: 'chainHead' },
  manageWebhooks: {
    zh: '管理推送',
    en: 'Manage webhooks',
    operations: 'webhooks createWebhook setWebhook replayWebhook removeWebhook',
  },
  readAccounts: { zh: '查看账号、令其退出', en: 'Read accounts and end their sessions', operations: 'accounts endSessions' },
  manageAccounts: {
    zh: '管理账号',
    en: 'Manage accounts',
    operations: 'createAccount createAccounts accountsToMake accountsProgress renameAccount disableAccount resetPassword',
  },
  followSetUp: { zh: '查看开办还缺什么', en: 'See what a new county still lacks', operations: 'setUpState' },
  grantRoles: {
    zh: '授予角色',
    en: 'Grant roles',
    operations: 'coordinatorsOf grantRole grantRoles proposedGrants endGrant forgetTotp',
  },
} satisfies Record<string, Text & { operations: string }>

export type Permission = keyof typeof table
export const permissions = Object.keys(table) as Permission[]
const titleIn = ({ zh, en }: Text): Text => ({ zh, en })
export const permissionTitle = (permission: Permission): Text => titleIn(table[permission])

/** What a role sees of the assessments: one's own sheets, its own village, its own town, the whole county, or nothing. */
export type Scope = 'own' | 'village' | 'town' | 'county' | 'nothing'
const everyone = 'useAccount readPolicies'
const inTheGrid = `${everyone} followSheets openGrid`

const roleTable = {
  coordinator: {
    zh: '协理员',
    en: 'Coordinator',
    sees: 'own',
    may: `${everyone} readOwnSheets followSheets proposeClaims withdrawClaims readEvidence removeEvidence vote readAppeals
      fileAppeals readRecusals declareRecusals`,
  },
  village: {
    zh: '村（社区）',
    en: 'Village',
    sees: 'village',
    may: `${inTheGrid} readHistory enterScores moveSheets proposeClaims withdrawClaims readEvidence removeEvidence vote
      readAppeals fileAppeals readRecusals declareRecusals`,
  },
  attendanceOfficer: {
    zh: '镇考勤员',
    en: 'Attendance officer',
    sees: 'town',
    may: `${inTheGrid} readHistory readResults queryRecords readEvidence vote readAttendance keepAttendance readRecusals
      declareRecusals`,
  },
  townAssessor: {
    zh: '镇考核员',
    en: 'Town assessor',
    sees: 'town',
    may: `${inTheGrid} readRoster readHistory writeNotes enterScores moveSheets readChangeSets readResults queryRecords queryJudgements
      decideGrades explainFails readDismissals proposeClaims withdrawClaims decideClaims readEvidence removeEvidence
      runRatings followRatings vote readAttendance publishNotices readAppeals fileAppeals readRecusals
      declareRecusals readChainHead`,
  },
  panelMember: {
    zh: '考核小组',
    en: 'Panel',
    sees: 'town',
    may: `${inTheGrid} readHistory writeNotes moveSheets readResults queryRecords queryJudgements decideGrades explainFails
      readDismissals readEvidence followRatings vote readAttendance readAppeals readRecusals declareRecusals
      readChainHead`,
  },
  countyBureau: {
    zh: '县局',
    en: 'County bureau',
    sees: 'county',
    may: `${inTheGrid} readHistory writeNotes moveSheets readChangeSets readResults queryRecords queryJudgements tryRules
      decideGrades explainFails readDismissals readEliminations ruleElimination decideDismissals manageCycles
      manageCalendar manageUnits readRoster managePeople revealPeople proposeClaims proposeRanks decideClaims
      readEvidence removeEvidence followRatings vote
      readAttendance keepAttendance publishNotices readAppeals decideAppeals correctResults readRecusals
      declareRecusals endRecusals readChain readChainHead manageWebhooks followSetUp`,
  },
  jointBureau: {
    zh: '联合审定机关',
    en: 'Joint bureau',
    sees: 'county',
    may: `${inTheGrid} readHistory writeNotes moveSheets readChangeSets readResults queryRecords queryJudgements tryRules
      decideGrades readDismissals readEliminations decideClaims readEvidence followRatings vote readAttendance
      publishNotices readAppeals decideAppeals readRecusals declareRecusals readChainHead`,
  },
  city: {
    zh: '市（就业处）',
    en: 'City (employment office)',
    sees: 'county',
    may: `${inTheGrid} readHistory writeNotes enterScores moveSheets readChangeSets readResults queryRecords queryJudgements
      tryRules decideGrades readDismissals readEliminations ruleElimination readEvidence removeEvidence runRatings
      followRatings vote readAttendance publishNotices readAppeals decideAppeals readRecusals declareRecusals
      readChainHead`,
  },
  analyst: {
    zh: '分析员',
    en: 'Analyst',
    sees: 'county',
    may: `${inTheGrid} readResults queryRecords queryJudgements tryRules`,
  },
  auditor: {
    zh: '审计员',
    en: 'Auditor',
    sees: 'county',
    may: `${inTheGrid} readHistory readChangeSets readResults queryRecords queryJudgements tryRules readDismissals
      readEliminations readEvidence followRatings readAttendance readAppeals readRecusals readChain readChainHead`,
  },
  systemAdmin: {
    zh: '系统管理员',
    en: 'System administrator',
    sees: 'nothing',
    may: `${everyone} manageUnits readAccounts manageAccounts followSetUp`,
  },
  securityAdmin: {
    zh: '安全管理员',
    en: 'Security administrator',
    sees: 'nothing',
    may: `${everyone} readRecusals declareRecusals endRecusals readChain readChainHead readAccounts followSetUp grantRoles`,
  },
} satisfies Record<string, Text & { sees: Scope; may: string }>

export type Role = keyof typeof roleTable
export const roles = Object.keys(roleTable) as [Role, ...Role[]]
export const roleTitle = (role: Role): Text => titleIn(roleTable[role])
export const scopeOf = (role: Role): Scope => roleTable[role].sees

const wordsOf = (text: string): string[] => text.trim().split(/\s+/)

const heldBy = new Map(
  roles.map((role) => {
    const may = new Set(wordsOf(roleTable[role].may))
    const unknown = [...may].filter((one) => !Object.hasOwn(table, one))
    if (unknown.length > 0) throw new Error(`${role} has permissions that do not exist: ${unknown.join(', ')}`)
    return [role, permissions.filter((one) => may.has(one))] as const
  }),
)
/** What a role may do, in the order of the table. */
export const permissionsOf = (role: Role): readonly Permission[] => heldBy.get(role)!

/** The permission that an operation of the API takes. An operation that is not among them does not start the server: nothing is open because somebody forgot it. */
export const permissionFor: ReadonlyMap<string, Permission> = new Map(
  permissions.flatMap((permission) => wordsOf(table[permission].operations).map((operation) => [operation, permission])),
)

/** The roles that have a permission. */
export const rolesWith = (permission: Permission): Role[] => roles.filter((role) => permissionsOf(role).includes(permission))
