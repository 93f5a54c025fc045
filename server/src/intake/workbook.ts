import type { Left, Limits } from './limits.ts'
import { FileRefused } from './refused.ts'
import { readSheetPart, type Book } from './sheet-part.ts'
import type { SheetRead } from './sheet.ts'
import { showsDay } from './number-format.ts'
import { attribute, readXml } from './xml.ts'
import { openArchive, type Archive } from './zip.ts'

/** Reads a workbook: xlsx as any program writes it. */
export async function readWorkbook(bytes: Buffer, limits: Limits): Promise<SheetRead[]> {
  const archive = openArchive(bytes, limits)
  refuseOtherKinds(archive)
  const left = { ...limits }
  const main = (await relationsOf(archive, '', left)).find(({ type }) => type === 'officeDocument')?.target
  if (main === undefined || !archive.names.has(main)) throw new FileRefused('file.unknown')
  const relations = await relationsOf(archive, main, left)
  const { listed, from1904 } = await readList(archive, main, left)
  if (listed.length > limits.sheets)
    throw new FileRefused('file.sheets', { most: String(limits.sheets), found: String(listed.length) })
  const partOf = (type: string) => relations.find((one) => one.type === type && archive.names.has(one.target))?.target
  const [strings, styles] = [partOf('sharedStrings'), partOf('styles')]
  const book: Book = {
    limits,
    left,
    from1904,
    strings: strings === undefined ? [] : await readStrings(archive, strings, limits, left),
    days: styles === undefined ? [] : await readStyles(archive, styles, left),
  }
  const sheets: SheetRead[] = []
  const seen = new Set<string>()
  for (const { name, hidden, id } of listed) {
    const relation = relations.find((one) => one.id === id)
    // A sheet that is a chart, or a macro of old, has no cells.
    if (relation && relation.type !== 'worksheet') continue
    if (!relation || seen.has(relation.target)) throw new FileRefused('file.damaged', { part: name })
    seen.add(relation.target)
    sheets.push({ name, hidden, ...(await readSheetPart(archive.part(relation.target), name, book)) })
  }
  if (sheets.every(({ rows }) => rows.length === 0)) throw new FileRefused('file.noCells')
  return sheets
}

function refuseOtherKinds({ names }: Archive): void {
  const has = (pattern: RegExp): boolean => [...names].some((name) => pattern.test(name))
  if (has(/vbaproject\.bin$|^xl\/macrosheets\//)) throw new FileRefused('file.macros')
  if (names.has('xl/workbook.bin')) throw new FileRefused('file.xlsb')
  if (names.has('mimetype') && names.has('content.xml')) throw new FileRefused('file.ods')
  if (has(/^(word|ppt)\//)) throw new FileRefused('file.document')
  if (!names.has('[content_types].xml')) throw new FileRefused('file.archive')
}

interface Relation {
  id: string
  /** The last word of its type: the rest differs between the two editions of the standard. */
  type: string
  /** The part it leads to, by its name in the archive. */
  target: string
}

/** What a part refers to; the archive as a whole has the name ''. */
async function relationsOf(archive: Archive, part: string, left: Left): Promise<Relation[]> {
  const [folder, file] = [part.slice(0, part.lastIndexOf('/') + 1), part.slice(part.lastIndexOf('/') + 1)]
  const name = `${folder}_rels/${file}.rels`
  const relations: Relation[] = []
  if (!archive.names.has(name)) return relations
  await readXml(archive.part(name), name, left, {
    open: (tag, { Id, Type, Target, TargetMode }) => {
      if (tag !== 'Relationship' || TargetMode === 'External' || Id === undefined || Target === undefined) return
      relations.push({ id: Id, type: Type?.split('/').at(-1) ?? '', target: resolved(folder, Target) })
    },
  })
  return relations
}

function resolved(folder: string, target: string): string {
  const path: string[] = []
  const full = target.replaceAll('\\', '/').toLowerCase()
  for (const step of (full.startsWith('/') ? full : `${folder}${full}`).split('/'))
    if (step === '..') path.pop()
    else if (step !== '' && step !== '.') path.push(step)
  return path.join('/')
}

async function readList(archive: Archive, main: string, left: Left) {
  const listed: { name: string; hidden: boolean; id: string | undefined }[] = []
  let from1904 = false
  await readXml(archive.part(main), main, left, {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') from1904 = isOn(attributes.date1904)
      if (tag === 'sheet')
        listed.push({
          name: attributes.name ?? '',
          hidden: /hidden/i.test(attributes.state ?? ''),
          id: attribute(attributes, 'id'),
        })
    },
  })
  return { listed, from1904 }
}

const isOn = (flag: string | undefined): boolean => flag === '1' || flag === 'true'

/** The texts that cells refer to by their place; parts in several fonts are one text. */
async function readStrings(archive: Archive, name: string, limits: Limits, allowed: Left): Promise<string[]> {
  const strings: string[] = []
  let [text, inText, left] = ['', false, limits.characters]
  await readXml(archive.part(name), name, allowed, {
    open: (tag) => {
      if (tag === 'si') text = ''
      inText = tag === 't'
    },
    text: (part) => {
      if (inText) text += part
    },
    close: (tag) => {
      inText = false
      if (tag !== 'si') return
      left -= text.length + 1
      if (left < 0 || strings.length >= limits.cells) throw new FileRefused('file.tooMuch')
      strings.push(text)
    },
  })
  return strings
}

/** Spreadsheets take 65,490. */
const mostStyles = 100_000

/** For each style of cells whether it shows numbers as days. */
async function readStyles(archive: Archive, name: string, left: Left): Promise<boolean[]> {
  const codes = new Map<string, string>()
  const days: boolean[] = []
  let ofCells = false
  await readXml(archive.part(name), name, left, {
    open: (tag, { numFmtId, formatCode }) => {
      if (tag === 'numFmt' && numFmtId !== undefined && formatCode !== undefined) codes.set(numFmtId, formatCode)
      if (days.length + codes.size > mostStyles) throw new FileRefused('file.tooMuch')
      if (tag === 'cellXfs') ofCells = true
      if (tag === 'xf' && ofCells) days.push(showsDay(Number(numFmtId ?? 0), codes.get(numFmtId ?? '')))
    },
    close: (tag) => {
      if (tag === 'cellXfs') ofCells = false
    },
  })
  return days
}
