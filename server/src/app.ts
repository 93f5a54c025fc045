import pino, { type DestinationStream, type Logger } from 'pino'
import { setUpCode } from './access/set-up.ts'
import { Keys } from './base/keys.ts'
import { openDatabase } from './database/open.ts'
import type { Database } from './base/database.ts'
import { startEmbedded, type Embedded } from './database/embedded.ts'
import type { Config } from './base/config.ts'
import { bringCalendarsUp } from './setup/calendar-changes.ts'
import { officialYears } from './core/official.ts'
import type { Surroundings } from './base/context.ts'
import { isToLive, liveDemo } from './demo/live.ts'
import { plantDemo, type Planted } from './demo/plant.ts'
import { serve, type Running } from './serve/http.ts'
import { policies } from './base/policies.ts'
import { Feed } from './base/feed.ts'
import { WebhookWorker } from './webhook/worker.ts'

export interface App {
  origin: string
  database: Database
  feed: Feed
  /** The demo county, if this is one. */
  demo: Planted | undefined
  /** What founds the county of an empty database; none once there is a county. Only for the terminal. */
  setUpCode: string | undefined
  /** Nobody is let in before this: the demo county is lived through its year. None where there is nothing to wait for. */
  prepared: Promise<void> | undefined
  log: Logger
  stop(): Promise<void>
}

/**
 * Starts the whole product: database, migrations, demo county, feed of changes, web server; and goes on to live the demo
 * county through its year, while the page says so. The log goes to the standard error stream, or to `output`. Throws
 * StartRefused.
 */
export async function startApp(config: Config, output?: DestinationStream): Promise<App> {
  const log = pino({ level: config.logLevel, redact: ['password'] }, output ?? pino.destination({ dest: 2, sync: true }))
  policies()
  officialYears()
  const open: { stop(): Promise<unknown> }[] = []
  // Backwards, each only once what stands on it is gone; one that fails does not keep the others from stopping.
  const stop = async () => {
    for (const part of open.splice(0).reverse()) await part.stop().catch((error) => log.error({ err: error }, 'stopping'))
  }
  try {
    const embedded: Embedded | undefined = config.databaseUrl ? undefined : await startEmbedded(config.data, config.lang)
    if (embedded) open.push(embedded)
    const url = config.databaseUrl ?? embedded!.url
    const database = await openDatabase(url, config.lang)
    open.push({ stop: database.close })
    await bringCalendarsUp(database.pool, config.lang, new Date(), log)
    const demo = config.demo ? await plantDemo(database.pool, config.people) : undefined
    const feed = new Feed(url, database.pool, log)
    open.push({ stop: () => feed.close() })
    await feed.open()
    const keys = new Keys(config)
    const readiness = { preparing: config.demoLives && demo !== undefined && (await isToLive(database.pool)) }
    const around: Surroundings = { database, feed, log, keys, transport: { plain: false }, readiness }
    const running: Running = await serve(config, around)
    open.push(running)
    let prepared: Promise<void> | undefined
    if (demo && readiness.preparing) {
      const halt = new AbortController()
      prepared = liveDemo(around, demo.people, new Date(), halt.signal)
        // A county that did not live to the end is still one to try things out on; the next start goes on with it.
        .catch((error) => halt.signal.aborted || log.error({ err: error }, 'demo'))
        .then(() => void (readiness.preparing = false))
      open.push({ stop: () => (halt.abort(), prepared!) })
    }
    const webhooks = new WebhookWorker(database.pool, keys, log, config)
    webhooks.start()
    open.push(webhooks)
    const code = await setUpCode(database.pool, keys)
    return { origin: running.origin, database, feed, demo, setUpCode: code, prepared, log, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
