// `pnpm dev`: the page with hot reload, the server rebuilt and restarted whenever its source changes.
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const vite = join(root, 'node_modules/vite/bin/vite.js')
const run = (...words) => spawn(process.execPath, words, { cwd: root, stdio: 'inherit' })

spawnSync(process.execPath, [vite, 'build', 'server', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
const parts = [
  run(vite, 'build', 'server', '--watch', '--logLevel', 'warn'),
  run(
    '--enable-source-maps',
    '--watch-path',
    'server/dist',
    '--watch-preserve-output',
    'server/dist/main.js',
    ...process.argv.slice(2),
  ),
  run(vite, 'web'),
]
const stop = () => parts.forEach((part) => part.kill())
for (const part of parts) part.on('exit', stop)
process.on('SIGTERM', stop)
