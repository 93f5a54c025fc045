import { no, type Context } from '../context.ts'

/** What weighs much is done by who gave their password lately, not by whoever sits down at their screen. Throws `confirm.needed`. */
export function confirmed(context: Context): void {
  const { session, now, confirmMinutes } = context
  if (!session || now.getTime() - session.confirmedAt.getTime() > confirmMinutes * 60_000) throw no(context, 'confirm.needed')
}
