import { act } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { isSecret } from '../rules/ballots.ts'
import { findSheet } from '../core/find-sheet.ts'
import { recount } from './box.ts'
import { reasonOf } from '../base/reason.ts'
import { checkGroup, lockRated } from './rated-sheets.ts'

/** Why ballots are void: one person twice, or nobody entitled. */
const voidGrounds = ['duplicate', 'unauthorised']

/**
 * Voids the ballot of a named rater, or all ballots of a secret group, and scores the sheet anew. Throws `rating.ground`,
 * `rating.wholeGroup`, `rating.noBallot`.
 */
export async function voidBallots(
  context: Context,
  {
    id,
    group,
    rater,
    ground,
    given,
    key,
  }: { id: string; group: string; rater: string | null | undefined; ground: string; given: string; key: string },
): Promise<number> {
  const actor = actorOf(context)
  const sheet = await findSheet(context, id)
  const rules = await cycleRules(context, sheet.cycleId)
  checkGroup(context, rules, group)
  const reason = reasonOf(given, context)
  if (!voidGrounds.includes(ground)) throw refusal(context, 'rating.ground')
  if (isSecret(group) !== (rater == null)) throw refusal(context, 'rating.wholeGroup')
  const says = ['void', id, group, rater ?? null, ground]
  return act({ ...context, actor }, { kind: 'ballot', cycle: rules.id, key, says, reason }, async ({ client, seq }) => {
    const [row] = await lockRated(client, context, rules, [id])
    const { rows: gone } = await client.query<{ id: string }>(
      `update ballot set valid = false, why_void = $5
        where county_id = $1 and sheet_id = $2 and rater_group = $3 and ($4::uuid is null or rater_id = $4) and valid returning id`,
      [actor.county, id, group, rater ?? null, `${ground}：${reason}`],
    )
    if (gone.length === 0) throw refusal(context, 'rating.noBallot')
    await client.query(
      `update rater set withdrawn = $5
        where county_id = $1 and sheet_id = $2 and rater_group = $3 and ($4::uuid is null or id = $4) and withdrawn is null`,
      [actor.county, id, group, rater ?? null, reason],
    )
    const ids = gone.map((ballot) => ballot.id)
    const left = (row!.beyond.ballots ?? []).filter((ballot) => !ids.includes(ballot.id))
    const turns = Object.fromEntries(ids.map((one): [string, [string, null]] => [one, [group, null]]))
    const { rows, changes } = recount(rules, row!, left, await seq(), turns)
    return { outcome: ids.length, details: { sheet: id, group, rater: rater ?? null, ground, ballots: ids }, rows, changes }
  })
}
