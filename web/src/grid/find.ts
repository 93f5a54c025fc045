export interface Query {
  text: string
  matchCase: boolean
  wholeCell: boolean
  regExp: boolean
}

/** Which of the texts match, by place, and what each of those becomes when replaced. */
export interface Found {
  hits: number[]
  after: string[]
}

/** The query as a pattern; null when it is none. */
export function patternOf({ text, matchCase, wholeCell, regExp }: Query): RegExp | null {
  const source = regExp ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  try {
    return new RegExp(wholeCell ? `^(?:${source})$` : source, matchCase ? 'gu' : 'giu')
  } catch {
    return null
  }
}

/** Looks through texts, and where `by` is given says what they become; `$1` means a group only in a regular expression. */
export function findIn(texts: readonly string[], query: Query, by?: string): Found {
  const found: Found = { hits: [], after: [] }
  const pattern = patternOf(query)
  if (!pattern || query.text === '') return found
  for (let place = 0; place < texts.length; place++) {
    const text = texts[place]!
    if (text.search(pattern) < 0) continue
    found.hits.push(place)
    if (by !== undefined) found.after.push(query.regExp ? text.replace(pattern, by) : text.replace(pattern, () => by))
  }
  return found
}
