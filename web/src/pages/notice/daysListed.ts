import { narrowed } from '../../../../server/src/rules/cell-text.ts'

/** What a pasted text says: its days off and the weekend days worked, in order, and every piece that was not understood. */
export interface DaysListed {
  off: string[]
  worked: string[]
  unread: string[]
}
type Kind = 'off' | 'worked'

/** Full-width signs as the narrow ones, sign by sign, so that what was not understood can be shown as it was written. */
const narrow = (text: string): string => narrowed(text).replaceAll('\u3000', ' ')

const date = String.raw`(?:\d{4}[-/.年]\d{1,2}[-/.月]|\d{1,2}[-/.月])\d{1,2}[日号]?(?!\d)`
const link = String.raw`(?:至|到|~|〜|–|—+|―|-|\.\.|to)`
const dates = new RegExp(String.raw`(${date}|\d{1,2}[日号])(?:(?:\([^()\d]*\))?${link}(${date}|\d{1,2}[日号]?(?!\d)))?`, 'y')
const parts = /^(?:(\d{4})[-/.年])?(?:(\d{1,2})[-/.月])?(\d{1,2})[日号]?$/

/** Words that say of the days before them (or, with none before, of those after them) what they are. */
const words: [RegExp, Kind][] = [
  [/放假|休息|补休|公休|休假|连休|休/y, 'off'],
  [/上班|补班|工作|班/y, 'worked'],
]
const names = /元旦|春节|除夕|清明节?|(?:国际)?劳动节|五一|端午节?|中秋节?|国庆节?|十一/y
/** What notices say beside the days and changes nothing about them. */
const beside = new RegExp(
  [
    String.raw`\([^()\d]*\)`,
    '[与和]周末(?:连休|相连)',
    String.raw`共?计?\d{1,3}天`,
    '(?:星期|周|礼拜)[一二三四五六日天]',
    '周末|假期|不?调休|正常|照常|期间|当天|当日|时间|日期|部分节假日|节假日|安排|具体|如下|其中|农历',
    '[:、和及以与为共]|的|年的|\\.(?!\\d)',
  ].join('|'),
  'y',
)
const yearAhead = /(\d{4})年(?!\d)/y

/**
 * Reads days as notices and tables write them, in one paste: 2027-02-05, 2027/2/5, 2027年2月5日, 2月5日 or 5.1 in the year
 * given or named in front, spans of them as 2月5日至11日, and the wording of notices around them. Days are what the words
 * beside them say (放假, 上班, 补班), and `plain` where nothing is said. A piece that is not understood counts no day.
 * Whether a day exists is the server’s to say.
 */
export function daysListed(text: string, year: number, plain: Kind): DaysListed {
  const found: DaysListed = { off: [], worked: [], unread: [] }
  let current = year
  let heading: string | undefined
  for (const sentence of text.split(/[\n\r。;；]+/)) {
    const read = new Sentence(current, plain)
    for (const { piece, joined } of piecesOf(sentence)) read.piece(piece, joined)
    current = read.year
    const { off, worked, unread, named } = read.end()
    const none = off.length + worked.length + unread.length === 0
    // A name alone is the heading of the line below, or says that its days are missing.
    if (heading !== undefined && (none || named.length > 0)) found.unread.push(heading)
    if (heading === undefined || !none || named.length > 0) heading = none && named.length > 0 ? named.join('、') : undefined
    for (const key of ['off', 'worked', 'unread'] as const) found[key].push(...{ off, worked, unread }[key])
  }
  if (heading !== undefined) found.unread.push(heading)
  return found
}

/** A sentence in pieces, without its number in a list; `joined`: a piece goes on with what the one before it began. */
function* piecesOf(sentence: string): Generator<{ piece: string; joined: boolean }> {
  const tight = sentence
    .replace(/^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[.．、)）](?!\d))\s*/, '')
    .replace(/\s*(至|到|~|～|〜|–|—+|―|\.\.|\bto\b)\s*/g, '$1')
    .replace(/(?<=[日号\d])\s+([-－])\s+(?=\d)/g, '$1')
    .replace(/(?<=[年月])\s+(?=\d)|(?<=\d)\s+(?=[年月日号天])/g, '')
  let depth = 0
  let piece = ''
  let joined = false
  for (const sign of tight) {
    depth += /[(（]/.test(sign) ? 1 : /[)）]/.test(sign) ? -1 : 0
    if (depth <= 0 && /[\s,，、]/.test(sign)) {
      if (piece !== '') yield { piece, joined }
      if (piece !== '' || sign === '、') joined = sign === '、'
      piece = ''
    } else piece += sign
  }
  if (piece !== '') yield { piece, joined }
}

