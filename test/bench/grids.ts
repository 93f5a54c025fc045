import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright'
import { startPages } from '../browser/grid/server.ts'
import { findChromium } from '../chromium.ts'
import { median, type Line } from './stats.ts'

const folder = join(import.meta.dirname, 'grids')

/** What each grid is called, and the package its version is read from. */
const contenders = {
  ours: ['ours', null],
  bare: ['AG Grid', join(import.meta.dirname, '../../web/node_modules/ag-grid-community')],
  revogrid: ['RevoGrid', '@revolist/revogrid'],
  jspreadsheet: ['jspreadsheet', 'jspreadsheet-ce'],
  univer: ['Univer', '@univerjs/core'],
  xspreadsheet: ['x-spreadsheet', 'x-data-spreadsheet'],
} as const
type Name = keyof typeof contenders
const names = Object.keys(contenders) as Name[]

const measures = {
  open: 'first paint of 10,000 × 40, ms',
  heap: 'JS heap of the page with it open, MB',
  steady: 'steady scroll, frames/s',
  steadyBlank: 'steady scroll, blank rows, %',
  fling: 'fling, frames/s',
  flingBlank: 'fling, blank rows, %',
  sideways: 'sideways scroll, frames/s',
  drag: 'range drag, main thread per step, ms',
  all: 'select all, to its statistics, ms',
  find: 'find, to painted, ms',
  paste: 'paste of 1,000 × 24, key to painted, ms',
  undo: 'undo of it, key to painted, ms',
  remote: 'batch of 5,000 cells, main thread, ms',
}
type Measure = keyof typeof measures
type Figures = Partial<Record<Measure, number | null>>
/** Medians; null where a grid has no such thing. */
export type Table = Record<Name, Figures & { version: string }>

/** What the page offers, see `grids/main.js`. */
interface Side {
  start(): { x: number; y: number }
  value(row: number, score: number): unknown
  counted?(): boolean
  find?(text: string): Promise<number>
  cells: string | null
  endFind?(): void
  quiet?(): Promise<void>
  undoes?: false
  remote?(rows: { id: string; values: Record<string, string> }[]): void
}
interface GridBench {
  side: Side
  open(): Promise<number>
  until(done: () => boolean, key?: string): Promise<number | null>
  watchFrames(from: { x: number; y: number } | null): { stop(): { fps: number; blank: number | null } }
  painted(): Promise<number>
}
interface GridWindow {
  bench: GridBench
  pending: Promise<number | null>
  frames: ReturnType<GridBench['watchFrames']>
}
declare const window: GridWindow

const pasted = { rows: 1000, columns: 24 }
/** Within the maximum of every column, or ours would ask before it writes. */
const mark = (row: number, column: number) => String(((row + column) % 4) / 2 + 0.25)
const clip = Array.from(
  { length: pasted.rows },
  (_, row) => `${Array.from({ length: pasted.columns }, (_, column) => mark(row, column)).join('\t')}\r\n`,
).join('')

/** Our grid beside AG Grid as it comes, and beside others that can be had from the registry: every page once a round, in turn. */
export async function measureGrids(rounds: number, only?: string): Promise<Table> {
  execFileSync('pnpm', ['install', '--ignore-workspace', '--frozen-lockfile', '--ignore-scripts'], {
    cwd: folder,
    stdio: 'ignore',
  })
  const served = await startPages(folder, ['index.html'])
  const browser = await chromium.launch(await findChromium())
  const asked = names.filter((name) => only === undefined || only.split(',').includes(name))
  const told = Object.fromEntries(asked.map((name) => [name, [] as Figures[]])) as Record<Name, Figures[]>
  try {
    for (let round = -1; round < rounds; round++)
      for (const at of asked.keys()) {
        const name = asked[(at + round + 1) % asked.length]!
        const url = `${served.origin}/index.html?closed&asks&scores=35&side=${name}`
        const figures = { ...(await visit(browser, url, edit)), ...(await visit(browser, url, scroll)) }
        if (round >= 0) told[name].push(figures) // the first was for warming up
      }
  } finally {
    await browser.close()
    await served.close()
  }
  return Object.fromEntries(asked.map((name) => [name, { version: versionOf(name), ...middle(told[name]) }])) as Table
}

