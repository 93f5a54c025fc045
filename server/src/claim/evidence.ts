import { createHash } from 'node:crypto'
import type pg from 'pg'
import { act } from '../ledger/act.ts'
import { deedsOf } from './rights.ts'
import { findClaim, lockSheet, onSheet, standingOf } from './claims.ts'
import { actorOf, type Context, refusal, signedBy } from '../base/context.ts'
import { cycleRules, type CycleRules } from '../core/cycles.ts'
import { insertRows, isUuid } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { mayScore, maySee } from '../rules/access.ts'
import { fieldOf } from '../rules/fields.ts'
import { mayChange } from '../rules/reopened.ts'
import { findSheet } from '../core/find-sheet.ts'
import { scorePlace, whereOf, type SheetRow } from '../base/sheet-row.ts'
import { Sheet } from '../core/sheet.entity.ts'
import { cleanName, typeOf } from './content.ts'
import { EvidenceFile } from './evidence.entity.ts'

/** How much is taken: bytes a file, files a cell or claim, bytes of all files of a town in a cycle. */
export const evidenceLimits = { file: 10 * 2 ** 20, files: 20, town: 200 * 2 ** 20 }

/** What a file proves: one cell of a sheet, or one claim put forward for it. */
export interface Proves {
  sheet: string
  field: string | null
  claim: string | null
}

/** A field of a sheet's history that is no cell: a file that came or went. */
const turnOf = (id: string): string => `@evidence.${id}`
const megabytes = (bytes: number): string => String(bytes / 2 ** 20)

/** The sheet that is proven. Throws `sheet.unknown`, `claim.unknown`, `evidence.place`. */
export async function provenSheet(
  context: Context,
  { sheet: id, field, claim }: Proves,
): Promise<{ sheet: Sheet; rules: CycleRules }> {
  const sheet = await findSheet(context, id)
  const rules = await cycleRules(context, sheet.cycleId)
  if ((field === null) === (claim === null)) throw refusal(context, 'evidence.place')
  if (field !== null && !fieldOf(rules.policy, rules.choices, field)) throw refusal(context, 'evidence.place')
  if (claim !== null && (await findClaim(context, claim)).sheet.id !== id) throw refusal(context, 'claim.unknown')
  return { sheet, rules }
}

/** Evidence comes and goes where scores are entered, and on a claim while its proposer waits. Throws `evidence.closed`, `appeal.onlyNamed`. */
async function checkWritable(
  context: Context,
  client: pg.PoolClient,
  { policy }: CycleRules,
  row: SheetRow,
  { field, claim }: Pick<Proves, 'field' | 'claim'>,
): Promise<void> {
  const actor = actorOf(context)
  const standing = claim === null ? undefined : await standingOf(client, actor, claim)
  if (!mayChange(row.reopened, standing?.rule ?? field!)) throw refusal(context, 'appeal.onlyNamed')
  const may = standing
    ? deedsOf(actor, policy, onSheet(row), standing).includes('evidence')
    : mayScore(actor, scorePlace(policy, row))
  if (!may) throw refusal(context, claim === null ? 'evidence.closed' : 'evidence.claimClosed')
}

/**
 * Keeps a file with what it proves; its type is told by its bytes. Answers its id.
 * Throws what `provenSheet` and `checkWritable` throw, `evidence.empty`, `evidence.tooLarge`, `evidence.type`,
 * `evidence.twice`, `evidence.tooMany`, `evidence.full`.
 */
