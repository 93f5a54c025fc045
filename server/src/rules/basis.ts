/**
 * The facts a decision was made about, by name, as text that can be compared: who tied, at what score, for how many
 * seats; which grade; which hash. A decision stands as long as each of them is what it was, and falls when one is not.
 */
export type Basis = Readonly<Record<string, string>>

/** A named fact that is no longer what it was; `after` is null where there is no such fact any more. */
export interface BasisChange {
  fact: string
  before: string
  after: string | null
}

/** Whether a decision stands: every fact it names is what it was. */
export const isSame = (then: Basis, now: Basis): boolean => basisChanges(then, now).length === 0

/** The facts named in a decision that have changed since, in the order they were named; empty while the decision stands. */
export function basisChanges(then: Basis, now: Basis): BasisChange[] {
  return Object.entries(then).flatMap(([fact, before]) =>
    now[fact] === before ? [] : [{ fact, before, after: now[fact] ?? null }],
  )
}
