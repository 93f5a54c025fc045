import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cleanName, typeOf } from '../../server/src/claim/content.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { list, openBaihe, pdf, propose, remove, send } from './baihe.ts'
import { newKey, readGrid } from './sheets.ts'

let county: County
let town: Caller
let bureau: Caller
let village: Caller
/** A sheet of the town that is being scored, and one of another town. */
let own: string
let foreign: string

beforeAll(async () => {
  county = await openCounty()
  ;[town, bureau, village] = (await Promise.all(['town', 'county', 'village'].map(county.signIn))) as [Caller, Caller, Caller]
  const mine = (await readGrid(town, county.cycle)).sheets
  own = mine[0]!.id
  foreign = (await readGrid(bureau, county.cycle)).sheets.find(({ id }) => !mine.some((one) => one.id === id))!.id
})
afterAll(() => county?.close())

const get = (id: string, { cookie }: Pick<Caller, 'cookie'>) => fetch(`${county.origin}/evidence/${id}`, { headers: { cookie } })
const filesOf = async (caller: Caller, sheet: string, field: string) => {
  const { data, errors } = await caller.ask<{ evidence: { may: boolean; files: { id: string; name: string; type: string }[] } }>(
    'query ($s: ID!, $f: ID!) { evidence(sheet: $s, field: $f) { may files { id name type size by } } }',
    { s: sheet, f: field },
  )
  if (errors) throw new Error(errors[0]!.extensions.code)
  return data.evidence
}
const marked = async (caller: Caller) => {
  const { data } = await caller.ask('query ($c: ID!) { evidenceCells(cycle: $c) { sheets fields } }', { c: county.cycle })
  return data.evidenceCells.sheets === '' ? [] : data.evidenceCells.fields.split('\n')
}
const sql = (text: string, values: unknown[] = []) => county.app.database.pool.query(text, values)

/** An archive of empty members, with what its list says of each. */
function archive(names: string[], { unpacked = 0, flags = 0 } = {}): Buffer {
  const locals: Buffer[] = []
  const list: Buffer[] = []
  for (const name of names) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50)
    local.writeUInt16LE(name.length, 26)
    locals.push(local, Buffer.from(name))
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50)
    entry.writeUInt16LE(flags, 8)
    entry.writeUInt32LE(unpacked, 24)
    entry.writeUInt16LE(name.length, 28)
    list.push(entry, Buffer.from(name))
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(Buffer.concat(locals).length, 16)
  return Buffer.concat([...locals, ...list, end])
}
const word = ['[Content_Types].xml', 'word/document.xml']

describe('the type of a file is told by its bytes', () => {
  it.each<[string, Buffer, string | undefined]>([
    ['a PDF', pdf(), 'pdf'],
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'jpg'],
    ['a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]), 'png'],
    ['a Word file', archive(word), 'docx'],
    ['a workbook', archive(['[Content_Types].xml', 'xl/workbook.xml']), 'xlsx'],
    ['nothing', Buffer.alloc(0), undefined],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), undefined],
    ['a page with a PDF in it', Buffer.from('<html>%PDF-1.7'), undefined],
    ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), undefined],
    ['a GIF', Buffer.from('GIF89a'), undefined],
    ['a program', Buffer.from('MZ\x90\x00'), undefined],
    ['an old Word file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), undefined],
    ['a plain archive', archive(['a.txt']), undefined],
    ['an archive that is both', archive([...word, 'xl/workbook.xml']), undefined],
    ['macros', archive([...word, 'word/vbaProject.bin']), undefined],
    ['a way out of the folder', archive([...word, '../../etc/passwd']), undefined],
    ['a bomb', archive(word, { unpacked: 2 ** 31 }), undefined],
    ['a password', archive(word, { flags: 1 }), undefined],
    ['a list that was cut off', archive(word).subarray(0, -40), undefined],
    ['a list that points outside', Buffer.concat([Buffer.from('PK\x03\x04'), archive(word).subarray(-22)]), undefined],
    ['the start of an archive only', Buffer.from('PK\x03\x04'), undefined],
  ])('%s', (_, bytes, type) => expect(typeOf(bytes)).toBe(type))

  it('and never fails, whatever the bytes', () => {
    for (let at = 0; at < 3000; at++) {
      const bytes = Buffer.concat([Buffer.from('PK\x03\x04'), archive(word)])
      randomBytes(8).copy(bytes, at % bytes.length)
      expect(['docx', undefined]).toContain(typeOf(bytes))
    }
  })
})

