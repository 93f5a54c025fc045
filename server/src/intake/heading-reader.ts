import type { Heading } from './headings.ts'

/** A heading without what people put into it: blanks, line breaks, colons, asterisks, brackets. */
export const normal = (text: string): string =>
  text.toLowerCase().replaceAll(/[\s:：*＊()（）[\]［］【】〔〕{}<>《》/／、，,。.．·・"“”_-]/g, '')

const withoutBrackets = (text: string): string => text.replaceAll(/[（(【[［〔][^（(【[［〔）)】\]］〕]*[）)】\]］〕]/g, '')
const inBrackets = /^\s*[（(【[［〔].*[）)】\]］〕]\s*$/s
const longest = 60

/** The field of a column, and how early its heading is named among the field's. */
export interface Known<F extends string> {
  field: F
  rank: number
}

/** Tells the field of a column by its headings from the top down. */
export type HeadingReader<F extends string> = (stack: readonly string[]) => Known<F> | undefined

export function headingReader<F extends string>(headings: readonly Heading<F>[]): HeadingReader<F> {
  const known = new Map<string, Known<F>>()
  for (const { field, names } of headings)
    for (const [rank, name] of names.entries()) if (!known.has(normal(name))) known.set(normal(name), { field, rank })
  const one = (text: string): Known<F> | undefined =>
    text.length > longest ? undefined : (known.get(normal(text)) ?? known.get(normal(withoutBrackets(text))))
  return (stack) => {
    // What stands under a known heading in brackets is a remark about it.
    const texts = stack.length > 1 && inBrackets.test(stack.at(-1)!) ? stack.slice(0, -1) : stack
    for (let from = 0; from < texts.length; from++) {
      const found = one(texts.slice(from).join(''))
      if (found) return found
    }
    return undefined
  }
}
