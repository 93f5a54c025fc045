/** Who someone is to the product (requirements A11). */
export const roles = [
  'coordinator',
  'village',
  'attendanceOfficer',
  'townAssessor',
  'panelMember',
  'countyBureau',
  'jointBureau',
  'city',
  'analyst',
  'auditor',
  'systemAdmin',
  'securityAdmin',
] as const
export type Role = (typeof roles)[number]
export type SheetState = 'open' | 'submitted' | 'filed'

export interface Grant {
  role: Role
  /** Id of the unit the role is held in. */
  unit: string
  /** Of a coordinator's role: whose own sheet it is. */
  coordinator?: string | null
  /** Of a deputy: in whose name they act. */
  onBehalfOf?: string | null
}

/** Whoever is asking. */
export interface Actor {
  id: string
  name: string
  county: string
  grants: Grant[]
  /** 回避: the coordinators who are declared relatives of theirs. */
  recusedFrom: readonly string[]
}

/** Where a sheet lies: all that seeing it depends on. */
export interface Place {
  village: string
  town: string
  coordinator: string
}

/** As much of a sheet as deciding who may write it needs. */
export interface SheetPlace extends Place {
  state: SheetState
  /** Who enters scores at the stage where it stands. */
  writers: readonly Role[]
}

/** What each role sees: one's own sheets, its own village, its own town, the county, or no assessment at all. */
const sees: Record<Role, 'own' | 'village' | 'town' | 'county' | 'nothing'> = {
  coordinator: 'own',
  village: 'village',
  attendanceOfficer: 'town',
  townAssessor: 'town',
  panelMember: 'town',
  countyBureau: 'county',
  jointBureau: 'county',
  city: 'county',
  analyst: 'county',
  auditor: 'county',
  systemAdmin: 'nothing',
  securityAdmin: 'nothing',
}

export type Level = 'village' | 'town' | 'county'
/** The level of the units in which a role is held. */
export const levelOf = (role: Role): Level => {
  const seen = sees[role]
  return seen === 'own' || seen === 'village' ? 'village' : seen === 'town' ? 'town' : 'county'
}

/** Whoever manages accounts or grants: they see no assessment, and hold no other role. */
export const isAdministrator = (role: Role): boolean => sees[role] === 'nothing'

/** The roles that sign in with a second factor where the setting asks for it: the whole county, and accounts. */
export const needsSecondFactor = (role: Role): boolean => levelOf(role) === 'county'

/** The letters of the table below. */
const letters: Record<string, Role> = {
  o: 'coordinator', // 协理员，只看本人的表
  v: 'village', // 村（社区）
  t: 'townAssessor', // 镇考核人员
  h: 'attendanceOfficer', // 镇考勤员
  p: 'panelMember', // 考核小组成员
  c: 'countyBureau', // 县（区、市）人社局
  j: 'jointBureau', // 联合审定机关
  y: 'city', // 市、就业处
  n: 'analyst', // 分析人员，只读且姓名遮盖
  u: 'auditor', // 审计
  s: 'systemAdmin', // 系统管理员，不见考核
  z: 'securityAdmin', // 安全管理员，管账号和授权，不见考核
}

/**
 * Which roles may call which operation of the API, a letter each. An operation that is not in this table does not start
 * the server: nothing is open because somebody forgot it. Where a sheet lies and where it stands narrows this further:
 * `maySee`, `mayScore`, and the `by` of the policy's stages.
 */
