import type { Policy } from './policy/shape.ts'
import type { Text } from './text.ts'

/** One thing that two versions of a policy say differently. */
export interface VersionChange {
  /** Where it stands in the file: keys and ids, 'sections.work.items.i07.max'. */
  path: string
  /** The titles on the way there, outermost first. */
  within: Text[]
  /** What each says; null where it has nothing there. */
  before: Text | null
  after: Text | null
  /** The clause of the rule it belongs to: the later version's, unless only the earlier has it. */
  clause?: string
}

/** Parts that are not compared: worked examples, and what differs in every version, such as its id. */
const beside = new Set(
  'id checkedOn source typical examples moves cohorts seats lines tables eliminations pools staffing dates ages ranks wageCuts'.split(
    ' ',
  ),
)

type Tree = { [key: string]: unknown }
interface At {
  path: string
  within: Text[]
  clause?: string
}

/**
 * What two versions of a policy say differently, number by number and sentence by sentence, in the order of the file.
 * Rules are known by their ids, so one that only moved is no change, and one that came or went is named as a whole.
 */
export function versionChanges(before: Policy, after: Policy): VersionChange[] {
  const rules = (policy: Policy): Tree => Object.fromEntries(Object.entries(policy).filter(([key]) => !beside.has(key)))
  return changesIn(rules(before), rules(after), { path: '', within: [] })
}

function changesIn(old: unknown, now: unknown, at: At): VersionChange[] {
  if (isText(old) || isText(now)) return changed(old, now, at)
  if (isTree(old) && isTree(now))
    return keysOf(old, now).flatMap((key) => changesIn(old[key], now[key], below(at, key, old, now)))
  if (Array.isArray(old ?? now) && Array.isArray(now ?? old)) {
    const [list, other] = [byName(old ?? []), byName(now ?? [])]
    return keysOf(list, other).flatMap((key) => changesIn(list[key], other[key], below(at, key, list, other)))
  }
  return changed(nameOf(old), nameOf(now), at)
}

function changed(old: unknown, now: unknown, { path, within, clause }: At): VersionChange[] {
  const [before, after] = [written(old), written(now)]
  const same = before?.zh === after?.zh && before?.en === after?.en
  return same ? [] : [{ path, within, before, after, ...(clause === undefined ? {} : { clause }) }]
}

const keysOf = (old: Tree, now: Tree): string[] => [...new Set([...Object.keys(now), ...Object.keys(old)])]

const below = (at: At, key: string, old: Tree, now: Tree): At => {
  const inner = { ...at, path: at.path ? `${at.path}.${key}` : key }
  return { ...inner, ...standing(now[key] ?? old[key], inner) }
}

/** The title and clause of what stands here, if it has them, after those of what it stands in. */
function standing(here: unknown, { within, clause }: At): Pick<At, 'within' | 'clause'> {
  if (!isTree(here)) return { within, ...(clause === undefined ? {} : { clause }) }
  const own = [here.title, here.question, here.at].find(isText)
  const cited = typeof here.clause === 'string' ? here.clause : clause
  return { within: own ? [...within, own] : within, ...(cited === undefined ? {} : { clause: cited }) }
}

/** A list of things with ids as what each id names; other lists by place. */
function byName(list: unknown): Tree {
  return Object.fromEntries(
    (list as unknown[]).map((one, at) => [
      isTree(one) ? String(one.id ?? one.grade ?? one.number ?? at + 1) : String(at + 1),
      one,
    ]),
  )
}

/** What came or went as a whole is named, not spelled out. */
const nameOf = (value: unknown): unknown =>
  isTree(value) ? ([value.title, value.question, value.says].find(isText) ?? '✓') : value

function written(value: unknown): Text | null {
  if (value === undefined || isText(value)) return value ?? null
  const text = String(value) // in a policy file every number is text
  return { zh: text, en: text }
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is Text =>
  isTree(value) && typeof value.zh === 'string' && typeof value.en === 'string' && Object.keys(value).length === 2
