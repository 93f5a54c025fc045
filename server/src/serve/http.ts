import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { constants } from 'node:zlib'
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled'
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer'
import { expressMiddleware } from '@as-integrations/express5'
import compression from 'compression'
import express, { type NextFunction, type Request, type Response } from 'express'
import type { ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql'
import { createHandler } from 'graphql-sse/lib/use/express'
import helmet from 'helmet'
import { recordReveals } from '../ledger/revealed.ts'
import { addressOf, cookieOf } from '../request/cookies.ts'
import { sessionRoutes } from '../access/session-routes.ts'
import { setUpRoute } from '../access/set-up-route.ts'
import { callerOfCookie } from '../access/sessions.ts'
import type { OpenSession } from '../base/context.ts'
import { objected, readOperation, errorForCaller, unknownDocument } from '../request/asked.ts'
import { serverFolder, StartRefused, type Config } from '../base/config.ts'
import { openContext, type Context, type Surroundings } from '../base/context.ts'
import { evidenceRoutes } from '../claim/evidence-routes.ts'
import { exportRoutes } from '../export/routes.ts'
import { costObjection, limitRule, limits, objectionTo } from '../request/limits.ts'
import { gate, rates, type Rated } from '../request/load.ts'
import { importRoutes } from '../people/import-routes.ts'
import { noticePage } from '../publishing/page.ts'
import { voteRoutes } from '../rating/routes.ts'
import { refuse } from '../base/refuse.ts'
import { json, langOfRequest, problem, sameSite } from '../request/requests.ts'
import type { Actor } from '../rules/access.ts'
import type { Lang } from '../rules/text.ts'
import { createSchema } from './schema.ts'
import { callerOfToken } from '../access/tokens.ts'
import type { OpenToken } from '../base/context.ts'
import { sentence } from '../base/words.ts'

export interface Running {
  origin: string
  /** Answers what has been asked, then closes. */
  stop(): Promise<void>
}

const webFolder = join(serverFolder, '../web/dist')

/** Serves the API, the page, and the health of both. Throws StartRefused when the port is taken or not allowed. */
export async function serve(config: Config, around: Surroundings): Promise<Running> {
  const app = express()
  const http = createServer(app)
  const contextOf = requestContext(config, around, 'all')

  app.disable('x-powered-by')
  app.use(headers)
  app.use(identified(around))
  app.get('/health', (_, response) => void response.json({ status: 'ok' }))
  app.get('/ready', async (_, response) => {
    const ready = await around.database.pool.query('select 1').then(
      () => true,
      () => false,
    )
    const status = !ready ? 'database' : around.readiness.preparing ? 'preparing' : 'ready'
    response.status(status === 'ready' ? 200 : 503).json({ status })
  })
  app.use(whilePreparing(around))
  sessionRoutes(app, config, around)
  setUpRoute(app, config, around)
  voteRoutes(app, config, around)
  evidenceRoutes(app, requestContext(config, around, 'people'))
  importRoutes(app, contextOf)

  // Apollo mutates the schema it is given, so the other paths use a schema of their own.
  const beside = createSchema()
  const rated = rates(config)
  exportRoutes(app, beside, contextOf, rated)
  const stream = streamHandler(beside, contextOf, rated)
  app.post('/graphql/stream', json('100kb'), sameSite, (request, response) =>
    // Cut off in the middle: the listener sees the connection break, and connects again.
    stream(request, response).catch((error: Error) => {
      if (!response.headersSent) throw error
      response.destroy()
    }),
  )
  app.all('/graphql/stream', notFound)

  const apollo = apolloServer(http)
  await apollo.start()
  app.use(
    '/graphql',
    // By GET a link on a foreign page could ask, and addresses are kept in histories and logs.
    (request: Request, response: Response, next: NextFunction) =>
      request.method === 'POST' ? next() : notFound(request, response),
    json(limits.megabytes * 2 ** 20),
    gate(around.database.pool),
    compression({ level: 1, brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } }),
    // Found here and not by Apollo, which would tell the caller why it could not be.
    async (request: Identified, response: Response, next: NextFunction) => {
      request.context = await contextOf(request)
      const { query } = (request.body ?? {}) as { query?: unknown }
      const tooMany = rated(request.context, query, response)
      const objection = tooMany ?? unknownDocument(query, request.context)
      if (objection)
        response
          .status(tooMany ? 429 : 403)
          .setHeader('cache-control', 'no-store')
          .json({ errors: [objection] })
      else next()
    },
    expressMiddleware(apollo, { context: async ({ req }) => (req as Identified).context! }),
  )

  app.get('/notice/:id', async (request, response) => {
    const notice = await noticePage(around.database.pool, request.params.id, new Date())
    response.setHeader('cache-control', 'no-store').setHeader('x-robots-tag', 'noindex, nofollow, noarchive')
    if (notice === undefined) return notFound(request, response)
    response.type('html').send(notice)
  })
  page(app)
  app.use(notFound)
  app.use(failed(around))

  await listen(http, config)
  const { port } = http.address() as AddressInfo
  return {
    origin: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`,
    async stop() {
      const closed = new Promise((resolve) => http.close(resolve))
      around.feed.cut()
      http.closeIdleConnections()
      setTimeout(() => http.closeAllConnections(), 2000).unref()
      await apollo.stop()
      await closed
    },
  }
}

/** Apollo as it serves queries and mutations. */
function apolloServer(http: Server): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema: createSchema(),
    introspection: true, // for whom `objectionTo` lets through
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    parseOptions: { maxTokens: limits.tokens },
    validationRules: [limitRule],
    persistedQueries: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer: http }),
      permissions,
      revealing,
      masked,
    ],
  })
}

const headers = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      // The grid and the components write style elements; scripts they never do.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  // Counties run it on plain http inside their own network; what makes it https also sends this header.
  strictTransportSecurity: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  referrerPolicy: { policy: 'no-referrer' },
})

/** Nobody does anything in a county that is still being made; who comes early sees the page, and is told to wait. */
const whilePreparing =
  ({ readiness }: Surroundings) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const looks = request.method === 'GET' && !/^\/(export|evidence)\b/.test(request.path)
    if (!readiness.preparing || looks) return next()
    response
      .status(503)
      .setHeader('retry-after', '5')
      .json(problem('demo.preparing', langOfRequest(request)))
  }

interface Identified extends Request {
  requestId?: string
  context?: Context
}

const notFound = (request: Request, response: Response): void =>
  void response.status(404).json(problem('request.notFound', langOfRequest(request)))

const identified =
  ({ log }: Surroundings) =>
  (request: Identified, response: Response, next: NextFunction): void => {
    const started = performance.now()
    const requestId = randomUUID()
    request.requestId = requestId
    response.setHeader('x-request-id', requestId)
    response.on('finish', () => {
      const { method, path } = request
      log.info({ requestId, method, path, status: response.statusCode, ms: Math.round(performance.now() - started) }, 'request')
    })
    next()
  }

interface Caller {
  actor: Actor
  session?: OpenSession
  token?: OpenToken
}

/** Who asks, by their cookie or their token; `people` where only a cookie opens. */
const requestContext =
  (config: Config, around: Surroundings, open: 'all' | 'people') =>
  async (request: IncomingMessage): Promise<Context> => {
    const now = new Date()
    const door = { ...config, pool: around.database.pool, keys: around.keys }
    const { authorization } = request.headers
    const who = async (at: Date): Promise<Caller | undefined> => {
      // Whoever shows a token is nobody but its holder, whatever cookie comes along.
      if (authorization === undefined) return callerOfCookie(door, cookieOf(request, config), at)
      return open === 'all' ? callerOfToken(door, /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? '', at) : undefined
    }
    const caller = await who(now)
    return openContext(
      around,
      {
        actor: caller?.actor,
        session: caller?.session,
        token: caller?.token,
        confirmMinutes: config.confirmMinutes,
        secondFactor: config.secondFactor,
        documents: config.documents,
        lang: langOfRequest(request),
        requestId: (request as Identified).requestId ?? '',
        address: addressOf(request, config),
        callerNow: async () => (await who(new Date()))?.actor,
      },
      now,
    )
  }

const permissions: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operation, request: { variables }, contextValue }) {
        if (operation?.operation === 'subscription')
          throw refuse('request.streamed', sentence(contextValue.lang, 'request.streamed'), { http: { status: 400 } })
        if (!operation) return
        const given = variables ?? {}
        const objection =
          objectionTo(document, operation, given, contextValue) ?? costObjection(document, operation, given, contextValue.lang)
        if (objection) throw objection
      },
    }
  },
}

/** Reading personal data in full leaves its mark; an export has one of its own. */
const revealing: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ operation, contextValue }) {
        if (operation) await recordReveals(contextValue, operation)
      },
    }
  },
}

const masked: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body, http }, contextValue, errors }) {
        http.headers.set('cache-control', 'no-store')
        if (body.kind !== 'single' || !body.singleResult.errors) return
        body.singleResult.errors = body.singleResult.errors.map((error, at) => errorForCaller(error, errors?.[at], contextValue))
      },
    }
  },
}

/** Subscriptions, as server-sent events over plain http: proxies of county networks let them through. */
function streamHandler(schema: GraphQLSchema, contextOf: (request: IncomingMessage) => Promise<Context>, rated: Rated) {
  return createHandler({
    authenticate: () => null,
    async onSubscribe({ raw }, { query, operationName, variables }) {
      const contextValue = await contextOf(raw)
      const headers: Record<string, string> = {}
      const tooMany = rated(contextValue, query, { setHeader: (name, value) => (headers[name] = value) })
      if (tooMany) return refused(contextValue.lang, { errors: [tooMany], status: 429 }, headers)
      const asked = readOperation(schema, { query, operationName }, contextValue, {
        kind: 'subscription',
        otherwise: 'request.notStreamed',
      })
      if ('errors' in asked) return refused(contextValue.lang, asked)
      return { schema, document: asked.document, operationName, variableValues: variables, contextValue } as never
    },
    onNext(contextValue, _, result) {
      const { errors } = result as ExecutionResult
      if (!errors) return
      return {
        ...result,
        errors: errors.map((error) => errorForCaller(error.toJSON(), error, contextValue as unknown as Context)),
      } as never
    },
  })
}

const refused = (
  lang: Lang,
  { errors, status }: { errors: readonly GraphQLError[]; status: number },
  more: Record<string, string> = {},
): StreamResponse => [
  JSON.stringify({ errors: errors.map((error) => objected(error, lang)) }),
  {
    status,
    statusText: 'Refused',
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...more },
  },
]
type StreamResponse = [body: string, init: { status: number; statusText: string; headers: Record<string, string> }]

/** The page: its built files for ever, its index never from a cache, and every other address is the page's own. */
function page(app: express.Express): void {
  if (!existsSync(webFolder)) return
  app.use('/assets', express.static(join(webFolder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }))
  app.use(express.static(webFolder, { index: false }))
  app.get(/^\/(?!graphql|session|assets|evidence|export|import)/, (request, response, next) => {
    if (!request.accepts('html')) return next()
    response.setHeader('cache-control', 'no-cache').sendFile(join(webFolder, 'index.html'))
  })
}

const failed =
  ({ log }: Surroundings) =>
  (error: Error & { type?: string; status?: number }, request: Identified, response: Response, next: NextFunction): void => {
    if (response.headersSent) return next(error)
    const lang = langOfRequest(request)
    if (error.type === 'entity.too.large') {
      response.status(413).json(problem('request.tooLarge', lang, { most: String(limits.megabytes) }))
    } else if (error.status === 404) response.status(404).json(problem('request.notFound', lang))
    else if (error.type === 'entity.verify.failed') response.status(400).json(problem('request.malformed', lang))
    else if (error.status !== undefined && error.status < 500)
      response.status(error.status).json(problem('request.malformed', lang))
    else {
      log.error({ requestId: request.requestId, err: error }, 'unexpected')
      response.status(500).json(problem('unexpected', lang, { id: request.requestId ?? '' }))
    }
  }

function listen(http: Server, { host, port, lang }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => {
      const told: Record<string, [zh: string, en: string]> = {
        EADDRINUSE: [
          `端口 ${port} 已被占用。请停止占用它的程序，或用 PORT 另指一个，如 PORT=4001。`,
          `Port ${port} is in use. Stop what uses it, or name another in PORT, such as PORT=4001.`,
        ],
        EACCES: [
          `无权使用端口 ${port}。请用 PORT 指定 1024 以上的端口。`,
          `Port ${port} is not allowed to you. Name one above 1023 in PORT.`,
        ],
        EADDRNOTAVAIL: [
          `本机没有地址 ${host}。请改 HOST，如 HOST=0.0.0.0。`,
          `This machine has no address ${host}. Mend HOST, for example HOST=0.0.0.0.`,
        ],
        ENOTFOUND: [
          `找不到主机 ${host}。请改 HOST，如 HOST=0.0.0.0。`,
          `There is no host ${host}. Mend HOST, for example HOST=0.0.0.0.`,
        ],
      }
      const words = told[error.code ?? '']
      reject(words ? new StartRefused(words[lang === 'zh' ? 0 : 1]) : error)
    })
    http.listen(port, host, resolve)
  })
}
