import { shallowRef } from 'vue'
import { ask } from './api.ts'
import { MeDocument, type MeQuery, type Role } from './gql/documents.ts'

/** Who is signed in, with the cycles and units they may see; undefined before signing in. */
export const session = shallowRef<MeQuery>()

/** The cycle on the screen: the latest unless another was chosen. */
export const cycleId = shallowRef(sessionStorage.getItem('kaohe.cycle') ?? '')

/** Puts another cycle on the screen; a reload shows it again. */
export function chooseCycle(id: string): void {
  cycleId.value = id
  sessionStorage.setItem('kaohe.cycle', id)
}

const holds = (...roles: Role[]): boolean =>
  session.value?.me.grants.some(({ role }) => (roles as string[]).includes(role)) ?? false

/** Whether the caller sees the whole county's results and may try other rules on them. */
export const seesCounty = (): boolean => holds('countyBureau', 'analyst', 'auditor')
/** Whether the caller reads what others remark on a cell and how it changed, and whether the caller remarks too. */
export const readsNotes = (): boolean => holds('village', 'townAssessor', 'countyBureau', 'auditor')
export const writesNotes = (): boolean => holds('townAssessor', 'countyBureau')
/** The policy of the cycle on the screen. */
export const policyNow = () => {
  const { cycles = [], policies = [] } = session.value ?? {}
  const cycle = cycles.find((one) => one.cycle.id === cycleId.value)
  return policies.find(({ id }) => id === cycle?.cycle.policyId)
}
/** How that policy counts claims; undefined where it does not. */
export const cycleTally = () => policyNow()?.tally ?? undefined
/** Whether the caller writes why somebody failed. */
export const explainsFails = (): boolean => holds('townAssessor', 'panelMember', 'countyBureau')
/** Whether the caller sees whose contract might end. */
export const seesLeaving = (): boolean => holds('townAssessor', 'panelMember', 'countyBureau', 'jointBureau', 'city', 'auditor')
/** Whether the caller sees who comes last in the county. */
export const seesEliminations = (): boolean => holds('countyBureau', 'jointBureau', 'city', 'auditor')
/** Which pages the caller has something to see on. */
export const pagesSeen = (): PageName[] => {
  const assesses = !holds('systemAdmin', 'securityAdmin') || holds('countyBureau', 'city', 'townAssessor')
  const all: [PageName, boolean][] = [
    ['mine', holds('coordinator')],
    ['home', assesses],
    ['year', assesses],
    ['scores', assesses && session.value!.me.grants.some(({ role }) => role !== 'coordinator')],
    ['ratings', assesses && !holds('analyst', 'auditor') && policyNow()?.rates === true],
    ['attendance', holds('attendanceOfficer', 'townAssessor', 'countyBureau') && policyNow()?.attends === true],
    ['claims', cycleTally() !== undefined && seesClaims()],
    ['ranking', assesses && session.value!.me.grants.some(({ role }) => role !== 'coordinator')],
    [
      'results',
      holds('townAssessor', 'attendanceOfficer', 'panelMember', 'countyBureau', 'jointBureau', 'city', 'analyst', 'auditor'),
    ],
    ['notice', assesses && session.value!.me.grants.some(({ role }) => role !== 'coordinator')],
    ['accounts', holds('systemAdmin', 'securityAdmin')],
    ['recusal', !holds('analyst', 'systemAdmin')],
    ['policies', true],
    ['query', holds('countyBureau', 'jointBureau', 'city', 'analyst', 'auditor')],
    ['audit', holds('countyBureau', 'auditor', 'securityAdmin')],
    ['webhooks', isBureau()],
  ]
  return all.flatMap(([name, seen]) => (seen ? [name] : []))
}
/** Whether the caller sees who signed: whoever has more than sheets of their own. */
export const seesSignatures = (): boolean => session.value!.me.grants.some(({ role }) => role !== 'coordinator')
/** Whether the caller sees how far the ratings are. */
export const seesRatings = (): boolean => holds('townAssessor', 'panelMember', 'countyBureau', 'jointBureau', 'city', 'auditor')
/** Whether the caller registers relatives of others. */
export const registersRelatives = (): boolean => holds('countyBureau', 'securityAdmin')
export type PageName =
  | 'mine'
  | 'home'
  | 'year'
  | 'scores'
  | 'ratings'
  | 'attendance'
  | 'recusal'
  | 'claims'
  | 'ranking'
  | 'results'
  | 'notice'
  | 'policies'
  | 'query'
  | 'audit'
  | 'webhooks'
  | 'accounts'
/** Whether the caller reads evidence, which names people: analysts do not; whether they see claims, and put them forward. */
export const readsEvidence = (): boolean => holds(...evidenceReaders)
export const seesClaims = (): boolean => holds(...evidenceReaders, 'analyst')
export const proposesClaims = (): boolean => holds('coordinator', 'village', 'townAssessor', 'countyBureau')
const evidenceReaders: Role[] = [
  'coordinator',
  'village',
  'attendanceOfficer',
  'townAssessor',
  'panelMember',
  'countyBureau',
  'jointBureau',
  'city',
  'auditor',
]
/** Whether the caller makes accounts, and whether the caller grants roles. */
export const managesAccounts = (): boolean => holds('systemAdmin')
export const grantsRoles = (): boolean => holds('securityAdmin')
/** Whether the caller may have results to publish; whose turn it is the server says. */
export const publishes = (): boolean => holds('townAssessor', 'countyBureau', 'jointBureau', 'city')
/** Whether the caller files appeals: their own, or somebody's of their village or town. */
export const filesAppeals = (): boolean => holds('coordinator', 'village', 'townAssessor')
export const seesAppeals = (): boolean =>
  holds('coordinator', 'village', 'townAssessor', 'panelMember', 'countyBureau', 'jointBureau', 'city', 'auditor')
/** Whether the caller may have the head of the chain of acts. */
export const seesChainHead = (): boolean =>
  holds('townAssessor', 'panelMember', 'countyBureau', 'jointBureau', 'city', 'auditor', 'securityAdmin')
export const seesFilings = (): boolean =>
  holds('townAssessor', 'attendanceOfficer', 'panelMember', 'countyBureau', 'jointBureau', 'city', 'analyst', 'auditor')
/** Whether the caller decides for the county. */
export const isBureau = (): boolean => holds('countyBureau')

/** Asks who is signed in. Throws when nobody is, or there was no answer. */
export async function loadSession(): Promise<void> {
  session.value = await ask(MeDocument, {})
  const { cycles } = session.value
  if (!cycles.some(({ cycle }) => cycle.id === cycleId.value)) cycleId.value = cycles[0]?.cycle.id ?? ''
}

/** The page starts over after signing out or in as somebody else: nothing of the one is left for the other. */
export function startOver(): void {
  location.assign('/')
}
