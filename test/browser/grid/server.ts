import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { build, preview } from 'vite'

export interface GridPage {
  /** `${origin}/index.html` is our grid, `${origin}/bare.html` the bare one. */
  origin: string
  close: () => Promise<void>
}

export const startGridPage = (): Promise<GridPage> => startPages(import.meta.dirname, ['index.html', 'bare.html'])

/** Builds the pages of a folder as for production and serves them. */
export async function startPages(root: string, pages: readonly string[]): Promise<GridPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'grid-page-'))
  const alias = { 'ag-grid-community': join(import.meta.dirname, '../../../web/node_modules/ag-grid-community') }
  const { NODE_ENV } = process.env
  process.env['NODE_ENV'] = 'production' // a test runner's own would make a development build
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [vue()],
    resolve: { alias },
    build: {
      outDir,
      emptyOutDir: true,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: pages.map((page) => join(root, page)) },
    },
  })
  if (NODE_ENV === undefined) delete process.env['NODE_ENV']
  else process.env['NODE_ENV'] = NODE_ENV
  const server = await preview({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1' },
  })
  return {
    origin: new URL(server.resolvedUrls?.local[0] ?? '').origin,
    async close() {
      await server.close()
      await rm(outDir, { recursive: true })
    },
  }
}
