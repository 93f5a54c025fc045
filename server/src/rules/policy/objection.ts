// What is wrong with a policy file, or with choices made for it.

/** A place in a policy file and what is wrong there. */
export interface Objection {
  path: string
  says: string
}

/** The file is refused; every objection names its place. */
export class PolicyError extends Error {
  readonly objections: Objection[]
  constructor(objections: Objection[]) {
    super(objections.map(({ path, says }) => `${path}: ${says}`).join('\n'))
    this.name = 'PolicyError'
    this.objections = objections
  }
}

/** Notes an objection: the place in the file, and what is wrong there in both languages. */
export type Objecting = (path: string, says: string) => void

/** The values that stand in a list more than once. */
export const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
]
