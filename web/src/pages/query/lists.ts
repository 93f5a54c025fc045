/** A list of rows found somewhere in an answer. */
export interface FoundList {
  /** Names from the root, such as villageRanking.villages. */
  path: string
  columns: string[]
  rows: Record<string, unknown>[]
  /** Lies in another list: its rows are those of all of them together. */
  nested: boolean
}

type Node = Record<string, unknown>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every list of objects in an answer; a connection's edges are read as their nodes. */
export function listsIn(data: unknown): FoundList[] {
  const found = new Map<string, { rows: Node[]; nested: boolean }>()
  function walk(value: unknown, path: string[], nested: boolean): void {
    if (Array.isArray(value)) {
      const rows = value.filter(isNode)
      if (rows.length === 0) return
      const edges = path.at(-1) === 'edges' && rows.every(({ node }) => isNode(node))
      const at = edges ? path.slice(0, -1) : path
      const list = edges ? rows.map(({ node }) => node as Node) : rows
      const known = found.get(at.join('.')) ?? { rows: [], nested }
      found.set(at.join('.'), known)
      known.rows.push(...list)
      for (const row of list) for (const [name, inner] of Object.entries(row)) walk(inner, [...at, name], true)
    } else if (isNode(value)) for (const [name, inner] of Object.entries(value)) walk(inner, [...path, name], nested)
  }
  walk(data, [], false)
  return [...found].map(([path, { rows, nested }]) => {
    const flat = rows.map((row) => flattened(row))
    return { path, nested, rows: flat, columns: [...new Set(flat.flatMap((row) => Object.keys(row)))] }
  })
}

/** A row with what lies in objects beside it as `object.field`, and lists as text. */
function flattened(row: Node, before = ''): Node {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]): [string, unknown][] => {
      if (isNode(value)) return Object.entries(flattened(value, `${before}${name}.`))
      return [[`${before}${name}`, Array.isArray(value) ? textOf(value) : value]]
    }),
  )
}
const textOf = (list: unknown[]): string =>
  list
    .map((one) =>
      isNode(one)
        ? Object.values(one)
            .filter((value) => typeof value !== 'object')
            .join(' ')
        : String(one),
    )
    .join('；')

export const isNumeric = (value: unknown): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))

/** The columns that hold numbers in every row that holds anything, and the others. */
export function kindsOf({ columns, rows }: FoundList): { numbers: string[]; labels: string[] } {
  const numbers = columns.filter(
    (column) => rows.some((row) => row[column] != null) && rows.every((row) => row[column] == null || isNumeric(row[column])),
  )
  return { numbers, labels: columns.filter((column) => !numbers.includes(column)) }
}

/** A number for each label, their mean where a label stands on several rows; the largest first. */
export function byLabel(rows: FoundList['rows'], label: string, number: string): { label: string; value: number }[] {
  const groups = Map.groupBy(
    rows.filter((row) => isNumeric(row[number])),
    (row) => String(row[label] ?? ''),
  )
  return [...groups]
    .map(([name, list]) => ({ label: name, value: list.reduce((sum, row) => sum + Number(row[number]), 0) / list.length }))
    .sort((a, b) => b.value - a.value)
}
