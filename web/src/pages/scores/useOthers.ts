import { computed, onScopeDispose, shallowRef } from 'vue'
import { ask } from '../../api.ts'
import { ShowPlaceDocument, type GridChangedSubscription } from '../../gql/documents.ts'
import type { CellName } from '../../grid/types.ts'

type Told = Extract<GridChangedSubscription['gridChanged'], { __typename?: 'Presence' }>

interface Other {
  account: string
  by: string
  sheet: string
  field: string
  /** Until when it is believed without being said again. */
  until: number
}

/** One's own place is told so often while it moves, and again so often while it does not. */
const MOVING_MS = 400
const RESTING_MS = 25_000
const BELIEVED_MS = 60_000

/** Where others are in the grid of a cycle, and telling them where one is. `changed` is called when a cell's mark may differ. */
export function useOthers(cycle: string, changed: () => void) {
  const known = shallowRef<ReadonlyMap<string, Other>>(new Map())
  const others = computed(() => [...known.value.values()].toSorted((a, b) => a.by.localeCompare(b.by, 'zh')))
  const names = computed(() => {
    const at = new Map<string, Map<string, string>>()
    for (const { sheet, field, by } of others.value) {
      const fields = at.get(sheet) ?? new Map<string, string>()
      at.set(sheet, fields.set(field, fields.has(field) ? `${fields.get(field)}、${by}` : by))
    }
    return at
  })

  function put(next: Map<string, Other>): void {
    known.value = next
    changed()
  }

  function take({ account, by, sheet, field }: Told): void {
    const next = new Map(known.value)
    if (sheet == null) next.delete(account)
    else next.set(account, { account, by, sheet, field: field ?? '', until: Date.now() + BELIEVED_MS })
    put(next)
  }

  let place: CellName | undefined
  let waiting: ReturnType<typeof setTimeout> | undefined
  /** Says where one is. Not being heard does not matter: it is said again. */
  const say = (): void =>
    void ask(ShowPlaceDocument, { cycle, sheet: place?.row ?? null, field: place?.field ?? null }).catch(() => undefined)

  function showPlace(next: CellName | undefined): void {
    place = next
    waiting ??= setTimeout(() => {
      waiting = undefined
      say()
    }, MOVING_MS)
  }

  const resting = setInterval(() => {
    if (place && !document.hidden) say()
    const now = Date.now()
    const still = [...known.value].filter(([, { until }]) => until > now)
    if (still.length < known.value.size) put(new Map(still))
  }, RESTING_MS)
  onScopeDispose(() => {
    clearInterval(resting)
    clearTimeout(waiting)
    if (!place) return
    place = undefined
    say()
  })

  return { others, namesAt: (sheet: string, field: string): string => names.value.get(sheet)?.get(field) ?? '', showPlace, take }
}
