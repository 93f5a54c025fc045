import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type express from 'express'
import type { NextFunction, Request, Response } from 'express'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import { confirmed } from '../base/confirmed.ts'
import { objected, readOperation, errorForCaller } from '../request/asked.ts'
import { act } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import type { Rated } from '../request/load.ts'
import { json, sameSite } from '../request/requests.ts'
import { seesNames } from '../rules/access.ts'
import { formats, mostXlsxRows, type Head } from './formats.ts'
import { rowsIn, targetsOf, type Target } from './rows.ts'

interface Asked {
  query: string
  variables: Record<string, unknown>
  operationName: string | undefined
  path: string | undefined
  format: keyof typeof formats
}

/** How many run at once: the rest of the product keeps the database. */
const atOnce = 2
const RETRY_SECONDS = 10

/**
 * POST /export with `{ query, variables, path, format }` answers the rows of one list of a query as a file, under the
 * same limits, permissions and masks as /graphql. The file streams; closing the connection cancels it. How it ended and
 * how many rows went out stands in the chain before the file is whole. A refusal is `{ code, says }`.
 */
export function exportRoutes(
  app: express.Express,
  schema: GraphQLSchema,
  contextOf: (request: IncomingMessage) => Promise<Context>,
  rated: Rated,
): void {
  let running = 0
  app.post('/export', json('100kb'), sameSite, async (request: Request, response: Response, next: NextFunction) => {
    const context = await contextOf(request)
    const refused = (error: GraphQLError, status: number) => {
      const { message, extensions } = objected(error, context.lang)
      if (status === 503) response.setHeader('retry-after', String(RETRY_SECONDS))
      response.status(status).json({ code: extensions?.code, says: message })
    }
    try {
      const asked = askedIn(request.body)
      if (!asked) return refused(refusal(context, 'export.form'), 400)
      const tooMany = rated(context, asked.query, response)
      if (tooMany) return refused(tooMany, 429)
      const read = readOperation(schema, asked, context, { kind: 'query', otherwise: 'export.query' })
      if ('errors' in read) return refused(read.errors[0]!, read.status)
      const target = chosen(targetsOf(schema, read.document, read.operation), asked.path, context)
      if (seesNames(actorOf(context))) confirmed(context)
      if (running >= atOnce) return refused(refusal(context, 'export.busy', { seconds: String(RETRY_SECONDS) }), 503)
      running += 1
      try {
        const { query, operationName, variables } = asked
        const ask = { variables, operationName, contextValue: context, stopped: () => response.destroyed }
        const rows = rowsIn(schema, read.document, target, ask)
        // The first row is awaited while an error can still be told as one.
        const first = await rows.next()
        await stream({ ...asked, query }, target, context, response, resumed(first, rows))
      } finally {
        running -= 1
      }
    } catch (error) {
      if (response.headersSent) {
        if (error instanceof GraphQLError) errorForCaller(error.toJSON(), error, context)
        else context.log.error({ requestId: context.requestId, err: error }, 'unexpected')
        return void response.destroy()
      }
      if (!(error instanceof GraphQLError)) return next(error)
      const answer = errorForCaller(error.toJSON(), error, context)
      const { code } = answer.extensions ?? {}
      response.status(code === 'unexpected' ? 500 : code === 'confirm.needed' ? 403 : 409).json({ code, says: answer.message })
    }
  })
}

async function* resumed<Row>(first: IteratorResult<Row>, rows: AsyncGenerator<Row>): AsyncGenerator<Row> {
  if (first.done) return
  yield first.value
  yield* rows
}

function askedIn(body: unknown): Asked | undefined {
  const { query, variables, operationName, path, format } = (body ?? {}) as Record<string, unknown>
  const optional = (value: unknown) => value === undefined || value === null || typeof value === 'string'
  if (typeof query !== 'string' || typeof format !== 'string' || !Object.hasOwn(formats, format)) return undefined
  if (!optional(path) || !optional(operationName) || typeof (variables ?? {}) !== 'object') return undefined
  return {
    query,
    variables: (variables ?? {}) as Record<string, unknown>,
    operationName: (operationName as string | null) ?? undefined,
    path: (path as string) || undefined,
    format: format as keyof typeof formats,
  }
}

