/** Decimals as text, because points decide careers: no sum or rounding here passes through a binary float. */

const PLACES = 20
const UNIT = 10n ** BigInt(PLACES)

function scaled(text: string): bigint {
  const negative = text.startsWith('-')
  const [whole = '0', part = ''] = (negative ? text.slice(1) : text).split('.')
  const value = BigInt(whole) * UNIT + BigInt(part.slice(0, PLACES).padEnd(PLACES, '0'))
  return negative ? -value : value
}

/** Half-up to two places, without trailing zeros; '' stays ''. Text that is no decimal is given back as it is. */
export function twoPlaces(text: string): string {
  if (!/^-?\d+(\.\d{3,})?$/.test(text)) return text
  if (!text.includes('.')) return text
  const cent = UNIT / 100n
  const value = scaled(text)
  const cents = (value + (value < 0n ? -cent / 2n : cent / 2n)) / cent
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0')
  const shown = `${digits.slice(0, -2)}.${digits.slice(-2)}`.replace(/\.?0+$/, '')
  return cents < 0n ? `-${shown}` : shown
}

/** The sum of decimals, empty ones left out; '' when there is none. */
export function sumOf(texts: Iterable<string | null>): string {
  let hundredths = 0
  let rest = 0n
  let any = false
  for (const text of texts) {
    if (!text) continue
    any = true
    // Almost every value has two places at most: whole hundredths are exact as numbers and much faster.
    const point = text.indexOf('.')
    if (point < 0) hundredths += Number(text) * 100
    else if (text.length - point <= 3) hundredths += Number(text.slice(0, point) + text.slice(point + 1).padEnd(2, '0'))
    else rest += scaled(text)
  }
  if (!any) return ''
  const sum = rest + BigInt(hundredths) * (UNIT / 100n)
  const part = String(sum % UNIT)
    .padStart(PLACES, '0')
    .replace(/0+$/, '')
  return part ? `${sum / UNIT}.${part}` : String(sum / UNIT)
}