function middle(rounds: readonly Figures[]): Figures {
  const known = (measure: Measure) => rounds.map((figures) => figures[measure]).filter((value) => typeof value === 'number')
  return Object.fromEntries(
    (Object.keys(measures) as Measure[]).map((measure) => [measure, known(measure).length > 0 ? median(known(measure)) : null]),
  )
}

function versionOf(name: Name): string {
  const [, from] = contenders[name]
  if (from === null) return ''
  const path = isAbsolute(from) ? from : join(folder, 'node_modules', from)
  return (JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { version: string }).version
}

async function visit(
  browser: Browser,
  url: string,
  measure: (page: Page, cdp: CDPSession) => Promise<Figures>,
): Promise<Figures> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Performance.enable')
  try {
    await page.goto(url)
    await page.waitForFunction(() => 'bench' in window)
    return await measure(page, cdp)
  } finally {
    await context.close()
  }
}

/** The heap after collecting what is not held, in MB. */
async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  return (await metric(cdp, 'JSHeapUsedSize')) / 1e6
}
async function metric(cdp: CDPSession, name: string): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics')
  return metrics.find((one) => one.name === name)!.value
}
/** How long the page's main thread was busy with it, in milliseconds. */
async function busy(cdp: CDPSession, work: () => Promise<void>): Promise<number> {
  const before = await metric(cdp, 'TaskDuration')
  await work()
  return ((await metric(cdp, 'TaskDuration')) - before) * 1000
}

async function edit(page: Page, cdp: CDPSession): Promise<Figures> {
  const has = (part: keyof Side) => page.evaluate((part) => part in window.bench.side, part)
  const figures: Figures = { open: await page.evaluate(() => window.bench.open()), heap: await heap(cdp) }

  const { x, y } = await page.evaluate(() => window.bench.side.start())
  await page.mouse.click(x, y)
  figures.drag = await drag(page, cdp, x, y)
  await page.mouse.click(x, y)

  if (await has('remote')) {
    const work = () =>
      page.evaluate(async () => {
        const { side, painted } = window.bench
        const values = (row: number) =>
          Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`s${at}`, String((row + at) % 3)]))
        side.remote!(Array.from({ length: 200 }, (_, row) => ({ id: `p${row}`, values: values(row) })))
        await painted()
      })
    figures.remote = await busy(cdp, work)
    await page.waitForTimeout(1500) // until nothing flashes any more
  }
  if (await has('find')) {
    await page.waitForTimeout(4500) // Univer finds nothing in its first seconds
    figures.find = await page.evaluate(async () => {
      const started = performance.now()
      const found = await window.bench.side.find!('2.5')
      if (!found) throw new Error('found nothing')
      return performance.now() - started
    })
    await page.evaluate(() => window.bench.side.endFind!())
  }
  if (await has('counted')) {
    await page.evaluate(() => void (window.pending = window.bench.until(() => window.bench.side.counted!(), 'a')))
    await page.keyboard.press('Control+a')
    figures.all = await page.evaluate(() => window.pending)
    await page.mouse.click(x, y)
  }

  await page.evaluate((text) => navigator.clipboard.writeText(text), clip)
  const far = { row: pasted.rows - 1, column: pasted.columns - 1 }
  const before = await page.evaluate(({ row, column }) => String(window.bench.side.value(row, column) ?? ''), far)
  const press = async (keys: string, key: string, wanted: string) => {
    await page.evaluate(
      ({ far, key, wanted }) => {
        const shows = () => String(window.bench.side.value(far.row, far.column) ?? '') === wanted
        window.pending = window.bench.until(shows, key)
      },
      { far, key, wanted },
    )
    await page.keyboard.press(keys)
    return page.evaluate(() => window.pending)
  }
  await page.waitForTimeout(300)
  figures.paste = await press('Control+v', 'v', mark(far.row, far.column))
  await page.evaluate(() => window.bench.side.quiet?.())
  await page.waitForTimeout(300)
  if (!(await has('undoes'))) figures.undo = await press('Control+z', 'z', before)
  return figures
}