function chosen(targets: Target[], path: string | undefined, context: Context): Target {
  const named = targets.find((target) => target.path.join('.') === path)
  if (path !== undefined && !named) throw refusal(context, 'export.noList', { path: ` ${path}` })
  if (named) return named
  const paged = targets.filter((target) => target.paged)
  if (paged.length > 1) throw refusal(context, 'export.many', { found: paged.map((target) => target.path.join('.')).join(', ') })
  const first = paged[0] ?? targets[0]
  if (!first) throw refusal(context, 'export.noList', { path: '' })
  return first
}

/** Sends the file and puts on record how it ended: before its last bytes, so that a whole file always has its mark. */
async function stream(
  { query, variables, format }: Asked,
  target: Target,
  context: Context,
  response: Response,
  rows: AsyncGenerator<unknown[]>,
): Promise<void> {
  const { write, type } = formats[format]
  const actor = actorOf(context)
  const cycle = cycleOf(variables)
  const { head, known } = await headOf(context, query, variables, cycle)
  let count = 0
  let marked = false
  const mark = async (state: 'done' | 'cancelled' | 'failed') => {
    if (marked) return
    marked = true
    const details = { query, variables, path: target.path.join('.'), format, rows: count, state }
    const doing = { kind: 'export', cycle: known, key: randomUUID(), says: details } as const
    await act({ ...context, actor, now: new Date() }, doing, async () => ({ outcome: true, details }))
  }
  const counted = async function* () {
    for await (const row of rows) {
      count += 1
      if (format === 'xlsx' && count > mostXlsxRows) throw refusal(context, 'export.rows', { most: String(mostXlsxRows) })
      yield row
    }
    if (response.destroyed) throw new Cancelled()
  }
  const send = async (bytes: Buffer) => {
    if (response.destroyed) throw new Cancelled()
    if (response.write(bytes)) return
    const waiting = new AbortController()
    const { signal } = waiting
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
    waiting.abort()
  }
  response
    .setHeader('cache-control', 'no-store')
    .setHeader('content-type', type)
    .setHeader('trailer', 'x-rows')
    .attachment(`kaohe-${target.path.at(-1)}-${context.now.toISOString().slice(0, 10)}.${format}`)
  // `attachment` would guess another type by the name.
  response.setHeader('content-type', type)
  const whole = async (): Promise<Head> => {
    await mark('done')
    return [['行数 rows', String(count)]]
  }
  try {
    await write(send, { head, columns: target.columns, rows: counted(), whole })
    response.addTrailers({ 'x-rows': String(count) })
    response.end()
  } catch (error) {
    await mark(response.destroyed ? 'cancelled' : 'failed')
    if (!response.destroyed) throw error
  } finally {
    await rows.return(undefined)
  }
}

class Cancelled extends Error {}

/** The cycle that the variables name, whatever the query calls it. */
const cycleOf = (variables: Record<string, unknown>): string | undefined =>
  [variables.cycle, ...Object.values(variables)].find((value): value is string => typeof value === 'string' && isUuid(value))

async function headOf(context: Context, query: string, variables: Record<string, unknown>, cycle: string | undefined) {
  const { county, name } = actorOf(context)
  const { rows } = await context.pool.query<{ county: string; seq: number; id: string | null; policy: string; year: number }>(
    `select o.name as county, o.chain_seq as seq, c.id, c.year, c.policy_id || ' ' || left(c.policy_hash, 12) as policy
       from county o left join cycle c on c.county_id = o.id and c.id = $2 where o.id = $1`,
    [county, cycle ?? null],
  )
  const { id, seq, year, policy, ...of } = rows[0]!
  const head: Head = [
    ['查询 query', query],
    ['变量 variables', JSON.stringify(variables)],
    ['时间 time', context.now.toISOString()],
    ['截至第几件事 asOf', String(seq)],
    ...(id ? ([['办法 policy', `${policy} (${year})`]] satisfies Head) : []),
    ['县 county', of.county],
    ['何人 who', name],
  ]
  return { head, known: id }
}
