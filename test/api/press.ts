import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/** Who asks what, how many of them at once, and for how long. */
export interface Pressing {
  origin: string
  cookie: string
  query: string
  variables: Record<string, unknown>
  callers: number
  ms: number
  /** Milliseconds that a refused caller waits before the next try; the product asks for longer. */
  patience: number
}

/** What was answered: how many of each status, how long it took, and what 503 said in `retry-after`. */
export interface Pressed {
  told: Record<number, number>
  /** How many were answered in a second. */
  perSecond: number
  /** Milliseconds of each answer, in order. */
  took: { answered: number[]; refused: number[] }
  retryAfter: string[]
}

/** Callers in closed loops, on a thread of their own: what the asking costs is not the server's. */
export function press(given: Pressing): Promise<Pressed> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./press.ts', import.meta.url), { workerData: given })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

async function run({ origin, cookie, query, variables, callers, ms, patience }: Pressing): Promise<Pressed> {
  const { hostname, port, host } = new URL(origin)
  const body = JSON.stringify({ query, variables })
  const bytes = Buffer.from(
    `POST /graphql HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
  const told: Record<number, number> = {}
  const took: Pressed['took'] = { answered: [], refused: [] }
  const retryAfter = new Set<string>()
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: callers }, async () => {
      const socket = connect(Number(port), hostname)
      await once(socket, 'connect')
      while (performance.now() < begun + ms) {
        const start = performance.now()
        socket.write(bytes)
        const head = await answerOn(socket)
        const status = Number(head.slice(9, 12))
        const all = status === 503 ? took.refused : took.answered
        all.push(performance.now() - start)
        told[status] = (told[status] ?? 0) + 1
        if (status !== 503) continue
        retryAfter.add(/retry-after: (.*)/i.exec(head)?.[1] ?? 'none')
        await pause(patience)
      }
      socket.destroy()
    }),
  )
  const seconds = (performance.now() - begun) / 1000
  const sorted = (values: number[]) => values.toSorted((a, b) => a - b)
  return {
    told,
    perSecond: (told[200] ?? 0) / seconds,
    took: { answered: sorted(took.answered), refused: sorted(took.refused) },
    retryAfter: [...retryAfter],
  }
}

/** The head of the next answer, once all of it has come. Plain sockets: a client of HTTP costs as much as a refusal. */
function answerOn(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const hear = (part: Buffer) => {
      text += part.toString('latin1')
      const end = text.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1]
      if (length === undefined ? !text.endsWith('\r\n0\r\n\r\n') : text.length < end + 4 + Number(length)) return
      socket.off('data', hear).off('close', broken)
      resolve(text.slice(0, end))
    }
    const broken = () => reject(new Error('the server closed the connection'))
    socket.on('data', hear).once('close', broken)
  })
}

if (!isMainThread && workerData !== null && typeof workerData === 'object' && 'callers' in workerData)
  parentPort!.postMessage(await run(workerData as Pressing))
