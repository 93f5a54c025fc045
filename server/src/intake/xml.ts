import { SaxesParser } from 'saxes'
import type { Left } from './limits.ts'
import { FileRefused } from './refused.ts'

/** What is told of a part while it is read; names come without their prefix. */
export interface Watch {
  open?: (name: string, attributes: Record<string, string>) => void
  close?: (name: string) => void
  text?: (text: string) => void
}

/** Additions of later editions and readings above characters: what stands in them is no part of a cell's value. */
const aside = new Set(['extLst', 'rPh', 'AlternateContent'])
const deepest = 100
/** Bytes without an element in them. */
const longestPlain = 2 ** 20

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

/** An attribute by its name without prefix. */
export const attribute = (attributes: Record<string, string>, name: string): string | undefined =>
  attributes[name] ?? Object.entries(attributes).find(([key]) => key.endsWith(`:${name}`))?.[1]

/** Reads a part of a workbook as it is unpacked. Declarations of a document type are refused: nothing needs them but attacks. */
export async function readXml(part: AsyncIterable<Buffer>, name: string, left: Left, watch: Watch): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let [depth, skipped, plain] = [0, 0, 0]
  let decoder: TextDecoder | undefined
  parser.on('error', () => {
    throw new FileRefused('file.damaged', { part: name })
  })
  parser.on('doctype', () => {
    throw new FileRefused('file.doctype')
  })
  parser.on('opentag', (tag) => {
    plain = 0
    left.elements -= 1
    if (left.elements < 0) throw new FileRefused('file.tooMuch')
    if (++depth > deepest) throw new FileRefused('file.damaged', { part: name })
    const tagName = local(tag.name)
    if (skipped > 0 || aside.has(tagName)) skipped += 1
    else watch.open?.(tagName, tag.attributes)
  })
  parser.on('closetag', (tag) => {
    depth -= 1
    if (skipped > 0) skipped -= 1
    else watch.close?.(local(tag.name))
  })
  const told = (text: string): void => {
    if (skipped === 0) watch.text?.(text)
  }
  parser.on('text', told)
  parser.on('cdata', told)
  const decode = (chunk?: Buffer): string => {
    try {
      return decoder!.decode(chunk, { stream: chunk !== undefined })
    } catch {
      throw new FileRefused('file.damaged', { part: name })
    }
  }
  for await (const chunk of part) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true })
    plain += chunk.length
    parser.write(decode(chunk))
    if (plain > longestPlain) throw new FileRefused('file.tooMuch')
  }
  if (!decoder) throw new FileRefused('file.damaged', { part: name })
  parser.write(decode()).close()
}

const encodingOf = (start: Buffer): string =>
  start[0] === 0xff && start[1] === 0xfe ? 'utf-16le' : start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8'
