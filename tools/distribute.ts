import { distributionOf, statementsOf } from '../server/src/database/distribute.ts'
import { onData } from './data.ts'

// `pnpm db:distribute [--run]`: says how the tables are spread over machines by county, and with --run spreads them: on a
// coordinator of Citus, given by DATABASE_URL. Refuses where a key would leave its county.
const run = process.argv.includes('--run')
await onData(async (pool) => {
  const distribution = await distributionOf(pool)
  for (const objection of distribution.objections) console.error(objection)
  if (distribution.objections.length > 0) return false
  for (const statement of statementsOf(distribution)) {
    console.log(`${statement};`)
    if (run) await pool.query(statement)
  }
  return true
})
