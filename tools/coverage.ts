import { policies } from '../server/src/base/policies.ts'

/** Where a policy cites each of its clauses: the names on the way from the root, ids in place of positions. */
function citations(node: unknown, path: string[], found: Map<string, Set<string>>): void {
  if (node === null || typeof node !== 'object') return
  const { clause } = node as { clause?: unknown }
  if (typeof clause === 'string' && path.length > 0) {
    const places = found.get(clause) ?? new Set()
    found.set(clause, places.add(path.join('.')))
  }
  for (const [key, inner] of Object.entries(node)) {
    const { id } = (inner ?? {}) as { id?: unknown }
    const step = Array.isArray(node) ? (typeof id === 'string' ? [id] : []) : [key]
    citations(inner, [...path, ...step], found)
  }
}

const worked = [
  'examples',
  'moves',
  'cohorts',
  'seats',
  'lines',
  'tables',
  'eliminations',
  'pools',
  'staffing',
  'dates',
  'ages',
  'ranks',
  'wageCuts',
]

/**
 * docs/coverage.md: every clause by its number in the register of requirements, the rules that carry it, and how many
 * worked rows stand on it. Made from the policy files, so it cannot go stale.
 */
export function coverage(): string {
  const pages = [...policies().values()].map(({ policy }) => {
    const rules = new Map<string, Set<string>>()
    const examples = new Map<string, number>()
    for (const [part, node] of Object.entries(policy)) {
      if (part === 'clauses') continue
      if (!worked.includes(part)) citations({ [part]: node }, [], rules)
      else for (const { clause } of node as { clause: string }[]) examples.set(clause, (examples.get(clause) ?? 0) + 1)
    }
    const rows = Object.entries(policy.clauses).map(([id, { at }]) => {
      const carried = [...(rules.get(id) ?? [])]
      const more = carried.length > 4 ? ` and ${carried.length - 4} more` : ''
      return `| ${id} | ${at.zh} | ${carried.slice(0, 4).join(', ')}${more} | ${examples.get(id) ?? ''} |`
    })
    return [
      `## ${policy.id} ${policy.title.zh}`,
      '',
      '| row | clause | carried by | worked rows |',
      '| --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n')
  })
  return [
    '# Which rule carries which clause',
    '',
    'Made by `pnpm schema` from the policy files; a test compares.',
    '',
    ...pages,
  ].join('\n')
}
