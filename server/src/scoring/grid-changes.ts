import { actorOf, refusal, type Context } from '../base/context.ts'
import { changerFor, cycleRules } from '../core/cycles.ts'
import { mayCall, maySee, type Place } from '../rules/access.ts'
import { isPresence, tellPresence, type Changes, type Committed, type Happening, type Present } from '../base/feed.ts'
import { findSheet } from '../core/find-sheet.ts'
import type { GridView } from './grid-rows.ts'
import { gridRows } from './grid-rows.ts'
import { whereOf } from '../base/sheet-row.ts'
import type { GridChange, Presence } from './sheet.types.ts'

/** Tells whoever listens to the grid which cell the caller is in. Nothing is stored. */
export async function showPlace(
  context: Context,
  { cycle, id, field }: { cycle: string; id: string | null | undefined; field: string | null | undefined },
): Promise<boolean> {
  const actor = actorOf(context)
  const sheet = id == null ? undefined : await findSheet(context, id)
  if (sheet && sheet.cycleId !== cycle) throw refusal(context, 'sheet.unknown')
  await tellPresence(context.pool, actor.county, {
    cycle,
    account: actor.id,
    by: actor.name,
    sheet: sheet?.id ?? null,
    field: sheet ? (field ?? '').slice(0, 60) : null,
    town: sheet?.townId ?? '',
    village: sheet?.villageId ?? '',
    coordinator: sheet?.coordinatorId ?? '',
  })
  return true
}

/** A change or a place of somebody as the caller is told it. */
export async function gridEvent(
  context: Context,
  { change, cycle, view }: { change: Happening; cycle: string; view: GridView },
): Promise<GridChange | Presence> {
  const actor = actorOf(context)
  if (isPresence(change)) return { ...change, by: changerFor(actor, change.by) }
  const { policy, choices } = await cycleRules(context, cycle)
  return {
    seq: change.seq,
    changeSet: change.id,
    by: changerFor(actor, change.by),
    at: new Date(change.at),
    key: change.account === actor.id ? change.key : undefined,
    rows: gridRows(policy, choices, view, change.sheets, actor),
  }
}

/** How long the caller's roles, once read, serve to decide which places of others they are told. */
const TRUSTED_MS = 5000

/**
 * The changes of a cycle that touch a sheet the caller may see, and where others are in it. Somebody who moves to a sheet
 * the caller may not see is told as having left. The caller's roles are read again at every change: once they may not
 * call `gridChanged`, the subscription ends with an error.
 */
export async function changesOf(context: Context, { cycle }: { cycle: string }): Promise<Changes> {
  await cycleRules(context, cycle)
  const before = actorOf(context)
  const source = context.feed.changes(before.county)
  const others = new Set<string>()
  let asked = { at: -Infinity, actor: before }

  async function seesNow(): Promise<(place: Place) => boolean> {
    const actor = await context.callerNow()
    if (!actor || !mayCall(actor, 'gridChanged')) throw refusal(context, 'signIn.needed')
    asked = { at: performance.now(), actor }
    return (place) => [before, actor].every((caller) => maySee(caller, place))
  }

  async function present(event: Present): Promise<Present | undefined> {
    if (event.account === before.id) return undefined
    if (performance.now() - asked.at > TRUSTED_MS) await seesNow()
    if (event.sheet !== null && [before, asked.actor].every((caller) => maySee(caller, event))) {
      others.add(event.account)
      return event
    }
    return others.delete(event.account) ? { ...event, sheet: null, field: null } : undefined
  }

  async function changed(event: Committed): Promise<Committed | undefined> {
    const sees = await seesNow()
    const sheets = event.sheets.filter((sheet) => sees(whereOf(sheet)))
    return sheets.length > 0 ? { ...event, sheets } : undefined
  }

  const seen: Changes = {
    async next() {
      for (;;) {
        const step = await source.next()
        if (step.done) return step
        if (step.value.cycle !== cycle) continue
        const value = isPresence(step.value) ? await present(step.value) : await changed(step.value)
        if (value) return { done: false, value }
      }
    },
    return: () => source.return(),
    [Symbol.asyncIterator]: () => seen,
  }
  return seen
}
