import { randomUUID } from 'node:crypto'
import type { OperationDefinitionNode } from 'graphql'
import { actorOf, type Context } from '../base/context.ts'
import { act } from './act.ts'

/** What a request tells of personal data: ids of people by the column shown, and the columns it was asked by. */
interface Revealed {
  shown: Map<string, Set<string>>
  askedBy: Set<string>
}
const revealed = new WeakMap<Context, Revealed>()

function noted(context: Context): Revealed {
  const known = revealed.get(context) ?? { shown: new Map<string, Set<string>>(), askedBy: new Set<string>() }
  revealed.set(context, known)
  return known
}

/** Notes that a request reads a column of personal data of somebody in full. */
export function reveals(context: Context, column: string, person: string): void {
  const { shown } = noted(context)
  shown.set(column, (shown.get(column) ?? new Set()).add(person))
}

/** Notes that a request filters or orders by a column of personal data: who is found, or not, tells it too. */
export function asksBy(context: Context, column: string): void {
  noted(context).askedBy.add(column)
}

/**
 * Puts on record what personal data a request was answered with: one act, with the columns shown and of how many people,
 * those it was filtered or ordered by, if any, and the operations they came through. Awaited before the answer leaves,
 * so that none leaves without its mark.
 */
export async function recordReveals(context: Context, operation: OperationDefinitionNode): Promise<void> {
  const told = revealed.get(context)
  if (!told) return
  const through = operation.selectionSet.selections.flatMap((one) => (one.kind === 'Field' ? [one.name.value] : []))
  const people = new Set([...told.shown.values()].flatMap((ids) => [...ids])).size
  const askedBy = told.askedBy.size > 0 ? { askedBy: [...told.askedBy] } : {}
  const details = { columns: [...told.shown.keys()], ...askedBy, through, people }
  const doing = { kind: 'reveal', cycle: null, key: randomUUID(), says: details } as const
  await act({ ...context, actor: actorOf(context) }, doing, async () => ({ outcome: true, details }))
}
