import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LaunchOptions } from 'playwright'

declare module 'vitest' {
  interface ProvidedContext {
    launch: LaunchOptions
  }
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
]

const runs = (exe: string, env: Record<string, string> = {}): boolean =>
  spawnSync(exe, ['--version'], { timeout: 20_000, env: { ...process.env, ...env } }).status === 0

const launch = (executablePath: string, env: Record<string, string> = {}): LaunchOptions => ({
  executablePath,
  // Where no language is set, files could not be saved under Chinese names.
  env: { LC_ALL: 'C.UTF-8', ...(process.env as Record<string, string>), ...env },
  args,
})

/**
 * How to launch a Chromium for the tests: the one CHROMIUM_PATH names, an installed one, else the one that comes
 * with the project's own packages (CHROMIUM_PATH=npm asks for it). Throws a sentence when there is none.
 */
export async function findChromium(): Promise<LaunchOptions> {
  const wanted = process.env.CHROMIUM_PATH
  if (wanted && wanted !== 'npm') {
    if (runs(wanted)) return launch(wanted)
    throw new Error(`CHROMIUM_PATH=${wanted} does not run. Name the file of a Chromium, or unset it.`)
  }
  const found = wanted ? undefined : installed.find((exe) => existsSync(exe) && runs(exe))
  if (found) return launch(found)
  const packed = process.platform === 'linux' && process.arch === 'x64' ? await unpack() : undefined
  if (packed) return packed
  throw new Error(
    'No Chromium found. Install one (Debian: apt-get install -y chromium), name one in CHROMIUM_PATH, or set BROWSER_TESTS=skip.',
  )
}

/** The browser inside @sparticuz/chromium, with the libraries and the font a bare system lacks. */
async function unpack(): Promise<LaunchOptions | undefined> {
  const home = join(import.meta.dirname, '../node_modules/.cache/chromium')
  const saved = process.env.TMPDIR
  mkdirSync(home, { recursive: true })
  process.env.TMPDIR = home // the package unpacks into the folder for temporary files
  try {
    const { default: chromium, inflate } = await import('@sparticuz/chromium')
    const archive = fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium')))
    const lib = join(await inflate(archive), 'lib')
    const executablePath = await chromium.executablePath()
    const fonts = join(home, 'fonts/fonts.conf')
    writeFileSync(fonts, readFileSync(fonts, 'utf8').replaceAll('/tmp/fonts', join(home, 'fonts')))
    const env: Record<string, string> = {
      LD_LIBRARY_PATH: [lib, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(home, 'fonts') }),
    }
    return runs(executablePath, env) ? launch(executablePath, env) : undefined
  } finally {
    if (saved === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = saved
  }
}
