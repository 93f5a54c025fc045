import { canonical, compare as order, exact, shown, type Exact } from './exact.ts'
import type { Seat } from './outcome.ts'
import type { Grade } from './facts.ts'
import type { LimitHit } from './grade.ts'
import { gradeTitle } from './policy/parts.ts'
import type { Policy } from './policy/shape.ts'
import type { Step } from './score/step.ts'
import type { Lang, Text } from './text.ts'
import { recordedText } from './words.ts'

/** What was worked out for one person, under some readings of some version of a policy. */
export interface Result {
  score: Step
  grade: Grade | null
  limits: readonly LimitHit[]
  seat?: Seat
  /** Whether the elimination would propose the person, or a tie keeps that open. */
  leaves?: Leaves
  pay?: Exact
}

export type Leaves = 'no' | 'candidate' | 'contested'

export const differenceKinds = ['points', 'limit', 'grade', 'seat', 'leaves', 'pay'] as const

/** One thing that differs, and the rule it differs by. */
export interface Difference {
  kind: (typeof differenceKinds)[number]
  /** The line, the limit, or what differs. */
  id: string
  name: Text
  before: string | null
  after: string | null
  /** The clause of the rule: the later result's, unless only the earlier has it. */
  clause?: string
}

const seats: Record<Seat, Text> = {
  in: { zh: '占名额', en: 'has a seat' },
  contested: { zh: '并列待裁定', en: 'contends' },
  pending: { zh: '待上面裁定', en: 'waits for a ruling above' },
  out: { zh: '名额外', en: 'no seat' },
  barred: { zh: '受限制', en: 'barred' },
  incomplete: { zh: '未评完', en: 'incomplete' },
}
const leavings: Record<Leaves, Text> = {
  no: { zh: '不在其列', en: 'not proposed' },
  candidate: { zh: '列为候选', en: 'proposed' },
  contested: { zh: '并列待裁定', en: 'contends' },
}

/** A difference in the words of one language: grades and seats by their names, nothing where there was nothing. */
export function differenceSentence(
  policy: Policy,
  { kind, name, before, after }: Difference,
  lang: Lang,
): { name: string; before?: string; after?: string } {
  const said = (value: string | null): string | undefined => {
    if (kind === 'grade' && value === null) return panel[lang]
    if (value === null) return undefined
    if (policy.grades.ladder.some(({ id }) => id === value)) return gradeTitle(policy, value)[lang]
    if (kind === 'seat') return seats[value as Seat][lang]
    if (kind === 'leaves') return leavings[value as Leaves][lang]
    return kind === 'limit' ? recordedText(policy, value, lang) : shown(exact(value))
  }
  const [old, now] = [said(before), said(after)]
  return { name: name[lang], ...(old === undefined ? {} : { before: old }), ...(now === undefined ? {} : { after: now }) }
}
const panel: Text = { zh: '待考核小组评定', en: 'the panel decides' }

const names: Record<'grade' | 'seat' | 'leaves' | 'pay', Text> = {
  grade: { zh: '等次', en: 'Grade' },
  seat: { zh: '名额', en: 'Seat' },
  leaves: { zh: '末位淘汰', en: 'Elimination' },
  pay: { zh: '绩效工资', en: 'Performance pay' },
}

/**
 * What differs between two results of one person, and by which rule. Points are followed down to the deepest lines that
 * differ, because a sum differs only where its parts do; a line that differs by itself is named too.
 */
export function differencesBetween(before: Result, after: Result): Difference[] {
  const found = points(before.score, after.score)
  if (before.score.id === after.score.id && order(before.score.points, after.score.points) !== 0)
    found.unshift(line(after.score, before.score, after.score))
  const limits = new Map([...before.limits, ...after.limits].map((limit) => [limit.id, limit]))
  for (const { id, title, clause } of limits.values()) {
    const [old, now] = [before, after].map((result) => result.limits.find((limit) => limit.id === id))
    if (old && now && old.atMost === now.atMost && old.value === now.value) continue
    // The same fact may be limited to another grade; then the grades it allows are what differs.
    const told = (limit: LimitHit | undefined) => (old?.value === now?.value ? limit?.atMost : limit?.value) ?? null
    found.push({ kind: 'limit', id, name: title, before: told(old), after: told(now), clause })
  }
  const plain = (kind: keyof typeof names, old: string | null, now: string | null) => {
    if (old !== now) found.push({ kind, id: kind, name: names[kind], before: old, after: now })
  }
  plain('grade', before.grade, after.grade)
  plain('seat', before.seat ?? null, after.seat ?? null)
  plain('leaves', before.leaves ?? null, after.leaves ?? null)
  plain('pay', before.pay ? canonical(before.pay) : null, after.pay ? canonical(after.pay) : null)
  return found
}

/** The deepest lines below two lines that differ. */
function points(before: Step, after: Step): Difference[] {
  const parts = new Map([...before.parts, ...after.parts].map((part) => [part.id, part]))
  return [...parts.values()].flatMap((part) => {
    const [old, now] = [before, after].map((step) => step.parts.find(({ id }) => id === part.id))
    const deeper = old && now ? points(old, now) : []
    if (deeper.length > 0) return deeper
    if (old && now && order(old.points, now.points) === 0) return []
    return [line(part, old, now)]
  })
}

function line({ id, name, clause }: Step, old: Step | undefined, now: Step | undefined): Difference {
  const shownOf = (step: Step | undefined) => (step ? canonical(step.points) : null)
  return { kind: 'points', id, name, before: shownOf(old), after: shownOf(now), clause }
}
