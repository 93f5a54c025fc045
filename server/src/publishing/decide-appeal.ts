import { act } from '../ledger/act.ts'
import { actorOf, type Context, refusal } from '../base/context.ts'
import { cycleRules } from '../core/cycles.ts'
import { updateRow } from '../base/database.ts'
import { cohortOf } from '../result/cohort.ts'
import { reopenedAt } from '../rules/reopened.ts'
import { stateOf } from '../rules/stages.ts'
import { appealBasis } from '../result/bases.ts'
import { appealsFallen } from '../result/fallen.ts'
import { lockNamed } from '../core/lock.ts'
import { STAGE } from '../core/standing.ts'
import { sameHand } from './appeals.ts'
import { reasonOf } from '../base/reason.ts'
import { findOnSheet } from '../core/find-sheet.ts'
import { isOwn } from '../rules/access.ts'
import { whereOf } from '../base/sheet-row.ts'

/**
 * Decides an appeal, and reopens what it names where it is upheld; whether the sheet was reopened. Throws `appeal.sameHand`,
 * `appeal.unknown`.
 */
export async function decideAppeal(
  context: Context,
  { id, upheld, given, key }: { id: string; upheld: boolean; given: string; key: string },
): Promise<boolean> {
  const actor = actorOf(context)
  const { sheet, cycle } = await findOnSheet(context, 'appeal', id)
  const rules = await cycleRules(context, cycle)
  const { policy } = rules
  const reason = reasonOf(given, context, 'appeal.reason')

  const doing = { kind: 'decideAppeal', cycle, key, says: [id, upheld], reason } as const
  return act({ ...context, actor }, doing, async ({ client, seq }) => {
    const [row] = await lockNamed(client, context, cycle, [sheet])
    if ((await sameHand(client, actor.county, actor.id, [sheet])).has(sheet) || isOwn(actor, whereOf(row!)))
      throw refusal(context, 'appeal.sameHand')
    const state = upheld ? 'upheld' : 'rejected'
    const reader = { ...context, pool: client }
    const { outcomes } = await cohortOf(reader, rules, undefined)
    const fell = (await appealsFallen(reader, rules, [sheet])).some(({ appeal }) => appeal === id)
    const { rows } = await client.query<{ items: string[]; was: string }>(
      `select items, state as was from appeal where county_id = $1 and id = $2 and (state = 'open' or $3) for update`,
      [actor.county, id, fell],
    )
    if (!rows[0]) throw refusal(context, 'appeal.unknown')
    const { items, was } = rows[0]
    const basis = upheld ? null : appealBasis(rules, row!, outcomes.get(sheet)?.grade ?? null, items)
    const number = await seq()
    const decided = { state, decided_by: actor.name, decided_at: context.now, reason, basis }
    await updateRow(client, 'appeal', { county: actor.county, id }, decided)
    row!.seq = number
    const turns: Record<string, [string | null, string | null]> = { [`@appeal.${id}`]: [was, state] }
    // A filed sheet is not reopened: an appeal upheld after filing is the ground of a correction.
    const to = upheld && row!.state !== 'filed' ? reopenedAt(policy, row!.stage, items) : undefined
    if (to) {
      turns[STAGE] = [row!.stage, to.id]
      Object.assign(row!, { stage: to.id, state: stateOf(to), reopened: [...new Set([...(row!.reopened ?? []), ...items])] })
    }
    const details = { appeal: id, sheet, state, items, reopened: to ? items : [] }
    return { outcome: to !== undefined, details, changes: new Map([[sheet, turns]]), rows: [row!] }
  })
}
