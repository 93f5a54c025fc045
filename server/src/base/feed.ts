import pg from 'pg'
import type { Logger } from 'pino'
import { sheetRowColumns, type SheetRow } from './sheet-row.ts'

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

/** Where somebody's cursor is now; without a sheet, they have left the grid. */
export interface Present {
  cycle: string
  account: string
  by: string
  sheet: string | null
  field: string | null
  /** Where the sheet stands, which decides who is told. */
  town: string
  village: string
  coordinator: string
}

export type Happening = Committed | Present

export const isPresence = (event: Happening): event is Present => !('seq' in event)

/** What one listener hears; `return` ends it at once, waiting or not. */
export interface Changes extends AsyncIterableIterator<Happening> {
  return(): Promise<IteratorResult<Happening>>
}

interface Listener {
  tell(event: Happening): void
  cut(): void
}

/** Tells all listeners where somebody is. Nothing is stored. */
export async function tellPresence(pool: pg.Pool, county: string, present: Present): Promise<void> {
  await pool.query({
    name: 'tell-presence',
    text: `select pg_notify('kaohe_present', $1)`,
    values: [`${county} ${JSON.stringify(present)}`],
  })
}

/**
 * Tells listeners of change sets in the order in which they are committed, and of where people are. Writers call `pg_notify`
 * inside their transaction, so that only committed changes are told, and the database delivers them to every process.
 */
export class Feed {
  private readonly listeners = new Map<string, Set<Listener>>()
  private client: pg.Client | undefined
  private telling: Promise<void> = Promise.resolve()
  private closed = false

  constructor(
    private readonly url: string,
    private readonly pool: pg.Pool,
    private readonly log: Logger,
  ) {}

  async open(): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, keepAlive: true })
    client.on('notification', ({ channel, payload = '' }) => {
      this.telling = this.telling.then(() => (channel === 'kaohe_present' ? this.tellPlace(payload) : this.tell(payload)))
    })
    client.on('error', () => undefined)
    client.on('end', () => {
      if (this.client === client) void this.reopen() // one that never stood is the business of whoever opened it
    })
    try {
      await client.connect()
      await client.query('listen kaohe_present')
      await client.query('listen kaohe_change')
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
    this.client = client
  }

  private async reopen(): Promise<void> {
    this.client = undefined
    this.cut()
    while (!this.closed) {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      if (this.closed) return
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
      for (const listener of listeners) listener.tell(change)
    } catch (error) {
      this.log.error({ err: error, county, seq }, 'a change could not be told')
    }
  }

  private tellPlace(payload: string): void {
    const listeners = this.listeners.get(payload.slice(0, 36))
    if (!listeners?.size) return
    const present = JSON.parse(payload.slice(37)) as Present
    for (const listener of listeners) listener.tell(present)
  }

  private async read(county: string, seq: number): Promise<Committed> {
    const { rows } = await this.pool.query<Omit<Committed, 'sheets'>>({
      name: 'committed',
      text: 'select seq, id, cycle_id as cycle, account_id as account, by, at, key from change_set where county_id = $1 and seq = $2',
      values: [county, seq],
    })
    const { rows: sheets } = await this.pool.query<SheetRow>({
      name: 'committed-sheets',
      text: `select ${sheetRowColumns} from sheet_change c join sheet s on s.county_id = c.county_id and s.id = c.sheet_id
              where c.county_id = $1 and c.seq = $2`,
      values: [county, seq],
    })
    return { ...rows[0]!, sheets }
  }

  /**
   * The changes of a county from now on. `next` throws where the feed is cut off: whoever listened listens again, and
   * asks for all `since` the last number seen.
   */
  changes(county: string): Changes {
    const waiting: Happening[] = []
    const set = this.listeners.get(county) ?? new Set()
    let state: 'listening' | 'cut' | 'ended' = this.client ? 'listening' : 'cut'
    let wake = () => {}
    const leave = (as: 'cut' | 'ended') => {
      if (state === 'listening') state = as
      set.delete(listener)
      wake()
    }
    const listener: Listener = {
      tell(event) {
        // Of somebody's places only the last is news: a slow listener never has more of them waiting than people.
        const stale = isPresence(event)
          ? waiting.findIndex((earlier) => isPresence(earlier) && earlier.account === event.account)
          : -1
        if (stale >= 0) waiting.splice(stale, 1)
        waiting.push(event)
        wake()
      },
      cut: () => leave('cut'),
    }
    if (state === 'listening') this.listeners.set(county, set.add(listener))
    return {
      async next() {
        while (state === 'listening' && waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve))
        const value = state === 'ended' ? undefined : waiting.shift()
        if (value) return { done: false, value }
        if (state === 'cut') throw new Error('the feed of changes was cut off')
        return { done: true, value: undefined }
      },
      // Not a generator: one that waits could not be told that nobody listens any more.
      async return() {
        leave('ended')
        return { done: true, value: undefined }
      },
      [Symbol.asyncIterator]() {
        return this
      },
    }
  }

  /** How many listen. */
  get listening(): number {
    return [...this.listeners.values()].reduce((all, set) => all + set.size, 0)
  }

  /** Cuts off everybody who listens. */
  cut(): void {
    for (const set of this.listeners.values()) for (const listener of set) listener.cut()
  }

  async close(): Promise<void> {
    this.closed = true
    const { client } = this
    this.client = undefined
    this.cut()
    await client?.end()
  }
}
