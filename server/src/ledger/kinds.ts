import { enumerate } from '../base/enumerations.ts'

/** Everything that leaves a mark in a county's chain, by what was done. */
export const ChangeKinds = enumerate('ChangeKind', '改动的种类 / Kind of a change set', {
  // cells
  edit: '改分 / Cells changed',
  undo: '撤销改分 / A change of cells taken back',
  // the roster
  units: '镇村 / Towns and villages added or changed',
  people: '名册 / People and posts added or changed',
  takeBack: '撤回导入 / An import of the roster taken back',
  // the year
  openCycle: '开启考核 / A cycle opened',
  changePolicy: '改用办法或读法 / A cycle judged by another version or other readings',
  approveReading: '批准读法 / A reading approved',
  sign: '签字通过 / Sheets passed on under a signature',
  sendBack: '退回 / Sheets sent back',
  claim: '申报加减分，或撤回 / A claim put forward, or taken back',
  decideClaim: '审定加减分 / A claim decided',
  evidence: '佐证材料 / Evidence added or removed',
  ballot: '评议 / Raters invited, ballots cast or void',
  absence: '考勤 / Attendance recorded or taken back',
  recuse: '回避 / A relative declared, or a declaration ended',
  rule: '评定、裁定、书面说明、评议记缺 / A grade of the panel, a ruling, an explanation, ballots recorded as missing',
  legalStep: '解除手续和决定 / A step of a dismissal, or the dismissal',
  publish: '公示 / Results published',
  withdrawNotice: '撤回公示 / A notice withdrawn',
  setHoliday: '登记节假日 / A day off or worked recorded',
  setCalendarYear: '登记全年节假日 / The days off of a year entered',
  recount: '按节假日重算 / Counted anew by the days off',
  appeal: '申诉 / An appeal filed',
  withdrawAppeal: '撤回申诉 / An appeal withdrawn',
  decideAppeal: '答复申诉 / An appeal decided',
  correct: '提出更正 / A correction proposed',
  signCorrection: '会签更正，或不同意 / A correction signed or refused',
  // accounts
  account: '账号 / An account made or changed',
  grant: '授权，或收回 / A role granted, or a grant ended',
  signIn: '登录 / Signed in',
  signInRefused: '登录被拒 / A sign-in refused',
  signOut: '退出登录 / Signed out',
  token: '令牌 / A token made or revoked',
  webhook: '通知地址 / A webhook made or changed',
  // looking
  reveal: '查看个人信息 / Personal data read',
  export: '导出 / A list exported',
})
export type ChangeKind = keyof typeof ChangeKinds
