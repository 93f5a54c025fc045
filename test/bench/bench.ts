import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { measureApi } from './api.ts'
import { aimsOf, measureGrids, printTable, type Table } from './grids.ts'
import { measurePage } from './page.ts'
import { measureRoster } from './roster.ts'
import { measureRules } from './rules.ts'
import { print, ratioOf, surroundings, verdictOf, type Line } from './stats.ts'

// pnpm bench [--only rules|api|browser|roster|grids] [--rounds 9] [--people 10000] [--json FILE]: the product beside the least that could do the same
// work. `grids`, which installs other grids to measure ours beside, runs only when it is asked for; `--sides ours,bare`
// measures some of them.
const args = process.argv.slice(2).filter((word) => word !== '--' && !word.endsWith('bench.ts'))
const { values } = parseArgs({
  args,
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '9' },
    json: { type: 'string' },
    people: { type: 'string', default: '10000' },
    sides: { type: 'string' },
  },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number')
const people = Number(values.people)
if (!(people >= 10_000 && people <= 100_000)) throw new Error('--people takes 10000 to 100000')
if (values.only !== undefined && !['rules', 'api', 'browser', 'roster', 'grids'].includes(values.only))
  throw new Error('--only takes rules, api, browser, roster or grids')

const before = surroundings()
const lines: Line[] = []
const asked = (part: string) => values.only === undefined || values.only === part
if (asked('rules')) lines.push(...(await measureRules(rounds)))
if (asked('api')) lines.push(...(await measureApi(rounds, people)))
if (asked('browser')) lines.push(...(await measurePage(rounds)))
if (asked('roster')) lines.push(...(await measureRoster(rounds)))
let grids: Table | undefined
if (values.only === 'grids') {
  grids = await measureGrids(rounds, values.sides)
  lines.push(...aimsOf(grids))
}
const after = surroundings()

if (grids) printTable(grids)
print(lines)
console.log(
  `\nMedians of ${rounds} rounds, orders rotated. Read ratios, not milliseconds:`,
  `${before.cores} cores, load ${before.load[0]} before and ${after.load[0]} after.`,
)
const missed = lines.filter((line) => verdictOf(line) === 'MISSED')
console.log(missed.length === 0 ? 'Every aim is met.' : `MISSED: ${missed.map(({ what }) => what).join('; ')}`)
if (values.json) {
  const told = lines.map((line) => ({ ...line, ratio: ratioOf(line), verdict: verdictOf(line) || undefined }))
  writeFileSync(values.json, `${JSON.stringify({ before, after, rounds, lines: told, grids }, null, 2)}\n`)
}
