import { availableParallelism, loadavg } from 'node:os'

/** One line of the outcome. With an aim, ours may take at most that many times what the limit takes. */
export interface Line {
  what: string
  unit: string
  ours: number
  limit?: number
  aim?: number
}

export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** How many milliseconds `work` took, and what came of it. */
export async function timed<T>(work: () => Promise<T>): Promise<[ms: number, result: T]> {
  const started = performance.now()
  const result = await work()
  return [performance.now() - started, result]
}

/**
 * Runs every side once a round, each round beginning with another side, so that what the machine does meanwhile falls on
 * all of them alike. Each side tells its milliseconds; those of the rounds before the first are thrown away.
 */
export async function interleaved<Side extends string>(
  { rounds, warm }: { rounds: number; warm: number },
  sides: Record<Side, () => Promise<number>>,
): Promise<Record<Side, number[]>> {
  const names = Object.keys(sides) as Side[]
  const told = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Side, number[]>
  for (let round = -warm; round < rounds; round++)
    for (const at of names.keys()) {
      const name = names[(at + round + warm) % names.length]!
      const ms = await sides[name]()
      if (round >= 0) told[name].push(ms)
    }
  return told
}

export const ratioOf = ({ ours, limit }: Line): number | undefined => (limit === undefined ? undefined : ours / limit)
export const verdictOf = (line: Line): '' | 'ok' | 'MISSED' =>
  line.aim === undefined ? '' : line.ours <= (line.limit ?? 0) * line.aim ? 'ok' : 'MISSED'

export const surroundings = () => ({
  at: new Date().toISOString(),
  node: process.versions.node,
  cores: availableParallelism(),
  load: loadavg().map((load) => Number(load.toFixed(2))),
})

export function print(lines: readonly Line[]): void {
  const short = (value: number | undefined) => (value === undefined ? '' : value.toFixed(value < 10 ? 2 : value < 1000 ? 1 : 0))
  const rows = [
    ['what', 'unit', 'ours', 'limit', 'ratio', 'aim', ''],
    ...lines.map((line) => [
      line.what,
      line.unit,
      short(line.ours),
      short(line.limit),
      ratioOf(line)?.toFixed(2) ?? '',
      line.aim === undefined ? '' : `≤ ${line.aim}`,
      verdictOf(line),
    ]),
  ]
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)))
  for (const row of rows)
    console.log(
      row
        .map((text, at) => (at < 2 || at > 4 ? text.padEnd(widths[at]!) : text.padStart(widths[at]!)))
        .join('  ')
        .trimEnd(),
    )
}
