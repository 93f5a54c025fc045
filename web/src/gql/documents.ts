/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** 申诉的状态 / State of an appeal */
export type AppealState =
  /** 待决定 / Not decided */
  | 'open'
  /** 不成立 / Rejected */
  | 'rejected'
  /** 成立 / Upheld */
  | 'upheld'
  /** 已撤回 / Withdrawn */
  | 'withdrawn';

/** 一次缺勤，或一次查岗 / Days away, or a spot check */
export type AttendanceInput = {
  /** 已准假 / On leave */
  excused?: boolean;
  /** 起 / First day */
  from: string;
  /** 半天，限一天 / Half a day, of one day only */
  half?: boolean;
  /** absence 缺勤、spotCheck 查岗 / An absence or a spot check */
  kind: string;
  /** 查岗时在岗 / At the post when checked */
  onPost?: boolean;
  /** 说明了理由 / A reason was given */
  reasonGiven?: boolean;
  /** 止；查岗同起 / Last day; of a spot check the same */
  to: string;
};

/** 公示范围 / Who a notice is for */
export type Audience =
  /** 单位内部 / The unit itself */
  | 'internal'
  /** 社会 / The public */
  | 'public'
  /** 村务公开栏 / The village board */
  | 'village';

/** 改动的种类 / Kind of a change set */
export type ChangeKind =
  /** 考勤 / Attendance recorded or taken back */
  | 'absence'
  /** 账号 / An account made or changed */
  | 'account'
  /** 申诉 / An appeal filed */
  | 'appeal'
  /** 批准读法 / A reading approved */
  | 'approveReading'
  /** 评议 / Raters invited, ballots cast or void */
  | 'ballot'
  /** 改用办法或读法 / A cycle judged by another version or other readings */
  | 'changePolicy'
  /** 申报加减分，或撤回 / A claim put forward, or taken back */
  | 'claim'
  /** 提出更正 / A correction proposed */
  | 'correct'
  /** 答复申诉 / An appeal decided */
  | 'decideAppeal'
  /** 审定加减分 / A claim decided */
  | 'decideClaim'
  /** 改分 / Cells changed */
  | 'edit'
  /** 佐证材料 / Evidence added or removed */
  | 'evidence'
  /** 导出 / A list exported */
  | 'export'
  /** 授权，或收回 / A role granted, or a grant ended */
  | 'grant'
  /** 解除手续和决定 / A step of a dismissal, or the dismissal */
  | 'legalStep'
  /** 开启考核 / A cycle opened */
  | 'openCycle'
  /** 名册 / People and posts added or changed */
  | 'people'
  /** 公示 / Results published */
  | 'publish'
  /** 按节假日重算 / Counted anew by the days off */
  | 'recount'
  /** 回避 / A relative declared, or a declaration ended */
  | 'recuse'
  /** 查看个人信息 / Personal data read */
  | 'reveal'
  /** 评定、裁定、书面说明、评议记缺 / A grade of the panel, a ruling, an explanation, ballots recorded as missing */
  | 'rule'
  /** 退回 / Sheets sent back */
  | 'sendBack'
  /** 登记全年节假日 / The days off of a year entered */
  | 'setCalendarYear'
  /** 登记节假日 / A day off or worked recorded */
  | 'setHoliday'
  /** 签字通过 / Sheets passed on under a signature */
  | 'sign'
  /** 会签更正，或不同意 / A correction signed or refused */
  | 'signCorrection'
  /** 登录 / Signed in */
  | 'signIn'
  /** 登录被拒 / A sign-in refused */
  | 'signInRefused'
  /** 退出登录 / Signed out */
  | 'signOut'
  /** 撤回导入 / An import of the roster taken back */
  | 'takeBack'
  /** 令牌 / A token made or revoked */
  | 'token'
  /** 撤销改分 / A change of cells taken back */
  | 'undo'
  /** 镇村 / Towns and villages added or changed */
  | 'units'
  /** 通知地址 / A webhook made or changed */
  | 'webhook'
  /** 撤回申诉 / An appeal withdrawn */
  | 'withdrawAppeal'
  /** 撤回公示 / A notice withdrawn */
  | 'withdrawNotice';

/** 一项选择 / A choice of one reading */
export type ChoiceInput = {
  /** 登记号 / Number in the register */
  interpretation: string;
  /** 读法 / The reading chosen */
  option: string;
};

/** 一笔申报的内容，按规则填写 / What a claim says; which parts there are, its rule says */
export type ClaimInput = {
  /** 作者人数 / Authors */
  authors?: string | null | undefined;
  /** 抽查条数 / Records checked */
  checked?: string | null | undefined;
  /** 层级 / Level */
  level?: string | null | undefined;
  /** 事项 / The fact it is about */
  matter?: string | null | undefined;
  /** 月份 / Month */
  month?: string | null | undefined;
  /** 总条数 / Records in all */
  of?: string | null | undefined;
  /** 媒体：main、other / Outlet */
  outlet?: string | null | undefined;
  /** 名次 / Place */
  place?: string | null | undefined;
  /** 条数 / Records */
  records?: string | null | undefined;
  /** 正确条数 / Records right */
  right?: string | null | undefined;
  /** 规则 / The rule */
  rule: string;
};

/** 加减分申报的状态 / State of a claim */
export type ClaimState =
  /** 采纳，计分 / Accepted, counts */
  | 'accepted'
  /** 待定 / Put forward, not decided */
  | 'proposed'
  /** 不采纳 / Rejected */
  | 'rejected'
  /** 申报人撤回 / Taken back by whoever put it forward */
  | 'withdrawn';

/** 提出更正 / Proposing a correction */
export type CorrectionInput = {
  /** 所依文书 / The paper it stands on */
  document: string;
  /** 字段，或 grade 即考核小组所评等次 / A field, or grade: what the panel gave */
  field: string;
  /** 理由 / Why */
  reason: string;
  /** 考核表 / Sheet */
  sheet: string;
  /** 更正为；不填为清空 / The corrected value; emptied without it */
  value?: string | null | undefined;
};

/** 更正的状态 / State of a correction */
export type CorrectionState =
  /** 待会签 / Awaits its second signature */
  | 'proposed'
  /** 会签人未同意 / Refused by the second hand */
  | 'refused'
  /** 已会签生效 / Signed, holds */
  | 'signed';

/** 考核周期的状态 / State of a cycle */
export type CycleState =
  /** 已结束，不再改动 / Closed, changes no more */
  | 'closed'
  /** 进行中 / Running */
  | 'open';

/** 送达的状态 / State of a delivery */
export type DeliveryState =
  /** 已送达 / Delivered */
  | 'delivered'
  /** 一天未能送达，已放弃 / Given up after a day */
  | 'givenUp'
  /** 等待 / Waiting */
  | 'waiting';

/** 日历中一项的状态 / How a duty of the calendar stands */
export type DutyState =
  /** 未到 / To come */
  | 'ahead'
  /** 期内 / In its time */
  | 'open'
  /** 逾期未办 / Over and not done */
  | 'overdue'
  /** 已过，无从得知是否办了 / Over, with nothing on record to say whether it was done */
  | 'past';

/** 不参加考核的一人及原因 / Somebody left out, and why */
export type ExceptionInput = {
  /** 协理员 / Coordinator */
  coordinator: string;
  /** 原因 / Reason */
  reason: string;
};

/** 失效的是哪一种决定 / Which kind of decision fell */
export type FallenKind =
  /** 申诉不成立的决定 / The rejection of an appeal */
  | 'appeal'
  /** 解除决定 / A dismissal */
  | 'dismissal'
  /** 末位裁定 / A ruling on the last place */
  | 'elimination'
  /** 不合格的书面说明 / The explanation of a fail */
  | 'explanation'
  /** 考核小组评定的等次 / A grade of the panel */
  | 'grade'
  /** 读法的批准 / The approval of a reading */
  | 'reading'
  /** 名额裁定 / A ruling on a seat */
  | 'seat'
  /** 签字 / A signature */
  | 'signature';

/** 授予一个角色 / Granting a role */
export type GrantInput = {
  /** 账号 / The account */
  account: string;
  /** 协理员角色：是哪一位 / Of a coordinator’s role: who they are */
  coordinator?: string | null | undefined;
  /** 代理：代哪个账号，须有截止日 / Of a deputy: the account they act for; needs a last day */
  onBehalfOf?: string | null | undefined;
  /** 角色 / Role */
  role: Role;
  /** 单位：县、镇或村，随角色 / Unit: county, town or village, as the role is held */
  unit: string;
  /** 有效到哪一天 / The last day it holds, YYYY-MM-DD */
  until?: string | null | undefined;
};

/** 表格的视图 / Which columns the grid has */
export type GridView =
  /** 各项得分，连同其考评标准 / The items with all their criteria */
  | 'criteria'
  /** 各项得分 / The points of each item */
  | 'points';

/** 一个方面的评分 / The mark of one dimension */
export type MarkInput = {
  /** 方面 / Dimension */
  dimension: string;
  /** 分数 / Mark */
  mark: string;
};

/** 签字通过，或退回 / Passing sheets on, or sending them back */
export type MoveInput = {
  /** 退回到哪一步；不填为签字通过 / Sent back to which stage; passed on without it */
  backTo?: string | null | undefined;
  /** 考核年度 / The cycle */
  cycle: string;
  /** 理由，退回时必填 / Reason, needed to send back */
  reason?: string | null | undefined;
  /** 从哪一步 / From which stage */
  stage: string;
  /** 单位：县、镇或村 / County, town or village */
  unit: string;
};

/** 公示什么、给谁看 / What to publish, for whom */
export type NoticeInput = {
  /** 范围 / Audience */
  audience?: Audience;
  /** 内容，见 noticeForm / Columns, see noticeForm */
  columns: Array<string>;
  /** 考核年度 / The cycle */
  cycle: string;
  /** 工作日 / Working days */
  days?: number;
  /** 更正的理由 / Why it is corrected */
  reason?: string | null | undefined;
  /** 所更正的公示 / The notice it corrects */
  replaces?: string | null | undefined;
  /** 镇（街道）或村（社区） / Towns or villages */
  units: Array<string>;
};

/** 公示的状态 / State of a notice */
export type NoticeState =
  /** 公示期满 / Its days are over */
  | 'ended'
  /** 公示期内 / On public view */
  | 'running'
  /** 已撤回 / Withdrawn */
  | 'withdrawn';

/** 开启一个考核周期 / Opening a cycle */
export type OpenCycleInput = {
  /** 名额基准日；不填为期末 / Base date of the quotas; the last day without it */
  baseDate?: string | null | undefined;
  /** 所选读法，其余用默认 / Readings chosen; the default of the others */
  choices?: Array<ChoiceInput>;
  /** 不参加的人 / People left out */
  except?: Array<ExceptionInput>;
  /** 年度或季度 / The year or a quarter */
  period?: Period;
  /** 办法 / Policy */
  policy: string;
  /** 年度 / Year */
  year: number;
};

/** 年度，或某一季度 / The year, or a quarter of it */
export type Period =
  /** 第一季度，1 至 3 月 / First quarter, January to March */
  | 'q1'
  /** 第二季度，4 至 6 月 / Second quarter, April to June */
  | 'q2'
  /** 第三季度，7 至 9 月 / Third quarter, July to September */
  | 'q3'
  /** 第四季度，10 至 12 月 / Fourth quarter, October to December */
  | 'q4'
  /** 全年 / The whole year */
  | 'year';

/** 权限：一类工作，含其所需的操作 / Permission: a piece of work with the operations that it takes */
export type Permission =
  /** 更正已归档的结果 / Correct filed results */
  | 'correctResults'
  /** 处理申诉、会签更正 / Decide appeals and sign corrections */
  | 'decideAppeals'
  /** 审定申报 / Decide claims */
  | 'decideClaims'
  /** 办理解聘 / Carry out dismissals */
  | 'decideDismissals'
  /** 评定等次、裁定名额 / Decide grades and rule on seats */
  | 'decideGrades'
  /** 申报回避 / Declare recusals */
  | 'declareRecusals'
  /** 解除回避 / End recusals */
  | 'endRecusals'
  /** 录入分数 / Enter scores */
  | 'enterScores'
  /** 写明不合格的理由 / Write why somebody failed */
  | 'explainFails'
  /** 提出申诉 / File appeals */
  | 'fileAppeals'
  /** 查看测评进度 / Follow how far ratings are */
  | 'followRatings'
  /** 查看开办还缺什么 / See what a new county still lacks */
  | 'followSetUp'
  /** 查看考核表、理由、进度和公示 / Read sheets, their reasons, progress and notices */
  | 'followSheets'
  /** 授予角色 / Grant roles */
  | 'grantRoles'
  /** 登记考勤 / Keep attendance */
  | 'keepAttendance'
  /** 管理账号 / Manage accounts */
  | 'manageAccounts'
  /** 维护节假日 / Keep the calendar */
  | 'manageCalendar'
  /** 开启周期、选定办法和取值 / Open cycles, choose policy and readings */
  | 'manageCycles'
  /** 维护名册：人员和任职 / Keep the roster: people and posts */
  | 'managePeople'
  /** 维护镇村 / Keep towns and villages */
  | 'manageUnits'
  /** 管理推送 / Manage webhooks */
  | 'manageWebhooks'
  /** 提交、签字、退回 / Submit, sign and return sheets */
  | 'moveSheets'
  /** 打开评分表、名额和排名 / Open the score grid, quotas and the ranking */
  | 'openGrid'
  /** 申报加减分 / Put claims forward */
  | 'proposeClaims'
  /** 按名次申报 / Put claims forward by rank */
  | 'proposeRanks'
  /** 公示 / Publish notices */
  | 'publishNotices'
  /** 查询测评、申诉和更正的明细 / Query records of ratings, appeals and corrections */
  | 'queryJudgements'
  /** 查询明细和统计 / Query records and statistics */
  | 'queryRecords'
  /** 查看账号、令其退出 / Read accounts and end their sessions */
  | 'readAccounts'
  /** 查看申诉和更正 / Read appeals and corrections */
  | 'readAppeals'
  /** 查看考勤和补算 / Read attendance and what a calendar changed */
  | 'readAttendance'
  /** 查看和核验留痕链 / Read and verify the chain of acts */
  | 'readChain'
  /** 查看留痕链的链头 / Read the head of the chain of acts */
  | 'readChainHead'
  /** 查看一次次的改动 / Read sets of changes */
  | 'readChangeSets'
  /** 查看拟解聘的人 / Read who may be dismissed */
  | 'readDismissals'
  /** 查看末位和未进入本期的人 / Read who comes last and who was left out */
  | 'readEliminations'
  /** 查看佐证 / Read evidence */
  | 'readEvidence'
  /** 查看批注、历史和佐证标记 / Read notes, history and marks of evidence */
  | 'readHistory'
  /** 查看本人历年的考核表 / Read one’s own sheets of all years */
  | 'readOwnSheets'
  /** 查看办法、周期和单位 / Read regulations, cycles and units */
  | 'readPolicies'
  /** 查看回避 / Read recusals */
  | 'readRecusals'
  /** 查看结果、待办和归档 / Read results, progress and filings */
  | 'readResults'
  /** 查看名册 / Read the roster */
  | 'readRoster'
  /** 删除佐证 / Remove evidence */
  | 'removeEvidence'
  /** 查看证件号和电话全文 / Read ID numbers and telephones in full */
  | 'revealPeople'
  /** 裁定末位 / Rule on who comes last */
  | 'ruleElimination'
  /** 组织测评 / Run ratings */
  | 'runRatings'
  /** 试算、查看取值 / Try rules and read the chosen readings */
  | 'tryRules'
  /** 使用本人账号和令牌 / Use one’s own account and tokens */
  | 'useAccount'
  /** 投票测评 / Vote in ratings */
  | 'vote'
  /** 撤回申报 / Withdraw claims */
  | 'withdrawClaims'
  /** 写批注 / Write notes */
  | 'writeNotes';

