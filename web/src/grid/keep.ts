import { openDB, type IDBPDatabase } from 'idb'
import type { Step } from './history.ts'
import type { KeptText } from './marks.ts'
import type { KeptCall } from './saves.ts'

/** What of a sheet outlives its page: calls on their way, text that is nowhere else, and the steps to take back. */
export interface Kept {
  calls: KeptCall[]
  /** Text that is not on its way: refused, unreadable, or in conflict. */
  texts: KeptText[]
  done: Step[]
  undone: Step[]
  /** The change sets that the steps would take back, by the key of their call. */
  changeSets: { key: string; changeSet: string | null }[]
}

export type Keeping = { [List in keyof Kept]: Map<string, Kept[List][number]> }

export interface Keeper {
  /** What earlier pages left, and is now this page's. */
  found: Kept
  /** Keeps what is told, and nothing else, as soon as the screen has drawn. What is kept already costs nothing. */
  keep(tell: () => Keeping): void
  close(): void
}

interface Entry {
  scope: string
  page: string
  list: keyof Kept
  id: string
  order: number
  item: Kept[keyof Kept][number]
}

const STORE = 'kept'
const lists = ['calls', 'texts', 'done', 'undone', 'changeSets'] as const
/** Long enough for another tab to answer. Too short does no harm: a call sent by two tabs has one key and counts once. */
const ANSWERS_WITHIN = 100
/** A page in the background draws nothing; there it is written after this. */
const AT_LATEST = 200

/**
 * Keeps a sheet's unsent work in the browser's own database, so that a reload, a crash or a closed tab loses nothing.
 * `scope` says whose work on which sheet it is. What a page that no longer lives has left falls to the next one; its
 * steps do not, for they belong to what its reader saw. Undefined where the browser keeps nothing.
 */
export async function openKeeper(scope: string): Promise<Keeper | undefined> {
  const database = await openDB('kaohe', 1, {
    upgrade: (made) => void made.createObjectStore(STORE, { keyPath: ['scope', 'page', 'list', 'id'] }),
  }).catch(() => undefined) // private windows of some browsers, or a full disk
  if (!database) return undefined
  const tabs = new BroadcastChannel(`kaohe ${scope}`)
  const all = (await database.getAll(STORE, IDBKeyRange.bound([scope], [scope, []]))) as Entry[]
  const before = sessionStorage.getItem('kaohe.page')
  const others = all.some(({ page }) => page !== before) || before !== null ? await living(tabs) : new Set<string>()
  // A duplicated tab starts with its twin's name.
  const page = before === null || others.has(before) ? String(crypto.getRandomValues(new Uint32Array(2))) : before
  sessionStorage.setItem('kaohe.page', page)
  tabs.onmessage = ({ data }) => data === 'who' && tabs.postMessage(page)

  const own = all.filter((entry) => entry.page === before && before === page)
  const left = all.filter((entry) => entry.page !== page && !others.has(entry.page))
  const inherited = left.filter(({ list }) => list === 'calls' || list === 'texts')
  const mine = [...inherited, ...own].toSorted((a, b) => a.order - b.order)
  const kept = new Map<string, Entry>()
  const change = database.transaction(STORE, 'readwrite')
  for (const { scope: whose, page: whence, list, id } of left) void change.store.delete([whose, whence, list, id])
  for (const entry of mine) {
    const taken = { ...entry, page }
    kept.set(nameOf(entry), taken)
    void change.store.put(taken)
  }
  await change.done.catch(() => undefined)
  const found = Object.fromEntries(
    lists.map((list) => [list, mine.filter((entry) => entry.list === list).map(({ item }) => item)]),
  ) as unknown as Kept
  return keeperOf(database, { scope, page, kept, found, tabs })
}

const nameOf = ({ list, id }: Pick<Entry, 'list' | 'id'>): string => `${list} ${id}`

/** The names of the other tabs on the same sheet. */
async function living(tabs: BroadcastChannel): Promise<Set<string>> {
  const found = new Set<string>()
  tabs.onmessage = ({ data }) => data !== 'who' && found.add(String(data))
  tabs.postMessage('who')
  await new Promise((resolve) => setTimeout(resolve, ANSWERS_WITHIN))
  return found
}

interface Place {
  scope: string
  page: string
  kept: Map<string, Entry>
  found: Kept
  tabs: BroadcastChannel
}

function keeperOf(database: IDBPDatabase, { scope, page, kept, found, tabs }: Place): Keeper {
  let order = Math.max(0, ...[...kept.values()].map((entry) => entry.order))
  let tell: (() => Keeping) | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let writing: Promise<unknown> = Promise.resolve()

  function keep(next: () => Keeping): void {
    tell = next
    if (timer !== undefined) return
    timer = setTimeout(write, AT_LATEST)
    requestAnimationFrame(() => setTimeout(write)) // once what was done is painted
  }

  /** Puts what is new or other than before, and drops what is gone. */
  function write(): void {
    clearTimeout(timer)
    timer = undefined
    const now = tell?.()
    tell = undefined
    if (!now) return
    const change = database.transaction(STORE, 'readwrite')
    const gone = new Map(kept)
    for (const list of lists)
      for (const [id, item] of now[list]) {
        const name = nameOf({ list, id })
        const was = gone.get(name)
        gone.delete(name)
        if (was && same(was.item, item)) continue
        const entry = { scope, page, list, id, order: was?.order ?? ++order, item }
        kept.set(name, entry)
        void change.store.put(entry)
      }
    for (const [name, { list, id }] of gone) {
      kept.delete(name)
      void change.store.delete([scope, page, list, id])
    }
    writing = change.done.catch(() => undefined)
  }

  window.addEventListener('pagehide', write)
  return {
    found,
    keep,
    close() {
      window.removeEventListener('pagehide', write)
      write()
      tabs.close()
      void writing.then(() => database.close())
    },
  }
}

/** Calls and steps are the same as long as they are the same object; problems are told anew each time. */
const same = (a: Entry['item'], b: Entry['item']): boolean =>
  a === b ||
  ('kind' in a && 'kind' in b && a.kind === b.kind && a.mine === b.mine && a.reason === b.reason) ||
  ('changeSet' in a && 'changeSet' in b)
