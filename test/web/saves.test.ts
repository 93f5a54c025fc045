import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { parseTsv } from '../../web/src/grid/cellText.ts'
import { useSheet } from '../../web/src/grid/sheet.ts'
import type { Screen } from '../../web/src/grid/screen.ts'
import type { Kept, Keeping } from '../../web/src/grid/keep.ts'
import type { GridColumn, GridHost, SaveReply } from '../../web/src/grid/types.ts'
import { FakeServer } from '../browser/grid/fakeServer.ts'
import { WORDS } from '../browser/grid/words.ts'

const NOTHING: SaveReply = { changeSet: null, applied: [], conflicts: [], refused: [], rows: [] }
const ROWS = ['r0', 'r1']
const FIELDS = ['a', 'b']
const COLUMNS = FIELDS.map((field): GridColumn => ({
  field,
  title: field,
  kind: 'number',
  width: 80,
  editable: true,
  read: (raw) => (/^-?\d+$/.test(raw) ? { value: raw } : { refused: 'not a number' }),
}))

function newServer(): FakeServer {
  const server = new FakeServer(({ after }) => (Number(after) > 90 ? 'too much' : null))
  for (const row of ROWS) for (const field of FIELDS) server.cells.set(`${row}/${field}`, '1')
  return server
}
/** A sheet of two rows before a server in memory; the network does as it is told. */
function desk(server = newServer(), prefix = 'k') {
  let keys = 0
  const network: { fails: ('before' | 'after')[]; keys: string[]; typed: boolean[] } = {
    fails: [],

    keys: [],
    typed: [],
  }

  async function call(key: string, answer: () => SaveReply): Promise<SaveReply> {
    network.keys.push(key)
    await Promise.resolve()
    const fails = network.fails.shift()
    if (fails === 'before') throw new TypeError('Failed to fetch')
    const reply = structuredClone(answer())
    if (fails === 'after') throw Object.assign(new Error('gone'), { retry: true }) // done there, not heard here
    return reply
  }
  const host: GridHost = {
    save(edits, key, typed) {
      network.typed.push(typed)
      return call(key, () => server.save(edits, key))
    },
    undo: (changeSet, key) => call(key, () => server.undo(changeSet, key)),
    rowLocked: () => null,
    rowName: ({ id }) => id,
    baseState: () => 0,
    words: WORDS,
  }
  const sheet = useSheet(host, { pause: () => ({ over: Promise.resolve(), cut() {} }), newKey: () => `${prefix}${++keys}` })
  sheet.setColumns(COLUMNS)
  const column = (field: string) => ROWS.map((row) => server.value(row, field))
  sheet.replaceRows(ROWS, { a: column('a'), b: column('b') })
  const screen: Screen = {
    rowCount: () => ROWS.length,
    columnCount: () => FIELDS.length,
    rowAt: (row) => sheet.model.rows[row],
    fieldAt: (col) => FIELDS[col]!,
    indexOfRow: (id) => ROWS.indexOf(id),
    indexOfField: (field) => FIELDS.indexOf(field),
    repaint() {},
    refresh() {},
    replaceRows() {},
    flash() {},
    reveal() {},
    focus() {},
    refilter() {},
  }
  sheet.attach(screen)
  const shown = (row: string, field: string) => sheet.model.row(row)!.value(field)
  const type = (row: string, field: string, text: string) => sheet.type({ row, field }, text)
  const colleague = (row: string, field: string, value: string, heard = true) => {
    server.write(row, field, value)
    if (heard) sheet.landRemote([{ id: row, values: { [field]: value } }], '李会计')
  }
  const problem = (row: string, field: string) => sheet.problems.value.find((one) => one.row === row && one.field === field)
  return { server, network, sheet, shown, type, colleague, problem }
}

