import { randomUUID } from 'node:crypto'
import type { OperationDefinitionNode } from 'graphql'
import { actorOf, type Context } from '../context.ts'
import { act } from './act.ts'

/** Whose personal data a request is about to be answered with: ids of people by column. */
const revealed = new WeakMap<Context, Map<string, Set<string>>>()

/** Notes that a request reads a column of personal data of somebody in full. */
export function reveals(context: Context, column: string, person: string): void {
  const columns = revealed.get(context) ?? new Map<string, Set<string>>()
  revealed.set(context, columns)
  columns.set(column, (columns.get(column) ?? new Set()).add(person))
}

/**
 * Puts on record what personal data a request was answered with: one act, with the columns, the operations they came
 * through and of how many people. Awaited before the answer leaves, so that none leaves without its mark.
 */
export async function recordReveals(context: Context, operation: OperationDefinitionNode): Promise<void> {
  const columns = revealed.get(context)
  if (!columns) return
  const through = operation.selectionSet.selections.flatMap((one) => (one.kind === 'Field' ? [one.name.value] : []))
  const people = new Set([...columns.values()].flatMap((ids) => [...ids])).size
  const details = { columns: [...columns.keys()], through, people }
  const doing = { kind: 'reveal', cycle: null, key: randomUUID(), says: details } as const
  await act({ ...context, actor: actorOf(context) }, doing, async () => ({ outcome: true, details }))
}
