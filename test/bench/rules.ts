import { strictEqual as same } from 'node:assert'
import { setImmediate } from 'node:timers/promises'
import { canonical, compare, type Exact } from '../../server/src/rules/exact.ts'
import type { Facts } from '../../server/src/rules/facts.ts'
import { typicalFacts } from '../../server/src/rules/fields.ts'
import { gradeCohort } from '../../server/src/rules/cohort.ts'
import type { Person } from '../../server/src/rules/grade.ts'
import { policyOf } from '../../server/src/base/policies.ts'
import { inTiers } from '../../server/src/rules/rank.ts'
import { score } from '../../server/src/rules/score/index.ts'
import { interleaved, median, timed, type Line } from './stats.ts'

const towns = 30
const policy = policyOf('xinyi-1')
const typical = typicalFacts(policy)
const fields = Object.keys(typical).filter((field) => typical[field] === '0')

/** A full sheet: everything recorded, and something deducted in six places. No two neighbours are alike. */
function sheetOf(at: number): Facts {
  const facts: Record<string, string> = { ...typical, 'i07.accuracy': String(100 - (at % 80) / 10) }
  for (let turn = 0; turn < 6; turn++) facts[fields[(at * 7 + turn * 13) % fields.length]!] = String((at + turn) % 3)
  return facts
}

/** What a bare loop needs to come to the same totals: every deduction as an integer of hundredths, by sheet. */
function termsOf(facts: Facts): Int32Array {
  const terms: number[] = []
  for (const section of score(policy, {}, facts).parts)
    for (const item of section.parts) terms.push(Number(item.points.mul(100).n) * Number(item.points.s))
  return Int32Array.from(terms)
}

interface Settled {
  total: Exact
  excellent: number
  first: string
}

/**
 * Scores, grades with quotas and ranks. The tree of a sheet is built for its number (they are one); of more people than
 * fit in memory with their trees, the totals stay and the tree is built again for whoever asks.
 */
function whole(sheets: (at: number) => Facts, people: number): Settled {
  const members: Person[] = []
  for (let at = 0; at < people; at++) {
    const facts = sheets(at)
    const root = score(policy, {}, facts)
    members.push({
      id: String(at),
      group: { town: String(at % towns), county: 'county' },
      fullTime: true,
      counted: true,
      total: root.points,
      missing: root.missing.length,
      facts,
    })
  }
  const { outcomes } = gradeCohort(policy, {}, members)
  const [best] = inTiers(members, (a, b) => compare(b.total, a.total))
  return {
    total: members.reduce((all, { total }) => all.add(total), members[0]!.total.mul(0)),
    excellent: outcomes.filter(({ seat }) => seat === 'in').length,
    first: best![0]!.id,
  }
}

/** The rules alone, without a server: beside a loop that only adds the same numbers as integers. */
export async function measureRules(rounds: number): Promise<Line[]> {
  const people = 10_000
  const sheets = Array.from({ length: people }, (_, at) => sheetOf(at))
  const terms = sheets.map(termsOf)
  const totals = new Int32Array(people)
  const add = () => {
    for (let at = 0; at < people; at++) {
      let total = 0
      for (const term of terms[at]!) total += term
      totals[at] = total
    }
  }
  const run = async (work: () => unknown) => (await timed(async () => work()))[0]
  const told = await interleaved(
    { rounds, warm: 2 },
    {
      whole: () => run(() => whole((at) => sheets[at]!, people)),
      score: () => run(() => sheets.forEach((facts) => score(policy, {}, facts))),
      add: () => run(add),
    },
  )
  const { total } = whole((at) => sheets[at]!, people)
  same(
    canonical(total),
    canonical(
      total
        .mul(0)
        .add(totals.reduce((all, one) => all + one, 0))
        .div(100),
    ),
  )
  globalThis.gc?.()
  const lines: Line[] = [
    {
      what: `rules: score, grade, ration and rank ${people} sheets, beside one second`,
      unit: 'ms',
      ours: median(told.whole),
      limit: 1000,
      aim: 1,
    },
    {
      what: 'rules: score them with their trees, beside adding integers',
      unit: 'ms',
      ours: median(told.score),
      limit: median(told.add),
    },
    { what: 'rules: sheets scored a second', unit: '/s', ours: (people / median(told.score)) * 1000 },
  ]
  // Growth: what a sheet takes among a million, beside among ten thousand; n·log n would allow 1.5 times as much.
  const many = 1_000_000
  await setImmediate()
  const before = process.memoryUsage().heapUsed
  const [ms] = await timed(async () => whole((at) => sheets[at % people]!, many))
  lines.push(
    {
      what: `rules: a sheet among ${many}, beside among ${people}`,
      unit: 'µs',
      ours: (ms / many) * 1000,
      limit: (median(told.whole) / people) * 1000,
      aim: Math.log2(many) / Math.log2(people),
    },
    { what: `rules: memory held for ${many} people`, unit: 'MiB', ours: (process.memoryUsage().heapUsed - before) / 2 ** 20 },
  )
  return lines
}
