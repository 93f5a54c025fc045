import { exact, isZero, type Exact } from './exact.ts'

const NUMBER = /^(\d+\.?\d*|\.\d+)/
/** 2026-11-22, 3/4: dates and the like, which nobody meant to be worked out. After an = everything is. */
const LIKE_A_DATE = /^\d+([-/])\d+(\1\d+)*$/

/**
 * What a small sum comes to, exactly: + − × ÷ with brackets, as in `2-0.5*3` or `=11/2`. Undefined for text that is
 * none, a plain number or something like a date included, and where it would divide by nothing.
 */
export function calculated(text: string): Exact | undefined {
  const meant = text.startsWith('=')
  const plain = text.slice(meant ? 1 : 0).replaceAll(/\s/g, '')
  if (!meant && (!/[+\-*×/÷(]/.test(plain.slice(1)) || LIKE_A_DATE.test(plain))) return undefined
  const written = plain.replaceAll('×', '*').replaceAll('÷', '/')
  let at = 0

  function taken(signs: string): string | undefined {
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
    const [digits] = NUMBER.exec(written.slice(at)) ?? []
    if (digits === undefined) return undefined
    at += digits.length
    return exact(`0${digits}`)
  }

  const value = sum()
  return at === written.length ? value : undefined
}
