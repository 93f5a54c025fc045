/** A statement as the database takes it. */
export interface Prepared {
  name: string
  text: string
  values: unknown[]
}

/** Every statement that was written with named parameters: a test prepares each on the migrated tables. */
export const statements = new Map<string, string>()

/**
 * A statement that is read as SQL, with `:name` for its parameters, and prepared once on each connection under a name of
 * its own. Answers a function of the parameters. Throws when two statements share a name, and when a parameter is left out.
 */
export function statement(name: string, sql: string): (parameters: Readonly<Record<string, unknown>>) => Prepared {
  if (statements.has(name)) throw new Error(`two statements are called ${name}`)
  const names: string[] = []
  // `::` is a cast.
  const text = sql.replace(/(?<![:\w]):([a-z]\w*)/gi, (_, one: string) => {
    if (!names.includes(one)) names.push(one)
    return `$${names.indexOf(one) + 1}`
  })
  statements.set(name, text)
  return (parameters) => {
    const missing = names.find((one) => parameters[one] === undefined)
    if (missing !== undefined) throw new Error(`${name} needs ${missing}`)
    return { name, text, values: names.map((one) => parameters[one]) }
  }
}
