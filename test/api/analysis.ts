import type { Answer, Caller, County } from '../county.ts'

/** A page of a connection, as the tests ask for it. */
export interface Page {
  totalCount: number
  nodes: Record<string, any>[]
  edges: { cursor: string; node: Record<string, any> }[]
  pageInfo: { hasPreviousPage: boolean; startCursor: string | null; hasNextPage: boolean; endCursor: string | null }
}

/** Asks, and throws the code of the first objection. */
export async function told<Data = Record<string, any>>(
  caller: Caller,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const { data, errors } = await caller.ask<Data>(query, variables)
  if (errors) throw new Error(errors[0]!.extensions.code)
  return data
}

/** The code of the objection to a query. */
export const codeOf = async (answer: Promise<Answer<unknown>>): Promise<string | undefined> =>
  (await answer).errors?.[0]?.extensions.code

/** Counts the statements that go through the pool while `work` runs. */
export async function statements({ app }: County, work: () => Promise<unknown>): Promise<number> {
  const { pool } = app.database
  const query = pool.query
  let count = 0
  pool.query = function (this: unknown, ...given: unknown[]) {
    count++
    return (query as (...given: unknown[]) => unknown).apply(pool, given)
  } as typeof pool.query
  try {
    await work()
  } finally {
    pool.query = query
  }
  return count
}