describe('saving', () => {
  it('keeps what was refused on the screen, until Esc takes it back', async () => {
    const { sheet, shown, type, problem } = desk()
    type('r0', 'a', '99')
    await sheet.flush()
    expect(shown('r0', 'a')).toBe('99')
    expect(problem('r0', 'a')).toMatchObject({ kind: 'refused', reason: 'too much', theirs: '1' })
    expect(sheet.unsaved.value).toBe(1)
    sheet.revert({ row: 'r0', field: 'a' })
    expect(shown('r0', 'a')).toBe('1')
    expect(sheet.unsaved.value).toBe(0)
  })

  it('tells the host what was typed by hand, and what was pasted into the editor or the grid', async () => {
    const { sheet, network } = desk()
    sheet.type({ row: 'r0', field: 'a' }, '2')
    sheet.type({ row: 'r0', field: 'b' }, '3', false)
    sheet.selection.select({ row: 1, col: 0 })
    sheet.typeInRange('4')
    sheet.paste([['5']])
    await sheet.flush()
    expect(network.typed).toEqual([true, false, true, false])
  })

  it('shows theirs in a conflict and offers mine', async () => {
    const { sheet, server, shown, type, colleague, problem } = desk()
    colleague('r0', 'a', '7', false)
    type('r0', 'a', '5')
    await sheet.flush()
    expect(shown('r0', 'a')).toBe('7')
    expect(problem('r0', 'a')).toMatchObject({ kind: 'conflict', mine: '5', theirs: '7' })
    sheet.keepMine({ row: 'r0', field: 'a' })
    await sheet.flush()
    expect(server.value('r0', 'a')).toBe('5')
    expect(problem('r0', 'a')).toBeUndefined()
  })

  it('builds on its own earlier edit, not on what the server had', async () => {
    const { sheet, server, type, problem } = desk()
    type('r0', 'a', '2')
    type('r0', 'a', '3')
    await sheet.flush()
    expect(server.value('r0', 'a')).toBe('3')
    expect(problem('r0', 'a')).toBeUndefined()
  })

  it('says what each edit stands on: the earlier one, as the server took it, or what was before one it refused', async () => {
    const { sheet, server, type } = desk()
    const save = vi.spyOn(server, 'save')
    const sent = (call: number) => save.mock.calls[call]![0].map(({ before, after }) => `${before}>${after}`)
    type('r0', 'a', '2')
    type('r0', 'a', '3')
    await sheet.flush()
    expect([sent(0), sent(1)]).toEqual([['1>2'], ['2>3']])

    type('r0', 'b', '99')
    type('r0', 'b', '4')
    await sheet.flush()
    expect(sent(3)).toEqual(['1>4'])

    save.mockImplementationOnce((edits) => ({
      ...NOTHING,
      changeSet: 'c',
      applied: edits.map(({ row, field }) => ({ row, field, value: '60' })),
    }))
    type('r1', 'a', '6')
    type('r1', 'a', '7')
    await sheet.flush()
    expect(sent(5)).toEqual(['60>7'])
  })

  it('reports a conflict once the text that hid it is put right', async () => {
    const { sheet, server, type, colleague, problem } = desk()
    colleague('r0', 'a', '8', false)
    type('r0', 'a', '5') // will conflict, under text that is not sent
    type('r0', 'a', 'oops')
    await sheet.flush()
    expect(problem('r0', 'a')).toMatchObject({ kind: 'invalid' })
    type('r0', 'a', '6')
    await sheet.flush()
    expect(problem('r0', 'a')).toMatchObject({ kind: 'conflict', mine: '6', theirs: '8' })
    expect(server.value('r0', 'a')).toBe('8')
  })

  it('gives the rows of a reply the last word, but not over what is typed since', async () => {
    const { sheet, server, shown, type } = desk()
    vi.spyOn(server, 'save').mockImplementationOnce(() => ({
      ...NOTHING,
      changeSet: 'c',
      applied: [{ row: 'r0', field: 'a', value: '5' }],
      rows: [{ id: 'r0', values: { a: '5', b: '4', total: '9' } }],
    }))
    type('r0', 'a', '5')
    type('r1', 'a', 'oops')
    await sheet.flush()
    expect([shown('r0', 'b'), shown('r0', 'total'), shown('r1', 'a')]).toEqual(['4', '9', 'oops'])
  })

  it('refuses a cell the reply is silent about', async () => {
    const { sheet, server, type, problem } = desk()
    vi.spyOn(server, 'save').mockImplementationOnce(() => NOTHING)
    type('r0', 'a', '5')
    await sheet.flush()
    expect(problem('r0', 'a')).toMatchObject({ kind: 'refused', mine: '5', reason: WORDS.unanswered })
  })

  it('sends refused text again when it is typed again', async () => {
    const { sheet, server, type, problem } = desk()
    vi.spyOn(server, 'save').mockImplementationOnce(() => {
      throw new Error('not now')
    })
    type('r0', 'a', '5')
    await sheet.flush()
    expect(problem('r0', 'a')).toBeDefined()
    type('r0', 'a', '5')
    await sheet.flush()
    expect(server.value('r0', 'a')).toBe('5')
  })

  it('forgets what could be redone when something new is done', async () => {
    const { sheet, type } = desk()
    type('r0', 'a', '5')
    sheet.undo()
    expect([sheet.canUndo.value, sheet.canRedo.value]).toEqual([false, true])
    type('r0', 'b', '5')
    expect([sheet.canUndo.value, sheet.canRedo.value]).toEqual([true, false])
    await sheet.flush()
  })

  it('does not overwrite a change it has not shown', async () => {
    const { sheet, server, type, colleague, problem, shown } = desk()
    type('r0', 'a', 'oops') // stays on the screen, hiding what the colleague writes
    colleague('r0', 'a', '8')
    expect(shown('r0', 'a')).toBe('oops')
    type('r0', 'a', '5')
    await sheet.flush()
    expect(server.value('r0', 'a')).toBe('8')
    expect(problem('r0', 'a')).toMatchObject({ kind: 'conflict', mine: '5', theirs: '8' })
  })

  it('undoes and redoes a whole action, leaving what a colleague wrote since', async () => {
    const { sheet, server, shown, colleague } = desk()
    sheet.selection.select({ row: 0, col: 0 }, { row: 1, col: 1 })
    sheet.paste(parseTsv('5\t6\r\n7\t8\r\n'))
    await sheet.flush()
    colleague('r1', 'b', '4')
    sheet.undo()
    await sheet.flush()
    expect(['r0/a', 'r0/b', 'r1/a', 'r1/b'].map((at) => server.cells.get(at))).toEqual(['1', '1', '1', '4'])
    expect(shown('r1', 'b')).toBe('4')
    sheet.redo()
    await sheet.flush()
    expect(['r0/a', 'r0/b', 'r1/a', 'r1/b'].map((at) => server.cells.get(at))).toEqual(['5', '6', '7', '4'])
  })

  it('takes refused and unreadable text back with the paste it came in, and brings it again', async () => {
    const { sheet, shown } = desk()
    sheet.selection.select({ row: 0, col: 0 }, { row: 0, col: 1 })
    sheet.paste(parseTsv('缺\t99'))
    await sheet.flush()
    expect([shown('r0', 'a'), shown('r0', 'b')]).toEqual(['缺', '99'])
    sheet.undo()
    await sheet.flush()
    expect([shown('r0', 'a'), shown('r0', 'b')]).toEqual(['1', '1'])
    expect(sheet.problems.value).toEqual([])
    sheet.redo()
    await sheet.flush()
    expect([shown('r0', 'a'), shown('r0', 'b')]).toEqual(['缺', '99'])
    expect(sheet.problems.value.map(({ kind }) => kind)).toEqual(['invalid', 'refused'])
  })

  it('tries again under the same key, in order, and is applied once', async () => {
    const { sheet, server, network, type } = desk()
    network.fails.push('before', 'after')
    type('r0', 'a', '5')
    type('r0', 'b', '6')
    await sheet.flush()
    expect(network.keys).toEqual(['k1', 'k1', 'k1', 'k2'])
    expect(server.appliedKeys).toEqual(['k1', 'k2'])
    expect(sheet.unsaved.value).toBe(0)
  })

  it('refuses every cell when the whole call is turned down', async () => {
    const { sheet, shown, type, problem, server } = desk()
    vi.spyOn(server, 'save').mockImplementation(() => {
      throw new Error('评分已截止')
    })
    type('r0', 'a', '5')
    await sheet.flush()
    expect(shown('r0', 'a')).toBe('5')
    expect(problem('r0', 'a')).toMatchObject({ kind: 'refused', reason: '评分已截止' })
  })

  it('keeps unsaved text when rows are loaded anew', async () => {
    const { sheet, shown, type } = desk()
    type('r0', 'a', '99')
    await sheet.flush()
    sheet.replaceRows(['r1', 'r0'], { a: ['2', '3'], b: ['2', '3'] })
    expect([shown('r0', 'a'), shown('r1', 'a'), shown('r0', 'b')]).toEqual(['99', '2', '3'])
    sheet.revert({ row: 'r0', field: 'a' })
    expect(shown('r0', 'a')).toBe('3')
  })
})

