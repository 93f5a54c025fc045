import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codegen } from '@graphql-codegen/core'
import * as documentPlugin from '@graphql-codegen/typed-document-node'
import * as operationsPlugin from '@graphql-codegen/typescript-operations'
import { parse } from 'graphql'
import { createSchema, printContract } from '../server/src/serve/schema.ts'
import { coverage } from './coverage.ts'

const root = join(import.meta.dirname, '..')

/** What is generated, by its place: the contract, the web page's typed documents, the table of clauses. `pnpm schema` writes it, a test compares. */
export async function generated(): Promise<Record<string, string>> {
  const contract = printContract(createSchema())
  const documents = globSync('web/src/**/*.graphql', { cwd: root })
    .sort()
    .map((location) => ({ location, document: parse(readFileSync(join(root, location), 'utf8')) }))
  const config = {
    useTypeImports: true,
    enumType: 'string-literal' as const,
    scalars: { ID: 'string', Column: 'string', DateTimeISO: 'string' },
    avoidOptionals: false,
    dedupeFragments: true,
    documentMode: 'string' as const,
  }
  const typed = await codegen({
    filename: 'documents.ts',
    schema: parse(contract),
    documents,
    config,
    plugins: [{ operations: {} }, { documents: {} }],
    pluginMap: { operations: operationsPlugin, documents: documentPlugin },
  })
  return {
    'schema.graphql': contract,
    'web/src/gql/documents.ts': typed,
    'server/trusted.json': `${JSON.stringify(trusted(typed), null, 2)}\n`,
    'docs/coverage.md': coverage(),
  }
}

/** The SHA-256 of every document as the page sends it, with its name: what is answered where nothing else is. */
function trusted(typed: string): Record<string, string> {
  const found = typed.matchAll(/export const (\w+)Document = new TypedDocumentString\(`([^`]*)`/g)
  return Object.fromEntries([...found].map(([, name, text]) => [createHash('sha256').update(text!).digest('hex'), name!]))
}
