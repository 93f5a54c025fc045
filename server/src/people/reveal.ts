import { actorOf, refusal, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import { reasonOf } from '../base/reason.ts'
import { act } from '../ledger/act.ts'
import type { RevealedPerson } from './roster.types.ts'
import { sealingOf } from './sealing.ts'

/** The number and the telephone of somebody in full, on record with the reason before they are answered. Throws `roster.personUnknown`. */
export async function revealPerson(context: Context, person: string, given: string, key: string): Promise<RevealedPerson> {
  const actor = actorOf(context)
  const reason = reasonOf(given, context, 'reading.reason')
  const { rows } = isUuid(person)
    ? await context.pool.query<{ idNumber: string | null; phone: string | null }>(
        'select id_number as "idNumber", phone from coordinator where county_id = $1 and id = $2',
        [actor.county, person],
      )
    : { rows: [] }
  if (!rows[0]) throw refusal(context, 'roster.personUnknown')
  const { idNumber, phone } = rows[0]
  const columns = [...(idNumber === null ? [] : ['idNumber']), ...(phone === null ? [] : ['phone'])]
  await act({ ...context, actor }, { kind: 'reveal', cycle: null, key, says: [person], reason }, async () => ({
    outcome: true,
    details: { columns, people: 1, person },
  }))
  const open = (sealed: string | null) => sealed && sealingOf(context.keys, actor.county).unseal(sealed, person)
  return { idNumber: open(idNumber), phone: open(phone) }
}
