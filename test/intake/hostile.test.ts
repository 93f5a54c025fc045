import { describe, expect, it } from 'vitest'
import { usualLimits } from '../../server/src/intake/limits.ts'
import { readBytes } from '../../server/src/intake/read-bytes.ts'
import { readFile } from '../../server/src/intake/read-file.ts'
import { lettersOf } from '../../server/src/intake/sheet.ts'
import { refused, table, taken } from './hostile.ts'
import { textRows, workbookOf } from './workbook.ts'

/** Making some of these files, and filling memory, takes its time on a busy machine. */
const patient = { timeout: 60_000 }

describe.each(Object.entries(refused))('%s', (code, files) => {
  it.each(Object.entries(files))('%s', patient, async (_, make) => {
    const read = code === 'file.tooLarge' ? readFile(make(), '名册.xlsx') : readBytes(make(), '名册.xlsx', usualLimits)
    await expect(read).rejects.toMatchObject({ code })
  })
})

it.each(Object.entries(taken))('reads %s', async (_, make) => {
  const [{ rows } = { rows: [] }, ...others] = await readBytes(make(), '名册.xlsx', usualLimits)
  expect(others).toEqual([])
  const texts = rows.map(({ row, cells }) => cells.map(({ column, kind, text }) => [row, column, kind, text]))
  const first = rows[0]!.row
  expect(texts).toEqual(
    table.map((cells, at) =>
      cells.flatMap((text, place) => (text === '' ? [] : [[at + first, lettersOf(place + 1), 'text', text]])),
    ),
  )
})

describe('on its thread', () => {
  const file = workbookOf([{ name: '一', rows: textRows(Array.from({ length: 3000 }, (_, at) => [`甲${at}`, '乙', '丙'])) }])

  it('is stopped when its time is over', async () => {
    await expect(readFile(file, '', { milliseconds: 1 })).rejects.toMatchObject({ code: 'file.tooMuch' })
  })

  it('is stopped when its memory is full', patient, async () => {
    const many = workbookOf([{ name: '一', rows: textRows(Array.from({ length: 60_000 }, (_, at) => [`甲${at}`, `乙${at}`])) }])
    await expect(readFile(many, '', { megabytes: 10 })).rejects.toMatchObject({ code: 'file.tooMuch' })
    expect((await readFile(many, ''))[0]!.rows).toHaveLength(60_000)
  })

  it('is stopped by who asked', async () => {
    await expect(readFile(file, '', { signal: AbortSignal.timeout(1) })).rejects.toMatchObject({ name: 'TimeoutError' })
    await expect(readFile(file, '', { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone')
  })

  it('says why a file is refused, with what its sentence takes', async () => {
    const far = Buffer.from(`${','.repeat(250)}甲`)
    await expect(readFile(far, '')).rejects.toMatchObject({ code: 'file.far', params: { cell: 'IQ1', columns: '200' } })
  })
})
