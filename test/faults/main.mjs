// The server as `pnpm start` runs it, from its source: node test/faults/main.mjs [its arguments]
import { join } from 'node:path'
import { runnerImport } from 'vite'

await runnerImport(join(import.meta.dirname, '../../server/src/main.ts'))
