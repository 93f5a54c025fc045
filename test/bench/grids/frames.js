/** The time when the next frame has been drawn. */
export const painted = () =>
  new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now())
      port2.postMessage(0)
    }),
  )

/** The centre of a drawn element. */
export function centre(selector) {
  const box = document.querySelector(selector)?.getBoundingClientRect()
  return box && box.width > 0 ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : null
}

/** The table as row objects. */
export const rowsOf = ({ ids, columns }) =>
  ids.map((id, at) => {
    const row = { id }
    for (const field in columns) row[field] = columns[field][at]
    return row
  })

/** Whether text is drawn on a canvas, in the rows that begin at a place given in client coordinates. */
export function inked(canvas, { x, y }) {
  const box = canvas.getBoundingClientRect()
  if (box.width === 0) return false
  const scale = canvas.width / box.width
  const strip = [x - box.x, y - box.y, 300, 80].map((length) => Math.round(length * scale))
  const { data } = canvas.getContext('2d').getImageData(...strip)
  return data.some((part, at) => at % 4 < 3 && part < 120 && data[at - (at % 4) + 3] > 0)
}
