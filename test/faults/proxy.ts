import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Something in the way to a server. */
export interface Proxy {
  port: number
  /** How often somebody has connected. */
  connections: number
  /**
   * through: lets all pass. deaf: takes the request to the server and breaks off instead of bringing the answer.
   * shut: breaks off at once, and all that stands.
   */
  mode: 'through' | 'deaf' | 'shut'
  close(): void
}

export async function openProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    proxy.connections += 1
    if (mode === 'shut') return void near.destroy()
    const far = connect(target, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    near.on('data', (data) => far.write(data))
    far.on('data', (data) => void (mode === 'deaf' ? near.destroy() : near.write(data)))
  })
  let mode: Proxy['mode'] = 'through'
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const drop = () => {
    for (const socket of sockets) socket.destroy()
  }
  const proxy: Proxy = {
    port: (server.address() as AddressInfo).port,
    connections: 0,
    get mode() {
      return mode
    },
    set mode(next) {
      mode = next
      if (next === 'shut') drop()
    },
    close() {
      server.close()
      drop()
    },
  }
  return proxy
}
