import { actorOf, type Context } from '../base/context.ts'
import { changerFor, cycleRules, nameFor, sheetsWithin } from '../core/cycles.ts'
import { named } from '../base/database.ts'
import { gradeTitle } from '../rules/policy/parts.ts'
import type { FiledResult } from './filing.entity.ts'
import type { FilingRead } from './filing.types.ts'

/** What is on file of the sheets the caller sees, latest first. */
export async function filingsOf(context: Context, cycle: string): Promise<FilingRead[]> {
  const actor = actorOf(context)
  const { policy } = await cycleRules(context, cycle)
  const where = await sheetsWithin(context, cycle, undefined)
  const { rows: people } = await context.pool.query<{ id: string; name: string; village: string; line: number }>(
    named(
      `select s.id, s.line, ${nameFor(actor)} as name, v.name as village
         from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
         join unit v on v.county_id = s.county_id and v.id = s.village_id where ${where.sql}`,
      where.values,
    ),
  )
  const seen = new Map(people.map((person) => [person.id, person]))
  const { rows } = await context.pool.query<
    Omit<FilingRead, 'people' | 'chain'> & { results: FiledResult[]; chainSeq: number; chainHash: string }
  >(
    `select f.id, f.unit_id as unit, u.name as "unitName", f.hash, f.chain_seq as "chainSeq", f.chain_hash as "chainHash",
            f.policy_hash as "policyHash", f.by, f.at, f.corrects, l.id as corrected, f.results
       from filing f join unit u on u.county_id = f.county_id and u.id = f.unit_id
       left join filing l on l.county_id = f.county_id and l.corrects = f.id
      where f.county_id = $1 and f.cycle_id = $2 and f.sheets && $3::uuid[] order by f.seq desc limit 200`,
    [actor.county, cycle, [...seen.keys()]],
  )
  return rows.map(({ results, chainSeq, chainHash, ...filing }) => ({
    ...filing,
    by: changerFor(actor, filing.by),
    at: new Date(filing.at),
    chain: `${chainSeq} ${chainHash}`,
    people: results
      .filter(({ sheet }) => seen.has(sheet))
      .toSorted((a, b) => seen.get(a.sheet)!.line - seen.get(b.sheet)!.line)
      .map(({ sheet, grade, rank, shown }) => ({
        sheet,
        name: seen.get(sheet)!.name,
        village: seen.get(sheet)!.village,
        grade: grade && gradeTitle(policy, grade)[context.lang],
        rank: rank === null ? null : String(rank),
        total: shown,
      })),
  }))
}
