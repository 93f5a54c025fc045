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
    if (file !== 'server/src/schema.ts') expect(resolvers).toEqual([])
    else expect(resolvers.length).toBeGreaterThan(0)
  })

  if (file.startsWith('server/src/rules/'))
    it('knows neither the time nor chance', () => {
      expect(read(file)).not.toMatch(/Date\.now|new Date\(|Date\(\)|Math\.random|performance\.|process\.|\bfetch\(|crypto/)
    })
})

it('every feature keeps its tables in one entity file, which knows no resolver and no other feature’s tables', () => {
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
