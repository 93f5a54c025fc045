import type { IncomingMessage } from 'node:http'
import express, { type NextFunction, type Request, type Response } from 'express'
import { GraphQLError } from 'graphql'
import { refusal, type Context } from '../base/context.ts'
import { demandPermission } from '../base/roles.ts'
import { fileTypes, type FileType } from './content.ts'
import { addEvidence, findEvidence, evidenceLimits } from './evidence.ts'

type ContextOf = (request: IncomingMessage) => Promise<Context>

const statusOf: Record<string, number> = {
  'signIn.needed': 401,
  'permission': 403,
  'sheet.unknown': 404,
  'claim.unknown': 404,
  'evidence.unknown': 404,
  'evidence.tooLarge': 413,
  'evidence.type': 415,
  'evidence.form': 415,
}

/** Bytes as they are: a body that says it is packed is refused and never unpacked. */
const body = express.raw({ type: 'application/octet-stream', limit: evidenceLimits.file, inflate: false })
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/**
 * Files of evidence over plain HTTP, beside GraphQL: POST /evidence?sheet=…&field=… (or &claim=…) with the bytes as
 * application/octet-stream and the headers `key` and `x-file-name` (UTF-8, percent-encoded) answers `{ id }`;
 * GET /evidence/ID answers the bytes, to be saved and never shown. A refusal is `{ code, says }`, as everywhere.
 */
export function evidenceRoutes(app: express.Express, contextOf: ContextOf): void {
  app.post('/evidence', answering(contextOf, 'removeEvidence', post))
  app.get('/evidence/:id', answering(contextOf, 'evidence', get))
}

/** Answers in the caller's context, who must be allowed the operation; what is refused is told with its status. */
function answering(
  contextOf: ContextOf,
  operation: string,
  work: (context: Context, request: Request, response: Response) => Promise<void>,
) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    try {
      const context = await contextOf(request)
      demandPermission(context, operation)
      await work(context, request, response)
    } catch (error) {
      if (!(error instanceof GraphQLError)) return next(error)
      const code = String(error.extensions.code)
      // What is still on its way will not be read: the connection ends with the answer.
      if (!request.complete) response.setHeader('connection', 'close')
      response.status(statusOf[code] ?? 409).json({ code, says: error.message })
    }
  }
}

async function post(context: Context, request: Request, response: Response): Promise<void> {
  // A form of a foreign page can send neither this type nor these headers.
  if (!request.is('application/octet-stream') || request.headers['content-encoding']) throw refusal(context, 'evidence.form')
  const { sheet, field, claim } = request.query
  const proves = { sheet: text(sheet) ?? '', field: text(field), claim: text(claim) }
  const [name, key] = [nameIn(request), text(request.headers.key) ?? '']
  if (name === undefined) throw refusal(context, 'evidence.form')
  await new Promise<void>((resolve, reject) =>
    body(request, response, (error?: Error & { type?: string }) => {
      if (!error) return resolve()
      const large = error.type === 'entity.too.large'
      reject(large ? refusal(context, 'evidence.tooLarge', { most: String(evidenceLimits.file / 2 ** 20) }) : error)
    }),
  )
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  response.setHeader('cache-control', 'no-store').json({ id: await addEvidence(context, proves, { name, bytes, key }) })
}

function nameIn({ headers }: Request): string | undefined {
  try {
    return decodeURIComponent(text(headers['x-file-name']) ?? '')
  } catch {
    return undefined
  }
}

async function get(context: Context, { params }: Request, response: Response): Promise<void> {
  const { file } = await findEvidence(context, String(params.id))
  const { rows } = await context.pool.query<{ bytes: Buffer }>(
    'select bytes from evidence_blob where county_id = $1 and sha256 = $2',
    [file.countyId, file.sha256],
  )
  response
    .attachment(file.name)
    .setHeader('content-security-policy', `default-src 'none'; sandbox`)
    .setHeader('x-content-type-options', 'nosniff')
    .setHeader('cache-control', 'no-store')
    .setHeader('content-type', fileTypes[file.type as FileType])
    .send(rows[0]!.bytes)
}
