import { actorOf, type Context } from '../base/context.ts'
import { cycleRules, nameFor, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { policies } from '../base/policies.ts'
import { calendarOf } from '../core/calendars.ts'
import { provisionalSays } from '../core/provisional.ts'
import { absentDays, calendarOfSpans, postingOfDay } from '../rules/absences.ts'
import { factsOf } from '../rules/assess.ts'
import { mayScore } from '../rules/access.ts'
import { canonical } from '../rules/exact.ts'
import { dossierOf } from '../rules/person.ts'
import { wayIn } from '../rules/policy/readings.ts'
import { ABSENT_DAYS, mayChange } from '../rules/reopened.ts'
import { placeColumns, scorePlace, type SheetRow } from '../base/sheet-row.ts'
import { absencesIn, keptOfYear } from '../core/days.ts'
import { keptOf } from '../core/recount.ts'
import type { SheetAttendance } from './attendance.types.ts'
import { mayKeep, mayEnd, sheetsOfPeople } from './keepers.ts'

/** The attendance records of the sheets of a unit, what is found from them, and what the caller may do with them. */
export async function attendanceOf(context: Context, cycle: string, unit: string | null | undefined): Promise<SheetAttendance[]> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const { policy, choices } = rules
  const where = await sheetsWithin(context, cycle, unit)
  const { rows } = await context.pool.query<SheetRow & { name: string; village: string }>(
    named(
      `select s.id, s.stage, s.state, s.reopened, s.facts, s.beyond, ${placeColumns},
              ${nameFor(actor)} as name, v.name as village
         from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         join unit v on v.county_id = s.county_id and v.id = s.village_id
        where ${where.sql} order by s.line`,
      where.values,
    ),
  )
  const people = [...new Set(rows.map(({ coordinatorId }) => coordinatorId))]
  const [calendar, kept, cycles, held] = await Promise.all([
    calendarOf(context.pool, actor.county),
    keptOf(context.pool, actor.county, people),
    cyclesNamed(context),
    sheetsOfPeople(context.pool, actor.county, cycle, people),
  ])
  const hasCell = !policy.absences && policy.facts.some(({ id }) => id === ABSENT_DAYS)
  const year = String(rules.year)
  return rows.map((row) => {
    const postings = held.get(row.coordinatorId)!
    // A record may be corrected as long as one of the person’s sheets takes attendance from the caller.
    const mayCorrect = postings.some((one) => mayKeep(actor, policy, one))
    const facts = factsOf(policy, choices, dossierOf(row.facts, row.beyond))
    const records = keptOfYear(kept.get(row.coordinatorId) ?? [], rules.year, calendar)
    const absences = absencesIn(records)
    return {
      sheet: row.id,
      name: row.name,
      village: row.village,
      may: mayKeep(actor, policy, row),
      records: records.map((one) => ({
        ...one,
        at: new Date(one.at),
        elsewhere: one.cycle === cycle ? null : (cycles.get(one.cycle) ?? ''),
        may: mayCorrect && mayEnd(context, one),
      })),
      found: (policy.absences?.facts ?? []).flatMap(({ fact }) =>
        facts[fact] === undefined
          ? []
          : [
              {
                field: fact,
                title: policy.facts.find(({ id }) => id === fact)?.title[context.lang] ?? fact,
                value: facts[fact],
              },
            ],
      ),
      entered: hasCell ? (row.facts[ABSENT_DAYS] ?? null) : null,
      proposed: hasCell
        ? canonical(
            absentDays(absences, {
              year,
              days: daysCounted(rules),
              calendar,
              own: (day) => postingOfDay(postings, day).id === row.id,
            }),
          )
        : null,
      provisional: provisionalSays(
        context.lang,
        absences,
        policy.absences ? (row.beyond.calendar ?? calendarOfSpans(absences, calendar)) : calendar,
      ),
      mayTake: hasCell && mayChange(row.reopened, ABSENT_DAYS) && mayScore(actor, scorePlace(policy, row)),
    }
  })
}

/** The names of the county's cycles, year and policy, for records that were made under another cycle. */
async function cyclesNamed({ pool, lang, ...context }: Context): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ id: string; year: number; policy: string }>(
    'select id, year, policy_id as policy from cycle where county_id = $1',
    [actorOf({ lang, ...context }).county],
  )
  return new Map(rows.map(({ id, year, policy }) => [id, `${year} ${policies().get(policy)?.policy.title[lang] ?? policy}`]))
}

/** The kind of days in which the proposed number is counted: as the policy's reading says, working days where it has none. */
const daysCounted = ({ policy, choices }: CycleRules) =>
  policy.absentDays ? wayIn(policy, choices, policy.absentDays.days) : 'workingDays'
