// The page that holds one grid, `?side=NAME`. Each side exports the same few functions:
//   open(data)         shows the table, from the columns a server sends
//   start()            the centre of the first score of the first row, in client coordinates; null until it is drawn
//   cells              a selector of drawn cells; null on a canvas
//   value(row, score)  what the cell holds
// and, where the grid has it: counted() says whether the statistics of all are shown; find(text), endFind(); remote(rows);
// quiet() waits until nothing is on its way; undoes = false says that Ctrl+Z takes no paste back.
import { makeData } from '../../browser/grid/data.ts'
import { painted } from './frames.js'

const sides = {
  ours: () => import('./ours.js'),
  bare: () => import('./bare.js'),
  revogrid: () => import('./revogrid.js'),
  jspreadsheet: () => import('./jspreadsheet.js'),
  univer: () => import('./univer.js'),
  xspreadsheet: () => import('./xspreadsheet.js'),
}
const side = await sides[new URLSearchParams(location.search).get('side')]()

/** The rows of the table as objects, for the grids that want such. */
let data = makeData(10_000)

/** From the call to the frame in which the first score is drawn, in milliseconds. */
async function open() {
  for (let frame = 0; frame < 3; frame++) await painted()
  const started = performance.now()
  side.open(data)
  data = null // what the grid keeps of it is the grid's
  while (!side.start()) await painted()
  return (await painted()) - started
}

/** From the next key press, or else from now, to the frame after `done()`, in milliseconds; null when that does not come. */
async function until(done, key) {
  let started = key ? null : performance.now()
  const pressed = (event) => event.key === key && (started ??= event.timeStamp)
  if (key) window.addEventListener('keydown', pressed, true)
  const latest = performance.now() + 20_000
  while ((started === null || !done()) && performance.now() < latest) await painted()
  window.removeEventListener('keydown', pressed, true)
  return done() ? (await painted()) - started : null
}

/**
 * Counts frames. With `from`, a place in client coordinates, it looks at each for rows from there down that have no cell
 * drawn; looking costs time, so that frames are counted without it.
 */
function watchFrames(from) {
  const started = performance.now()
  let frames = 0
  let blank = 0
  let over = false
  const look = async () => {
    while (!over) {
      await painted()
      frames++
      if (from) blank += blankShare(from)
    }
  }
  void look()
  return {
    stop() {
      over = true
      return { fps: (frames * 1000) / (performance.now() - started), blank: from && (100 * blank) / frames }
    },
  }
}
function blankShare({ x, y }) {
  let rows = 0
  let empty = 0
  for (let down = y; down < innerHeight - 60; down += 28) {
    rows++
    if (!document.elementFromPoint(x, down)?.closest(side.cells)) empty++
  }
  return empty / rows
}

window.bench = { side, open, until, watchFrames, painted }
