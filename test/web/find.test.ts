import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findIn, patternOf, type Query } from '../../web/src/grid/find.ts'
import { KEY_HELP } from '../../web/src/grid/keyHelp.ts'
import { commandOf } from '../../web/src/grid/keys.ts'
import { matches } from '../../web/src/grid/matches.ts'
import { zh } from '../../web/src/words/zh.ts'

const query = (text: string, more: Partial<Query> = {}): Query => ({
  text,
  matchCase: false,
  wholeCell: false,
  regExp: false,
  ...more,
})

describe('finding', () => {
  const texts = ['王伟', '王伟 A', 'a.b', 'A.B', 'axb', '1', '12', '']
  it.each<[string, Query, number[]]>([
    ['part of a cell', query('王'), [0, 1]],
    ['either case', query('a.b'), [2, 3]],
    ['one case', query('a.b', { matchCase: true }), [2]],
    ['the whole cell', query('1', { wholeCell: true }), [5]],
    ['a regular expression', query('^a.b$', { regExp: true }), [2, 3, 4]],
    ['alternatives as whole cells', query('1|a.b', { regExp: true, wholeCell: true, matchCase: true }), [2, 4, 5]],
    ['nothing by nothing', query('', { regExp: true }), []],
    ['nothing by what is no pattern', query('(', { regExp: true }), []],
  ])('%s', (_, sought, hits) => expect(findIn(texts, sought).hits).toEqual(hits))

  it('knows what is no pattern', () => {
    expect(patternOf(query('(', { regExp: true }))).toBeNull()
    expect(patternOf(query('('))).not.toBeNull()
  })

  it('replaces every match, word for word unless it is a regular expression', () => {
    expect(findIn(['1.1', 'x'], query('1'), '$&').after).toEqual(['$&.$&'])
    expect(findIn(['第3村'], query('第(\\d)村', { regExp: true }), '$1 号').after).toEqual(['3 号'])
    expect(findIn(['第3村'], query('第3村', { wholeCell: true }), '').after).toEqual([''])
  })

  it('takes plain text as it stands, whatever signs are in it', () => {
    const sign = fc.constantFrom(...'\\^$.*+?()[]{}|/-a1分 ')
    fc.assert(
      fc.property(
        fc.string({ unit: sign, minLength: 1, maxLength: 5 }),
        fc.string({ unit: sign }),
        fc.string({ unit: sign }),
        (sought, before, after) => {
          const text = before + sought + after
          const found = findIn([text, 'b'], query(sought, { matchCase: true }), '#')
          expect(found.hits).toEqual([0])
          expect(found.after[0]).toBe(text.replaceAll(sought, '#'))
        },
      ),
    )
  })
})

describe('the help', () => {
  const listed = Object.values(KEY_HELP).flatMap((keys) => Object.keys(keys))
  it('lists every key that has words, once', () => {
    expect([...listed].sort()).toEqual(Object.keys(zh.grid.keys.does).sort())
  })

  it('lists keys that do something', () => {
    const press = (keys: string) => {
      const parts = keys.split('+')
      const [ctrlKey, shiftKey, altKey] = ['Ctrl', 'Shift', 'Alt'].map((name) => parts.includes(name))
      const named: Record<string, string> = {
        'Esc': 'Escape',
        'Space': ' ',
        '↑': 'ArrowUp',
        '↓': 'ArrowDown',
        '← →': 'ArrowRight',
      }
      const key = parts.at(-1)!
      return commandOf({ key: named[key] ?? key, ctrlKey: ctrlKey!, shiftKey: shiftKey!, altKey: altKey!, metaKey: false })
    }
    // those that are no single key, are the browser's own events, or belong to the open editor
    const others = [
      'move',
      'jump',
      'ends',
      'extend',
      'leave',
      'addRange',
      'type',
      'newLine',
      'typeInRange',
      'handle',
      'copy',
      'paste',
      'transpose',
    ]
    const keys = Object.values(KEY_HELP).flatMap((group) => Object.entries(group))
    for (const [name, written] of keys)
      if (!others.includes(name)) for (const key of written.split(' / ')) expect(press(key), `${name}: ${key}`).not.toBeNull()
  })
})

it('a name answers to every word typed, in any order', () => {
  expect(matches('王伟 · 第3村 · 东河镇', '东河 王')).toBe(true)
  expect(matches('王伟 · 第3村 · 东河镇', '王 西河')).toBe(false)
  expect(matches('Wang', 'wA')).toBe(true)
  expect(matches('王伟', '')).toBe(true)
})