/** 名册的一行，按表格里的写法；不填的不改 / One row of a roster, as a table has it; what is left out is not changed */
export type PersonRowInput = {
  /** 出生日期或年月 / Date or month of birth */
  bornOn?: string | null | undefined;
  /** 管理技术岗（女性退休年龄用） / Managing or technical post, for the age of retirement of women: yes, no */
  cadre?: string | null | undefined;
  /** 岗位类别 / Category of the post */
  category?: string | null | undefined;
  /** 合同起 / First day of the contract */
  contractFrom?: string | null | undefined;
  /** 合同止 / Last day of the contract */
  contractTo?: string | null | undefined;
  /** 用人单位 / Employer */
  employer?: string | null | undefined;
  /** 离任时间 / Until when */
  endsOn?: string | null | undefined;
  /** 专职、兼职 / Full-time: yes, no */
  fullTime?: string | null | undefined;
  /** 性别：男、女 / Gender: male, female */
  gender?: string | null | undefined;
  /** 户籍 / Household registration */
  household?: string | null | undefined;
  /** 身份证号，18 位 / ID number, 18 characters */
  idNumber?: string | null | undefined;
  /** 姓名 / Name */
  name?: string | null | undefined;
  /** 指明协理员，否则按身份证号或姓名寻找 / Who it is; else found by ID number or name */
  person?: string | null | undefined;
  /** 联系电话 / Telephone */
  phone?: string | null | undefined;
  /** 政治面貌 / Political status */
  politics?: string | null | undefined;
  /** 指明任职 / Which posting */
  posting?: string | null | undefined;
  /** 文化程度 / Schooling */
  schooling?: string | null | undefined;
  /** 任职时间 / From when */
  startsOn?: string | null | undefined;
  /** 镇（街道） / Town */
  town?: string | null | undefined;
  /** 村（社区） / Village */
  village?: string | null | undefined;
};

/** 离任的种类（离职呈报单）/ How a posting ends, as the exit form lists it */
export type PostingEnd =
  /** 辞退 / Dismissed */
  | 'dismissed'
  /** 解除合同 / Contract dissolved */
  | 'dissolved'
  /** 终止合同 / Contract ended */
  | 'expired'
  /** 其他，须写原因 / Other, with the reason */
  | 'other'
  /** 辞职 / Resigned */
  | 'resigned'
  /** 退休 / Retired */
  | 'retired';

/** 试算参数，不保存 / Other parameters to try; nothing is stored */
export type QuotaOverrides = {
  /** 比例，如 15% / Percentage, such as 15% */
  percent?: string | null | undefined;
  /** 取整 / Rounding */
  rounding?: QuotaRounding | null | undefined;
};

/** 名额的尾数怎样取整（IR-07）/ How a part of a seat is rounded (policy interpretation IR-07) */
export type QuotaRounding =
  /** 舍去尾数 / Rounded down */
  | 'floor'
  /** 四舍五入 / Rounded to the nearest, a half up */
  | 'halfUp'
  /** 舍去尾数，但有人则至少一名 / Rounded down, but one at least where there is anybody */
  | 'minOne'
  /** 小镇合并计算后舍去尾数 / Rounded down, small towns counted together */
  | 'pooled';

/** 请一个人评议：填登录名，或只填姓名（票号）领票码 / Somebody asked to rate: by account, or by a slip with a code */
export type RaterInput = {
  /** 登录名 / Login */
  login?: string | null | undefined;
  /** 姓名或票号 / Name, or number of the slip */
  name?: string | null | undefined;
};

/** 角色 / Role */
export type Role =
  /** 分析员 / Analyst */
  | 'analyst'
  /** 镇考勤员 / Attendance officer */
  | 'attendanceOfficer'
  /** 审计员 / Auditor */
  | 'auditor'
  /** 市（就业处） / City (employment office) */
  | 'city'
  /** 协理员 / Coordinator */
  | 'coordinator'
  /** 县局 / County bureau */
  | 'countyBureau'
  /** 联合审定机关 / Joint bureau */
  | 'jointBureau'
  /** 考核小组 / Panel */
  | 'panelMember'
  /** 安全管理员 / Security administrator */
  | 'securityAdmin'
  /** 系统管理员 / System administrator */
  | 'systemAdmin'
  /** 镇考核员 / Town assessor */
  | 'townAssessor'
  /** 村（社区） / Village */
  | 'village';

/** 名册一行的去处 / What becomes of a row of a roster */
export type RosterDoing =
  /** 新增 / Somebody or something new */
  | 'create'
  /** 不收 / Not taken, see the problems */
  | 'refused'
  /** 不变 / Nothing changes */
  | 'unchanged'
  /** 更新 / What is there is changed */
  | 'update';

/** 一次操作所改的各格，按列给出，各列等长 / The cells of one action, as lists of equal length */
export type SaveCellsInput = {
  /** 考核年度 / The cycle */
  cycle: string;
  /** 字段 / The field of each cell */
  fields: Array<string>;
  /** 由客户端产生，每次操作一个；重发时用同一个 / Made by the client, one an action; the same when it is sent again */
  key: string;
  /** 改标准时，所知将被取代的直接给分 / Of a criterion: the direct award the editor knows it replaces */
  replaces?: Array<string | null | undefined> | null | undefined;
  /** 改前所见的值；评分项为所见得分 / What its editor saw; of an item, its points */
  seen: Array<string | null | undefined>;
  /** 考核表 / The sheet of each cell */
  sheets: Array<string>;
  /** 各值是否由人逐字输入：是则 5-1 为算式，否则可能是日期，不予接受 / Whether a person typed the values by hand: 5-1 is a sum then; else it may be a date, and is refused */
  typed?: boolean;
  /** 改后的值，空为清除 / What it becomes; null clears it */
  values: Array<string | null | undefined>;
  /** 返回行所用的视图 / The view of the rows in the reply */
  view?: GridView;
};

/** 与名额的关系 / Where somebody stands with a quota */
export type Seat =
  /** 等次受限，不占名额 / Barred by a limit, takes no seat */
  | 'barred'
  /** 同分，待考核小组裁定 / Tied for a seat; the panel is to rule */
  | 'contested'
  /** 占名额 / Has a seat */
  | 'in'
  /** 未评完 / Not fully scored */
  | 'incomplete'
  /** 名额外 / Below the seats */
  | 'out'
  /** 待上面名额的裁定 / Waits for a ruling on a quota above */
  | 'pending';

/** 新令牌 / A new token */
export type TokenInput = {
  /** 有效几天，至多 365 / For how many days, 365 at most */
  days: number;
  /** 用途，不超过 60 字 / What it is called, 60 characters at most */
  name: string;
  /** 范围 / What it is for */
  scopes: Array<TokenScope>;
};

/** 令牌的范围，再以账号此刻的授权为限 / What a token is for, within what its account may do at that moment */
export type TokenScope =
  /** 查询，并可用自拟的查询和内省 / Queries, also documents of one’s own, and introspection */
  | 'analyst'
  /** 查询 / Queries and subscriptions */
  | 'read'
  /** 改动，但不含签字、公示、账号和授权 / Mutations, but no signing, publishing, accounts or grants */
  | 'write';

/** 单位层级 / Level of a unit */
export type UnitKind =
  /** 县（区、市）/ County */
  | 'county'
  /** 镇（街道）/ Town */
  | 'town'
  /** 村（社区）/ Village */
  | 'village';

/** 镇村表的一行 / One row of a list of places */
export type UnitRowInput = {
  /** 镇（街道）/ Town */
  town: string;
  /** 镇代码，9 或 12 位 / Code of the town, 9 or 12 digits */
  townCode?: string | null | undefined;
  /** 村（社区）；不填则只指镇 / Village; the row is about the town without it */
  village?: string | null | undefined;
  /** 村代码，12 位 / Code of the village, 12 digits */
  villageCode?: string | null | undefined;
};

/** 通知的事项 / What is told */
export type WebhookEvent =
  /** 评定和裁定、审定、答复申诉、解除手续 / A grade or ruling, a decision on a claim or an appeal, a step of a dismissal */
  | 'decided'
  /** 备案 / Sheets put on file */
  | 'filed'
  /** 上报或退回 / Sheets passed on or sent back */
  | 'moved'
  /** 公示 / A notice */
  | 'published';

/** 通知地址 / A webhook */
export type WebhookInput = {
  /** 事项 / What is told */
  events: Array<WebhookEvent>;
  /** http 或 https 地址 / An address of http or https */
  url: string;
};

export type MyAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type MyAccountQuery = { myAccount: { login: string, secondFactor: boolean, secondFactorNeeded: boolean, recoveryLeft: number, sessions: Array<{ id: string, since: string, seen: string, address: string, agent: string, current: boolean }> } };

export type ChangePasswordMutationVariables = Exact<{
  old: string;
  new: string;
  key: string;
}>;


export type ChangePasswordMutation = { changePassword: boolean };

export type EndMySessionMutationVariables = Exact<{
  id: string;
  key: string;
}>;


export type EndMySessionMutation = { endMySession: boolean };

export type TotpSecretQueryVariables = Exact<{
  key: string;
}>;


export type TotpSecretQuery = { totpSecret: { secret: string, uri: string } };

export type EnableTotpMutationVariables = Exact<{
  code: string;
  key: string;
}>;


export type EnableTotpMutation = { enableTotp: Array<string> };

export type DisableTotpMutationVariables = Exact<{
  key: string;
}>;


export type DisableTotpMutation = { disableTotp: boolean };

export type TokensQueryVariables = Exact<{ [key: string]: never; }>;


export type TokensQuery = { tokens: Array<{ id: string, name: string, scopes: Array<TokenScope>, since: string, until: string, used: string | null, revoked: string | null }> };

export type CreateTokenMutationVariables = Exact<{
  input: TokenInput;
  key: string;
}>;


export type CreateTokenMutation = { createToken: { token: string } };

export type RevokeTokenMutationVariables = Exact<{
  id: string;
  key: string;
}>;


export type RevokeTokenMutation = { revokeToken: boolean };

export type AccountsQueryVariables = Exact<{
  find?: string | null | undefined;
}>;


export type AccountsQuery = { accounts: { more: boolean, unencrypted: boolean, accounts: Array<{ id: string, login: string, name: string, disabled: boolean, mustChange: boolean, secondFactor: boolean, sessions: number, grants: Array<{ id: string, role: Role, unit: string, unitName: string, until: string | null, onBehalfOf: string | null, coordinatorName: string | null }> }> } };

export type CoordinatorsOfQueryVariables = Exact<{
  village: string;
}>;


export type CoordinatorsOfQuery = { coordinatorsOf: Array<{ id: string, name: string }> };

export type CreateAccountMutationVariables = Exact<{
  login: string;
  name: string;
  key: string;
}>;


export type CreateAccountMutation = { createAccount: { password: string } };

export type RenameAccountMutationVariables = Exact<{
  id: string;
  name: string;
  key: string;
}>;


export type RenameAccountMutation = { renameAccount: boolean };

export type DisableAccountMutationVariables = Exact<{
  id: string;
  disabled: boolean;
  key: string;
}>;


export type DisableAccountMutation = { disableAccount: boolean };

export type ResetPasswordMutationVariables = Exact<{
  id: string;
  key: string;
}>;


export type ResetPasswordMutation = { resetPassword: { password: string } };

export type ForgetTotpMutationVariables = Exact<{
  id: string;
  key: string;
}>;


export type ForgetTotpMutation = { forgetTotp: boolean };

export type EndSessionsMutationVariables = Exact<{
  id: string;
  key: string;
}>;


export type EndSessionsMutation = { endSessions: boolean };

export type GrantRoleMutationVariables = Exact<{
  input: GrantInput;
  key: string;
}>;


export type GrantRoleMutation = { grantRole: string };

export type EndGrantMutationVariables = Exact<{
  id: string;
  key: string;
}>;


export type EndGrantMutation = { endGrant: boolean };

export type RolesQueryVariables = Exact<{ [key: string]: never; }>;


export type RolesQuery = { roles: Array<{ role: Role, title: string, level: UnitKind, may: Array<{ title: string }> }> };

export type AccountsToMakeQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountsToMakeQuery = { accountsToMake: Array<{ role: Role, all: number, missing: number }> };

export type AccountsProgressQueryVariables = Exact<{
  key: string;
}>;


export type AccountsProgressQuery = { accountsProgress: { done: number, of: number } | null };

export type CreateAccountsMutationVariables = Exact<{
  roles: Array<Role> | Role;
  key: string;
}>;


export type CreateAccountsMutation = { createAccounts: Array<{ account: string, login: string, name: string, password: string }> };

export type ProposedGrantsQueryVariables = Exact<{ [key: string]: never; }>;


export type ProposedGrantsQuery = { proposedGrants: Array<{ account: string, login: string, name: string, role: Role, unit: string, unitName: string, coordinator: string | null }> };

export type GrantRolesMutationVariables = Exact<{
  grants: Array<GrantInput> | GrantInput;
  key: string;
}>;


export type GrantRolesMutation = { grantRoles: Array<string> };

export type AttendanceQueryVariables = Exact<{
  cycle: string;
  unit?: string | null | undefined;
}>;


export type AttendanceQuery = { attendance: Array<{ sheet: string, name: string, village: string, proposed: string | null, entered: string | null, provisional: string | null, may: boolean, mayTake: boolean, found: Array<{ field: string, title: string, value: string }>, records: Array<{ id: string, kind: string, from: string, to: string, half: boolean, excused: boolean | null, reasonGiven: boolean | null, onPost: boolean | null, by: string, at: string, elsewhere: string | null, may: boolean }> }> };

export type RecordAbsenceMutationVariables = Exact<{
  cycle: string;
  sheets: Array<string> | string;
  input: AttendanceInput;
  replaces?: string | null | undefined;
  key: string;
}>;


export type RecordAbsenceMutation = { recordAbsence: Array<string> };

export type EndAttendanceMutationVariables = Exact<{
  cycle: string;
  record: string;
  reason: string;
  key: string;
}>;


export type EndAttendanceMutation = { endAttendance: number };

export type ActsQueryVariables = Exact<{
  cycle?: string | null | undefined;
  kinds?: Array<ChangeKind> | ChangeKind | null | undefined;
  before?: number | null | undefined;
}>;


