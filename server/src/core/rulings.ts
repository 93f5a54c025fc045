import type pg from 'pg'
import type { Hand } from '../ledger/act.ts'
import { actorOf, type Context, refusal, signedBy } from '../base/context.ts'
import { insertRows } from '../base/database.ts'
import { type PlacedRow, type SheetRow, whereOf } from '../base/sheet-row.ts'
import { newId } from '../base/id.ts'
import { holdsAt, isRecused, recusedFrom, type Actor } from '../rules/access.ts'
import type { Basis } from '../rules/basis.ts'
import type { Policy } from '../rules/policy/shape.ts'
import type { TieRuling } from '../rules/ties.ts'
import { firstStage, stageOf } from '../rules/stages.ts'

export type RulingKind = 'seat' | 'explanation' | 'legalStep' | 'dismissal' | 'noBallots'

/** A decision that was not taken back. It may still have fallen, because a fact it rests on changed: see `result/fallen.ts`. */
export interface Held {
  kind: RulingKind
  /** The number of the act. */
  seq: number
  /** The facts it was made about; null in records from before they were kept. */
  basis: Basis | null
  subject: string
  sheet: string
  place: number
  text: string
  by: string
  at: Date
}

/** The decisions of a cycle that hold, in the order in which they were made. */
export async function rulingsOf(
  client: pg.Pool | pg.PoolClient,
  county: string,
  cycle: string,
  kinds: readonly RulingKind[],
): Promise<Held[]> {
  const { rows } = await client.query<Held>({
    name: 'rulings',
    text: `select kind, seq, basis, subject, sheet_id as sheet, place, text, by, at from ruling
            where county_id = $1 and cycle_id = $2 and kind = any($3) and ended_seq is null order by seq, place`,
    values: [county, cycle, kinds],
  })
  return rows
}

/** The signed orders of people who tied, in the order in which they were made. */
export async function tieRulings(client: pg.Pool | pg.PoolClient, county: string, cycle: string): Promise<TieRuling[]> {
  const held = await rulingsOf(client, county, cycle, ['seat'])
  return [...Map.groupBy(held, ({ seq }) => seq).values()].map((together) => {
    const { seq, subject, basis } = together[0]!
    return { id: String(seq), of: subject, order: together.map(({ sheet }) => sheet), ...(basis ? { on: basis } : {}) }
  })
}

/** Replaces decisions of the same kind, subject and sheets; a ruling on several sheets ends as a whole. */
export async function rule(
  { client, seq }: Hand,
  context: Context,
  cycle: string,
  kind: RulingKind,
  made: readonly { subject: string; sheet: string; text: string; basis?: Basis }[],
  /** The sheets whose earlier decisions end, where more end than are made. */
  ended: readonly string[] = made.map(({ sheet }) => sheet),
): Promise<void> {
  const { county } = actorOf(context)
  const number = await seq()
  const subject = made[0]?.subject ?? ''
  await client.query(
    `update ruling set ended_seq = $6 where county_id = $1 and cycle_id = $2 and kind = $3 and subject = $4 and ended_seq is null
        and seq in (select seq from ruling where county_id = $1 and cycle_id = $2 and kind = $3 and subject = $4
                       and sheet_id = any($5::uuid[]) and ended_seq is null)`,
    [county, cycle, kind, subject, ended, number],
  )
  await insertRows(
    client,
    'ruling',
    made.map(({ subject: what, sheet, text, basis = null }, place) => ({
      ...signedBy(context),
      id: newId(context.now.getTime()),
      cycle_id: cycle,
      kind,
      subject: what,
      sheet_id: sheet,
      place,
      text,
      seq: number,
      basis,
    })),
  )
}

/** Throws `recused` where one of the people concerned is a relative of the caller, even if not named in the ruling. */
export async function refuseRecused(client: pg.PoolClient, context: Context, sheets: readonly string[]): Promise<void> {
  const actor = actorOf(context)
  const { rowCount } = await client.query(
    'select from sheet where county_id = $1 and id = any($2::uuid[]) and coordinator_id = any($3::uuid[]) limit 1',
    [actor.county, sheets, recusedFrom(actor)],
  )
  if (rowCount) throw refusal(context, 'recused')
}

/**
 * Whether a sheet is in the hands of those who decide on grades and ties, and the caller is one of them: the panel, where
 * the policy has a stage for one, else whoever has the sheets after scoring and before they are published.
 */
export function decides(actor: Actor, policy: Policy, row: PlacedRow & Pick<SheetRow, 'stage'>): boolean {
  const stage = stageOf(policy, row.stage)
  if (stage?.does !== 'work' || stage.id === firstStage(policy).id) return false
  const hasPanel = policy.stages.some(({ by }) => by.includes('panelMember'))
  const place = whereOf(row)
  return (!hasPanel || stage.by.includes('panelMember')) && holdsAt(actor, stage.by, place) && !isRecused(actor, place)
}