it.each([
  ['C:\\用户\\表彰.pdf', '表彰.pdf'],
  ['../../etc/passwd', 'passwd.pdf'],
  ['a\u202efdp.exe', 'afdp.exe.pdf'],
  ['一\u0000二\r\n三.PDF', '一二三.pdf'],
  ['证明.html', '证明.html.pdf'],
  ['"; filename=x.html', '_; filename=x.html.pdf'],
  ['', '佐证.pdf'],
  ['..', '佐证.pdf'],
  ['\ud800.pdf', '佐证.pdf'],
  [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(100)}.pdf`],
])('the name %j is kept as %j', (raw, name) => expect(cleanName(raw, 'pdf')).toBe(name))

describe('a file on a cell', () => {
  it('is given back as it was, to be saved and never shown', async () => {
    const bytes = pdf('原样')
    const { id } = await send(county, town, { sheet: own, field: 'i04' }, bytes, { name: '照片 (1)\u202e.html' })
    const response = await get(id!, bureau)
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes)
    const { headers } = response
    expect(headers.get('content-type')).toBe('application/pdf')
    expect(headers.get('content-disposition')).toMatch(
      /^attachment; filename=.*; filename\*=UTF-8''%E7%85%A7%E7%89%87%20%281%29\.html\.pdf$/,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(headers.get('cache-control')).toBe('no-store')
    expect(await marked(town)).toEqual(['i04'])
    expect(await filesOf(village, own, 'i04').catch(({ message }: Error) => message)).toMatchObject({
      may: false,
      files: [{ id, name: '照片 (1).html.pdf', type: 'pdf' }],
    })
    expect((await filesOf(town, own, 'i04')).may).toBe(true)
  })

  it('of the same content is stored once, and not twice in one place', async () => {
    const bytes = pdf('同样')
    const [one, other] = [
      await send(county, town, { sheet: own, field: 'i05' }, bytes),
      await send(county, town, { sheet: own, field: 'i06' }, bytes),
    ]
    expect(await send(county, town, { sheet: own, field: 'i05' }, bytes)).toMatchObject({ status: 409, code: 'evidence.twice' })
    const { rows } = await sql(
      'select f.id from evidence_file f join evidence_blob b using (county_id, sha256) where f.id in ($1, $2)',
      [one.id, other.id],
    )
    expect(rows).toHaveLength(2)
    const { rows: blobs } = await sql(
      'select 1 from evidence_blob where sha256 = (select sha256 from evidence_file where id = $1)',
      [one.id],
    )
    expect(blobs).toHaveLength(1)
  })

  it('sent again under its key is the same file; another under that key is refused', async () => {
    const key = newKey()
    const bytes = pdf()
    const first = await send(county, town, { sheet: own, field: 'i07' }, bytes, { key })
    expect(await send(county, town, { sheet: own, field: 'i07' }, bytes, { key })).toEqual(first)
    expect(await send(county, town, { sheet: own, field: 'i07' }, pdf(), { key })).toMatchObject({ code: 'key.used' })
    expect((await filesOf(town, own, 'i07')).files).toHaveLength(1)
  })

  it('that was removed is hidden; the chain keeps its name and its hash', async () => {
    const { id } = await send(county, town, { sheet: own, field: 'i08' }, pdf(), { name: '删去.pdf' })
    expect(await remove(bureau, id!)).toMatchObject({ code: 'evidence.closed' })
    const key = newKey()
    expect([await remove(town, id!, key), await remove(town, id!, key)]).toEqual([true, true])
    expect(await remove(town, id!)).toMatchObject({ code: 'evidence.unknown' })
    expect((await get(id!, town)).status).toBe(404)
    expect((await filesOf(town, own, 'i08')).files).toEqual([])
    expect(await marked(town)).not.toContain('i08')
    const { rows } = await sql(`select details from change_set where kind = 'evidence' and details ->> 'evidence' = $1`, [id])
    expect(rows.map(({ details }) => [details.name, details.sha256.length])).toEqual([
      ['删去.pdf', 64],
      ['删去.pdf', 64],
    ])
  })
})

describe('what is refused, and why', () => {
  it.each<[string, Buffer, number, string, string]>([
    ['a page named .pdf', Buffer.from('<!doctype html><script>top.x=1</script>'), 415, 'evidence.type', '只收 PDF'],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'evidence.type', '只收 PDF'],
    ['a bomb by its list', archive(word, { unpacked: 2 ** 31 }), 415, 'evidence.type', '只收 PDF'],
    ['no bytes', Buffer.alloc(0), 409, 'evidence.empty', '空的'],
    ['11 MB', Buffer.alloc(11 * 2 ** 20, '%PDF-1.7 '), 413, 'evidence.tooLarge', '10 MB'],
  ])('%s', async (_, bytes, status, code, says) => {
    expect(await send(county, town, { sheet: own, field: 'i09' }, bytes, { name: '证明.pdf' })).toEqual({
      status,
      code,
      says: expect.stringContaining(says),
    })
    expect((await filesOf(town, own, 'i09')).files).toEqual([])
  })

  it('10 MB to the byte are taken', async () => {
    const { id } = await send(
      county,
      town,
      { sheet: own, field: 'i09' },
      Buffer.concat([pdf(), Buffer.alloc(10 * 2 ** 20)]).subarray(0, 10 * 2 ** 20),
    )
    expect((await (await get(id!, town)).arrayBuffer()).byteLength).toBe(10 * 2 ** 20)
    await remove(town, id!)
  })

  it.each<[string, Record<string, string>, string]>([
    ['a form', { 'content-type': 'multipart/form-data; boundary=x' }, 'evidence.form'],
    ['text', { 'content-type': 'text/plain' }, 'evidence.form'],
    ['a packed body', { 'content-encoding': 'gzip' }, 'evidence.form'],
    ['a name that is no UTF-8', { 'x-file-name': '%E0%A4' }, 'evidence.form'],
    ['no key', { key: '' }, 'key.malformed'],
  ])('%s', async (_, headers, code) => {
    expect(await send(county, town, { sheet: own, field: 'i09' }, pdf(), { headers })).toMatchObject({ code })
  })

  it.each<[string, Record<string, string>, string]>([
    ['no place', {}, 'evidence.place'],
    ['two places', { field: 'i09', claim: '01900000-0000-7000-8000-000000000000' }, 'evidence.place'],
    ['a column that does not exist', { field: 'nothing' }, 'evidence.place'],
    ['a claim that does not exist', { claim: 'x' }, 'claim.unknown'],
  ])('%s', async (_, proves, code) => {
    expect(await send(county, town, { sheet: own, ...proves }, pdf())).toMatchObject({ code })
  })

  it('more than 20 in a place, and more than 200 MB of a town', async () => {
    for (let at = 0; at < 20; at++) expect((await send(county, town, { sheet: own, field: 'i10' }, pdf())).status).toBe(200)
    expect(await send(county, town, { sheet: own, field: 'i10' }, pdf())).toMatchObject({ code: 'evidence.tooMany' })
    await sql(
      'update evidence_file set size = 200 * 1024 * 1024 - 100 where field = $1 and id = (select min(id::text)::uuid from evidence_file where field = $1)',
      ['i10'],
    )
    expect(await send(county, town, { sheet: own, field: 'i11' }, pdf())).toMatchObject({ code: 'evidence.full' })
    await sql(`update evidence_file set size = 50 where size > 100000000`)
    expect((await send(county, town, { sheet: own, field: 'i11' }, pdf())).status).toBe(200)
  })

  it('where scores are not entered: who only reads the sheet, a town that has submitted', async () => {
    expect(await send(county, village, { sheet: own, field: 'i12' }, pdf())).toMatchObject({
      status: 409,
      code: 'evidence.closed',
    })
    expect(await send(county, bureau, { sheet: own, field: 'i12' }, pdf())).toMatchObject({
      status: 409,
      code: 'evidence.closed',
    })
    await sql(`update sheet set state = 'submitted', stage = 'panel' where id = $1`, [own])
    expect(await send(county, town, { sheet: own, field: 'i12' }, pdf())).toMatchObject({ code: 'evidence.closed' })
    const [file] = (await filesOf(town, own, 'i04')).files
    expect(await remove(town, file!.id)).toMatchObject({ code: 'evidence.closed' })
    await sql(`update sheet set state = 'open', stage = 'scoring' where id = $1`, [own])
  })
})

describe('somebody else’s', () => {
  it('sheet does not exist, nor do its files', async () => {
    const none = '01900000-0000-7000-8000-000000000000'
    expect(await send(county, town, { sheet: foreign, field: 'i04' }, pdf())).toEqual(
      await send(county, town, { sheet: none, field: 'i04' }, pdf()),
    )
    // As if the other town had added one.
    await sql(`insert into evidence_blob select county_id, 'x', '\\x25' from sheet where id = $1`, [foreign])
    const { rows } = await sql(
      `insert into evidence_file (county_id, id, sheet_id, field, sha256, name, type, size, account_id, by, at)
       select county_id, gen_random_uuid(), id, 'i04', 'x', 'a.pdf', 'pdf', 1, id, '某', now() from sheet where id = $1 returning id`,
      [foreign],
    )
    const { id } = rows[0]!
    expect((await get(id, bureau)).status).toBe(200)
    const answers = await Promise.all([get(id, town), get(none, town), get('x', town)])
    expect(await Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]))).toEqual(
      Array.from({ length: 3 }, () => [404, JSON.stringify({ code: 'evidence.unknown', says: '没有这份佐证，请刷新后再试。' })]),
    )
    expect(await remove(town, id)).toMatchObject({ code: 'evidence.unknown' })
    await expect(filesOf(town, foreign, 'i04')).rejects.toThrow('sheet.unknown')
  })

  it('claim takes no file of mine, and mine none under another sheet', async () => {
    const { cycle, sheets } = await openBaihe(county)
    const [sheet, beside] = sheets.filter(({ town: one }) => one === sheets[0]!.town) as [(typeof sheets)[0], (typeof sheets)[0]]
    const content = { rule: 'commended', level: 'city', matter: '甲' }
    const { id: claim } = (await propose(town, sheet.id, content)) as { id: string }
    expect(await send(county, village, { sheet: sheet.id, claim }, pdf())).toMatchObject({ code: 'evidence.claimClosed' })
    expect(await send(county, town, { sheet: beside.id, claim }, pdf())).toMatchObject({ code: 'claim.unknown' })
    expect(await send(county, town, { sheet: sheet.id, claim }, pdf())).toMatchObject({ status: 200 })
    expect((await list(village, cycle))[0]!.evidence).toHaveLength(1)
  })

  it('account: nobody without a session, one that was ended, an analyst', async () => {
    const [file] = (await filesOf(town, own, 'i04')).files
    const gone = await county.signIn('town')
    expect((await get(file!.id, gone)).status).toBe(200)
    await fetch(`${county.origin}/session`, { method: 'DELETE', headers: { cookie: gone.cookie } })
    for (const cookie of [gone.cookie, '', 'kaohe_session=x']) {
      expect((await get(file!.id, { cookie })).status).toBe(401)
      expect(await send(county, { cookie }, { sheet: own, field: 'i04' }, pdf())).toMatchObject({
        status: 401,
        code: 'signIn.needed',
      })
    }
    const analyst = await county.signIn('analyst')
    expect((await get(file!.id, analyst)).status).toBe(403)
  })
})
