import { actorOf, type Context } from '../base/context.ts'
import { changerFor, cycleRules, nameFor, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { mayAt } from '../rules/access.ts'
import { fieldOf } from '../rules/fields.ts'
import { gradeTitle } from '../rules/policy/parts.ts'
import { GRADE } from '../rules/reopened.ts'
import { placeColumns, whereOf, type PlacedRow } from '../base/sheet-row.ts'
import type { CorrectionRead } from './filing.types.ts'

/** The corrections of sheets the caller sees, latest first. */
export async function correctionsOf(context: Context, cycle: string): Promise<CorrectionRead[]> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const where = await sheetsWithin(context, cycle, undefined)
  const { rows } = await context.pool.query<
    Omit<CorrectionRead, 'title' | 'may'> & PlacedRow & { field: string; account: string }
  >(
    named(
      `select x.id, x.sheet_id as sheet, x.field, x.before, x.after, x.reason, x.document, x.account_id as account, x.by, x.at, x.state,
              x.second_by as "secondBy", x.second_at as "secondAt", x.second_reason as "secondReason", x.filing_id as filing, x.became,
              ${nameFor(actor)} as name, v.name as village, ${placeColumns}
         from correction x join sheet s on s.county_id = x.county_id and s.id = x.sheet_id
         join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         join unit v on v.county_id = s.county_id and v.id = s.village_id
        where ${where.sql} order by x.seq desc limit 500`,
      where.values,
    ),
  )
  return rows.map(({ account, field, coordinatorId, villageId, townId, ...row }) => ({
    ...row,
    title: titleOf(rules, field, context),
    before: valueOf(rules, field, row.before, context),
    after: valueOf(rules, field, row.after, context),
    by: changerFor(actor, row.by),
    at: new Date(row.at),
    secondAt: row.secondAt && new Date(row.secondAt),
    may:
      row.state === 'proposed' &&
      account !== actor.id &&
      mayAt(actor, 'decideAppeals', whereOf({ coordinatorId, villageId, townId })),
  }))
}

const titleOf = ({ policy, choices }: CycleRules, field: string, { lang }: Context): string =>
  field === GRADE ? { zh: '等次', en: 'Grade' }[lang] : (fieldOf(policy, choices, field)?.title[lang] ?? field)

const valueOf = ({ policy }: CycleRules, field: string, value: string | null, { lang }: Context): string | null =>
  field === GRADE && value !== null ? gradeTitle(policy, value)[lang] : value