interface Pending {
  days: string[]
  joined: boolean
}

class Sentence {
  year: number
  readonly #plain: Kind
  readonly #found = { off: [] as string[], worked: [] as string[], unread: [] as string[] }
  #pending: Pending[] = []
  #ahead: Kind | undefined
  #named: string[] = []
  #last: string | undefined

  constructor(year: number, plain: Kind) {
    this.year = year
    this.#plain = plain
  }

  /** Takes a piece when all of it is understood, and otherwise nothing of it. */
  piece(written: string, joined: boolean): void {
    const text = narrow(written)
    const steps: (() => void)[] = []
    let last = this.#last
    let year = this.year
    let goesOn = joined
    for (let at = 0; at < text.length;) {
      const match = (pattern: RegExp): RegExpExecArray | null => {
        pattern.lastIndex = at
        const hit = pattern.exec(text)
        if (hit) at = pattern.lastIndex
        return hit
      }
      const days = match(dates)
      if (days) {
        const span = spanOf(days[1]!, days[2], year, last)
        if (!span) return void this.#found.unread.push(written.slice(0, 40))
        last = span.at(-1)!
        const pending = { days: span, joined: goesOn }
        steps.push(() => this.#pending.push(pending))
        goesOn = true
        continue
      }
      const ahead = match(yearAhead)
      if (ahead) {
        year = Number(ahead[1])
        continue
      }
      const name = match(names)
      if (name) {
        steps.push(() => this.#named.push(name[0]))
        continue
      }
      if (match(beside)) continue
      const word = words.find(([pattern]) => match(pattern))
      if (!word) return void this.#found.unread.push(written.slice(0, 40))
      steps.push(() => this.#word(word[1]))
    }
    this.year = year
    this.#last = last
    for (const step of steps) step()
  }

  #word(kind: Kind): void {
    if (this.#pending.length === 0) this.#ahead = kind
    // Of days with nothing but a comma between, those worked are the days of a weekend; spans before them are off.
    const chain = this.#pending.findLastIndex(({ joined }) => !joined)
    for (const [at, { days }] of this.#pending.entries()) {
      const takes = kind === 'off' || at >= chain || (days.length === 1 && isWeekend(days[0]!))
      this.#found[takes ? kind : (this.#ahead ?? 'off')].push(...days)
    }
    this.#pending = []
  }

  /** What the sentence said, once it is over. */
  end(): DaysListed & { named: string[] } {
    for (const { days } of this.#pending) this.#found[this.#ahead ?? this.#plain].push(...days)
    this.#pending = []
    return { ...this.#found, named: this.#named }
  }
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay())

/** The days from one to another, which need not repeat year and month; undefined when they are none or in no order. */
function spanOf(first: string, last: string | undefined, year: number, before: string | undefined): string[] | undefined {
  const from = dayOf(first, year, before)
  // 2-5-11 may be a day as well as a span.
  if (last !== undefined && /^\d{1,2}-\d{1,2}$/.test(first) && !/\D/.test(last)) return undefined
  const to = last === undefined ? from : from && dayOf(last, Number(from.slice(0, 4)), from)
  if (!from || !to || to < from) return undefined
  const end = Date.parse(to)
  if (from === to || Number.isNaN(Date.parse(from)) || Number.isNaN(end)) return [...new Set([from, to])]
  const days: string[] = []
  for (let at = Date.parse(from); at <= end && days.length < 100; at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10))
  return days
}

/** One day; without a month it is of the month of the day before it. */
function dayOf(text: string, year: number, before: string | undefined): string | undefined {
  const [, ownYear, ownMonth = before?.slice(5, 7), day] = parts.exec(text)!
  if (ownMonth === undefined) return undefined
  const inYear = ownYear ?? (/\d\D+\d/.test(text) || before === undefined ? year : before.slice(0, 4))
  return `${inYear}-${ownMonth.padStart(2, '0')}-${day!.padStart(2, '0')}`
}
