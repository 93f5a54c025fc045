// The measure for opening a grid, and for nested lists: Node's own HTTP server and one statement, started by startBare in a process of its own.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzip } from 'node:zlib'
import pg from 'pg'
import type { BareAnswer } from './server.ts'
import { gridOf, type GridRow } from './sql.ts'

process.once('message', async (told: { databaseUrl: string; paths: Record<string, BareAnswer> }) => {
  const client = new pg.Client({
    connectionString: told.databaseUrl,
    options: '-c max_parallel_workers_per_gather=0 -c jit=off',
  })
  await client.connect()
  const server = createServer((request, response) => {
    request.resume().on('end', async () => {
      const { head, statement } = told.paths[request.url!]!
      const { rows } = await client.query<GridRow>(statement)
      const row = rows[0]!
      const text = head ? JSON.stringify({ data: { scoreGrid: { ...head, ...gridOf(row) } } }) : row.body!
      const send = (body: string | Buffer, encoding: Record<string, string>) =>
        response.writeHead(200, { 'content-type': 'application/json', ...encoding }).end(body)
      if (request.headers['accept-encoding'] !== 'gzip') send(text, {})
      else gzip(text, { level: 1 }, (_, packed) => send(packed, { 'content-encoding': 'gzip' }))
    })
  })
  server.listen(0, '127.0.0.1', () => process.send!(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
})
