/**
 * The facts a decision was made about, by name, as text that can be compared: who tied, at what score, for how many
 * seats; which grade; which hash. A decision stands while all of them are unchanged, and falls when one changes.
 */
export type Basis = Readonly<Record<string, string>>

/** A fact of a basis that has changed; `after` is null where the fact is gone. */
export interface BasisChange {
  fact: string
  before: string
  after: string | null
}

/** Whether a decision stands: none of its facts has changed. */
export const isSame = (then: Basis, now: Basis): boolean => basisChanges(then, now).length === 0

/** The facts of a decision that have changed since, in the order of its basis; empty while the decision stands. */
export function basisChanges(then: Basis, now: Basis): BasisChange[] {
  return Object.entries(then).flatMap(([fact, before]) =>
    now[fact] === before ? [] : [{ fact, before, after: now[fact] ?? null }],
  )
}
