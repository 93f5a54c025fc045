import { compare as order, canonical, zero, type Exact } from './exact.ts'
import type { Grade, LimitHit, Seat } from './grade.ts'
import type { Step } from './score/step.ts'
import type { Text } from './text.ts'

/** What was worked out for one person, under some readings of some version of a policy. */
export interface Result {
  score: Step
  grade: Grade | null
  limits: readonly LimitHit[]
  seat?: Seat
  pay?: Exact
}

/** One thing that differs, and the rule it differs by. */
export interface Difference {
  kind: 'points' | 'grade' | 'limit' | 'seat' | 'pay'
  /** The line, the limit, or what differs. */
  id: string
  name: Text
  before: string | null
  after: string | null
  /** The clause of the rule: the later result's, unless only the earlier has it. */
  clause?: string
}

const names: Record<'grade' | 'seat' | 'pay', Text> = {
  grade: { zh: '等次', en: 'Grade' },
  seat: { zh: '名额', en: 'Seat' },
  pay: { zh: '绩效工资', en: 'Performance pay' },
}

/**
 * What changed between two results of one person and by which rule. Points are followed down to the deepest lines that
 * differ, for a sum changes only because its parts do; a line that changes by itself is named too.
 */
export function compare(before: Result, after: Result): Difference[] {
  const found = points(before.score, after.score)
  if (before.score.id === after.score.id && order(before.score.points, after.score.points) !== 0)
    found.unshift(line(before.score, after.score))
  const limits = new Map([...before.limits, ...after.limits].map((limit) => [limit.id, limit]))
  for (const { id, title, clause } of limits.values()) {
    const [old, now] = [before, after].map((result) => result.limits.find((limit) => limit.id === id))
    if (old?.atMost === now?.atMost && old?.value === now?.value) continue
    found.push({ kind: 'limit', id, name: title, before: old?.value ?? null, after: now?.value ?? null, clause })
  }
  const plain = (kind: 'grade' | 'seat' | 'pay', old: string | null, now: string | null) => {
    if (old !== now) found.push({ kind, id: kind, name: names[kind], before: old, after: now })
  }
  plain('grade', before.grade, after.grade)
  plain('seat', before.seat ?? null, after.seat ?? null)
  plain('pay', before.pay ? canonical(before.pay) : null, after.pay ? canonical(after.pay) : null)
  return found
}

/** The deepest lines below two lines that differ. */
function points(before: Step, after: Step): Difference[] {
  const ids = [...new Set([...before.parts, ...after.parts].map(({ id }) => id))]
  return ids.flatMap((id) => {
    const [old, now] = [before, after].map(({ parts }) => parts.find((part) => part.id === id))
    const deeper = old && now ? points(old, now) : []
    if (deeper.length > 0) return deeper
    if (old && now && order(old.points, now.points) === 0) return []
    return old || now ? [line(old, now)] : []
  })
}

function line(old: Step | undefined, now: Step | undefined): Difference {
  const { id, name, clause } = now ?? old ?? { id: '', name: { zh: '', en: '' }, clause: '' }
  const shownOf = (step: Step | undefined) => (step ? canonical(step.points.add(zero)) : null)
  return { kind: 'points', id, name, before: shownOf(old), after: shownOf(now), clause }
}
