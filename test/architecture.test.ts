import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

/** What text in a cell means is read by the same file on both sides, so that a page doubts what the server refuses. */
const reader = ['server/src/rules/cell-text.ts', 'server/src/rules/cell-sentences.ts']
/** Who may import whom. Read top to bottom: the first folder that holds a file is its home. A path ends at a slash. */
const may: [home: string, ...allowed: string[]][] = [
  ['server/src/rules/', 'server/src/rules/', 'zod', 'fraction.js', 'yaml'], //      no database, no GraphQL, no network
  ['server/migrations/', 'server/migrations/', '@mikro-orm/migrations'],
  [
    'server/src/',
    'server/src/',
    'server/migrations/',
    'node:',
    '@apollo/server',
    '@as-integrations/express5',
    '@mikro-orm/',
    'compression',
    'express',
    'graphql',
    'graphql-sse/',
    'helmet',
    'pg',
    'pino',
    'reflect-metadata',
    'saxes',
    'type-graphql',
  ],
  ['web/src/gql/', '@graphql-typed-document-node/core'], //                         generated from schema.graphql
  ['web/src/grid/', 'web/src/grid/', ...reader, 'vue', 'ag-grid-community', '@ag-grid-community/locale', 'idb'], // knows cells, not assessments
  [
    'web/src/', //                                                                  knows the server by schema.graphql
    'web/src/',
    ...reader,
    'vue',
    'vue-router',
    'vue-i18n',
    '@vueuse/core',
    'element-plus',
    '@element-plus/icons-vue',
    'echarts',
    'graphql-sse',
    'pinyin-pro',
    'ag-grid-community',
    '@ag-grid-community/locale',
    '@codemirror/',
    '@lezer/highlight',
    'cm6-graphql',
    'graphql',
    'schema.graphql?raw',
  ],
]

/** The rooms of the server, from the ground up: each may import from itself and from those before it. */
const rooms = [
  'rules',
  'base',
  'intake',
  'request',
  'ledger',
  'core',
  'access',
  'people',
  'result',
  'publishing',
  'filing',
  'year',
  'ruling',
  'claim',
  'rating',
  'attendance',
  'history',
  'scoring',
  'setup',
  'analysis',
  'export',
  'webhook',
  'database',
  'serve',
  'demo',
  '', // what starts it all
]

const root = join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const files = globSync('{server/src,server/migrations,web/src}/**/*.{ts,vue}', { cwd: root }).sort()

/** What a file imports or exports from elsewhere: packages by name, its own kind by their path from the root. */
function importsOf(file: string): string[] {
  const found = read(file).matchAll(/(?:^|[\s;}])(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)
  return [...found].map(([, path]) => (path!.startsWith('.') ? relative(root, join(root, dirname(file), path!)) : path!))
}

const allows = (allowed: string, path: string): boolean =>
  path === allowed || path.startsWith(allowed.endsWith('/') || allowed.endsWith(':') ? allowed : `${allowed}/`)

describe.each(files)('%s', (file) => {
  const imports = importsOf(file)

  it('imports only what it may', () => {
    const [, ...allowed] = may.find(([home]) => file.startsWith(home))!
    expect(imports.filter((path) => !allowed.some((one) => allows(one, path)))).toEqual([])
  })

  it('imports no resolver, unless it makes the schema', () => {
    const resolvers = imports.filter((path) => path.endsWith('.resolver.ts'))
    if (file !== 'server/src/serve/schema.ts') expect(resolvers).toEqual([])
    else expect(resolvers.length).toBeGreaterThan(0)
  })

  if (file.startsWith('server/src/rules/'))
    it('knows neither the time nor chance', () => {
      expect(read(file)).not.toMatch(/Date\.now|new Date\(|Date\(\)|Math\.random|performance\.|process\.|\bfetch\(|crypto/)
    })
})

const roomOf = (file: string): string => /^server\/src\/(?:(\w+)\/)?/.exec(file)?.[1] ?? ''
/** The imports of the server that run up from a room to a later one. */
const upward = (sources: readonly string[], importsOf: (file: string) => string[]): string[] =>
  sources.flatMap((file) =>
    importsOf(file)
      .filter((path) => path.startsWith('server/src/') && rooms.indexOf(roomOf(path)) > rooms.indexOf(roomOf(file)))
      .map((path) => `${file} -> ${path}`),
  )
const server = files.filter((file) => file.startsWith('server/src/'))

it('rooms import downwards only', () => {
  expect(upward(server, importsOf)).toEqual([])
  const planted = (file: string) => [
    ...importsOf(file),
    ...(file.startsWith('server/src/core/') ? ['server/src/year/gates.ts'] : []),
  ]
  expect(upward(server, planted)).not.toEqual([])
})

it('every room is in the list, has a line in the architecture, and is there', () => {
  const found = [...new Set(server.map(roomOf))].sort()
  expect(found).toEqual(rooms.toSorted())
  const told = [...read('docs/architecture.md').matchAll(/^\| `(\w+)\/` \|/gm)].map(([, room]) => room)
  expect(told).toEqual(rooms.filter((room) => room !== ''))
})

/** A way from a file back to itself over imports, types included; undefined where there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>()
  const path: string[] = []
  const follow = (file: string): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return undefined
    path.push(file)
    for (const next of graph.get(file) ?? []) {
      const found = follow(next)
      if (found) return found
    }
    path.pop()
    done.add(file)
    return undefined
  }
  for (const file of graph.keys()) {
    const found = follow(file)
    if (found) return found
  }
  return undefined
}

it('no file of the server imports itself through others', () => {
  const graph = new Map(server.map((file) => [file, importsOf(file)]))
  expect(circleIn(graph)).toBeUndefined()
  const [one, other] = ['server/src/rules/days.ts', 'server/src/rules/absences.ts'] as const
  const planted = new Map([...graph, [one, [other]], [other, [one]]])
  expect(new Set(circleIn(planted))).toEqual(new Set([one, other]))
})

/** What locks sheets, or reads them whole, beside the one file for it. */
const locking = (sources: readonly string[], textOf: (file: string) => string): string[] =>
  sources.filter(
    (file) => file !== 'server/src/core/lock.ts' && /\bfrom sheet s\b[^`]*?\bfor (no key )?update/.test(textOf(file)),
  )

it('sheets are locked in one place', () => {
  expect(locking(server, read)).toEqual([])
  const planted = 'select 1 from sheet s where s.id = $1\n order by s.id for no key update'
  expect(locking(['server/src/year/moves.ts'], () => planted)).not.toEqual([])
})

it('tables are described in entity files, which know no resolver and no other entity file', () => {
  const entities = files.filter((file) => file.endsWith('.entity.ts'))
  expect(entities.length).toBeGreaterThan(3)
  for (const file of entities)
    expect(importsOf(file).filter((path) => path.endsWith('.entity.ts') || path.endsWith('.resolver.ts'))).toEqual([])
})

it('nothing needs the paid edition of the grid', () => {
  for (const file of [
    ...files,
    'package.json',
    'server/package.json',
    'web/package.json',
    'pnpm-workspace.yaml',
    'pnpm-lock.yaml',
  ])
    expect(read(file)).not.toMatch(/ag-grid-enterprise/)
})

it('no number of the contract is a binary fraction', () => {
  expect(read('schema.graphql')).not.toMatch(/\bFloat\b/)
})
