import { expect, it } from 'vitest'
import { en } from '../../web/src/words/en.ts'
import { zh } from '../../web/src/words/zh.ts'

const leaves = (words: object, path = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  )
/** Written in the other language on purpose: the switch names the language it leads to. */
const exempt = ['app.language']
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

it('says everything in both languages, and each in its own', () => {
  const [chinese, english] = [new Map(leaves(zh)), new Map(leaves(en))]
  expect([...english.keys()]).toEqual([...chinese.keys()])
  for (const [key, text] of chinese) {
    if (exempt.includes(key)) continue
    expect(text, key).not.toBe('')
    expect(english.get(key), key).not.toMatch(/\p{Script=Han}/u)
    if (/[a-z]{3}/i.test(text.replace(/\{\w+\}/g, '').replace(/Ctrl|Delete|Enter|Tab|Esc|JSON|Authorization: Bearer/g, '')))
      expect.unreachable(`${key}: ${text}`)
  }
})

it('puts the same things into a sentence in both languages', () => {
  const english = new Map(leaves(en))
  for (const [key, text] of leaves(zh)) expect(placeholders(english.get(key)!), key).toEqual(placeholders(text))
})