export type ActsQuery = { acts: Array<{ seq: number, id: string, kind: ChangeKind, at: string, by: string, behalf: string | null, address: string | null, reason: string | null, policy: string | null, details: string | null, sheets: number, cells: number, hash: string }> };

export type ChainHeadQueryVariables = Exact<{ [key: string]: never; }>;


export type ChainHeadQuery = { chainHead: { seq: number, hash: string, at: string } };

export type VerificationQueryVariables = Exact<{
  head?: string | null | undefined;
}>;


export type VerificationQuery = { verification: { ok: boolean, firstBroken: number | null, acts: number } };

export type ClaimsQueryVariables = Exact<{
  cycle: string;
  unit?: string | null | undefined;
  state?: ClaimState | null | undefined;
}>;


export type ClaimsQuery = { claims: { count: number, claims: Array<{ ruleTitle: string, bonus: boolean, clause: string, name: string, village: string, town: string, may: Array<string>, claim: { id: string, sheetId: string, rule: string, matter: string | null, state: ClaimState, proposedBy: string, proposedAt: string, decidedBy: string | null, decidedAt: string | null, reason: string | null }, parts: Array<{ part: string, name: string, value: string }>, worth: { points: string, total: string, says: Array<string>, same: Array<{ claim: string, says: string }> } | null, evidence: Array<{ id: string, name: string, type: string, size: number, by: string, at: string }> }> } };

export type ClaimSheetsQueryVariables = Exact<{
  cycle: string;
}>;


export type ClaimSheetsQuery = { claimSheets: Array<{ sheet: string, name: string, village: string, town: string }> };

export type PreviewClaimQueryVariables = Exact<{
  sheet: string;
  content: ClaimInput;
}>;


export type PreviewClaimQuery = { previewClaim: { points: string, total: string, says: Array<string>, same: Array<{ claim: string, says: string }> } };

export type ProposeClaimMutationVariables = Exact<{
  sheet: string;
  content: ClaimInput;
  key: string;
}>;


export type ProposeClaimMutation = { proposeClaim: { id: string, same: Array<{ claim: string, says: string }> } };

export type DecideClaimMutationVariables = Exact<{
  id: string;
  accept: boolean;
  seen: Array<string> | string;
  reason?: string | null | undefined;
  key: string;
}>;


export type DecideClaimMutation = { decideClaim: { id: string, state: ClaimState, total: string } };

export type WithdrawClaimMutationVariables = Exact<{
  id: string;
  reason?: string | null | undefined;
  key: string;
}>;


export type WithdrawClaimMutation = { withdrawClaim: { id: string, state: ClaimState, total: string } };

export type RemoveEvidenceMutationVariables = Exact<{
  id: string;
  key: string;
}>;


export type RemoveEvidenceMutation = { removeEvidence: boolean };

export type ProposeRanksMutationVariables = Exact<{
  cycle: string;
  rule: string;
  key: string;
}>;


export type ProposeRanksMutation = { proposeRanks: number };

export type HomeQueryVariables = Exact<{
  cycle: string;
  results: boolean;
  progress: boolean;
  claims: boolean;
  appeals: boolean;
  ballots: boolean;
}>;


export type HomeQuery = { stages: Array<{ id: string, title: string, clause: string, due: string | null, late: boolean, writes: boolean, sheets: number, units: Array<{ unit: string, name: string, sheets: number, unfinished: number, may: boolean }> }>, duties: Array<{ id: string, title: string, from: string, by: string, daysLeft: number, daysLate: number, state: DutyState, clause: string }>, results?: Array<{ sheet: string, needs: Array<string>, may: boolean, town: string }>, progress?: Array<{ town: string, name: string, sheets: number, unfinished: number, late: number, cap: number | null, taken: number | null, contested: number | null, stages: Array<{ id: string, name: string, count: number }>, grades: Array<{ id: string, name: string, count: number }> }>, claims?: { claims: Array<{ may: Array<string> }> }, appeals?: Array<{ dueOn: string, late: boolean, mayDecide: boolean }>, myBallots?: Array<{ open: boolean, voted: boolean }> };

export type NoticesQueryVariables = Exact<{
  cycle: string;
}>;


export type NoticesQuery = { notices: Array<{ id: string, unit: string, unitName: string, columns: Array<string>, audience: Audience, state: NoticeState, startsOn: string, endsOn: string, provisional: string | null, days: number, heads: Array<string>, hash: string, by: string, at: string, replaces: string | null, withdrawnReason: string | null, may: boolean, rows: Array<{ shows: Array<string>, own: boolean }> }> };

export type NoticeFragment = { id: string, unit: string, unitName: string, columns: Array<string>, audience: Audience, state: NoticeState, startsOn: string, endsOn: string, provisional: string | null, days: number, heads: Array<string>, hash: string, by: string, at: string, replaces: string | null, withdrawnReason: string | null, may: boolean, rows: Array<{ shows: Array<string>, own: boolean }> };

export type NoticeFormQueryVariables = Exact<{
  cycle: string;
}>;


export type NoticeFormQuery = { noticeForm: { left: Array<string>, leftPublic: Array<string>, usual: Array<string>, reading: string | null, days: number, least: number, most: number, units: Array<string>, columns: Array<{ id: string, title: string }> } };

export type PreviewNoticeQueryVariables = Exact<{
  input: NoticeInput;
}>;


export type PreviewNoticeQuery = { previewNotice: { heads: Array<string>, startsOn: string, endsOn: string, provisional: string | null, rows: Array<{ shows: Array<string>, own: boolean }> } };

export type PublishNoticeMutationVariables = Exact<{
  input: NoticeInput;
  key: string;
}>;


export type PublishNoticeMutation = { publishNotice: Array<string> };

export type WithdrawNoticeMutationVariables = Exact<{
  id: string;
  reason: string;
  key: string;
}>;


export type WithdrawNoticeMutation = { withdrawNotice: boolean };

export type CalendarQueryVariables = Exact<{ [key: string]: never; }>;


export type CalendarQuery = { holidays: Array<{ day: string, off: boolean }>, calendarYears: Array<{ year: number, announcement: string, own: boolean, workingDays: number, days: Array<{ day: string, off: boolean }> }>, calendarChanges: Array<{ seq: number, sheets: Array<{ sheet: string, name: string, village: string, year: number, before: string, after: string, filed: boolean }>, notices: Array<{ id: string, before: string, after: string }>, appeals: Array<{ id: string, before: string, after: string }> }> };

export type SetCalendarYearMutationVariables = Exact<{
  year: number;
  announcement: string;
  holidays: Array<string> | string;
  workdays: Array<string> | string;
  key: string;
}>;


export type SetCalendarYearMutation = { setCalendarYear: boolean };

export type SetHolidayMutationVariables = Exact<{
  day: string;
  off?: boolean | null | undefined;
  key: string;
}>;


export type SetHolidayMutation = { setHoliday: boolean };

export type AppealsQueryVariables = Exact<{
  cycle: string;
}>;


export type AppealsQuery = { appeals: Array<{ id: string, sheet: string, appellant: string, village: string, town: string, text: string, by: string, at: string, dueOn: string, provisional: string | null, late: boolean, state: AppealState, decidedBy: string | null, decidedAt: string | null, reason: string | null, mayDecide: boolean, mayWithdraw: boolean, items: Array<{ id: string, title: string }> }> };

export type AppealFormQueryVariables = Exact<{
  cycle: string;
}>;


export type AppealFormQuery = { appealForm: { items: Array<{ id: string, title: string }>, sheets: Array<{ sheet: string, name: string, village: string, until: string }> } };

export type FileAppealMutationVariables = Exact<{
  sheet: string;
  items: Array<string> | string;
  text: string;
  key: string;
}>;


export type FileAppealMutation = { fileAppeal: string };

export type WithdrawAppealMutationVariables = Exact<{
  id: string;
  key: string;
}>;


export type WithdrawAppealMutation = { withdrawAppeal: boolean };

export type DecideAppealMutationVariables = Exact<{
  id: string;
  upheld: boolean;
  reason: string;
  key: string;
}>;


export type DecideAppealMutation = { decideAppeal: boolean };

export type FilingsQueryVariables = Exact<{
  cycle: string;
}>;


export type FilingsQuery = { filings: Array<{ id: string, unitName: string, hash: string, chain: string, policyHash: string, by: string, at: string, corrects: string | null, corrected: string | null, people: Array<{ sheet: string, name: string, village: string, grade: string | null, rank: string | null, total: string }> }> };

export type CorrectionsQueryVariables = Exact<{
  cycle: string;
}>;


export type CorrectionsQuery = { corrections: Array<{ id: string, sheet: string, name: string, village: string, title: string, before: string | null, after: string | null, reason: string, document: string, by: string, at: string, state: CorrectionState, secondBy: string | null, secondAt: string | null, secondReason: string | null, may: boolean }> };

export type CorrectMutationVariables = Exact<{
  input: CorrectionInput;
  key: string;
}>;


export type CorrectMutation = { correct: string };

export type SignCorrectionMutationVariables = Exact<{
  id: string;
  agrees: boolean;
  reason: string;
  key: string;
}>;


export type SignCorrectionMutation = { signCorrection: string | null };

export type MySheetsQueryVariables = Exact<{
  cycle: string;
}>;


export type MySheetsQuery = { mySheets: Array<{ sheet: string, village: string, town: string, stage: string, days: number }>, stages: Array<{ id: string, title: string, who: string, due: string | null }> };

export type PoliciesQueryVariables = Exact<{ [key: string]: never; }>;


export type PoliciesQuery = { policies: Array<{ id: string, title: string }> };

export type PolicyQueryVariables = Exact<{
  id: string;
}>;


export type PolicyQuery = { policy: { undated: string | null, yaml: string, summary: { id: string, title: string, issuer: string, hash: string, checkedOn: string, findings: Array<string>, readings: Array<{ id: string, question: string, approver: string, clause: string, options: Array<{ id: string, says: string, isDefault: boolean }> }> }, rules: { lines: Array<{ id: string, depth: number, name: string, points: string, max: string | null, says: string, clause: string, clauseText: string }> }, clauses: Array<{ id: string, at: string, says: string, foreign: string | null }>, examples: Array<{ at: number, id: string | null, name: string, clause: string }> } };

export type PolicyExampleQueryVariables = Exact<{
  policy: string;
  at: number;
}>;


export type PolicyExampleQuery = { policyExample: { hasScore: boolean, provisional: string | null, total: string, exact: string, missing: Array<string>, gradeName: string | null, gradeReasons: Array<{ says: string, clause: string, clauseText: string }>, limitsNotHit: Array<{ name: string, says: string, clause: string }>, openReadings: Array<{ interpretation: string, question: string, says: string, otherwise: Array<string> }>, lines: Array<{ id: string, depth: number, name: string, points: string, max: string | null, state: string | null, says: string, clause: string, clauseText: string, missing: Array<string>, entered: { by: string, at: string } | null }> } };

export type AffectedByFragment = { people: number, points: number, grades: number, seats: number, leaves: number, yuan: string };

export type CycleReadingsQueryVariables = Exact<{
  cycle: string;
}>;


export type CycleReadingsQuery = { cycleReadings: Array<{ interpretation: string, blocksFiling: boolean, approval: { by: string, at: string, reason: string } | null, options: Array<{ id: string, says: string, chosen: boolean, affects: { people: number, points: number, grades: number, seats: number, leaves: number, yuan: string } | null }> }> };

export type ApproveReadingMutationVariables = Exact<{
  cycle: string;
  interpretation: string;
  option: string;
  reason: string;
  key: string;
}>;


export type ApproveReadingMutation = { approveReading: { at: string } };

export type WhatIfQueryVariables = Exact<{
  cycle: string;
  choices: Array<ChoiceInput> | ChoiceInput;
  policy?: string | null | undefined;
  overrides?: QuotaOverrides | null | undefined;
}>;


export type WhatIfQuery = { whatIf: { affects: { people: number, points: number, grades: number, seats: number, leaves: number, yuan: string }, people: Array<{ sheet: string, name: string, village: string, town: string, differences: Array<{ name: string, before: string | null, after: string | null, clause: string | null }> }> } };

export type PolicyChangesQueryVariables = Exact<{
  before: string;
  after: string;
}>;


export type PolicyChangesQuery = { policyChanges: Array<{ path: string, within: Array<string>, clause: string | null, before: string | null, after: string | null }> };

export type VillageRankingQueryVariables = Exact<{
  cycle: string;
  unit?: string | null | undefined;
  measure: string;
}>;


export type VillageRankingQuery = { villageRanking: { measure: string, baseDate: string, ties: number, villages: Array<{ village: string, name: string, town: string, coordinators: string, sheet: string, score: string, rank: number | null, townRank: number | null, tied: number, before: string | null, rose: number | null, sheets: number, missing: number, grades: Array<{ grade: string, name: string, count: number }> }>, quotas: Array<{ id: string, name: string, base: string, cap: number, taken: number, left: number, contested: number, incomplete: number, clause: string, people: Array<{ sheet: string, name: string, village: string, total: string }> }> } };

export type BallotFormFragment = { rater: string, coordinator: string, village: string, year: number, group: string, secret: boolean, voted: boolean, open: boolean, dimensions: Array<{ id: string, title: string, detail: string | null, most: string, step: string }> };

export type MyBallotsQueryVariables = Exact<{
  cycle: string;
}>;


export type MyBallotsQuery = { myBallots: Array<{ rater: string, coordinator: string, village: string, year: number, group: string, secret: boolean, voted: boolean, open: boolean, dimensions: Array<{ id: string, title: string, detail: string | null, most: string, step: string }> }> };

export type RatingProgressQueryVariables = Exact<{
  cycle: string;
  unit?: string | null | undefined;
}>;


export type RatingProgressQuery = { ratingProgress: Array<{ sheet: string, name: string, village: string, may: boolean, groups: Array<{ group: string, title: string, secret: boolean, ballots: number, missing: string | null, means: Array<{ dimension: string, title: string, mean: string }>, raters: Array<{ id: string, name: string, slip: boolean, voted: boolean }> }> }> };

export type InviteRatersMutationVariables = Exact<{
  cycle: string;
  sheets: Array<string> | string;
  group: string;
  people: Array<RaterInput> | RaterInput;
  key: string;
}>;


export type InviteRatersMutation = { inviteRaters: { raters: Array<string>, slips: Array<{ rater: string, name: string, coordinator: string, village: string, code: string }> } };

export type IssueCodesMutationVariables = Exact<{
  cycle: string;
  raters: Array<string> | string;
  key: string;
}>;


export type IssueCodesMutation = { issueCodes: Array<{ rater: string, name: string, coordinator: string, village: string, code: string }> };

export type RecordNoBallotsMutationVariables = Exact<{
  cycle: string;
  sheets: Array<string> | string;
  group: string;
  reason: string;
  key: string;
}>;


export type RecordNoBallotsMutation = { recordNoBallots: number };

export type VoidBallotsMutationVariables = Exact<{
  sheet: string;
  group: string;
  rater?: string | null | undefined;
  ground: string;
  reason: string;
  key: string;
}>;


export type VoidBallotsMutation = { voidBallots: number };

