/** Everything that leaves a mark in a county's chain, by what was done. */
export const changeKinds = [
  // cells
  'edit',
  'undo',
  // the year
  'openCycle',
  'changePolicy',
  'approveReading',
  'sign',
  'sendBack',
  'claim',
  'decideClaim',
  'evidence',
  'ballot',
  'absence',
  'recuse',
  'rule',
  'legalStep',
  'publish',
  'withdrawNotice',
  'setHoliday',
  'setCalendarYear',
  'recount',
  'appeal',
  'withdrawAppeal',
  'decideAppeal',
  'correct',
  'signCorrection',
  // accounts
  'account',
  'grant',
  'signIn',
  'signInRefused',
  'signOut',
  'token',
  'webhook',
  // looking
  'reveal',
  'export',
] as const
export type ChangeKind = (typeof changeKinds)[number]
