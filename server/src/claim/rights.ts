import { holdsAt, isOwn, isRecused, mayAt, type Actor, type Place } from '../rules/access.ts'
import type { Role } from '../rules/permissions.ts'
import type { Policy } from '../rules/policy/shape.ts'
import { mayChange } from '../rules/reopened.ts'
import { stageOf } from '../rules/stages.ts'
import type { Claim } from './claim.entity.ts'
import { isBonus } from '../core/worth.ts'

/** What somebody may do with a claim. */
export type Deed = 'accept' | 'reject' | 'withdraw' | 'evidence'

/** `reopened`: what an appeal named, where one reopened the sheet; claims of nothing else change then. */
type OnSheet = Place & { stage: string; reopened: readonly string[] | null }

/** Whether claims may be put forward for a sheet where it stands: while its scores are still entered. */
export const takesClaims = (policy: Policy, { stage }: OnSheet): boolean => stageOf(policy, stage)?.writes === 'yes'

/** The coordinator for themselves, their village, their town, and the county, which ranks villages, put claims forward. */
export const mayPropose = (actor: Actor, policy: Policy, sheet: OnSheet): boolean =>
  takesClaims(policy, sheet) &&
  !actor.recusedFrom.includes(sheet.coordinator) &&
  (isOwn(actor, sheet) || mayAt(actor, 'proposeClaims', sheet))

const bureaus: readonly Role[] = ['countyBureau', 'jointBureau']

/** The town of the sheet decides, or a bureau of the county, which also may at the stage it signs; never of oneself or a relative. */
function decides(actor: Actor, policy: Policy, sheet: OnSheet): boolean {
  const stage = stageOf(policy, sheet.stage)
  if (isRecused(actor, sheet) || stage?.does !== 'work') return false
  if (stage.writes === 'yes') return mayAt(actor, 'decideClaims', sheet)
  return holdsAt(
    actor,
    stage.by.filter((role) => bureaus.includes(role)),
    sheet,
  )
}

/** Who put a claim forward does not decide it; who decided it can take it out again as long as the sheet may be decided. */
export function deedsOf(
  actor: Actor,
  policy: Policy,
  sheet: OnSheet,
  { state, rule, proposerId }: Pick<Claim, 'state' | 'rule' | 'proposerId'>,
): Deed[] {
  if (!mayChange(sheet.reopened, rule)) return []
  if (proposerId !== actor.id) {
    if (!decides(actor, policy, sheet)) return []
    return state === 'proposed' ? ['accept', 'reject'] : state === 'accepted' ? ['reject'] : []
  }
  if (!takesClaims(policy, sheet)) return []
  if (state === 'proposed') return ['withdraw', 'evidence']
  // A deduction that was accepted is no longer its proposer's to take away.
  return state === 'accepted' && isBonus(policy, rule) ? ['withdraw'] : []
}