export type CastBallotMutationVariables = Exact<{
  cycle: string;
  rater: string;
  given: Array<MarkInput> | MarkInput;
  key: string;
}>;


export type CastBallotMutation = { castBallot: boolean };

export type RecusalsQueryVariables = Exact<{ [key: string]: never; }>;


export type RecusalsQuery = { recusals: Array<{ id: string, account: string, coordinator: string, village: string, relation: string, by: string, at: string, mine: boolean }> };

export type RecusalPeopleQueryVariables = Exact<{
  name: string;
}>;


export type RecusalPeopleQuery = { recusalPeople: Array<{ coordinator: string, name: string, village: string }> };

export type DeclareRecusalMutationVariables = Exact<{
  coordinator: string;
  relation: string;
  login?: string | null | undefined;
  key: string;
}>;


export type DeclareRecusalMutation = { declareRecusal: string };

export type EndRecusalMutationVariables = Exact<{
  id: string;
  reason: string;
  key: string;
}>;


export type EndRecusalMutation = { endRecusal: boolean };

export type QuotaQueryVariables = Exact<{
  cycle: string;
  unit?: string | null | undefined;
  overrides?: QuotaOverrides | null | undefined;
}>;


export type QuotaQuery = { quota: Array<{ id: string, name: string, grade: string, base: string, cap: number, percent: string, rounding: QuotaRounding, taken: number, left: number, contested: number, incomplete: number, clause: string, people: Array<{ sheet: string, name: string, village: string, total: string, rank: number | null, seat: Seat, grade: string | null, says: Array<string>, moves: string | null }> }> };

export type ResultsQueryVariables = Exact<{
  cycle: string;
}>;


export type ResultsQuery = { results: Array<{ sheet: string, name: string, village: string, town: string, total: string, rank: number | null, seat: Seat | null, grade: string | null, gradeName: string | null, panelGrade: string | null, says: Array<string>, needs: Array<string>, may: boolean, explanation: { text: string, by: string, at: string } | null }> };

export type DecideGradesMutationVariables = Exact<{
  cycle: string;
  sheets: Array<string> | string;
  grade?: string | null | undefined;
  reason: string;
  key: string;
}>;


export type DecideGradesMutation = { decideGrades: number };

export type RuleSeatsMutationVariables = Exact<{
  cycle: string;
  sheets: Array<string> | string;
  reason: string;
  key: string;
}>;


export type RuleSeatsMutation = { ruleSeats: number };

export type ExplainFailMutationVariables = Exact<{
  sheet: string;
  text: string;
  key: string;
}>;


export type ExplainFailMutation = { explainFail: boolean };

export type EliminationsQueryVariables = Exact<{
  cycle: string;
}>;


export type EliminationsQuery = { eliminations: Array<{ clause: string, base: string, rounding: QuotaRounding, cap: number, dismissed: number, left: number, candidates: Array<{ sheet: string, name: string, village: string, fromLast: number | null, measure: string | null, stepsMissing: Array<string> }>, contested: Array<{ sheet: string, name: string, village: string }>, unmeasured: Array<{ sheet: string, name: string, village: string }> }> };

export type DismissalsQueryVariables = Exact<{
  cycle: string;
}>;


export type DismissalsQuery = { dismissals: Array<{ sheet: string, name: string, village: string, town: string, asks: Array<{ id: string, says: string, law: string, steps: Array<string> }>, steps: Array<{ id: string, title: string, clause: string, done: { text: string, by: string, at: string } | null }>, decided: { text: string, by: string, at: string } | null }> };

export type RecordLegalStepMutationVariables = Exact<{
  sheet: string;
  step: string;
  text: string;
  key: string;
}>;


export type RecordLegalStepMutation = { recordLegalStep: boolean };

export type DecideDismissalMutationVariables = Exact<{
  sheet: string;
  reason: string;
  key: string;
}>;


export type DecideDismissalMutation = { decideDismissal: boolean };

export type FallenDecisionsQueryVariables = Exact<{
  cycle: string;
}>;


export type FallenDecisionsQuery = { fallenDecisions: Array<{ kind: FallenKind, sheets: Array<string>, names: string, text: string, by: string, at: string, changes: string, changedAt: string | null }> };

export type RuleEliminationMutationVariables = Exact<{
  cycle: string;
  sheets: Array<string> | string;
  reason: string;
  key: string;
}>;


export type RuleEliminationMutation = { ruleElimination: number };

export type RosterLineFragment = { posting: string, person: string, name: string, idNumber: string | null, gender: string, bornOn: string, townId: string, town: string, village: string, startsOn: string, endsOn: string | null, fullTime: boolean, phone: string | null, politics: string | null, schooling: string | null, household: string | null, cadre: boolean, category: string | null, employer: string | null, contractFrom: string | null, contractTo: string | null, retiresIn: string, retiresSoon: boolean };

export type TakenInFragment = { stored: boolean, rows: number, created: number, updated: number, unchanged: number, refused: number, import: string | null, problems: Array<{ sheet: string, row: number, column: string | null, field: string | null, code: string, message: string, note: boolean }>, plan: Array<{ sheet: string, row: number, does: RosterDoing, turns: Array<{ field: string, before: string | null, after: string | null }> }>, followed: Array<{ cycle: string, year: number, added: number, changed: number, removed: number, kept: number }> };

export type RosterQueryVariables = Exact<{
  past: boolean;
  postings?: Array<string> | string | null | undefined;
}>;


export type RosterQuery = { roster: Array<{ posting: string, person: string, name: string, idNumber: string | null, gender: string, bornOn: string, townId: string, town: string, village: string, startsOn: string, endsOn: string | null, fullTime: boolean, phone: string | null, politics: string | null, schooling: string | null, household: string | null, cadre: boolean, category: string | null, employer: string | null, contractFrom: string | null, contractTo: string | null, retiresIn: string, retiresSoon: boolean }> };

export type SavePeopleMutationVariables = Exact<{
  rows: Array<PersonRowInput> | PersonRowInput;
  makeUnits: boolean;
  goodRows: boolean;
  dryRun: boolean;
  key: string;
}>;


export type SavePeopleMutation = { savePeople: { stored: boolean, rows: number, created: number, updated: number, unchanged: number, refused: number, import: string | null, problems: Array<{ sheet: string, row: number, column: string | null, field: string | null, code: string, message: string, note: boolean }>, plan: Array<{ sheet: string, row: number, does: RosterDoing, turns: Array<{ field: string, before: string | null, after: string | null }> }>, followed: Array<{ cycle: string, year: number, added: number, changed: number, removed: number, kept: number }> } };

export type SaveUnitsMutationVariables = Exact<{
  rows: Array<UnitRowInput> | UnitRowInput;
  dryRun: boolean;
  key: string;
}>;


export type SaveUnitsMutation = { saveUnits: { stored: boolean, rows: number, created: number, updated: number, unchanged: number, refused: number, import: string | null, problems: Array<{ sheet: string, row: number, column: string | null, field: string | null, code: string, message: string, note: boolean }>, plan: Array<{ sheet: string, row: number, does: RosterDoing, turns: Array<{ field: string, before: string | null, after: string | null }> }>, followed: Array<{ cycle: string, year: number, added: number, changed: number, removed: number, kept: number }> } };

export type EndPostingMutationVariables = Exact<{
  posting: string;
  on: string;
  kind: PostingEnd;
  reason?: string | null | undefined;
  key: string;
}>;


export type EndPostingMutation = { endPosting: Array<{ year: number, added: number, changed: number, removed: number, kept: number }> };

export type TransferPostingMutationVariables = Exact<{
  posting: string;
  village: string;
  on: string;
  key: string;
}>;


export type TransferPostingMutation = { transferPosting: Array<{ year: number, added: number, changed: number, removed: number, kept: number }> };

export type RevealPersonMutationVariables = Exact<{
  person: string;
  reason: string;
  key: string;
}>;


export type RevealPersonMutation = { revealPerson: { idNumber: string | null, phone: string | null } };

export type TakeBackImportMutationVariables = Exact<{
  id: string;
  key: string;
}>;


export type TakeBackImportMutation = { takeBackImport: Array<{ year: number, added: number, changed: number, removed: number, kept: number }> };

export type RosterImportsQueryVariables = Exact<{ [key: string]: never; }>;


export type RosterImportsQuery = { rosterImports: Array<{ id: string, kind: string, fileName: string, rows: number, created: number, updated: number, by: string, at: string, takenBack: boolean }> };

export type RosterUnitsQueryVariables = Exact<{ [key: string]: never; }>;


export type RosterUnitsQuery = { units: Array<{ id: string, kind: UnitKind, code: string, name: string, parentId: string | null, provisional: boolean, closedOn: string | null }> };

export type ChangeUnitMutationVariables = Exact<{
  unit: string;
  name?: string | null | undefined;
  code?: string | null | undefined;
  town?: string | null | undefined;
  key: string;
}>;


export type ChangeUnitMutation = { changeUnit: Array<{ year: number, added: number, changed: number }> };

export type CloseUnitMutationVariables = Exact<{
  unit: string;
  on: string;
  into?: string | null | undefined;
  key: string;
}>;


export type CloseUnitMutation = { closeUnit: Array<{ year: number, added: number, changed: number }> };

export type ScoreGridQueryVariables = Exact<{
  cycle: string;
  unit?: string | null | undefined;
  view: GridView;
  since?: number | null | undefined;
}>;


export type ScoreGridQuery = { scoreGrid: { names: string, villages: string, towns: string, fullTime: string, columns: Array<{ field: string, kind: string, title: string, item: string | null, section: string | null, max: string | null, step: string, clause: string, detail: string | null }>, sections: Array<{ id: string, title: string, max: string }>, rows: { ids: string, cells: Array<string>, marks: string, totals: string, missing: string, limits: string, states: string, mayScore: string, seq: number } } };

export type RowsFragment = { ids: string, cells: Array<string>, marks: string, totals: string, missing: string, limits: string, states: string, mayScore: string, seq: number };

export type SaveCellsMutationVariables = Exact<{
  input: SaveCellsInput;
}>;


export type SaveCellsMutation = { saveCells: { changeSet: string | null, applied: number, leftOut: Array<{ at: number, code: string, says: string, mine: string | null, theirs: string | null, by: string | null, when: string | null, sheet: string, field: string }>, rows: { ids: string, cells: Array<string>, marks: string, totals: string, missing: string, limits: string, states: string, mayScore: string, seq: number } } };

export type UndoChangeSetMutationVariables = Exact<{
  id: string;
  key: string;
  view: GridView;
}>;


export type UndoChangeSetMutation = { undoChangeSet: { changeSet: string | null, applied: number, leftOut: Array<{ at: number, code: string, says: string, mine: string | null, theirs: string | null, by: string | null, when: string | null, sheet: string, field: string }>, rows: { ids: string, cells: Array<string>, marks: string, totals: string, missing: string, limits: string, states: string, mayScore: string, seq: number } } };

export type ReplyFragment = { changeSet: string | null, applied: number, leftOut: Array<{ at: number, code: string, says: string, mine: string | null, theirs: string | null, by: string | null, when: string | null, sheet: string, field: string }>, rows: { ids: string, cells: Array<string>, marks: string, totals: string, missing: string, limits: string, states: string, mayScore: string, seq: number } };

export type GridChangedSubscriptionVariables = Exact<{
  cycle: string;
  view: GridView;
}>;


export type GridChangedSubscription = { gridChanged:
    | { __typename: 'GridChange', seq: number, changeSet: string, by: string, key: string | null, rows: { ids: string, cells: Array<string>, marks: string, totals: string, missing: string, limits: string, states: string, mayScore: string, seq: number } }
    | { __typename: 'Presence', account: string, by: string, sheet: string | null, field: string | null }
   };

export type ShowPlaceMutationVariables = Exact<{
  cycle: string;
  sheet?: string | null | undefined;
  field?: string | null | undefined;
}>;


export type ShowPlaceMutation = { showPlace: boolean };

export type ExplainQueryVariables = Exact<{
  sheet: string;
}>;


export type ExplainQuery = { explain: { hasScore: boolean, provisional: string | null, total: string, exact: string, missing: Array<string>, gradeName: string | null, gradeReasons: Array<{ says: string, clause: string, clauseText: string }>, limitsNotHit: Array<{ name: string, says: string, clause: string }>, openReadings: Array<{ interpretation: string, question: string, says: string, otherwise: Array<string> }>, lines: Array<{ id: string, depth: number, name: string, points: string, max: string | null, state: string | null, says: string, clause: string, clauseText: string, missing: Array<string>, entered: { by: string, at: string } | null }> } };

export type ReasonsFragment = { hasScore: boolean, provisional: string | null, total: string, exact: string, missing: Array<string>, gradeName: string | null, gradeReasons: Array<{ says: string, clause: string, clauseText: string }>, limitsNotHit: Array<{ name: string, says: string, clause: string }>, openReadings: Array<{ interpretation: string, question: string, says: string, otherwise: Array<string> }>, lines: Array<{ id: string, depth: number, name: string, points: string, max: string | null, state: string | null, says: string, clause: string, clauseText: string, missing: Array<string>, entered: { by: string, at: string } | null }> };

export type CellHistoryQueryVariables = Exact<{
  sheet: string;
  field?: string | null | undefined;
}>;


export type CellHistoryQuery = { cellHistory: Array<{ changeSet: string, sheet: string, field: string, before: string | null, after: string | null, by: string, at: string, kind: ChangeKind }> };

export type CellsHistoryQueryVariables = Exact<{
  cycle: string;
  sheets: Array<string> | string;
  fields: Array<string | null | undefined> | string;
}>;


export type CellsHistoryQuery = { cellsHistory: Array<{ changeSet: string, sheet: string, field: string, before: string | null, after: string | null, by: string, at: string, kind: ChangeKind }> };

export type TurnFragment = { changeSet: string, sheet: string, field: string, before: string | null, after: string | null, by: string, at: string, kind: ChangeKind };

export type NotedCellsQueryVariables = Exact<{
  cycle: string;
}>;


export type NotedCellsQuery = { notedCells: { sheets: string, fields: string } };

export type CellNotesQueryVariables = Exact<{
  sheet: string;
  field: string;
}>;


export type CellNotesQuery = { cellNotes: Array<{ mine: boolean, note: { id: string, text: string, by: string, at: string } }> };

export type AddNoteMutationVariables = Exact<{
  sheet: string;
  field: string;
  text: string;
  key: string;
}>;


export type AddNoteMutation = { addNote: { mine: boolean } };

export type RemoveNoteMutationVariables = Exact<{
  id: string;
}>;


export type RemoveNoteMutation = { removeNote: boolean };

export type SavedViewsQueryVariables = Exact<{
  page: string;
}>;


export type SavedViewsQuery = { savedViews: Array<{ mine: boolean, view: { id: string, name: string, by: string, shared: boolean, content: string } }> };

export type SaveViewMutationVariables = Exact<{
  page: string;
  name: string;
  shared: boolean;
  content: string;
}>;


export type SaveViewMutation = { saveView: { mine: boolean } };

export type RemoveViewMutationVariables = Exact<{
  id: string;
}>;


export type RemoveViewMutation = { removeView: boolean };

