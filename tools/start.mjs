// `pnpm start`: builds what has changed since the last time, then runs the server in this very process,
// so that Ctrl+C reaches it directly.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const [major] = process.versions.node.split('.').map(Number)
if (major < 24) {
  console.error(
    `Node ${process.versions.node} is too old: Kaohe runs on Node 24, which its own packages bring along. ` +
      'Run `npx -y pnpm@12.21.0 install`, then start it with `npx -y pnpm@12.21.0 start`.',
  )
  process.exit(1)
}

/** A fingerprint of all that the build reads. */
function fingerprint() {
  const hash = createHash('sha256')
  const read = (path) => hash.update(path).update(readFileSync(join(root, path)))
  const walk = (folder) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) walk(path)
      else read(path)
    }
  }
  for (const folder of ['server/src', 'server/migrations', 'web/src', 'web/public'])
    if (existsSync(join(root, folder))) walk(folder)
  for (const file of ['pnpm-lock.yaml', 'tsconfig.json', 'server/vite.config.ts', 'web/vite.config.ts', 'web/index.html'])
    read(file)
  return hash.digest('hex')
}

const stamp = join(root, 'server/dist/built-from')
const now = fingerprint()
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== now || !existsSync(join(root, 'web/dist/index.html'))) {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  for (const part of ['web', 'server']) {
    const built = spawnSync(process.execPath, [vite, 'build', part, '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
    if (built.status !== 0) process.exit(built.status ?? 1)
  }
  writeFileSync(stamp, now)
}
process.env.NODE_ENV ??= 'production'
process.setSourceMapsEnabled(true)
await import('../server/dist/main.js')