describe('whatever is typed, pasted, undone, refused or dropped, with a colleague at work', () => {
  const row = fc.constantFrom(...ROWS)
  const field = fc.constantFrom(...FIELDS)
  const text = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }).map(String) },
    { weight: 1, arbitrary: fc.constantFrom('99', '缺', '') },
  )
  const step = fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('type' as const), row, field, text }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('paste' as const), text: fc.array(text, { minLength: 4, maxLength: 4 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('colleague' as const),
        row,
        field,
        text: fc.constantFrom('21', '22'),
        heard: fc.boolean(),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'redo' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('keepMine' as const, 'takeTheirs' as const), row, field }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant('fail' as const), how: fc.constantFrom('before' as const, 'after' as const) }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ticks: fc.integer({ min: 1, max: 8 }) }) },
  )

  it('shows what the server has once all is quiet, or a mark with both; each key is applied once', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { server, network, sheet, shown, type, colleague, problem } = desk()
        for (const step of steps) {
          switch (step.do) {
            case 'type':
              type(step.row, step.field, step.text)
              break
            case 'paste': {
              const [a, b, c, d] = step.text
              sheet.selection.select({ row: 0, col: 0 }, { row: 1, col: 1 })
              sheet.paste(parseTsv(`${a}\t${b}\r\n${c}\t${d}\r\n`))
              break
            }
            case 'colleague':
              colleague(step.row, step.field, step.text, step.heard)
              break
            case 'undo':
              sheet.undo()
              break
            case 'redo':
              sheet.redo()
              break
            case 'keepMine':
              sheet.keepMine(step)
              break
            case 'takeTheirs':
              sheet.takeTheirs(step)
              break
            case 'fail':
              network.fails.push(step.how)
              break
            case 'wait':
              for (let tick = 0; tick < step.ticks; tick++) await Promise.resolve()
          }
        }
        await sheet.flush()
        // the feed catches up: what was not heard is heard now
        sheet.landRemote(
          ROWS.map((id) => ({ id, values: Object.fromEntries(FIELDS.map((at) => [at, server.value(id, at)])) })),
          '李会计',
        )

        for (const id of ROWS)
          for (const at of FIELDS) {
            const trouble = problem(id, at)
            if (trouble === undefined || trouble.kind === 'conflict') expect(shown(id, at)).toBe(server.value(id, at))
            else expect(shown(id, at)).toBe(trouble.mine)
            if (trouble) expect(trouble.theirs).toBe(server.value(id, at))
          }
        expect(sheet.unsaved.value).toBe(sheet.problems.value.filter(({ kind }) => kind !== 'conflict').length)
        expect(new Set(server.appliedKeys).size).toBe(server.appliedKeys.length)
        expect(network.keys.filter((key, at) => key !== network.keys[at - 1]).length).toBe(new Set(network.keys).size) // in order, never again
      }),
      { numRuns: 400 },
    ))

  it('never overwrites a colleague unseen: what they wrote last stays, unless the screen showed it first', () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), text, async (steps, last) => {
        const { server, sheet, type, colleague, network } = desk()
        for (const step of steps) {
          if (step.do === 'type') type(step.row, step.field, step.text)
          if (step.do === 'undo') sheet.undo()
          if (step.do === 'redo') sheet.redo()
          if (step.do === 'fail') network.fails.push(step.how)
        }
        await sheet.flush()
        colleague('r0', 'a', '21', false)
        type('r0', 'a', last)
        sheet.undo()
        sheet.redo()
        await sheet.flush()
        expect(server.value('r0', 'a')).toBe('21')
      }),
    ))
})