export type CellsChangedQueryVariables = Exact<{
  cycle: string;
  since: string;
}>;


export type CellsChangedQuery = { cellsChanged: { sheets: string, fields: string } };

export type EvidenceCellsQueryVariables = Exact<{
  cycle: string;
}>;


export type EvidenceCellsQuery = { evidenceCells: { sheets: string, fields: string } };

export type CellEvidenceQueryVariables = Exact<{
  sheet: string;
  field: string;
}>;


export type CellEvidenceQuery = { evidence: { may: boolean, files: Array<{ id: string, name: string, type: string, size: number, by: string, at: string }> } };

export type WebhooksQueryVariables = Exact<{ [key: string]: never; }>;


export type WebhooksQuery = { webhooks: Array<{ id: string, url: string, events: Array<WebhookEvent>, active: boolean, waiting: number, givenUp: number, deliveries: Array<{ seq: number, event: WebhookEvent, state: DeliveryState, attempt: number, code: number | null, since: string }> }> };

export type CreateWebhookMutationVariables = Exact<{
  input: WebhookInput;
  key: string;
}>;


export type CreateWebhookMutation = { createWebhook: { id: string, secret: string } };

export type SetWebhookMutationVariables = Exact<{
  id: string;
  active: boolean;
  key: string;
}>;


export type SetWebhookMutation = { setWebhook: boolean };

export type ReplayWebhookMutationVariables = Exact<{
  id: string;
  from: number;
  key: string;
}>;


export type ReplayWebhookMutation = { replayWebhook: number };

export type RemoveWebhookMutationVariables = Exact<{
  id: string;
  key: string;
}>;


export type RemoveWebhookMutation = { removeWebhook: boolean };

export type StagesQueryVariables = Exact<{
  cycle: string;
  signatures: boolean;
}>;


export type StagesQuery = { stages: Array<{ id: string, title: string, who: string, by: Array<Role>, all: boolean, writes: boolean, does: string, clause: string, due: string | null, late: boolean, sheets: number, backTo: Array<string>, units: Array<{ unit: string, name: string, sheets: number, unfinished: number, may: boolean, recused: boolean, signed: Array<Role> }> }>, signatures?: Array<{ id: string, unitId: string, stage: string, role: string, by: string, at: string, backTo: string | null, sheets: number, hash: string, reason: string | null }> };

export type MoveSheetsMutationVariables = Exact<{
  input: MoveInput;
  key: string;
}>;


export type MoveSheetsMutation = { moveSheets: { moved: number, stage: string, hash: string, awaited: Array<Role> } };

export type PolicyTitlesQueryVariables = Exact<{ [key: string]: never; }>;


export type PolicyTitlesQuery = { policies: Array<{ id: string, title: string }> };

export type OpenCycleMutationVariables = Exact<{
  input: OpenCycleInput;
  key: string;
}>;


export type OpenCycleMutation = { openCycle: { cycle: string, sheets: number, leftOut: number } };

export type CycleEntrantsQueryVariables = Exact<{
  year: number;
  period: Period;
}>;


export type CycleEntrantsQuery = { cycleEntrants: Array<{ coordinator: string, name: string, villages: string | null, days: number, leftOut: string | null }> };

export type PolicyReadingsQueryVariables = Exact<{
  id: string;
}>;


export type PolicyReadingsQuery = { policy: { summary: { id: string, readings: Array<{ id: string, question: string, options: Array<{ id: string, says: string, isDefault: boolean }> }> } } };

export type ChangePolicyMutationVariables = Exact<{
  cycle: string;
  policy: string;
  choices: Array<ChoiceInput> | ChoiceInput;
  reason: string;
  key: string;
}>;


export type ChangePolicyMutation = { changePolicy: { sheets: number, changed: number } };

export type SetUpStateQueryVariables = Exact<{ [key: string]: never; }>;


export type SetUpStateQuery = { setUpState: { towns: number, villages: number, people: number, bureau: boolean, townsWithoutAccount: number, accountsWithoutRole: number, cycles: number } };

export type MeQueryVariables = Exact<{ [key: string]: never; }>;


export type MeQuery = { me: { id: string, name: string, may: Array<Permission>, county: { id: string, name: string }, grants: Array<{ role: Role, unit: string, unitName: string }> }, roles: Array<{ role: Role, title: string }>, cycles: Array<{ policyTitle: string, cycle: { id: string, year: number, period: string, state: CycleState, policyId: string, baseDate: string } }>, units: Array<{ id: string, kind: UnitKind, name: string, parentId: string | null }>, policies: Array<{ id: string, rates: boolean, attends: boolean, grades: Array<{ id: string, title: string }>, measures: Array<{ id: string, title: string, parts: Array<{ id: string, title: string }> }>, tally: { base: string, levels: Array<{ id: string, title: string }>, rules: Array<{ id: string, title: string, sign: string, clause: string, says: string, parts: Array<string>, levels: Array<string> }> } | null }> };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const NoticeFragmentDoc = new TypedDocumentString(`
    fragment Notice on NoticeRead {
  id
  unit
  unitName
  columns
  audience
  state
  startsOn
  endsOn
  provisional
  days
  heads
  rows {
    shows
    own
  }
  hash
  by
  at
  replaces
  withdrawnReason
  may
}
    `, {"fragmentName":"Notice"}) as unknown as TypedDocumentString<NoticeFragment, unknown>;
export const AffectedByFragmentDoc = new TypedDocumentString(`
    fragment AffectedBy on Affected {
  people
  points
  grades
  seats
  leaves
  yuan
}
    `, {"fragmentName":"AffectedBy"}) as unknown as TypedDocumentString<AffectedByFragment, unknown>;
export const BallotFormFragmentDoc = new TypedDocumentString(`
    fragment BallotForm on MyBallot {
  rater
  coordinator
  village
  year
  group
  secret
  voted
  open
  dimensions {
    id
    title
    detail
    most
    step
  }
}
    `, {"fragmentName":"BallotForm"}) as unknown as TypedDocumentString<BallotFormFragment, unknown>;
export const RosterLineFragmentDoc = new TypedDocumentString(`
    fragment RosterLine on RosterRow {
  posting
  person
  name
  idNumber
  gender
  bornOn
  townId
  town
  village
  startsOn
  endsOn
  fullTime
  phone
  politics
  schooling
  household
  cadre
  category
  employer
  contractFrom
  contractTo
  retiresIn
  retiresSoon
}
    `, {"fragmentName":"RosterLine"}) as unknown as TypedDocumentString<RosterLineFragment, unknown>;
export const TakenInFragmentDoc = new TypedDocumentString(`
    fragment TakenIn on RosterReplyType {
  stored
  rows
  created
  updated
  unchanged
  refused
  problems {
    sheet
    row
    column
    field
    code
    message
    note
  }
  plan {
    sheet
    row
    does
    turns {
      field
      before
      after
    }
  }
  followed {
    cycle
    year
    added
    changed
    removed
    kept
  }
  import
}
    `, {"fragmentName":"TakenIn"}) as unknown as TypedDocumentString<TakenInFragment, unknown>;
export const RowsFragmentDoc = new TypedDocumentString(`
    fragment Rows on GridRows {
  ids
  cells
  marks
  totals
  missing
  limits
  states
  mayScore
  seq
}
    `, {"fragmentName":"Rows"}) as unknown as TypedDocumentString<RowsFragment, unknown>;
export const ReplyFragmentDoc = new TypedDocumentString(`
    fragment Reply on SaveReply {
  changeSet
  applied
  leftOut {
    at
    code
    says
    mine
    theirs
    by
    when
    sheet
    field
  }
  rows {
    ...Rows
  }
}
    fragment Rows on GridRows {
  ids
  cells
  marks
  totals
  missing
  limits
  states
  mayScore
  seq
}`, {"fragmentName":"Reply"}) as unknown as TypedDocumentString<ReplyFragment, unknown>;
export const ReasonsFragmentDoc = new TypedDocumentString(`
    fragment Reasons on Explanation {
  hasScore
  provisional
  total
  exact
  missing
  gradeName
  gradeReasons {
    says
    clause
    clauseText
  }
  limitsNotHit {
    name
    says
    clause
  }
  openReadings {
    interpretation
    question
    says
    otherwise
  }
  lines {
    id
    depth
    name
    points
    max
    state
    says
    clause
    clauseText
    missing
    entered {
      by
      at
    }
  }
}
    `, {"fragmentName":"Reasons"}) as unknown as TypedDocumentString<ReasonsFragment, unknown>;
export const TurnFragmentDoc = new TypedDocumentString(`
    fragment Turn on CellTurn {
  changeSet
  sheet
  field
  before
  after
  by
  at
  kind
}
    `, {"fragmentName":"Turn"}) as unknown as TypedDocumentString<TurnFragment, unknown>;
export const MyAccountDocument = new TypedDocumentString(`
    query MyAccount {
  myAccount {
    login
    secondFactor
    secondFactorNeeded
    recoveryLeft
    sessions {
      id
      since
      seen
      address
      agent
      current
    }
  }
}
    `) as unknown as TypedDocumentString<MyAccountQuery, MyAccountQueryVariables>;
export const ChangePasswordDocument = new TypedDocumentString(`
    mutation ChangePassword($old: String!, $new: String!, $key: String!) {
  changePassword(old: $old, new: $new, key: $key)
}
    `) as unknown as TypedDocumentString<ChangePasswordMutation, ChangePasswordMutationVariables>;
export const EndMySessionDocument = new TypedDocumentString(`
    mutation EndMySession($id: ID!, $key: String!) {
  endMySession(id: $id, key: $key)
}
    `) as unknown as TypedDocumentString<EndMySessionMutation, EndMySessionMutationVariables>;
export const TotpSecretDocument = new TypedDocumentString(`
    query TotpSecret($key: String!) {
  totpSecret(key: $key) {
    secret
    uri
  }
}
    `) as unknown as TypedDocumentString<TotpSecretQuery, TotpSecretQueryVariables>;
export const EnableTotpDocument = new TypedDocumentString(`
    mutation EnableTotp($code: String!, $key: String!) {
  enableTotp(code: $code, key: $key)
}
    `) as unknown as TypedDocumentString<EnableTotpMutation, EnableTotpMutationVariables>;
export const DisableTotpDocument = new TypedDocumentString(`
    mutation DisableTotp($key: String!) {
  disableTotp(key: $key)
}
    `) as unknown as TypedDocumentString<DisableTotpMutation, DisableTotpMutationVariables>;
export const TokensDocument = new TypedDocumentString(`
    query Tokens {
  tokens {
    id
    name
    scopes
    since
    until
    used
    revoked
  }
}
    `) as unknown as TypedDocumentString<TokensQuery, TokensQueryVariables>;
export const CreateTokenDocument = new TypedDocumentString(`
    mutation CreateToken($input: TokenInput!, $key: String!) {
  createToken(input: $input, key: $key) {
    token
  }
}
    `) as unknown as TypedDocumentString<CreateTokenMutation, CreateTokenMutationVariables>;
export const RevokeTokenDocument = new TypedDocumentString(`
    mutation RevokeToken($id: ID!, $key: String!) {
  revokeToken(id: $id, key: $key)
}
    `) as unknown as TypedDocumentString<RevokeTokenMutation, RevokeTokenMutationVariables>;
