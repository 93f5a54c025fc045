import type pg from 'pg'
import { policies } from '../base/policies.ts'
import type { Choices, Facts } from '../rules/facts.ts'
import type { Beyond } from '../rules/person.ts'
import { evaluated, type Evaluated } from '../core/evaluated.ts'

/** A stored result beside what its facts and its policy come to now; `found` is a sentence where the policy is another. */
export interface Replayed {
  sheet: string
  stored: Evaluated
  found: Evaluated | string
}

const batch = 1000

/** Every sheet of a county worked out anew, a thousand at a time. Writes nothing. */
export async function* replay(pool: pg.Pool, county: string): AsyncGenerator<Replayed> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await pool.query<
      Evaluated & { id: string; policyId: string; policyHash: string; choices: Choices; facts: Facts; beyond: Beyond }
    >(
      `select s.id, c.policy_id as "policyId", c.policy_hash as "policyHash", c.choices, s.facts, s.beyond, s.points, s.marks,
              s.total::text as total, s.missing, s.limits
         from sheet s join cycle c on c.county_id = s.county_id and c.id = s.cycle_id
        where s.county_id = $1 and s.id > $2 order by s.id limit $3`,
      [county, after, batch],
    )
    for (const { id, policyId, policyHash, choices, facts, beyond, ...stored } of rows) {
      const version = policies().get(policyId)
      const found =
        version?.hash === policyHash
          ? evaluated(version.policy, choices, facts, beyond)
          : `${policyId}: ${version ? 'changed' : 'missing'}`
      yield { sheet: id, stored, found }
    }
    if (rows.length < batch) return
    after = rows.at(-1)!.id
  }
}