const table = `
me               ovt hpc jyn usz
cycles           ovt hpc jyn usz
units            ovt hpc jyn usz
policies         ovt hpc jyn usz
policy           ovt hpc jyn usz
policyExample    ovt hpc jyn usz
policyChanges    ovt hpc jyn usz
evaluate         ovt hpc jyn usz
sheet            ovt hpc jyn u..
explain          ovt hpc jyn u..
scoreGrid        .vt hpc jyn u..
quota            .vt hpc jyn u..
villageRanking   .vt hpc jyn u..
cycleReadings    ... ..c jyn u..
whatIf           ... ..c jyn u..
approveReading   ... ..c ... ...
cellHistory      .vt hpc jy. u..
cellsHistory     .vt hpc jy. u..
cellsChanged     .vt hpc jyn u..
notedCells       .vt hpc jy. u..
cellNotes        .vt hpc jy. u..
addNote          ..t .pc jy. ...
removeNote       ..t .pc jy. ...
savedViews       .vt hpc jyn u..
saveView         .vt hpc jyn u..
removeView       .vt hpc jyn u..
changeSets       ..t ..c jy. u..
gridChanged      .vt hpc jyn u..
showPlace        .vt hpc jyn u..
saveCells        .vt ... .y. ...
undoChangeSet    .vt ... .y. ...
stages           ovt hpc jyn u..
signatures       .vt hpc jyn u..
moveSheets       .vt .pc jy. ...
openCycle        ... ..c ... ...
leftOut          ... ..c jy. u..
changePolicy     ... ..c ... ...
results          ..t hpc jyn u..
decideGrades     ..t .pc jy. ...
ruleSeats        ..t .pc jy. ...
ruleElimination  ... ..c .y. ...
fallenDecisions  ..t hpc jyn u..
explainFail      ..t .pc ... ...
dismissals       ..t .pc jy. u..
eliminations     ... ..c jy. u..
recordLegalStep  ... ..c ... ...
decideDismissal  ... ..c ... ...
acts             ... ..c ... u.z
chainHead        ..t .pc jy. u.z
verification     ... ..c ... u.z
proposeRanks     ... ..c ... ...
duties           ovt hpc jyn u..
progress         ..t hpc jyn u..
claims           ovt hpc jyn u..
claimSheets      ovt ..c ... ...
previewClaim     ovt ..c ... ...
proposeClaim     ovt ..c ... ...
decideClaim      ..t ..c j.. ...
withdrawClaim    ovt ... ... ...
evidence         ovt hpc jy. u..
evidenceCells    .vt hpc jy. u..
removeEvidence   ovt ..c .y. ...
accounts         ... ... ... .sz
coordinatorsOf   ... ... ... ..z
createAccount    ... ... ... .s.
renameAccount    ... ... ... .s.
disableAccount   ... ... ... .s.
resetPassword    ... ... ... .s.
endSessions      ... ... ... .sz
grantRole        ... ... ... ..z
endGrant         ... ... ... ..z
forgetTotp       ... ... ... ..z
myAccount        ovt hpc jyn usz
changePassword   ovt hpc jyn usz
endMySession     ovt hpc jyn usz
totpSecret       ovt hpc jyn usz
enableTotp       ovt hpc jyn usz
disableTotp      ovt hpc jyn usz
noticeForm       ..t ..c jy. ...
previewNotice    ..t ..c jy. ...
publishNotice    ..t ..c jy. ...
withdrawNotice   ..t ..c jy. ...
notices          ovt hpc jyn u..
holidays         ovt hpc jyn u..
calendarYears    ovt hpc jyn u..
calendarChanges  ..t hpc jy. u..
setHoliday       ... ..c ... ...
setCalendarYear  ... ..c ... ...
mySheets         o.. ... ... ...
appealForm       ovt ... ... ...
fileAppeal       ovt ... ... ...
withdrawAppeal   ovt ... ... ...
decideAppeal     ... ..c jy. ...
appeals          ovt .pc jy. u..
filings          ..t hpc jyn u..
corrections      ovt .pc jy. u..
correct          ... ..c ... ...
signCorrection   ... ..c jy. ...
ratingProgress   ..t .pc jy. u..
inviteRaters     ..t ... .y. ...
issueCodes       ..t ... .y. ...
withdrawRaters   ..t ... .y. ...
voidBallots      ..t ... .y. ...
recordNoBallots ..t ... .y. ...
myBallots        ovt hpc jy. ...
castBallot       ovt hpc jy. ...
attendance       ..t hpc jy. u..
recordAbsence    ... h.c ... ...
endAttendance    ... h.c ... ...
recusals         ovt hpc jy. u.z
recusalPeople    ovt hpc jy. ..z
declareRecusal   ovt hpc jy. ..z
endRecusal       ... ..c ... ..z
people           ..t hpc jyn u..
postings         ..t hpc jyn u..
towns            ..t hpc jyn u..
villages         ..t hpc jyn u..
cycleRecords     ..t hpc jyn u..
sheets           ..t hpc jyn u..
items            ..t hpc jyn u..
occurrences      ..t hpc jyn u..
resultRecords    ..t hpc jyn u..
rulings          ..t hpc jyn u..
signatureRecords ..t hpc jyn u..
changes          ..t hpc jyn u..
claimRecords     ..t hpc jyn u..
leaves           ..t hpc jyn u..
ratings          ..t .pc jyn u..
appealRecords    ..t .pc jyn u..
noticeRecords    ..t hpc jyn u..
filingRecords    ..t hpc jyn u..
filedResults     ..t hpc jyn u..
correctionRecords ..t .pc jyn u..
evidenceRecords  ..t hpc jyn u..
statistics       ..t hpc jyn u..
heatMap          ..t hpc jyn u..
leniency         ..t hpc jyn u..
raterDispersion  ..t .pc jyn u..
movement         ..t hpc jyn u..
tokens           ovt hpc jyn usz
createToken      ovt hpc jyn usz
revokeToken      ovt hpc jyn usz
webhooks         ... ..c ... ...
createWebhook    ... ..c ... ...
setWebhook       ... ..c ... ...
replayWebhook    ... ..c ... ...
removeWebhook    ... ..c ... ...
`

