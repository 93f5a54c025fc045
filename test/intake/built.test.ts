import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'vite'
import { expect, it } from 'vitest'

it('finds the file of its thread where the server is built', { timeout: 60_000 }, async () => {
  const root = join(import.meta.dirname, '../../server')
  const outDir = mkdtempSync(join(root, 'node_modules/built-'))
  try {
    const reader = { 'read-file': join(root, 'src/intake/read-file.ts') }
    await build({ root, logLevel: 'error', build: { outDir, sourcemap: false, rolldownOptions: { input: reader } } })
    const run = join(outDir, 'run.mjs')
    writeFileSync(
      run,
      `import { readFile } from ${JSON.stringify(pathToFileURL(join(outDir, 'read-file.js')).href)}
       const [sheet] = await readFile(Buffer.from('姓名\\t村\\n张三\\t东村'), '名册.csv')
       console.log(sheet.rows.map(({ cells }) => cells.map(({ text }) => text).join()).join(';'))`,
    )
    expect(execFileSync(process.execPath, [run], { encoding: 'utf8' }).trim()).toBe('姓名,村;张三,东村')
  } finally {
    rmSync(outDir, { recursive: true })
  }
})