export const AccountsDocument = new TypedDocumentString(`
    query Accounts($find: String) {
  accounts(find: $find) {
    more
    unencrypted
    accounts {
      id
      login
      name
      disabled
      mustChange
      secondFactor
      sessions
      grants {
        id
        role
        unit
        unitName
        until
        onBehalfOf
        coordinatorName
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AccountsQuery, AccountsQueryVariables>;
export const CoordinatorsOfDocument = new TypedDocumentString(`
    query CoordinatorsOf($village: ID!) {
  coordinatorsOf(village: $village) {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<CoordinatorsOfQuery, CoordinatorsOfQueryVariables>;
export const CreateAccountDocument = new TypedDocumentString(`
    mutation CreateAccount($login: String!, $name: String!, $key: String!) {
  createAccount(login: $login, name: $name, key: $key) {
    password
  }
}
    `) as unknown as TypedDocumentString<CreateAccountMutation, CreateAccountMutationVariables>;
export const RenameAccountDocument = new TypedDocumentString(`
    mutation RenameAccount($id: ID!, $name: String!, $key: String!) {
  renameAccount(id: $id, name: $name, key: $key)
}
    `) as unknown as TypedDocumentString<RenameAccountMutation, RenameAccountMutationVariables>;
export const DisableAccountDocument = new TypedDocumentString(`
    mutation DisableAccount($id: ID!, $disabled: Boolean!, $key: String!) {
  disableAccount(id: $id, disabled: $disabled, key: $key)
}
    `) as unknown as TypedDocumentString<DisableAccountMutation, DisableAccountMutationVariables>;
export const ResetPasswordDocument = new TypedDocumentString(`
    mutation ResetPassword($id: ID!, $key: String!) {
  resetPassword(id: $id, key: $key) {
    password
  }
}
    `) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const ForgetTotpDocument = new TypedDocumentString(`
    mutation ForgetTotp($id: ID!, $key: String!) {
  forgetTotp(id: $id, key: $key)
}
    `) as unknown as TypedDocumentString<ForgetTotpMutation, ForgetTotpMutationVariables>;
export const EndSessionsDocument = new TypedDocumentString(`
    mutation EndSessions($id: ID!, $key: String!) {
  endSessions(id: $id, key: $key)
}
    `) as unknown as TypedDocumentString<EndSessionsMutation, EndSessionsMutationVariables>;
export const GrantRoleDocument = new TypedDocumentString(`
    mutation GrantRole($input: GrantInput!, $key: String!) {
  grantRole(input: $input, key: $key)
}
    `) as unknown as TypedDocumentString<GrantRoleMutation, GrantRoleMutationVariables>;
export const EndGrantDocument = new TypedDocumentString(`
    mutation EndGrant($id: ID!, $key: String!) {
  endGrant(id: $id, key: $key)
}
    `) as unknown as TypedDocumentString<EndGrantMutation, EndGrantMutationVariables>;
export const RolesDocument = new TypedDocumentString(`
    query Roles {
  roles {
    role
    title
    level
    may {
      title
    }
  }
}
    `) as unknown as TypedDocumentString<RolesQuery, RolesQueryVariables>;
export const AccountsToMakeDocument = new TypedDocumentString(`
    query AccountsToMake {
  accountsToMake {
    role
    all
    missing
  }
}
    `) as unknown as TypedDocumentString<AccountsToMakeQuery, AccountsToMakeQueryVariables>;
export const AccountsProgressDocument = new TypedDocumentString(`
    query AccountsProgress($key: String!) {
  accountsProgress(key: $key) {
    done
    of
  }
}
    `) as unknown as TypedDocumentString<AccountsProgressQuery, AccountsProgressQueryVariables>;
export const CreateAccountsDocument = new TypedDocumentString(`
    mutation CreateAccounts($roles: [Role!]!, $key: String!) {
  createAccounts(roles: $roles, key: $key) {
    account
    login
    name
    password
  }
}
    `) as unknown as TypedDocumentString<CreateAccountsMutation, CreateAccountsMutationVariables>;
export const ProposedGrantsDocument = new TypedDocumentString(`
    query ProposedGrants {
  proposedGrants {
    account
    login
    name
    role
    unit
    unitName
    coordinator
  }
}
    `) as unknown as TypedDocumentString<ProposedGrantsQuery, ProposedGrantsQueryVariables>;
export const GrantRolesDocument = new TypedDocumentString(`
    mutation GrantRoles($grants: [GrantInput!]!, $key: String!) {
  grantRoles(grants: $grants, key: $key)
}
    `) as unknown as TypedDocumentString<GrantRolesMutation, GrantRolesMutationVariables>;
export const AttendanceDocument = new TypedDocumentString(`
    query Attendance($cycle: ID!, $unit: ID) {
  attendance(cycle: $cycle, unit: $unit) {
    sheet
    name
    village
    proposed
    entered
    provisional
    may
    mayTake
    found {
      field
      title
      value
    }
    records {
      id
      kind
      from
      to
      half
      excused
      reasonGiven
      onPost
      by
      at
      elsewhere
      may
    }
  }
}
    `) as unknown as TypedDocumentString<AttendanceQuery, AttendanceQueryVariables>;
export const RecordAbsenceDocument = new TypedDocumentString(`
    mutation RecordAbsence($cycle: ID!, $sheets: [ID!]!, $input: AttendanceInput!, $replaces: ID, $key: String!) {
  recordAbsence(
    cycle: $cycle
    sheets: $sheets
    input: $input
    replaces: $replaces
    key: $key
  )
}
    `) as unknown as TypedDocumentString<RecordAbsenceMutation, RecordAbsenceMutationVariables>;
export const EndAttendanceDocument = new TypedDocumentString(`
    mutation EndAttendance($cycle: ID!, $record: ID!, $reason: String!, $key: String!) {
  endAttendance(cycle: $cycle, record: $record, reason: $reason, key: $key)
}
    `) as unknown as TypedDocumentString<EndAttendanceMutation, EndAttendanceMutationVariables>;
export const ActsDocument = new TypedDocumentString(`
    query Acts($cycle: ID, $kinds: [ChangeKind!], $before: Int) {
  acts(cycle: $cycle, kinds: $kinds, before: $before, first: 100) {
    seq
    id
    kind
    at
    by
    behalf
    address
    reason
    policy
    details
    sheets
    cells
    hash
  }
}
    `) as unknown as TypedDocumentString<ActsQuery, ActsQueryVariables>;
export const ChainHeadDocument = new TypedDocumentString(`
    query ChainHead {
  chainHead {
    seq
    hash
    at
  }
}
    `) as unknown as TypedDocumentString<ChainHeadQuery, ChainHeadQueryVariables>;
export const VerificationDocument = new TypedDocumentString(`
    query Verification($head: String) {
  verification(head: $head) {
    ok
    firstBroken
    acts
  }
}
    `) as unknown as TypedDocumentString<VerificationQuery, VerificationQueryVariables>;
export const ClaimsDocument = new TypedDocumentString(`
    query Claims($cycle: ID!, $unit: ID, $state: ClaimState) {
  claims(cycle: $cycle, unit: $unit, state: $state) {
    count
    claims {
      claim {
        id
        sheetId
        rule
        matter
        state
        proposedBy
        proposedAt
        decidedBy
        decidedAt
        reason
      }
      ruleTitle
      bonus
      clause
      parts {
        part
        name
        value
      }
      name
      village
      town
      worth {
        points
        total
        says
        same {
          claim
          says
        }
      }
      evidence {
        id
        name
        type
        size
        by
        at
      }
      may
    }
  }
}
    `) as unknown as TypedDocumentString<ClaimsQuery, ClaimsQueryVariables>;
export const ClaimSheetsDocument = new TypedDocumentString(`
    query ClaimSheets($cycle: ID!) {
  claimSheets(cycle: $cycle) {
    sheet
    name
    village
    town
  }
}
    `) as unknown as TypedDocumentString<ClaimSheetsQuery, ClaimSheetsQueryVariables>;
export const PreviewClaimDocument = new TypedDocumentString(`
    query PreviewClaim($sheet: ID!, $content: ClaimInput!) {
  previewClaim(sheet: $sheet, content: $content) {
    points
    total
    says
    same {
      claim
      says
    }
  }
}
    `) as unknown as TypedDocumentString<PreviewClaimQuery, PreviewClaimQueryVariables>;
export const ProposeClaimDocument = new TypedDocumentString(`
    mutation ProposeClaim($sheet: ID!, $content: ClaimInput!, $key: String!) {
  proposeClaim(sheet: $sheet, content: $content, key: $key) {
    id
    same {
      claim
      says
    }
  }
}
    `) as unknown as TypedDocumentString<ProposeClaimMutation, ProposeClaimMutationVariables>;
export const DecideClaimDocument = new TypedDocumentString(`
    mutation DecideClaim($id: ID!, $accept: Boolean!, $seen: [ID!]!, $reason: String, $key: String!) {
  decideClaim(id: $id, accept: $accept, seen: $seen, reason: $reason, key: $key) {
    id
    state
    total
  }
}
    `) as unknown as TypedDocumentString<DecideClaimMutation, DecideClaimMutationVariables>;
export const WithdrawClaimDocument = new TypedDocumentString(`
    mutation WithdrawClaim($id: ID!, $reason: String, $key: String!) {
  withdrawClaim(id: $id, reason: $reason, key: $key) {
    id
    state
    total
  }
}
    `) as unknown as TypedDocumentString<WithdrawClaimMutation, WithdrawClaimMutationVariables>;
export const RemoveEvidenceDocument = new TypedDocumentString(`
    mutation RemoveEvidence($id: ID!, $key: String!) {
  removeEvidence(id: $id, key: $key)
}
    `) as unknown as TypedDocumentString<RemoveEvidenceMutation, RemoveEvidenceMutationVariables>;
export const ProposeRanksDocument = new TypedDocumentString(`
    mutation ProposeRanks($cycle: ID!, $rule: ID!, $key: String!) {
  proposeRanks(cycle: $cycle, rule: $rule, key: $key)
}
    `) as unknown as TypedDocumentString<ProposeRanksMutation, ProposeRanksMutationVariables>;
export const HomeDocument = new TypedDocumentString(`
    query Home($cycle: ID!, $results: Boolean!, $progress: Boolean!, $claims: Boolean!, $appeals: Boolean!, $ballots: Boolean!) {
  stages(cycle: $cycle) {
    id
    title
    clause
    due
    late
    writes
    sheets
    units {
      unit
      name
      sheets
      unfinished
      may
    }
  }
  duties(cycle: $cycle) {
    id
    title
    from
    by
    daysLeft
    daysLate
    state
    clause
  }
  results(cycle: $cycle) @include(if: $results) {
    sheet
    needs
    may
    town
  }
  progress(cycle: $cycle) @include(if: $progress) {
    town
    name
    sheets
    unfinished
    late
    cap
    taken
    contested
    stages {
      id
      name
      count
    }
    grades {
      id
      name
      count
    }
  }
  claims(cycle: $cycle, state: proposed, first: 1000) @include(if: $claims) {
    claims {
      may
    }
  }
  appeals(cycle: $cycle) @include(if: $appeals) {
    dueOn
    late
    mayDecide
  }
  myBallots(cycle: $cycle) @include(if: $ballots) {
    open
    voted
  }
}
    `) as unknown as TypedDocumentString<HomeQuery, HomeQueryVariables>;
export const NoticesDocument = new TypedDocumentString(`
    query Notices($cycle: ID!) {
  notices(cycle: $cycle) {
    ...Notice
  }
}
    fragment Notice on NoticeRead {
  id
  unit
  unitName
  columns
  audience
  state
  startsOn
  endsOn
  provisional
  days
  heads
  rows {
    shows
    own
  }
  hash
  by
  at
  replaces
  withdrawnReason
  may
}`) as unknown as TypedDocumentString<NoticesQuery, NoticesQueryVariables>;
export const NoticeFormDocument = new TypedDocumentString(`
    query NoticeForm($cycle: ID!) {
  noticeForm(cycle: $cycle) {
    columns {
      id
      title
    }
    left
    leftPublic
    usual
    reading
    days
    least
    most
    units
  }
}
    `) as unknown as TypedDocumentString<NoticeFormQuery, NoticeFormQueryVariables>;
export const PreviewNoticeDocument = new TypedDocumentString(`
    query PreviewNotice($input: NoticeInput!) {
  previewNotice(input: $input) {
    heads
    rows {
      shows
      own
    }
    startsOn
    endsOn
    provisional
  }
}
    `) as unknown as TypedDocumentString<PreviewNoticeQuery, PreviewNoticeQueryVariables>;
export const PublishNoticeDocument = new TypedDocumentString(`
    mutation PublishNotice($input: NoticeInput!, $key: String!) {
  publishNotice(input: $input, key: $key)
}
    `) as unknown as TypedDocumentString<PublishNoticeMutation, PublishNoticeMutationVariables>;
export const WithdrawNoticeDocument = new TypedDocumentString(`
    mutation WithdrawNotice($id: ID!, $reason: String!, $key: String!) {
  withdrawNotice(id: $id, reason: $reason, key: $key)
}
    `) as unknown as TypedDocumentString<WithdrawNoticeMutation, WithdrawNoticeMutationVariables>;
export const CalendarDocument = new TypedDocumentString(`
    query Calendar {
  holidays {
    day
    off
  }
  calendarYears {
    year
    announcement
    own
    workingDays
    days {
      day
      off
    }
  }
  calendarChanges(first: 1) {
    seq
    sheets {
      sheet
      name
      village
      year
      before
      after
      filed
    }
    notices {
      id
      before
      after
    }
    appeals {
      id
      before
      after
    }
  }
}
    `) as unknown as TypedDocumentString<CalendarQuery, CalendarQueryVariables>;
export const SetCalendarYearDocument = new TypedDocumentString(`
    mutation SetCalendarYear($year: Int!, $announcement: String!, $holidays: [String!]!, $workdays: [String!]!, $key: String!) {
  setCalendarYear(
    year: $year
    announcement: $announcement
    holidays: $holidays
    workdays: $workdays
    key: $key
  )
}
    `) as unknown as TypedDocumentString<SetCalendarYearMutation, SetCalendarYearMutationVariables>;
export const SetHolidayDocument = new TypedDocumentString(`
    mutation SetHoliday($day: String!, $off: Boolean, $key: String!) {
  setHoliday(day: $day, off: $off, key: $key)
}
    `) as unknown as TypedDocumentString<SetHolidayMutation, SetHolidayMutationVariables>;
export const AppealsDocument = new TypedDocumentString(`
    query Appeals($cycle: ID!) {
  appeals(cycle: $cycle) {
    id
    sheet
    appellant
    village
    town
    items {
      id
      title
    }
    text
    by
    at
    dueOn
    provisional
    late
    state
    decidedBy
    decidedAt
    reason
    mayDecide
    mayWithdraw
  }
}
    `) as unknown as TypedDocumentString<AppealsQuery, AppealsQueryVariables>;
export const AppealFormDocument = new TypedDocumentString(`
    query AppealForm($cycle: ID!) {
  appealForm(cycle: $cycle) {
    items {
      id
      title
    }
    sheets {
      sheet
      name
      village
      until
    }
  }
}
    `) as unknown as TypedDocumentString<AppealFormQuery, AppealFormQueryVariables>;
export const FileAppealDocument = new TypedDocumentString(`
    mutation FileAppeal($sheet: ID!, $items: [ID!]!, $text: String!, $key: String!) {
  fileAppeal(sheet: $sheet, items: $items, text: $text, key: $key)
}
    `) as unknown as TypedDocumentString<FileAppealMutation, FileAppealMutationVariables>;
export const WithdrawAppealDocument = new TypedDocumentString(`
    mutation WithdrawAppeal($id: ID!, $key: String!) {
  withdrawAppeal(id: $id, key: $key)
}
    `) as unknown as TypedDocumentString<WithdrawAppealMutation, WithdrawAppealMutationVariables>;
export const DecideAppealDocument = new TypedDocumentString(`
    mutation DecideAppeal($id: ID!, $upheld: Boolean!, $reason: String!, $key: String!) {
  decideAppeal(id: $id, upheld: $upheld, reason: $reason, key: $key)
}
    `) as unknown as TypedDocumentString<DecideAppealMutation, DecideAppealMutationVariables>;
export const FilingsDocument = new TypedDocumentString(`
    query Filings($cycle: ID!) {
  filings(cycle: $cycle) {
    id
    unitName
    people {
      sheet
      name
      village
      grade
      rank
      total
    }
    hash
    chain
    policyHash
    by
    at
    corrects
    corrected
  }
}
    `) as unknown as TypedDocumentString<FilingsQuery, FilingsQueryVariables>;
export const CorrectionsDocument = new TypedDocumentString(`
    query Corrections($cycle: ID!) {
  corrections(cycle: $cycle) {
    id
    sheet
    name
    village
    title
    before
    after
    reason
    document
    by
    at
    state
    secondBy
    secondAt
    secondReason
    may
  }
}
    `) as unknown as TypedDocumentString<CorrectionsQuery, CorrectionsQueryVariables>;
export const CorrectDocument = new TypedDocumentString(`
    mutation Correct($input: CorrectionInput!, $key: String!) {
  correct(input: $input, key: $key)
}
    `) as unknown as TypedDocumentString<CorrectMutation, CorrectMutationVariables>;
export const SignCorrectionDocument = new TypedDocumentString(`
    mutation SignCorrection($id: ID!, $agrees: Boolean!, $reason: String!, $key: String!) {
  signCorrection(id: $id, agrees: $agrees, reason: $reason, key: $key)
}
    `) as unknown as TypedDocumentString<SignCorrectionMutation, SignCorrectionMutationVariables>;
export const MySheetsDocument = new TypedDocumentString(`
    query MySheets($cycle: ID!) {
  mySheets(cycle: $cycle) {
    sheet
    village
    town
    stage
    days
  }
  stages(cycle: $cycle) {
    id
    title
    who
    due
  }
}
    `) as unknown as TypedDocumentString<MySheetsQuery, MySheetsQueryVariables>;
export const PoliciesDocument = new TypedDocumentString(`
    query Policies {
  policies {
    id
    title
  }
}
    `) as unknown as TypedDocumentString<PoliciesQuery, PoliciesQueryVariables>;
export const PolicyDocument = new TypedDocumentString(`
    query Policy($id: ID!) {
  policy(id: $id) {
    summary {
      id
      title
      issuer
      hash
      checkedOn
      findings
      readings {
        id
        question
        approver
        clause
        options {
          id
          says
          isDefault
        }
      }
    }
    undated
    rules {
      lines {
        id
        depth
        name
        points
        max
        says
        clause
        clauseText
      }
    }
    clauses {
      id
      at
      says
      foreign
    }
    examples {
      at
      id
      name
      clause
    }
    yaml
  }
}
    `) as unknown as TypedDocumentString<PolicyQuery, PolicyQueryVariables>;
export const PolicyExampleDocument = new TypedDocumentString(`
    query PolicyExample($policy: ID!, $at: Int!) {
  policyExample(policy: $policy, at: $at) {
    ...Reasons
  }
}
    fragment Reasons on Explanation {
  hasScore
  provisional
  total
  exact
  missing
  gradeName
  gradeReasons {
    says
    clause
    clauseText
  }
  limitsNotHit {
    name
    says
    clause
  }
  openReadings {
    interpretation
    question
    says
    otherwise
  }
  lines {
    id
    depth
    name
    points
    max
    state
    says
    clause
    clauseText
    missing
    entered {
      by
      at
    }
  }
}`) as unknown as TypedDocumentString<PolicyExampleQuery, PolicyExampleQueryVariables>;
export const CycleReadingsDocument = new TypedDocumentString(`
    query CycleReadings($cycle: ID!) {
  cycleReadings(cycle: $cycle) {
    interpretation
    blocksFiling
    approval {
      by
      at
      reason
    }
    options {
      id
      says
      chosen
      affects {
        ...AffectedBy
      }
    }
  }
}
    fragment AffectedBy on Affected {
  people
  points
  grades
  seats
  leaves
  yuan
}`) as unknown as TypedDocumentString<CycleReadingsQuery, CycleReadingsQueryVariables>;
export const ApproveReadingDocument = new TypedDocumentString(`
    mutation ApproveReading($cycle: ID!, $interpretation: ID!, $option: ID!, $reason: String!, $key: String!) {
  approveReading(
    cycle: $cycle
    interpretation: $interpretation
    option: $option
    reason: $reason
    key: $key
  ) {
    at
  }
}
    `) as unknown as TypedDocumentString<ApproveReadingMutation, ApproveReadingMutationVariables>;
export const WhatIfDocument = new TypedDocumentString(`
    query WhatIf($cycle: ID!, $choices: [ChoiceInput!]!, $policy: ID, $overrides: QuotaOverrides) {
  whatIf(cycle: $cycle, choices: $choices, policy: $policy, overrides: $overrides) {
    affects {
      ...AffectedBy
    }
    people {
      sheet
      name
      village
      town
      differences {
        name
        before
        after
        clause
      }
    }
  }
}
    fragment AffectedBy on Affected {
  people
  points
  grades
  seats
  leaves
  yuan
}`) as unknown as TypedDocumentString<WhatIfQuery, WhatIfQueryVariables>;
export const PolicyChangesDocument = new TypedDocumentString(`
    query PolicyChanges($before: ID!, $after: ID!) {
  policyChanges(before: $before, after: $after) {
    path
    within
    clause
    before
    after
  }
}
    `) as unknown as TypedDocumentString<PolicyChangesQuery, PolicyChangesQueryVariables>;
export const VillageRankingDocument = new TypedDocumentString(`
    query VillageRanking($cycle: ID!, $unit: ID, $measure: ID!) {
  villageRanking(cycle: $cycle, unit: $unit, measure: $measure) {
    measure
    baseDate
    ties
    villages {
      village
      name
      town
      coordinators
      sheet
      score
      rank
      townRank
      tied
      before
      rose
      sheets
      missing
      grades {
        grade
        name
        count
      }
    }
    quotas {
      id
      name
      base
      cap
      taken
      left
      contested
      incomplete
      clause
      people {
        sheet
        name
        village
        total
      }
    }
  }
}
    `) as unknown as TypedDocumentString<VillageRankingQuery, VillageRankingQueryVariables>;
export const MyBallotsDocument = new TypedDocumentString(`
    query MyBallots($cycle: ID!) {
  myBallots(cycle: $cycle) {
    ...BallotForm
  }
}
    fragment BallotForm on MyBallot {
  rater
  coordinator
  village
  year
  group
  secret
  voted
  open
  dimensions {
    id
    title
    detail
    most
    step
  }
}`) as unknown as TypedDocumentString<MyBallotsQuery, MyBallotsQueryVariables>;
export const RatingProgressDocument = new TypedDocumentString(`
    query RatingProgress($cycle: ID!, $unit: ID) {
  ratingProgress(cycle: $cycle, unit: $unit) {
    sheet
    name
    village
    may
    groups {
      group
      title
      secret
      ballots
      missing
      means {
        dimension
        title
        mean
      }
      raters {
        id
        name
        slip
        voted
      }
    }
  }
}
    `) as unknown as TypedDocumentString<RatingProgressQuery, RatingProgressQueryVariables>;
export const InviteRatersDocument = new TypedDocumentString(`
    mutation InviteRaters($cycle: ID!, $sheets: [ID!]!, $group: ID!, $people: [RaterInput!]!, $key: String!) {
  inviteRaters(
    cycle: $cycle
    sheets: $sheets
    group: $group
    people: $people
    key: $key
  ) {
    raters
    slips {
      rater
      name
      coordinator
      village
      code
    }
  }
}
    `) as unknown as TypedDocumentString<InviteRatersMutation, InviteRatersMutationVariables>;
export const IssueCodesDocument = new TypedDocumentString(`
    mutation IssueCodes($cycle: ID!, $raters: [ID!]!, $key: String!) {
  issueCodes(cycle: $cycle, raters: $raters, key: $key) {
    rater
    name
    coordinator
    village
    code
  }
}
    `) as unknown as TypedDocumentString<IssueCodesMutation, IssueCodesMutationVariables>;
export const RecordNoBallotsDocument = new TypedDocumentString(`
    mutation RecordNoBallots($cycle: ID!, $sheets: [ID!]!, $group: ID!, $reason: String!, $key: String!) {
  recordNoBallots(
    cycle: $cycle
    sheets: $sheets
    group: $group
    reason: $reason
    key: $key
  )
}
    `) as unknown as TypedDocumentString<RecordNoBallotsMutation, RecordNoBallotsMutationVariables>;
export const VoidBallotsDocument = new TypedDocumentString(`
    mutation VoidBallots($sheet: ID!, $group: ID!, $rater: ID, $ground: String!, $reason: String!, $key: String!) {
  voidBallots(
    sheet: $sheet
    group: $group
    rater: $rater
    ground: $ground
    reason: $reason
    key: $key
  )
}
    `) as unknown as TypedDocumentString<VoidBallotsMutation, VoidBallotsMutationVariables>;
export const CastBallotDocument = new TypedDocumentString(`
    mutation CastBallot($cycle: ID!, $rater: ID!, $given: [MarkInput!]!, $key: String!) {
  castBallot(cycle: $cycle, rater: $rater, given: $given, key: $key)
}
    `) as unknown as TypedDocumentString<CastBallotMutation, CastBallotMutationVariables>;
export const RecusalsDocument = new TypedDocumentString(`
    query Recusals {
  recusals {
    id
    account
    coordinator
    village
    relation
    by
    at
    mine
  }
}
    `) as unknown as TypedDocumentString<RecusalsQuery, RecusalsQueryVariables>;
export const RecusalPeopleDocument = new TypedDocumentString(`
    query RecusalPeople($name: String!) {
  recusalPeople(name: $name) {
    coordinator
    name
    village
  }
}
    `) as unknown as TypedDocumentString<RecusalPeopleQuery, RecusalPeopleQueryVariables>;
export const DeclareRecusalDocument = new TypedDocumentString(`
    mutation DeclareRecusal($coordinator: ID!, $relation: String!, $login: String, $key: String!) {
  declareRecusal(
    coordinator: $coordinator
    relation: $relation
    login: $login
    key: $key
  )
}
    `) as unknown as TypedDocumentString<DeclareRecusalMutation, DeclareRecusalMutationVariables>;
export const EndRecusalDocument = new TypedDocumentString(`
    mutation EndRecusal($id: ID!, $reason: String!, $key: String!) {
  endRecusal(id: $id, reason: $reason, key: $key)
}
    `) as unknown as TypedDocumentString<EndRecusalMutation, EndRecusalMutationVariables>;
export const QuotaDocument = new TypedDocumentString(`
    query Quota($cycle: ID!, $unit: ID, $overrides: QuotaOverrides) {
  quota(cycle: $cycle, unit: $unit, overrides: $overrides) {
    id
    name
    grade
    base
    cap
    percent
    rounding
    taken
    left
    contested
    incomplete
    clause
    people {
      sheet
      name
      village
      total
      rank
      seat
      grade
      says
      moves
    }
  }
}
    `) as unknown as TypedDocumentString<QuotaQuery, QuotaQueryVariables>;
export const ResultsDocument = new TypedDocumentString(`
    query Results($cycle: ID!) {
  results(cycle: $cycle) {
    sheet
    name
    village
    town
    total
    rank
    seat
    grade
    gradeName
    panelGrade
    says
    needs
    may
    explanation {
      text
      by
      at
    }
  }
}
    `) as unknown as TypedDocumentString<ResultsQuery, ResultsQueryVariables>;
export const DecideGradesDocument = new TypedDocumentString(`
    mutation DecideGrades($cycle: ID!, $sheets: [ID!]!, $grade: ID, $reason: String!, $key: String!) {
  decideGrades(
    cycle: $cycle
    sheets: $sheets
    grade: $grade
    reason: $reason
    key: $key
  )
}
    `) as unknown as TypedDocumentString<DecideGradesMutation, DecideGradesMutationVariables>;
export const RuleSeatsDocument = new TypedDocumentString(`
    mutation RuleSeats($cycle: ID!, $sheets: [ID!]!, $reason: String!, $key: String!) {
  ruleSeats(cycle: $cycle, sheets: $sheets, reason: $reason, key: $key)
}
    `) as unknown as TypedDocumentString<RuleSeatsMutation, RuleSeatsMutationVariables>;
export const ExplainFailDocument = new TypedDocumentString(`
    mutation ExplainFail($sheet: ID!, $text: String!, $key: String!) {
  explainFail(sheet: $sheet, text: $text, key: $key)
}
    `) as unknown as TypedDocumentString<ExplainFailMutation, ExplainFailMutationVariables>;
export const EliminationsDocument = new TypedDocumentString(`
    query Eliminations($cycle: ID!) {
  eliminations(cycle: $cycle) {
    clause
    base
    rounding
    cap
    dismissed
    left
    candidates {
      sheet
      name
      village
      fromLast
      measure
      stepsMissing
    }
    contested {
      sheet
      name
      village
    }
    unmeasured {
      sheet
      name
      village
    }
  }
}
    `) as unknown as TypedDocumentString<EliminationsQuery, EliminationsQueryVariables>;
export const DismissalsDocument = new TypedDocumentString(`
    query Dismissals($cycle: ID!) {
  dismissals(cycle: $cycle) {
    sheet
    name
    village
    town
    asks {
      id
      says
      law
      steps
    }
    steps {
      id
      title
      clause
      done {
        text
        by
        at
      }
    }
    decided {
      text
      by
      at
    }
  }
}
    `) as unknown as TypedDocumentString<DismissalsQuery, DismissalsQueryVariables>;
export const RecordLegalStepDocument = new TypedDocumentString(`
    mutation RecordLegalStep($sheet: ID!, $step: ID!, $text: String!, $key: String!) {
  recordLegalStep(sheet: $sheet, step: $step, text: $text, key: $key)
}
    `) as unknown as TypedDocumentString<RecordLegalStepMutation, RecordLegalStepMutationVariables>;
export const DecideDismissalDocument = new TypedDocumentString(`
    mutation DecideDismissal($sheet: ID!, $reason: String!, $key: String!) {
  decideDismissal(sheet: $sheet, reason: $reason, key: $key)
}
    `) as unknown as TypedDocumentString<DecideDismissalMutation, DecideDismissalMutationVariables>;
export const FallenDecisionsDocument = new TypedDocumentString(`
    query FallenDecisions($cycle: ID!) {
  fallenDecisions(cycle: $cycle) {
    kind
    sheets
    names
    text
    by
    at
    changes
    changedAt
  }
}
    `) as unknown as TypedDocumentString<FallenDecisionsQuery, FallenDecisionsQueryVariables>;
export const RuleEliminationDocument = new TypedDocumentString(`
    mutation RuleElimination($cycle: ID!, $sheets: [ID!]!, $reason: String!, $key: String!) {
  ruleElimination(cycle: $cycle, sheets: $sheets, reason: $reason, key: $key)
}
    `) as unknown as TypedDocumentString<RuleEliminationMutation, RuleEliminationMutationVariables>;
export const RosterDocument = new TypedDocumentString(`
    query Roster($past: Boolean!, $postings: [ID!]) {
  roster(past: $past, postings: $postings) {
    ...RosterLine
  }
}
    fragment RosterLine on RosterRow {
  posting
  person
  name
  idNumber
  gender
  bornOn
  townId
  town
  village
  startsOn
  endsOn
  fullTime
  phone
  politics
  schooling
  household
  cadre
  category
  employer
  contractFrom
  contractTo
  retiresIn
  retiresSoon
}`) as unknown as TypedDocumentString<RosterQuery, RosterQueryVariables>;
export const SavePeopleDocument = new TypedDocumentString(`
    mutation SavePeople($rows: [PersonRowInput!]!, $makeUnits: Boolean!, $goodRows: Boolean!, $dryRun: Boolean!, $key: String!) {
  savePeople(
    rows: $rows
    makeUnits: $makeUnits
    goodRows: $goodRows
    dryRun: $dryRun
    key: $key
  ) {
    ...TakenIn
  }
}
    fragment TakenIn on RosterReplyType {
  stored
  rows
  created
  updated
  unchanged
  refused
  problems {
    sheet
    row
    column
    field
    code
    message
    note
  }
  plan {
    sheet
    row
    does
    turns {
      field
      before
      after
    }
  }
  followed {
    cycle
    year
    added
    changed
    removed
    kept
  }
  import
}`) as unknown as TypedDocumentString<SavePeopleMutation, SavePeopleMutationVariables>;
export const SaveUnitsDocument = new TypedDocumentString(`
    mutation SaveUnits($rows: [UnitRowInput!]!, $dryRun: Boolean!, $key: String!) {
  saveUnits(rows: $rows, dryRun: $dryRun, key: $key) {
    ...TakenIn
  }
}
    fragment TakenIn on RosterReplyType {
  stored
  rows
  created
  updated
  unchanged
  refused
  problems {
    sheet
    row
    column
    field
    code
    message
    note
  }
  plan {
    sheet
    row
    does
    turns {
      field
      before
      after
    }
  }
  followed {
    cycle
    year
    added
    changed
    removed
    kept
  }
  import
}`) as unknown as TypedDocumentString<SaveUnitsMutation, SaveUnitsMutationVariables>;
export const EndPostingDocument = new TypedDocumentString(`
    mutation EndPosting($posting: ID!, $on: String!, $kind: PostingEnd!, $reason: String, $key: String!) {
  endPosting(posting: $posting, on: $on, kind: $kind, reason: $reason, key: $key) {
    year
    added
    changed
    removed
    kept
  }
}
    `) as unknown as TypedDocumentString<EndPostingMutation, EndPostingMutationVariables>;
export const TransferPostingDocument = new TypedDocumentString(`
    mutation TransferPosting($posting: ID!, $village: ID!, $on: String!, $key: String!) {
  transferPosting(posting: $posting, village: $village, on: $on, key: $key) {
    year
    added
    changed
    removed
    kept
  }
}
    `) as unknown as TypedDocumentString<TransferPostingMutation, TransferPostingMutationVariables>;
export const RevealPersonDocument = new TypedDocumentString(`
    mutation RevealPerson($person: ID!, $reason: String!, $key: String!) {
  revealPerson(person: $person, reason: $reason, key: $key) {
    idNumber
    phone
  }
}
    `) as unknown as TypedDocumentString<RevealPersonMutation, RevealPersonMutationVariables>;
export const TakeBackImportDocument = new TypedDocumentString(`
    mutation TakeBackImport($id: ID!, $key: String!) {
  takeBackImport(id: $id, key: $key) {
    year
    added
    changed
    removed
    kept
  }
}
    `) as unknown as TypedDocumentString<TakeBackImportMutation, TakeBackImportMutationVariables>;
export const RosterImportsDocument = new TypedDocumentString(`
    query RosterImports {
  rosterImports {
    id
    kind
    fileName
    rows
    created
    updated
    by
    at
    takenBack
  }
}
    `) as unknown as TypedDocumentString<RosterImportsQuery, RosterImportsQueryVariables>;
export const RosterUnitsDocument = new TypedDocumentString(`
    query RosterUnits {
  units {
    id
    kind
    code
    name
    parentId
    provisional
    closedOn
  }
}
    `) as unknown as TypedDocumentString<RosterUnitsQuery, RosterUnitsQueryVariables>;
export const ChangeUnitDocument = new TypedDocumentString(`
    mutation ChangeUnit($unit: ID!, $name: String, $code: String, $town: ID, $key: String!) {
  changeUnit(unit: $unit, name: $name, code: $code, town: $town, key: $key) {
    year
    added
    changed
  }
}
    `) as unknown as TypedDocumentString<ChangeUnitMutation, ChangeUnitMutationVariables>;
export const CloseUnitDocument = new TypedDocumentString(`
    mutation CloseUnit($unit: ID!, $on: String!, $into: ID, $key: String!) {
  closeUnit(unit: $unit, on: $on, into: $into, key: $key) {
    year
    added
    changed
  }
}
    `) as unknown as TypedDocumentString<CloseUnitMutation, CloseUnitMutationVariables>;
export const ScoreGridDocument = new TypedDocumentString(`
    query ScoreGrid($cycle: ID!, $unit: ID, $view: GridView!, $since: Int) {
  scoreGrid(cycle: $cycle, unit: $unit, view: $view, since: $since) {
    columns {
      field
      kind
      title
      item
      section
      max
      step
      clause
      detail
    }
    sections {
      id
      title
      max
    }
    names
    villages
    towns
    fullTime
    rows {
      ...Rows
    }
  }
}
    fragment Rows on GridRows {
  ids
  cells
  marks
  totals
  missing
  limits
  states
  mayScore
  seq
}`) as unknown as TypedDocumentString<ScoreGridQuery, ScoreGridQueryVariables>;
export const SaveCellsDocument = new TypedDocumentString(`
    mutation SaveCells($input: SaveCellsInput!) {
  saveCells(input: $input) {
    ...Reply
  }
}
    fragment Rows on GridRows {
  ids
  cells
  marks
  totals
  missing
  limits
  states
  mayScore
  seq
}
fragment Reply on SaveReply {
  changeSet
  applied
  leftOut {
    at
    code
    says
    mine
    theirs
    by
    when
    sheet
    field
  }
  rows {
    ...Rows
  }
}`) as unknown as TypedDocumentString<SaveCellsMutation, SaveCellsMutationVariables>;
export const UndoChangeSetDocument = new TypedDocumentString(`
    mutation UndoChangeSet($id: ID!, $key: String!, $view: GridView!) {
  undoChangeSet(id: $id, key: $key, view: $view) {
    ...Reply
  }
}
    fragment Rows on GridRows {
  ids
  cells
  marks
  totals
  missing
  limits
  states
  mayScore
  seq
}
fragment Reply on SaveReply {
  changeSet
  applied
  leftOut {
    at
    code
    says
    mine
    theirs
    by
    when
    sheet
    field
  }
  rows {
    ...Rows
  }
}`) as unknown as TypedDocumentString<UndoChangeSetMutation, UndoChangeSetMutationVariables>;
export const GridChangedDocument = new TypedDocumentString(`
    subscription GridChanged($cycle: ID!, $view: GridView!) {
  gridChanged(cycle: $cycle, view: $view) {
    __typename
    ... on GridChange {
      seq
      changeSet
      by
      key
      rows {
        ...Rows
      }
    }
    ... on Presence {
      account
      by
      sheet
      field
    }
  }
}
    fragment Rows on GridRows {
  ids
  cells
  marks
  totals
  missing
  limits
  states
  mayScore
  seq
}`) as unknown as TypedDocumentString<GridChangedSubscription, GridChangedSubscriptionVariables>;
export const ShowPlaceDocument = new TypedDocumentString(`
    mutation ShowPlace($cycle: ID!, $sheet: ID, $field: String) {
  showPlace(cycle: $cycle, sheet: $sheet, field: $field)
}
    `) as unknown as TypedDocumentString<ShowPlaceMutation, ShowPlaceMutationVariables>;
export const ExplainDocument = new TypedDocumentString(`
    query Explain($sheet: ID!) {
  explain(sheet: $sheet) {
    ...Reasons
  }
}
    fragment Reasons on Explanation {
  hasScore
  provisional
  total
  exact
  missing
  gradeName
  gradeReasons {
    says
    clause
    clauseText
  }
  limitsNotHit {
    name
    says
    clause
  }
  openReadings {
    interpretation
    question
    says
    otherwise
  }
  lines {
    id
    depth
    name
    points
    max
    state
    says
    clause
    clauseText
    missing
    entered {
      by
      at
    }
  }
}`) as unknown as TypedDocumentString<ExplainQuery, ExplainQueryVariables>;
export const CellHistoryDocument = new TypedDocumentString(`
    query CellHistory($sheet: ID!, $field: ID) {
  cellHistory(sheet: $sheet, field: $field) {
    ...Turn
  }
}
    fragment Turn on CellTurn {
  changeSet
  sheet
  field
  before
  after
  by
  at
  kind
}`) as unknown as TypedDocumentString<CellHistoryQuery, CellHistoryQueryVariables>;
export const CellsHistoryDocument = new TypedDocumentString(`
    query CellsHistory($cycle: ID!, $sheets: [ID!]!, $fields: [ID]!) {
  cellsHistory(cycle: $cycle, sheets: $sheets, fields: $fields) {
    ...Turn
  }
}
    fragment Turn on CellTurn {
  changeSet
  sheet
  field
  before
  after
  by
  at
  kind
}`) as unknown as TypedDocumentString<CellsHistoryQuery, CellsHistoryQueryVariables>;
export const NotedCellsDocument = new TypedDocumentString(`
    query NotedCells($cycle: ID!) {
  notedCells(cycle: $cycle) {
    sheets
    fields
  }
}
    `) as unknown as TypedDocumentString<NotedCellsQuery, NotedCellsQueryVariables>;
export const CellNotesDocument = new TypedDocumentString(`
    query CellNotes($sheet: ID!, $field: ID!) {
  cellNotes(sheet: $sheet, field: $field) {
    mine
    note {
      id
      text
      by
      at
    }
  }
}
    `) as unknown as TypedDocumentString<CellNotesQuery, CellNotesQueryVariables>;
export const AddNoteDocument = new TypedDocumentString(`
    mutation AddNote($sheet: ID!, $field: ID!, $text: String!, $key: String!) {
  addNote(sheet: $sheet, field: $field, text: $text, key: $key) {
    mine
  }
}
    `) as unknown as TypedDocumentString<AddNoteMutation, AddNoteMutationVariables>;
export const RemoveNoteDocument = new TypedDocumentString(`
    mutation RemoveNote($id: ID!) {
  removeNote(id: $id)
}
    `) as unknown as TypedDocumentString<RemoveNoteMutation, RemoveNoteMutationVariables>;
export const SavedViewsDocument = new TypedDocumentString(`
    query SavedViews($page: String!) {
  savedViews(page: $page) {
    mine
    view {
      id
      name
      by
      shared
      content
    }
  }
}
    `) as unknown as TypedDocumentString<SavedViewsQuery, SavedViewsQueryVariables>;
export const SaveViewDocument = new TypedDocumentString(`
    mutation SaveView($page: String!, $name: String!, $shared: Boolean!, $content: String!) {
  saveView(page: $page, name: $name, shared: $shared, content: $content) {
    mine
  }
}
    `) as unknown as TypedDocumentString<SaveViewMutation, SaveViewMutationVariables>;
export const RemoveViewDocument = new TypedDocumentString(`
    mutation RemoveView($id: ID!) {
  removeView(id: $id)
}
    `) as unknown as TypedDocumentString<RemoveViewMutation, RemoveViewMutationVariables>;
export const CellsChangedDocument = new TypedDocumentString(`
    query CellsChanged($cycle: ID!, $since: DateTimeISO!) {
  cellsChanged(cycle: $cycle, since: $since) {
    sheets
    fields
  }
}
    `) as unknown as TypedDocumentString<CellsChangedQuery, CellsChangedQueryVariables>;
export const EvidenceCellsDocument = new TypedDocumentString(`
    query EvidenceCells($cycle: ID!) {
  evidenceCells(cycle: $cycle) {
    sheets
    fields
  }
}
    `) as unknown as TypedDocumentString<EvidenceCellsQuery, EvidenceCellsQueryVariables>;
export const CellEvidenceDocument = new TypedDocumentString(`
    query CellEvidence($sheet: ID!, $field: ID!) {
  evidence(sheet: $sheet, field: $field) {
    may
    files {
      id
      name
      type
      size
      by
      at
    }
  }
}
    `) as unknown as TypedDocumentString<CellEvidenceQuery, CellEvidenceQueryVariables>;
export const WebhooksDocument = new TypedDocumentString(`
    query Webhooks {
  webhooks {
    id
    url
    events
    active
    waiting
    givenUp
    deliveries {
      seq
      event
      state
      attempt
      code
      since
    }
  }
}
    `) as unknown as TypedDocumentString<WebhooksQuery, WebhooksQueryVariables>;
export const CreateWebhookDocument = new TypedDocumentString(`
    mutation CreateWebhook($input: WebhookInput!, $key: String!) {
  createWebhook(input: $input, key: $key) {
    id
    secret
  }
}
    `) as unknown as TypedDocumentString<CreateWebhookMutation, CreateWebhookMutationVariables>;
export const SetWebhookDocument = new TypedDocumentString(`
    mutation SetWebhook($id: ID!, $active: Boolean!, $key: String!) {
  setWebhook(id: $id, active: $active, key: $key)
}
    `) as unknown as TypedDocumentString<SetWebhookMutation, SetWebhookMutationVariables>;
export const ReplayWebhookDocument = new TypedDocumentString(`
    mutation ReplayWebhook($id: ID!, $from: Int!, $key: String!) {
  replayWebhook(id: $id, from: $from, key: $key)
}
    `) as unknown as TypedDocumentString<ReplayWebhookMutation, ReplayWebhookMutationVariables>;
export const RemoveWebhookDocument = new TypedDocumentString(`
    mutation RemoveWebhook($id: ID!, $key: String!) {
  removeWebhook(id: $id, key: $key)
}
    `) as unknown as TypedDocumentString<RemoveWebhookMutation, RemoveWebhookMutationVariables>;
export const StagesDocument = new TypedDocumentString(`
    query Stages($cycle: ID!, $signatures: Boolean!) {
  stages(cycle: $cycle) {
    id
    title
    who
    by
    all
    writes
    does
    clause
    due
    late
    sheets
    backTo
    units {
      unit
      name
      sheets
      unfinished
      may
      recused
      signed
    }
  }
  signatures(cycle: $cycle) @include(if: $signatures) {
    id
    unitId
    stage
    role
    by
    at
    backTo
    sheets
    hash
    reason
  }
}
    `) as unknown as TypedDocumentString<StagesQuery, StagesQueryVariables>;
export const MoveSheetsDocument = new TypedDocumentString(`
    mutation MoveSheets($input: MoveInput!, $key: String!) {
  moveSheets(input: $input, key: $key) {
    moved
    stage
    hash
    awaited
  }
}
    `) as unknown as TypedDocumentString<MoveSheetsMutation, MoveSheetsMutationVariables>;
export const PolicyTitlesDocument = new TypedDocumentString(`
    query PolicyTitles {
  policies {
    id
    title
  }
}
    `) as unknown as TypedDocumentString<PolicyTitlesQuery, PolicyTitlesQueryVariables>;
export const OpenCycleDocument = new TypedDocumentString(`
    mutation OpenCycle($input: OpenCycleInput!, $key: String!) {
  openCycle(input: $input, key: $key) {
    cycle
    sheets
    leftOut
  }
}
    `) as unknown as TypedDocumentString<OpenCycleMutation, OpenCycleMutationVariables>;
export const CycleEntrantsDocument = new TypedDocumentString(`
    query CycleEntrants($year: Int!, $period: Period!) {
  cycleEntrants(year: $year, period: $period) {
    coordinator
    name
    villages
    days
    leftOut
  }
}
    `) as unknown as TypedDocumentString<CycleEntrantsQuery, CycleEntrantsQueryVariables>;
export const PolicyReadingsDocument = new TypedDocumentString(`
    query PolicyReadings($id: ID!) {
  policy(id: $id) {
    summary {
      id
      readings {
        id
        question
        options {
          id
          says
          isDefault
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PolicyReadingsQuery, PolicyReadingsQueryVariables>;
export const ChangePolicyDocument = new TypedDocumentString(`
    mutation ChangePolicy($cycle: ID!, $policy: ID!, $choices: [ChoiceInput!]!, $reason: String!, $key: String!) {
  changePolicy(
    cycle: $cycle
    policy: $policy
    choices: $choices
    reason: $reason
    key: $key
  ) {
    sheets
    changed
  }
}
    `) as unknown as TypedDocumentString<ChangePolicyMutation, ChangePolicyMutationVariables>;
export const SetUpStateDocument = new TypedDocumentString(`
    query SetUpState {
  setUpState {
    towns
    villages
    people
    bureau
    townsWithoutAccount
    accountsWithoutRole
    cycles
  }
}
    `) as unknown as TypedDocumentString<SetUpStateQuery, SetUpStateQueryVariables>;
export const MeDocument = new TypedDocumentString(`
    query Me {
  me {
    id
    name
    county {
      id
      name
    }
    grants {
      role
      unit
      unitName
    }
    may
  }
  roles {
    role
    title
  }
  cycles {
    policyTitle
    cycle {
      id
      year
      period
      state
      policyId
      baseDate
    }
  }
  units {
    id
    kind
    name
    parentId
  }
  policies {
    id
    rates
    attends
    grades {
      id
      title
    }
    measures {
      id
      title
      parts {
        id
        title
      }
    }
    tally {
      base
      levels {
        id
        title
      }
      rules {
        id
        title
        sign
        clause
        says
        parts
        levels
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MeQuery, MeQueryVariables>;