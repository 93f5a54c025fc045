import type { IncomingMessage } from 'node:http'
import express, { type NextFunction, type Request, type Response } from 'express'
import { GraphQLError } from 'graphql'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { demandPermission } from '../base/roles.ts'
import { sentence } from '../base/words.ts'
import { tokenObjection } from '../rules/access.ts'
import { usualLimits } from '../intake/limits.ts'
import { readFile } from '../intake/read-file.ts'
import type { ByHand } from '../intake/recognise.ts'
import { FileRefused } from '../intake/refused.ts'
import { entriesOf } from './import-entries.ts'
import { takeIn, type RosterKind } from './take-in.ts'

type ContextOf = (request: IncomingMessage) => Promise<Context>

const operations: Record<RosterKind, string> = { units: 'saveUnits', people: 'savePeople' }
const body = express.raw({ type: 'application/octet-stream', limit: usualLimits.bytes, inflate: false })
const statusOf: Record<string, number> = {
  'signIn.needed': 401,
  'permission': 403,
  'token.scope': 403,
  'file.tooLarge': 413,
  'import.form': 415,
}
/** How many files are read at once; each has a thread and memory of its own. */
const atOnce = 2
let reading = 0

/**
 * POST /import/{units|people} with a file’s bytes as application/octet-stream and its name in `x-file-name` (UTF-8,
 * percent-encoded). `dryRun=1` writes nothing; `units=create` makes the towns and villages that a roster names and that
 * are not there; `rows=good` takes the rows without a problem, else it is all or nothing; `key=` makes it once;
 * `columns=` says by hand which column is which field, as JSON by worksheet. Answers JSON with counts, `problems`, how the
 * columns were understood, and of a dry run the rows as they were read; 422 where nothing was stored because of problems.
 * A refusal is `{ code, says }`.
 */
export function importRoutes(app: express.Express, contextOf: ContextOf): void {
  app.post('/import/:kind', async (request: Request, response: Response, next: NextFunction) => {
    let context: Context | undefined
    try {
      context = await contextOf(request)
      await post(context, request, response)
    } catch (error) {
      if (!request.complete) response.setHeader('connection', 'close')
      const lang = context?.lang ?? 'zh'
      if (error instanceof FileRefused)
        return void response.status(422).json({ code: error.code, says: sentence(lang, error.code, error.params) })
      if (!(error instanceof GraphQLError)) return next(error)
      const code = String(error.extensions.code)
      response.status(statusOf[code] ?? 409).json({ code, says: error.message })
    }
  })
}

async function post(context: Context, request: Request, response: Response): Promise<void> {
  actorOf(context)
  const kind = request.params.kind as RosterKind
  if (!Object.hasOwn(operations, kind)) throw refusal(context, 'request.notFound')
  demandPermission(context, operations[kind])
  if (context.token && tokenObjection(context.token.scopes, 'mutation', operations[kind])) throw refusal(context, 'token.scope')
  // A form of a foreign page can send neither this type nor these headers.
  if (!request.is('application/octet-stream') || request.headers['content-encoding']) throw refusal(context, 'import.form')
  const { dryRun, units, rows, key, columns } = request.query
  if (reading >= atOnce) throw refusal(context, 'import.busy')
  reading += 1
  try {
    const bytes = await bytesOf(context, request, response)
    const name = nameOf(context, request)
    const cut = new AbortController()
    response.once('close', () => cut.abort(new GraphQLError('closed', { extensions: { code: 'closed' } })))
    const { roster, entries } = entriesOf(kind, await readFile(bytes, name, { signal: cut.signal }), byHand(context, columns))
    const dry = dryRun === '1' || dryRun === 'true'
    const given = { kind, entries, fileName: name, makeUnits: units === 'create', goodRows: rows === 'good' }
    const done = await takeIn(context, { ...given, dryRun: dry, key: typeof key === 'string' ? key : '' })
    const tables = roster.tables.map(({ sheet, headerRows, columns, skipped }) => ({ sheet, headerRows, columns, skipped }))
    const told = roster.problems.map(({ code, params }) => ({ code, says: sentence(context.lang, code, params) }))
    response
      .status(!dry && !done.stored && done.refused > 0 ? 422 : 200)
      .setHeader('cache-control', 'no-store')
      .json({
        ...done,
        tables,
        told,
        ...(dry ? { entries: entries.map(({ sheet, row, written }) => ({ sheet, row, written })) } : {}),
      })
  } finally {
    reading -= 1
  }
}

async function bytesOf(context: Context, request: Request, response: Response): Promise<Buffer> {
  await new Promise<void>((resolve, reject) =>
    body(request, response, (error?: Error & { type?: string }) => {
      if (!error) return resolve()
      const most = String(Math.floor(usualLimits.bytes / 2 ** 20))
      reject(error.type === 'entity.too.large' ? refusal(context, 'file.tooLarge', { most }) : error)
    }),
  )
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}

function nameOf(context: Context, { headers }: Request): string {
  try {
    const name = decodeURIComponent(String(headers['x-file-name'] ?? ''))
    if (name.length > 200 || /\p{Cc}/u.test(name)) throw new Error('name')
    return name
  } catch {
    throw refusal(context, 'import.form')
  }
}

/** What a person said of the columns by hand. */
function byHand(context: Context, columns: unknown): Record<string, ByHand<string>> | undefined {
  if (typeof columns !== 'string' || columns === '') return undefined
  try {
    const said = JSON.parse(columns) as Record<string, Record<string, string | null>>
    return Object.fromEntries(Object.entries(said).map(([sheet, one]) => [sheet, { columns: one }]))
  } catch {
    throw refusal(context, 'import.form')
  }
}