/** The same as a list of roles for each operation. */
export const operations: Readonly<Record<string, readonly Role[]>> = Object.fromEntries(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [operation = '', ...marks] = line.split(/\s+/)
      return [operation, [...marks.join('')].flatMap((letter) => letters[letter] ?? [])]
    }),
)

export const mayCall = (actor: Actor, operation: string): boolean =>
  Object.hasOwn(operations, operation) && actor.grants.some(({ role }) => operations[operation]!.includes(role))

/** What a token of a program is for, within what its account may do. */
export const tokenScopes = ['read', 'analyst', 'write'] as const
export type TokenScope = (typeof tokenScopes)[number]

/** What may be changed with a token. What is signed, published, granted or confirmed is done by people: a new operation is not in it by itself. */
const tokenWrites = new Set(
  `addNote removeNote saveView removeView showPlace saveCells undoChangeSet openCycle decideGrades ruleSeats ruleElimination explainFail
   recordLegalStep proposeRanks proposeClaim decideClaim withdrawClaim removeEvidence`.split(/\s+/),
)

/** Whether a token lets its holder call an operation that its account may call: `scope` where its scopes are too narrow, `people` where no token ever does. */
export function tokenObjection(
  scopes: readonly TokenScope[],
  kind: 'query' | 'mutation' | 'subscription',
  operation: string,
): 'scope' | 'people' | undefined {
  if (kind !== 'mutation') return scopes.includes('read') || scopes.includes('analyst') ? undefined : 'scope'
  if (!tokenWrites.has(operation)) return 'people'
  return scopes.includes('write') ? undefined : 'scope'
}

/** The units whose sheets exist for somebody: the whole county, or these, and the sheets of these people. */
export type Sight = 'county' | { towns: string[]; villages: string[]; coordinators: string[] }

export function sightOf({ grants }: Actor): Sight {
  if (grants.some(({ role }) => sees[role] === 'county')) return 'county'
  const having = (as: 'own' | 'village' | 'town') => grants.filter(({ role }) => sees[role] === as)
  return {
    towns: having('town').map(({ unit }) => unit),
    villages: having('village').map(({ unit }) => unit),
    coordinators: having('own').flatMap(({ coordinator }) => coordinator ?? []),
  }
}

export const maySee = (actor: Actor, { town, village, coordinator }: Place): boolean => {
  const sight = sightOf(actor)
  return (
    sight === 'county' ||
    sight.towns.includes(town) ||
    sight.villages.includes(village) ||
    sight.coordinators.includes(coordinator)
  )
}

/** Whether somebody holds one of the roles where a sheet lies: in its village, in its town, or for the county. */
export const holdsAt = (actor: Actor, wanted: readonly Role[], { town, village }: Pick<Place, 'town' | 'village'>): boolean =>
  actor.grants.some(
    ({ role, unit }) =>
      wanted.includes(role) &&
      ((sees[role] === 'county' && unit === actor.county) ||
        (sees[role] === 'town' && unit === town) ||
        (sees[role] === 'village' && unit === village)),
  )

/** Whose sheets somebody may not write anywhere: their own, and those of declared relatives. */
export const recusedFrom = ({ grants, recusedFrom: relatives }: Actor): string[] => [
  ...new Set([...relatives, ...grants.flatMap(({ coordinator }) => coordinator ?? [])]),
]
export const isRecused = (actor: Actor, { coordinator }: Pick<Place, 'coordinator'>): boolean =>
  recusedFrom(actor).includes(coordinator)

/** Scores are entered by those whose turn it is at the sheet's stage, in its own place, while it is open and no relative's (requirements A11). */
export const mayScore = (actor: Actor, place: SheetPlace): boolean =>
  place.state === 'open' && holdsAt(actor, place.writers, place) && !isRecused(actor, place)

/** The units in which somebody holds one of the roles, by what the role sees: for conditions on tables. */
export function unitsHeld(actor: Actor, wanted: readonly Role[]): { county: boolean; towns: string[]; villages: string[] } {
  const held = actor.grants.filter(({ role }) => wanted.includes(role))
  const having = (as: 'village' | 'town') => held.filter(({ role }) => sees[role] === as).map(({ unit }) => unit)
  const county = held.some(({ role, unit }) => sees[role] === 'county' && unit === actor.county)
  return { county, towns: having('town'), villages: having('village') }
}

/** Analysts work with masked names (requirements A11), unless another role of theirs shows them. */
export const seesNames = ({ grants }: Actor): boolean => grants.some(({ role }) => role !== 'analyst')
