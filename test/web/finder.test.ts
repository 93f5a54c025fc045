import { expect, it, vi } from 'vitest'
import { useFinder } from '../../web/src/parts/finder.ts'

async function loaded() {
  const ready = vi.fn()
  const finds = useFinder(ready)
  expect(finds('xqh', '许清和')).toBe(false) // not yet: the dictionary is on its way
  await vi.waitFor(() => expect(ready).toHaveBeenCalledOnce())
  return finds
}

it('finds a name by its characters without any dictionary', () => {
  const finds = useFinder(() => {
    throw new Error('nothing is to be fetched')
  })
  expect([finds('', '许清和'), finds(' 清 ', '许清和'), finds('砚溪', '许清和', '砚溪镇'), finds('张', '许清和')]).toEqual([
    true,
    true,
    true,
    false,
  ])
  expect(finds('B-2', 'b-2 组')).toBe(true)
  expect([finds('清 砚溪', '许清和', '砚溪镇'), finds('清 云泉', '许清和', '砚溪镇')]).toEqual([true, false])
})

it.each([
  ['xqh', '许清和', true],
  ['XQ', '许清和', true],
  ['qh', '许清和', true],
  ['xuqinghe', '许清和', true],
  ["xu'qing", '许清和', true],
  ['qing', '许清和', true],
  ['xh', '许清和', false],
  ['sx', '单小雨', true], // a surname is read as one: Shàn, not Dān
  ['dx', '单小雨', false],
  ['lv', '吕梁', true],
])('finds by pinyin: %s in %s is %s', async (query, name, found) => {
  const finds = await loaded()
  expect(finds(query, name)).toBe(found)
})