export async function addEvidence(
  context: Context,
  proves: Proves,
  { name: typed, bytes, key }: { name: string; bytes: Buffer; key: string },
): Promise<string> {
  const actor = actorOf(context)
  const { sheet, rules } = await provenSheet(context, proves)
  if (bytes.length === 0) throw refusal(context, 'evidence.empty')
  if (bytes.length > evidenceLimits.file) throw refusal(context, 'evidence.tooLarge', { most: megabytes(evidenceLimits.file) })
  const type = typeOf(bytes)
  if (!type) throw refusal(context, 'evidence.type')
  const name = cleanName(typed, type)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const { field, claim } = proves
  const doing = { kind: 'evidence', cycle: rules.id, key, says: ['add', sheet.id, field, claim, sha256, name] } as const
  return act({ ...context, actor }, doing, async ({ client, seq }) => {
    const row = await lockSheet(context, client, rules, sheet.id)
    await checkWritable(context, client, rules, row, { field, claim })
    // Before the end of the chain is locked: ten megabytes on their way hold up nobody else's work.
    await client.query('insert into evidence_blob (county_id, sha256, bytes) values ($1, $2, $3) on conflict do nothing', [
      actor.county,
      sha256,
      bytes,
    ])
    await seq()
    await checkRoom(context, client, rules, row, { field, claim, sha256, size: bytes.length })
    const id = newId(context.now.getTime())
    await insertRows(client, 'evidence_file', [
      { ...signedBy(context), id, sheet_id: row.id, field, claim_id: claim, sha256, name, type, size: bytes.length },
    ])
    return {
      outcome: id,
      details: { evidence: id, field, claim, sha256, name, type, size: bytes.length },
      changes: new Map([[row.id, { [turnOf(id)]: [null, name] }]]),
    }
  })
}

/** Asked under the lock of the county's chain, so that two files at once never fill more than there is. */
async function checkRoom(
  context: Context,
  client: pg.PoolClient,
  { id: cycle }: CycleRules,
  row: SheetRow,
  { field, claim, sha256, size }: { field: string | null; claim: string | null; sha256: string; size: number },
): Promise<void> {
  const { county } = actorOf(context)
  const { rows: here } = await client.query<{ sha256: string }>(
    `select sha256 from evidence_file where county_id = $1 and sheet_id = $2 and removed_at is null
        and field is not distinct from $3 and claim_id is not distinct from $4`,
    [county, row.id, field, claim],
  )
  if (here.some((file) => file.sha256 === sha256)) throw refusal(context, 'evidence.twice')
  if (here.length >= evidenceLimits.files) throw refusal(context, 'evidence.tooMany', { most: String(evidenceLimits.files) })
  const { rows: town } = await client.query<{ bytes: string }>(
    `select coalesce(sum(f.size), 0) as bytes from evidence_file f join sheet s on s.county_id = f.county_id and s.id = f.sheet_id
      where f.county_id = $1 and s.cycle_id = $2 and s.town_id = $3 and f.removed_at is null`,
    [county, cycle, row.townId],
  )
  if (Number(town[0]!.bytes) + size > evidenceLimits.town)
    throw refusal(context, 'evidence.full', { most: megabytes(evidenceLimits.town) })
}

/** The file of that id. Throws `evidence.unknown`, also where the caller may not see its sheet or it was removed. */
export async function findEvidence(
  context: Context,
  id: string,
  removedToo = false,
): Promise<{ file: EvidenceFile; sheet: Sheet }> {
  const { county } = actorOf(context)
  const file = isUuid(id) ? await context.em.findOne(EvidenceFile, { countyId: county, id }) : null
  const sheet = file && (await context.em.findOne(Sheet, { countyId: county, id: file.sheetId }))
  if (!file || !sheet || (file.removedAt && !removedToo) || !maySee(actorOf(context), whereOf(sheet)))
    throw refusal(context, 'evidence.unknown')
  return { file, sheet }
}

/** Hides a file; the chain keeps its hash and its name. Throws `evidence.unknown` and what `checkWritable` throws. */
export async function removeEvidence(context: Context, id: string, key: string): Promise<boolean> {
  const actor = actorOf(context)
  const { file, sheet } = await findEvidence(context, id, true)
  const rules = await cycleRules(context, sheet.cycleId)
  const doing = { kind: 'evidence', cycle: rules.id, key, says: ['remove', id] } as const
  return act({ ...context, actor }, doing, async ({ client }) => {
    const row = await lockSheet(context, client, rules, sheet.id)
    await checkWritable(context, client, rules, row, { field: file.field ?? null, claim: file.claimId ?? null })
    const { rowCount } = await client.query(
      'update evidence_file set removed_at = $3 where county_id = $1 and id = $2 and removed_at is null',
      [actor.county, id, context.now],
    )
    if (rowCount === 0) throw refusal(context, 'evidence.unknown')
    const { sha256, name, field = null, claimId: claim = null } = file
    return {
      outcome: true,
      details: { evidence: id, field, claim, sha256, name },
      changes: new Map([[row.id, { [turnOf(id)]: [name, null] }]]),
    }
  })
}
