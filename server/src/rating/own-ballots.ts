import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { cast, formOf, invitationsFor } from './box.ts'
import type { MarkInput, MyBallot } from './rating.types.ts'

/** The ballots that the caller is asked for. */
export async function myBallots(context: Context, cycle: string): Promise<MyBallot[]> {
  await cycleRules(context, cycle)
  const invitations = await invitationsFor(context.pool, actorOf(context), cycle)
  return invitations.map((one) => ({ rater: one.rater, ...formOf(one, context.lang) }))
}

/** Casts a ballot of the caller. Throws `vote.unknown`, and what `cast` throws. */
export async function castBallot(
  context: Context,
  { cycle, rater, given, key }: { cycle: string; rater: string; given: MarkInput[]; key: string },
): Promise<boolean> {
  const actor = actorOf(context)
  await cycleRules(context, cycle)
  const invitation = (await invitationsFor(context.pool, actor, cycle)).find((one) => one.rater === rater)
  if (!invitation) throw refusal(context, 'vote.unknown')
  return cast(context, invitation, actor, Object.fromEntries(given.map(({ dimension, mark }) => [dimension, mark.trim()])), key)
}
