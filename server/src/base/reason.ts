import { refusal, type Context } from './context.ts'

/** How long the reason of an act may be, by the refusal that says so. */
export const longest = {
  'ruling.reason': 1000,
  'appeal.reason': 1000,
  'stage.reason': 500,
  'claim.reason': 500,
  'notice.reason': 500,
  'reading.reason': 200,
  'cycle.exception': 200,
} as const
export type ReasonCode = keyof typeof longest

/** The reason given for an act, without blanks around it. Throws the refusal named where there is none or it is too long. */
export function reasonOf(given: string | null | undefined, context: Context, code: ReasonCode = 'ruling.reason'): string {
  const reason = reasonIfAny(given, context, code)
  if (reason === null) throw refusedReason(context, code)
  return reason
}

/** The same where there need be none: null without one. */
export function reasonIfAny(given: string | null | undefined, context: Context, code: ReasonCode): string | null {
  const reason = given?.trim() ?? ''
  if (reason.length > longest[code]) throw refusedReason(context, code)
  return reason || null
}

export const refusedReason = (context: Context, code: ReasonCode) => refusal(context, code, { most: String(longest[code]) })