describe('a page that ends', () => {
  /** The browser's database in memory: what was told last is what the next page finds. */
  function drawer() {
    let last: Kept = { calls: [], texts: [], done: [], undone: [], changeSets: [] }
    const put = (tell: () => Keeping) => {
      const now = Object.entries(tell()).map(([list, items]) => [list, [...items.values()]])
      last = structuredClone(Object.fromEntries(now)) as Kept
    }
    return () => ({ found: structuredClone(last), keep: put, close() {} })
  }
  let pages = 0
  const newPage = () => `page${++pages} `
  const never = new Promise<SaveReply>(() => {})

  it('leaves calls that were not answered to the next one, which sends them once, in order', async () => {
    const server = newServer()
    const open = drawer()
    const first = desk(server, newPage())
    first.sheet.keepWith(open())
    first.network.fails = ['after']
    first.type('r0', 'a', '5') // done there, not heard here
    first.type('r0', 'a', '6')
    first.type('r0', 'b', '99') // to be refused
    first.type('r1', 'b', 'oops') // never sent
    const next = desk(server, newPage())
    next.sheet.keepWith(open())
    expect([next.shown('r0', 'a'), next.shown('r0', 'b'), next.shown('r1', 'b')]).toEqual(['6', '99', 'oops'])
    await next.sheet.flush()
    expect(server.value('r0', 'a')).toBe('6')
    expect(next.problem('r0', 'b')).toMatchObject({ kind: 'refused', mine: '99' })
    expect(next.problem('r1', 'b')).toMatchObject({ kind: 'invalid', mine: 'oops' })
    expect(next.network.typed).toEqual([true, true, true]) // by hand, as they were
    expect(new Set(server.appliedKeys).size).toBe(server.appliedKeys.length)
  })

  it('leaves its steps too: they can be taken back and done again', async () => {
    const open = drawer()
    const first = desk(newServer(), newPage())
    first.sheet.keepWith(open())
    first.type('r0', 'a', '5')
    first.type('r0', 'b', '6')
    await first.sheet.flush()
    first.sheet.undo()
    await first.sheet.flush()
    const next = desk(first.server, newPage())
    next.sheet.keepWith(open())
    expect([next.sheet.canUndo.value, next.sheet.canRedo.value]).toEqual([true, true])
    next.sheet.redo()
    await next.sheet.flush()
    expect(first.server.value('r0', 'b')).toBe('6')
    next.sheet.undo()
    next.sheet.undo()
    await next.sheet.flush()
    expect([first.server.value('r0', 'a'), first.server.value('r0', 'b')]).toEqual(['1', '1'])
  })

  it('leaves an undo on its way, also where something new was typed after it', async () => {
    const open = drawer()
    const first = desk(newServer(), newPage())
    first.sheet.keepWith(open())
    first.type('r0', 'b', '4')
    await first.sheet.flush()
    first.network.fails = Array.from({ length: 50 }, () => 'before')
    first.sheet.undo()
    first.type('r0', 'a', '2')
    const next = desk(first.server, newPage())
    next.sheet.keepWith(open())
    expect(next.shown('r0', 'b')).toBe('1')
    await next.sheet.flush()
    expect([next.shown('r0', 'b'), first.server.value('r0', 'b'), first.server.value('r0', 'a')]).toEqual(['1', '1', '2'])
  })

  it('does not overwrite what a colleague wrote while no page was open', async () => {
    const server = newServer()
    const open = drawer()
    const first = desk(server, newPage())
    vi.spyOn(server, 'save').mockReturnValueOnce(never as never)
    first.sheet.keepWith(open())
    first.type('r0', 'a', '5')
    server.write('r0', 'a', '7')
    const next = desk(server, newPage())
    next.sheet.keepWith(open())
    expect(next.shown('r0', 'a')).toBe('5')
    await next.sheet.flush()
    expect(server.value('r0', 'a')).toBe('7')
    expect(next.problem('r0', 'a')).toMatchObject({ kind: 'conflict', mine: '5', theirs: '7' })
    const last = desk(server, newPage())
    last.sheet.keepWith(open())
    expect(last.problem('r0', 'a')).toMatchObject({ kind: 'conflict', mine: '5' })
  })

  it('sends what is left for rows it does not show, and says what became of it', async () => {
    const open = drawer()
    const first = desk(newServer(), newPage())
    first.sheet.keepWith(open())
    first.network.fails = Array.from({ length: 50 }, () => 'before')
    first.type('r1', 'a', '8')
    const next = desk(first.server, newPage())
    next.sheet.replaceRows(['r0'], { a: ['1'], b: ['1'] })
    next.sheet.keepWith(open())
    await next.sheet.flush()
    expect(first.server.value('r1', 'a')).toBe('8')
    expect(next.sheet.unsaved.value).toBe(0)
  })

  it('wherever it ends, the next page shows what was typed last, and the server comes to hold it', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            row: fc.constantFrom(...ROWS),
            field: fc.constantFrom(...FIELDS),
            text: fc.constantFrom('2', '3', '4', '99', 'oops'),
            next: fc.constantFrom('wait', 'nothing', 'nothing', 'undo', 'crash', 'fail', 'unheard'),
          }),
          { maxLength: 14 },
        ),
        async (turns) => {
          const server = newServer()
          const open = drawer()
          let page = desk(server, newPage())
          page.sheet.keepWith(open())
          const cells = () => ROWS.flatMap((row) => FIELDS.map((field) => page.shown(row, field)))
          for (const { row, field, text, next } of turns) {
            if (next === 'fail') page.network.fails.push('before')
            if (next === 'unheard') page.network.fails.push('after')
            page.type(row, field, text)
            if (next === 'undo') page.sheet.undo()
            if (next === 'wait') await page.sheet.flush()
            if (next !== 'crash') continue
            const before = cells()
            page = desk(server, newPage())
            page.sheet.keepWith(open())
            expect(cells()).toEqual(before)
          }
          await page.sheet.flush()
          for (const row of ROWS)
            for (const field of FIELDS)
              if (!page.problem(row, field)) expect(page.shown(row, field)).toBe(server.value(row, field))
          expect(page.sheet.unsaved.value).toBe(page.sheet.problems.value.filter(({ kind }) => kind !== 'conflict').length)
        },
      ),
    ))
})
