import { chromium, type Browser, type Page } from 'playwright'
import { startGridPage } from '../browser/grid/server.ts'
import { findChromium } from '../chromium.ts'
import { interleaved, median, type Line } from './stats.ts'

const rows = 10_000
const pasted = { rows: 1000, columns: 21 }

type Data = { ids: string[]; columns: Record<string, (string | null)[]> }
interface Edit {
  row: string
  field: string
  after: string | null
}

/** The two pages, as far as the clock runs on them. */
interface Demo {
  makeData(rows: number): Data
  show(data: unknown): void
  /** Ours. */
  sheet: { goTo(row: string, field: string): boolean; flush(): Promise<void> }
  server: { cells: Map<string, string | null>; save(edits: readonly Edit[], key: string): unknown }
  /** The bare page. */
  rowsOf(data: Data): Record<string, string | null>[]
  api: { refreshCells(): void }
}
declare global {
  /** What each page under measure offers. */
  var demo: Demo
  var bench: {
    painted(): Promise<number>
    shown(selector: string): Promise<void>
    clip: string
    data: Data
    rows: ReturnType<Demo['rowsOf']>
  }
}

/** Our grid beside AG Grid as it comes, with the same rows in the same browser. */
export async function measurePage(rounds: number): Promise<Line[]> {
  const served = await startGridPage()
  const browser = await chromium.launch(await findChromium())
  const visit = async (name: string) => {
    const page = await fresh(browser, `${served.origin}/${name}.html?closed`)
    return page
  }
  const frames: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] }
  const pastes: Record<'ours' | 'bare' | 'landed', number[]> = { ours: [], bare: [], landed: [] }
  try {
    const opens = await interleaved(
      { rounds, warm: 1 },
      {
        async ours() {
          const page = await visit('index')
          const ms = await page.evaluate(openOurs)
          const { painted, landed } = await page.evaluate(pasteOurs)
          pastes.ours.push(painted)
          pastes.landed.push(landed)
          frames.ours.push(await scroll(page))
          await page.close()
          return ms
        },
        async bare() {
          const page = await visit('bare')
          const ms = await page.evaluate(openBare)
          pastes.bare.push(await page.evaluate(pasteBare))
          frames.bare.push(await scroll(page))
          await page.close()
          return ms
        },
      },
    )
    const middle = (values: number[]) => median(values.slice(1)) // the first was for warming up
    const paste = `browser: paste ${pasted.rows} × ${pasted.columns} cells`
    return [
      { what: `browser: open ${rows} rows`, unit: 'ms', ours: median(opens.ours), limit: median(opens.bare), aim: 1.2 },
      { what: `${paste}, to painted`, unit: 'ms', ours: middle(pastes.ours), limit: middle(pastes.bare), aim: 2 },
      { what: `${paste}, to saved and painted`, unit: 'ms', ours: middle(pastes.landed) },
      { what: 'browser: frames while scrolling', unit: '/s', ours: middle(frames.ours), limit: middle(frames.bare) },
    ]
  } finally {
    await browser.close()
    await served.close()
  }
}

async function fresh(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  page.on('pageerror', (error) => {
    throw error
  })
  await page.goto(url)
  await page.waitForFunction(() => 'demo' in window)
  await page.evaluate(
    ({ rows, pasted }) => {
      const line = (row: number) => Array.from({ length: pasted.columns }, (_, at) => String(((row + at) % 4) + 0.25)).join('\t')
      globalThis.bench = {
        data: demo.makeData(rows),
        rows: [],
        clip: Array.from({ length: pasted.rows }, (_, row) => `${line(row)}\r\n`).join(''),
        /** The time when the next frame has been drawn. */
        painted: () =>
          new Promise((resolve) =>
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel()
              port1.onmessage = () => resolve(performance.now())
              port2.postMessage(0)
            }),
          ),
        shown: (selector) =>
          new Promise((resolve) => {
            const look = () => (document.querySelector(selector) ? resolve() : requestAnimationFrame(look))
            requestAnimationFrame(look)
          }),
      }
    },
    { rows, pasted },
  )
  return page
}

async function openOurs(): Promise<number> {
  for (let frame = 0; frame < 3; frame++) await bench.painted()
  const started = performance.now()
  demo.show(bench.data)
  await bench.shown('[row-index="10"] [col-id="s5"]')
  return (await bench.painted()) - started
}

async function openBare(): Promise<number> {
  for (let frame = 0; frame < 3; frame++) await bench.painted()
  const started = performance.now()
  bench.rows = demo.rowsOf(bench.data)
  demo.show(bench.rows)
  await bench.shown('[row-index="10"] [col-id="s5"]')
  return (await bench.painted()) - started
}

/** As Ctrl+V does it; the server behind the page takes everything at once. */
async function pasteOurs(): Promise<{ painted: number; landed: number }> {
  const { data, clip, painted } = bench
  demo.server.save = (edits, key) => ({
    changeSet: `c${key}`,
    applied: edits.map(({ row, field, after }) => ({ row, field, value: after })),
    conflicts: [],
    refused: [],
    rows: [],
  })
  demo.sheet.goTo(data.ids[0]!, 's0')
  for (let frame = 0; frame < 3; frame++) await painted()
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', clip)
  const started = performance.now()
  document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  const at = await painted()
  if (document.querySelector('[row-index="1"] [col-id="s1"]')?.textContent !== '2.25') throw new Error('ours: not painted')
  await demo.sheet.flush()
  return { painted: at - started, landed: (await painted()) - started }
}

async function pasteBare(): Promise<number> {
  const { rows, clip, painted } = bench
  for (let frame = 0; frame < 3; frame++) await painted()
  const started = performance.now()
  const lines = clip.split('\r\n').slice(0, -1)
  lines.forEach((line, row) => line.split('\t').forEach((value, at) => (rows[row]![`s${at}`] = value)))
  demo.api.refreshCells()
  const at = await painted()
  if (document.querySelector('[row-index="1"] [col-id="s1"]')?.textContent !== '2.25') throw new Error('bare: not painted')
  return at - started
}

async function scroll(page: Page): Promise<number> {
  await page.waitForTimeout(400)
  return page.evaluate(async () => {
    const view = document.querySelector('.ag-grid-viewport')!
    const started = performance.now()
    let frames = 0
    await new Promise<void>((resolve) => {
      const step = () => {
        frames++
        view.scrollTop += 50
        if (performance.now() - started < 1500) requestAnimationFrame(step)
        else resolve()
      }
      requestAnimationFrame(step)
    })
    return (frames / (performance.now() - started)) * 1000
  })
}
