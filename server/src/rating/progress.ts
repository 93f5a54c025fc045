import { actorOf, type Context } from '../base/context.ts'
import { cycleRules, nameFor, sheetsWithin } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { isSecret, shownFrom } from '../rules/ballots.ts'
import { shown } from '../rules/exact.ts'
import { chosen } from '../rules/policy/readings.ts'
import { mayChange, RATINGS } from '../rules/reopened.ts'
import { meansOf, type Ballot } from '../rules/score/rated.ts'
import { rulingsOf } from '../core/rulings.ts'
import { placeColumns, type SheetRow } from '../base/sheet-row.ts'
import type { RatingProgress } from './rating.types.ts'
import { runsRatings } from './rated-sheets.ts'

/** A sheet as the progress of ratings reads it. */
interface SheetWithRaters extends Pick<
  SheetRow,
  'id' | 'stage' | 'state' | 'reopened' | 'coordinatorId' | 'villageId' | 'townId'
> {
  name: string
  village: string
  ballots: Ballot[]
  raters: { id: string; group: string; name: string; voted: boolean; slip: boolean }[]
}

/** Of each sheet and group: who was asked, who has voted, the means that may be shown, and why a group is missing. */
export async function ratingProgress(
  context: Context,
  cycle: string,
  unit: string | null | undefined,
): Promise<RatingProgress[]> {
  const actor = actorOf(context)
  const rules = await cycleRules(context, cycle)
  const { rated } = rules.policy
  if (!rated) return []
  const where = await sheetsWithin(context, cycle, unit)
  const { rows } = await context.pool.query<SheetWithRaters>(
    named(
      `select s.id, s.stage, s.state, s.reopened, ${placeColumns},
              coalesce(s.beyond -> 'ballots', '[]') as ballots, ${nameFor(actor)} as name, v.name as village,
              coalesce((select json_agg(json_build_object('id', r.id, 'group', r.rater_group, 'name', r.name, 'voted', r.voted,
                                                          'slip', r.code_hash is not null) order by r.invited_at, length(r.name), r.name, r.id)
                          from rater r where r.county_id = s.county_id and r.sheet_id = s.id and r.withdrawn is null), '[]') as raters
         from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         join unit v on v.county_id = s.county_id and v.id = s.village_id
        where ${where.sql} order by s.line`,
      where.values,
    ),
  )
  const missing = new Map(
    (await rulingsOf(context.pool, actor.county, cycle, ['noBallots'])).map((held) => [
      `${held.sheet} ${held.subject}`,
      held.text,
    ]),
  )
  const titles = new Map(rated.dimensions.map(({ id, title }) => [id, title[context.lang]]))
  return rows.map(({ raters, ballots, ...row }) => ({
    sheet: row.id,
    name: row.name,
    village: row.village,
    may: runsRatings(context, rules, row) && mayChange(row.reopened, RATINGS),
    groups: rated.groups.map(({ id: group, title }) => {
      const own = ballots.filter((ballot) => ballot.group === group)
      const hidden = isSecret(group) && own.length < shownFrom
      const means = hidden ? [] : meansOf(rated, own, (one) => chosen(rules.policy, rules.choices, one))
      return {
        group,
        title: title[context.lang],
        secret: isSecret(group),
        raters: raters.filter((rater) => rater.group === group),
        ballots: own.length,
        means: means.map(({ dimension, mean }) => ({ dimension, title: titles.get(dimension)!, mean: shown(mean) })),
        missing: missing.get(`${row.id} ${group}`) ?? null,
      }
    }),
  }))
}