/** A range pulled down and right, a cell a step. */
async function drag(page: Page, cdp: CDPSession, x: number, y: number): Promise<number> {
  const steps = 16
  await page.mouse.down()
  const ms = await busy(cdp, async () => {
    for (let step = 1; step <= steps; step++) {
      await page.mouse.move(x + 76 * Math.ceil(step / 4), y + 28 * step)
      await page.evaluate(() => window.bench.painted())
    }
  })
  await page.mouse.up()
  return ms / steps
}

async function scroll(page: Page, cdp: CDPSession): Promise<Figures> {
  await page.evaluate(() => window.bench.open())
  const { x, y } = await page.evaluate(() => window.bench.side.start())
  await page.mouse.click(x, y)
  await page.waitForTimeout(300)
  const looks = await page.evaluate(() => window.bench.side.cells !== null)
  const wheel = async (deltaX: number, deltaY: number, from: { x: number; y: number } | null = null) => {
    await page.evaluate((from) => void (window.frames = window.bench.watchFrames(from)), from)
    const sent: Promise<unknown>[] = []
    for (let turn = 0; turn < 36; turn++) {
      sent.push(cdp.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: x + 60, y: y + 60, deltaX, deltaY }))
      await new Promise((resolve) => setTimeout(resolve, 33))
    }
    const seen = await page.evaluate(() => window.frames.stop())
    await Promise.all(sent)
    await page.waitForTimeout(300)
    return seen
  }
  const sideways = await wheel(45, 0)
  await wheel(-1500, 0)
  const steady = await wheel(0, 100)
  const fling = await wheel(0, 1500)
  const seenSteady = looks ? await wheel(0, 100, { x, y }) : null
  const seenFling = looks ? await wheel(0, 1500, { x, y }) : null
  return {
    sideways: sideways.fps,
    steady: steady.fps,
    fling: fling.fps,
    steadyBlank: seenSteady?.blank ?? null,
    flingBlank: seenFling?.blank ?? null,
  }
}

/** What ours is to hold, of what was measured. */
export function aimsOf(table: Table): Line[] {
  const { ours, bare, revogrid } = table
  const line = (what: string, unit: string, ours: number | null | undefined, limit: number | null | undefined, aim: number) =>
    typeof ours === 'number' && typeof limit === 'number' ? [{ what: `grids: ${what}`, unit, ours, limit, aim }] : []
  const spent = (fps: number | null | undefined) => (typeof fps === 'number' ? 1000 / fps : null)
  return [
    ...line('first paint, beside AG Grid', 'ms', ours?.open, bare?.open, 1.1),
    ...line('heap, beside AG Grid', 'MB', ours?.heap, bare?.heap, 1.1),
    ...line('steady scroll, beside AG Grid', 'ms/frame', spent(ours?.steady), spent(bare?.steady), 1.1),
    ...line('fling, beside AG Grid', 'ms/frame', spent(ours?.fling), spent(bare?.fling), 1.1),
    ...line('sideways scroll, beside AG Grid', 'ms/frame', spent(ours?.sideways), spent(bare?.sideways), 1.1),
    ...line('blank rows in a fling, beside AG Grid', '%', ours?.flingBlank, bare?.flingBlank, 1),
    ...line('paste, beside RevoGrid', 'ms', ours?.paste, revogrid?.paste, 1),
    ...line('undo, beside the paste', 'ms', ours?.undo, ours?.paste, 1),
    ...line('batch of 5,000 cells, beside three frames', 'ms', ours?.remote, 50, 1),
  ]
}

/** The table in Markdown, a grid a column. */
export function printTable(table: Table): void {
  const asked = names.filter((name) => name in table)
  const short = (value: number | null | undefined) => (typeof value === 'number' ? value.toFixed(value < 10 ? 1 : 0) : '–')
  console.log(`| | ${asked.map((name) => `${contenders[name][0]} ${table[name].version}`.trim()).join(' | ')} |`)
  console.log(`| --- |${' ---: |'.repeat(asked.length)}`)
  for (const measure of Object.keys(measures) as Measure[])
    console.log(`| ${measures[measure]} | ${asked.map((name) => short(table[name][measure])).join(' | ')} |`)
}
