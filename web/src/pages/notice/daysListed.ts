/** What a pasted list of days says: its days in order, or the first piece of it that is no day. */
export type DaysListed = { days: string[]; unread?: undefined } | { unread: string; days?: undefined }

const one = /^(?:(\d{4})[-/.年])?(?:(\d{1,2})[-/.月])?(\d{1,2})[日号]?$/
const between = /\s*(?:至|到|~|～|–|—|\.\.|\bto\b)\s*/g

/**
 * Reads days as notices and tables write them: 2027-02-05, 2027/2/5, 2027年2月5日, 2月5日 in the year given, and spans of
 * them as 2月5日至11日. Whether a day exists is the server’s to say.
 */
export function daysListed(text: string, year: number): DaysListed {
  const days: string[] = []
  for (const piece of text.replace(between, '至').split(/[\s,，、;；]+/)) {
    if (piece === '') continue
    const [first, last, ...more] = piece.split('至')
    const from = dayOf(first!, year)
    const to = last === undefined ? from : from && dayOf(last, Number(from.slice(0, 4)), Number(from.slice(5, 7)))
    if (!from || !to || more.length > 0 || to < from) return { unread: piece.slice(0, 40) }
    const end = Date.parse(to)
    if (from === to || Number.isNaN(Date.parse(from)) || Number.isNaN(end)) days.push(...new Set([from, to]))
    else
      for (let at = Date.parse(from), count = 0; at <= end && count < 100; at += 86_400_000, count += 1)
        days.push(new Date(at).toISOString().slice(0, 10))
  }
  return { days }
}

/** One day, with the year and the month it need not repeat. */
function dayOf(text: string, year: number, month?: number): string | undefined {
  const found = one.exec(text)
  if (!found) return undefined
  const [, ownYear, ownMonth = month === undefined ? undefined : String(month), date] = found
  if (ownMonth === undefined) return undefined
  return `${ownYear ?? year}-${ownMonth.padStart(2, '0')}-${date!.padStart(2, '0')}`
}
