import { act } from '../ledger/act.ts'
import { actorOf, type Context, refusal, signedBy } from '../base/context.ts'
import { cycleRules, type CycleRules } from '../core/cycles.ts'
import { insertRows } from '../base/database.ts'
import { refuse } from '../base/refuse.ts'
import { exact } from '../rules/exact.ts'
import { factsOf } from '../rules/assess.ts'
import { readCell } from '../rules/fields.ts'
import { dossierOf, type Beyond } from '../rules/person.ts'
import { GRADE } from '../rules/reopened.ts'
import { refusalSentence } from '../rules/words.ts'
import { findSheet } from '../core/find-sheet.ts'
import type { SheetRow } from '../base/sheet-row.ts'
import { lockSheets } from '../core/lock.ts'
import { reasonOf } from '../base/reason.ts'
import { refuseWrongGrade } from '../core/panel.ts'
import type { CorrectionInput } from './filing.types.ts'
import { holding, stored, corrected } from './corrected.ts'

/**
 * Proposes a correction of what is on file. Throws `correction.document`, `filing.none`, `correction.same`, `correction.pending`,
 * and what `readValue` and `refuseWrongCorrection` throw.
 */
export async function proposeCorrection(context: Context, input: CorrectionInput, key: string): Promise<string> {
  const actor = actorOf(context)
  const { sheet: id, field } = input
  const sheet = await findSheet(context, id)
  const rules = await cycleRules(context, sheet.cycleId)
  const reason = reasonOf(input.reason, context)
  const document = input.document.trim()
  if (document === '' || document.length > 200) throw refusal(context, 'correction.document')
  const after = readValue(rules, field, input.value ?? null, context)

  const doing = { kind: 'correct', cycle: rules.id, key, says: [id, field, after, document], reason } as const
  return act({ ...context, actor }, doing, async ({ client, id: correction, seq }) => {
    const row = (await lockSheets(client, actor.county, { ids: [id] }))[0]!
    const filing = await holding(client, actor.county, id)
    if (row.state !== 'filed' || !filing) throw refusal(context, 'filing.none')
    const before = stored(row, field)
    if (before === after) throw refusal(context, 'correction.same')
    refuseWrongCorrection(rules, row, corrected(rules, row, field, after, reason), field, context)
    const { rowCount } = await client.query(
      `select from correction where county_id = $1 and sheet_id = $2 and state = 'proposed'`,
      [actor.county, id],
    )
    if (rowCount) throw refusal(context, 'correction.pending')
    await insertRows(client, 'correction', [
      {
        ...signedBy(context),
        id: correction,
        filing_id: filing.id,
        sheet_id: id,
        field,
        before,
        after,
        reason,
        document,
        seq: await seq(),
        state: 'proposed',
      },
    ])
    return { outcome: correction, details: { correction, sheet: id, filing: filing.id, field, before, after, document } }
  })
}

/** A value as it is stored. Throws the code of a cell that cannot be read, `ruling.gradeRefused` for a grade that is none. */
function readValue({ policy, choices }: CycleRules, field: string, value: string | null, context: Context): string | null {
  if (field === GRADE) {
    if (value !== null && !policy.grades.ladder.some(({ id }) => id === value))
      throw refusal(context, 'ruling.gradeRefused', { why: value.slice(0, 40) })
    return value
  }
  const reading = readCell(policy, choices, field, value)
  if (reading.refused) {
    const { code, params } = reading.refused
    throw refuse(code, refusalSentence(code, params, context.lang), params)
  }
  return reading.value
}

/** Throws `ruling.gradeRefused` for a grade that the score or a limit does not allow. */
function refuseWrongCorrection(
  rules: CycleRules,
  { total }: SheetRow,
  { facts: cells, beyond }: { facts: SheetRow['facts']; beyond: Beyond },
  field: string,
  context: Context,
): void {
  if (field !== GRADE || !beyond.panel) return
  const facts = factsOf(rules.policy, rules.choices, dossierOf(cells, beyond))
  refuseWrongGrade(rules, { total: exact(total), facts, panel: beyond.panel }, context)
}
