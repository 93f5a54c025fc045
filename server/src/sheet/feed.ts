import pg from 'pg'
import type { Logger } from 'pino'
import type { SheetRow } from './grid-rows.ts'

/** A change set that was committed, by this process or another on the same database. */
export interface Committed {
  seq: number
  id: string
  cycle: string
  account: string
  by: string
  at: Date
  key: string
  /** The sheets it touched, as they now stand. */
  sheets: SheetRow[]
}

type Listener = (change: Committed) => void

/**
 * Tells of change sets as they are committed. The door notifies inside its transaction, so what is told was written;
 * the database carries it to every process that serves the county.
 */
export class Feed {
  private readonly listeners = new Map<string, Set<Listener>>()
  private client: pg.Client | undefined
  private closed = false

  constructor(
    private readonly url: string,
    private readonly pool: pg.Pool,
    private readonly log: Logger,
  ) {}

  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url })
    client.on('notification', ({ payload }) => void this.tell(payload ?? ''))
    client.on('error', () => undefined)
    client.on('end', () => void this.reopen())
    await client.connect()
    await client.query('listen kaohe_change')
    this.client = client
  }

  /** Whoever listened through a lost connection asks again for all `since` the last number seen, and misses nothing. */
  private async reopen(): Promise<void> {
    while (!this.closed) {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      try {
        return await this.open()
      } catch (error) {
        this.log.warn({ err: error }, 'the feed of changes is not connected')
      }
    }
  }

  private async tell(payload: string): Promise<void> {
    const [county, seq] = payload.split(' ') as [string, string]
    const listeners = this.listeners.get(county)
    if (!listeners?.size) return
    try {
      const change = await this.read(county, Number(seq))
      for (const listener of listeners) listener(change)
    } catch (error) {
      this.log.error({ err: error, county, seq }, 'a change could not be told')
    }
  }

  private async read(county: string, seq: number): Promise<Committed> {
    const { rows } = await this.pool.query<Omit<Committed, 'sheets'>>({
      name: 'committed',
      text: 'select seq, id, cycle_id as cycle, account_id as account, by, at, key from change_set where county_id = $1 and seq = $2',
      values: [county, seq],
    })
    const { rows: sheets } = await this.pool.query<SheetRow>({
      name: 'committed-sheets',
      text: `select s.id, s.line, s.village_id as "villageId", s.town_id as "townId", s.state, s.facts, s.points, s.marks,
                    s.total::text as total, s.missing, s.limits, s.seq
               from sheet_change c join sheet s on s.county_id = c.county_id and s.id = c.sheet_id
              where c.county_id = $1 and c.seq = $2`,
      values: [county, seq],
    })
    return { ...rows[0]!, sheets }
  }

  /** The changes of a county from now on, until the consumer stops. */
  async *changes(county: string): AsyncGenerator<Committed> {
    const waiting: Committed[] = []
    let wake = () => {}
    const listener: Listener = (change) => {
      waiting.push(change)
      wake()
    }
    const set = this.listeners.get(county) ?? new Set()
    this.listeners.set(county, set.add(listener))
    try {
      while (!this.closed) {
        const next = waiting.shift()
        if (next) yield next
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      set.delete(listener)
    }
  }

  async close(): Promise<void> {
    this.closed = true
    await this.client?.end()
  }
}
