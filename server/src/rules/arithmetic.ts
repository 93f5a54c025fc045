import { exact, isZero, type Exact } from './fraction.ts'

const NUMBER = /^(\d+\.?\d*|\.\d+)/

/**
 * What a small sum comes to, exactly: + − × ÷ with brackets, as in `2-0.5*3` or `=11/2`. Blanks may stand between
 * numbers and signs, not inside a number. Undefined for text that is none, a plain number included, and where it would
 * divide by nothing. Whether text that looks like a date is meant as a sum, `cell-text.ts` decides.
 */
export function calculated(text: string): Exact | undefined {
  const meant = text.startsWith('=')
  const written = (meant ? text.slice(1) : text).replaceAll('×', '*').replaceAll('÷', '/')
  if (!meant && !/[+\-*/(]/.test(written.trimStart().slice(1))) return undefined
  let at = 0

  function blanks(): void {
    while (/\s/.test(written[at] ?? '')) at += 1
  }
  function taken(signs: string): string | undefined {
    blanks()
    const sign = written[at]
    if (sign === undefined || !signs.includes(sign)) return undefined
    at += 1
    return sign
  }
  function sum(): Exact | undefined {
    let left = product()
    for (let sign = taken('+-'); sign && left; sign = taken('+-')) {
      const right = product()
      left = right && (sign === '+' ? left.add(right) : left.sub(right))
    }
    return left
  }
  function product(): Exact | undefined {
    let left = factor()
    for (let sign = taken('*/'); sign && left; sign = taken('*/')) {
      const right = factor()
      if (!right || (sign === '/' && isZero(right))) return undefined
      left = sign === '*' ? left.mul(right) : left.div(right)
    }
    return left
  }
  function factor(): Exact | undefined {
    return taken('-') ? atom()?.neg() : atom()
  }
  function atom(): Exact | undefined {
    if (taken('(')) {
      const inner = sum()
      return taken(')') ? inner : undefined
    }
    blanks()
    const [digits] = NUMBER.exec(written.slice(at)) ?? []
    if (digits === undefined) return undefined
    at += digits.length
    return exact(`0${digits}`)
  }

  const value = sum()
  blanks()
  return at === written.length ? value : undefined
}
