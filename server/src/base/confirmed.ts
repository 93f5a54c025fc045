import { refusal, type Context } from './context.ts'

/** What weighs much is done by who gave their password lately, not by whoever sits down at their screen. Throws `confirm.needed`; `token.people` for a program. */
export function confirmed(context: Context): void {
  const { session, token, now, confirmMinutes } = context
  if (token) throw refusal(context, 'token.people')
  if (!session || now.getTime() - session.confirmedAt.getTime() > confirmMinutes * 60_000)
    throw refusal(context, 'confirm.needed')
}
