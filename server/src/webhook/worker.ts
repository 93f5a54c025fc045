import { createHmac } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { BlockList, isIP } from 'node:net'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { Keys } from '../base/keys.ts'
import type { Config } from '../base/config.ts'
import { inTransaction } from '../base/database.ts'

/** Kinds of acts that are told, by what they are called outside. A move onto file is `filed`; a signature that waits for another is no move. */
const eventOf = `case when h.kind in ('sign', 'sendBack') and h.details ->> 'to' = h.details ->> 'stage' then null
                      when h.kind in ('sign', 'sendBack') and h.details ->> 'to' = 'filed' then 'filed'
                      when h.kind in ('sign', 'sendBack') then 'moved'
                      when h.kind in ('rule', 'decideClaim', 'decideAppeal', 'legalStep') then 'decided'
                      when h.kind = 'publish' then 'published' end`

const TIMEOUT_MS = 10_000
const CLAIM_SECONDS = 60
const GIVE_UP_HOURS = 24
/** Seconds until the next attempt: 5, 10, 20 … up to an hour. */
export const pauseAfter = (attempt: number): number => Math.min(3600, 5 * 2 ** Math.max(0, attempt - 1))

export const signatureOf = (secret: string, at: number, body: string): string =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`

const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['fe80::', 10],
] as const)
  inside.addSubnet(net, bits, 'ipv6')
/** Whether an address is a loopback or link-local one: services there trust whoever asks, and no webhook of the county is served from them. */
export const isInside = (address: string): boolean =>
  inside.check(address.replace(/^::ffff:(?=\d+\.)/i, ''), isIP(address.replace(/^::ffff:(?=\d+\.)/i, '')) === 6 ? 'ipv6' : 'ipv4')

/** Resolves a host once; the same address is then connected to, so that a second DNS answer cannot redirect the request. Throws for an address inside this machine. */
async function addressOf(host: string, local: boolean): Promise<{ address: string; family: number }> {
  const found = await lookup(host.replace(/^\[|\]$/g, ''))
  if (!local && isInside(found.address)) throw new Error(`${host} is this machine or its link`)
  return found
}

/** Posts a delivery and returns the HTTP status; redirects are not followed. Throws when the host cannot be reached. */
async function post(url: URL, body: string, headers: Record<string, string>, local: boolean): Promise<number> {
  const { address, family } = await addressOf(url.hostname, local)
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === 'https:' ? secure : plain)(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        lookup: (_, { all }, done) => (all ? done(null, [{ address, family }]) : done(null, address, family)),
      },
      (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

interface Claimed {
  county: string
  webhook: string
  seq: number
  event: string
  attempt: number
  since: Date
  url: string
  secret: string
  kind: string
  cycle: string | null
  at: Date
  ids: string[]
}

/** Sends what the chain records to the county’s webhooks. Several servers may run it at once: each row is claimed by one of them. */
export class WebhookWorker {
  private timer: NodeJS.Timeout | undefined
  private working: Promise<void> = Promise.resolve()
  private closed = false

  constructor(
    private readonly pool: pg.Pool,
    private readonly keys: Keys,
    private readonly log: Logger,
    private readonly config: Pick<Config, 'webhookLocal' | 'webhookSeconds'>,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.working = this.turn()
        .catch((error: Error) => this.log.error({ err: error }, 'webhooks'))
        .finally(() => void (this.closed || this.start()))
    }, this.config.webhookSeconds * 1000)
  }

  async stop(): Promise<void> {
    this.closed = true
    clearTimeout(this.timer)
    await this.working
  }

  private async turn(): Promise<void> {
    await this.gather()
    for (;;) {
      const claimed = this.closed ? [] : await this.claim()
      if (claimed.length === 0) return
      await Promise.all(claimed.map((one) => this.deliver(one)))
    }
  }

  /** Makes deliveries of the acts since each webhook was last looked at; a webhook that another server has locked is skipped. */
  private async gather(): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      await client.query(
        `with mine as (
           select w.*, o.chain_seq from webhook w join county o on o.id = w.county_id
            where w.active and w.seen < o.chain_seq for update of w skip locked
         ), made as (
           insert into webhook_delivery (county_id, webhook_id, seq, event, status, next_at, since)
           select w.county_id, w.id, h.seq, e.event, 'waiting', now(), now()
             from mine w join change_set h on h.county_id = w.county_id and h.seq > w.seen and h.seq <= w.chain_seq,
                  lateral (select ${eventOf} as event) e
            where e.event = any(w.events)
           on conflict do nothing
         )
         update webhook w set seen = m.chain_seq from mine m where w.county_id = m.county_id and w.id = m.id`,
      )
    })
  }

  /** Claims due deliveries for one minute: if this server dies, another one sends them afterwards. */
  private async claim(): Promise<Claimed[]> {
    const { rows } = await this.pool.query<Claimed>(
      `with due as (
         select d.county_id, d.webhook_id, d.seq from webhook_delivery d
           join webhook w on w.county_id = d.county_id and w.id = d.webhook_id and w.active
          where d.status = 'waiting' and d.next_at <= now() order by d.next_at limit 8 for update of d skip locked
       ), taken as (
         update webhook_delivery d set attempt = d.attempt + 1, next_at = now() + make_interval(secs => $1)
           from due where d.county_id = due.county_id and d.webhook_id = due.webhook_id and d.seq = due.seq
         returning d.*
       )
       select t.county_id as county, t.webhook_id as webhook, t.seq, t.event, t.attempt, t.since, w.url, w.secret, h.kind, h.cycle_id as cycle, h.at,
              array(select x.sheet_id::text from sheet_change x where x.county_id = h.county_id and x.seq = h.seq order by 1 limit 1000) as ids
         from taken t join webhook w on w.county_id = t.county_id and w.id = t.webhook_id
         join change_set h on h.county_id = t.county_id and h.seq = t.seq order by t.seq`,
      [CLAIM_SECONDS],
    )
    return rows
  }

  private async deliver({
    county,
    webhook,
    seq,
    event,
    attempt,
    since,
    url,
    secret,
    kind,
    cycle,
    at,
    ids,
  }: Claimed): Promise<void> {
    const body = JSON.stringify({ county, seq, event, kind, cycle, at: new Date(at).toISOString(), ids })
    const signature = signatureOf(this.keys.unseal(secret, webhook).toString(), Math.floor(Date.now() / 1000), body)
    let code: number | null = null
    try {
      code = await post(new URL(url), body, { 'x-kaohe-signature': signature }, this.config.webhookLocal)
    } catch (error) {
      this.log.warn({ webhook, seq, attempt, err: error }, 'a webhook was not reached')
    }
    const delivered = code !== null && code >= 200 && code < 300
    const over = Date.now() - new Date(since).getTime() > GIVE_UP_HOURS * 3_600_000
    await this.pool.query(
      `update webhook_delivery set status = $4, response_code = $5, next_at = case when $4 = 'waiting' then now() + make_interval(secs => $6) end
        where county_id = $1 and webhook_id = $2 and seq = $3 and attempt = $7`,
      [county, webhook, seq, delivered ? 'delivered' : over ? 'given up' : 'waiting', code, pauseAfter(attempt), attempt],
    )
  }
}
