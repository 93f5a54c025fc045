import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Builds the page that the browser tests open, as `pnpm start` does: a test runner's own NODE_ENV would build another. */
export default function setup(): void {
  const root = join(import.meta.dirname, '..')
  const built = spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', 'web', '--logLevel', 'warn'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (built.status !== 0) throw new Error('the page could not be built')
}
