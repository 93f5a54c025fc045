import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { dataFolder } from './product.ts'

const root = join(import.meta.dirname, '../..')

it('the server as it is built finds what ships beside it, and starts', async () => {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const built = spawnSync(process.execPath, [vite, 'build', 'server', '--logLevel', 'warn'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    encoding: 'utf8',
  })
  expect([built.status, built.stderr]).toEqual([0, ''])
  const { folder, remove } = dataFolder()
  const child = spawn(process.execPath, [join(root, 'server/dist/main.js')], {
    env: { PATH: process.env.PATH, KAOHE_LANG: 'en', KAOHE_DEMO: 'off', KAOHE_DATA: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (data) => (said += String(data)))
  child.stderr.on('data', (data) => (said += String(data)))
  const ended = new Promise((resolve) => child.once('close', resolve))
  try {
    await expect.poll(() => said, { timeout: 60_000, interval: 200 }).toContain('Ctrl+C')
    const origin = /http:\/\/[\d.]+:\d+/.exec(said)![0]
    expect(await (await fetch(`${origin}/ready`)).json()).toEqual({ status: 'ready' })
  } finally {
    child.kill('SIGTERM')
    await ended
    remove()
  }
})
