/** Text as bytes of GB18030, for characters of two bytes; there is no encoder, so the decoder is asked for all of them. */
export function gb18030(text: string): Buffer {
  codes ??= all()
  return Buffer.concat([...text].map((char) => codes!.get(char) ?? Buffer.from(char, 'latin1')))
}

let codes: Map<string, Buffer> | undefined

function all(): Map<string, Buffer> {
  const decoder = new TextDecoder('gb18030')
  const found = new Map<string, Buffer>()
  for (let lead = 0x81; lead <= 0xfe; lead++)
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const bytes = Buffer.from([lead, trail])
      const char = decoder.decode(bytes)
      if (trail !== 0x7f && [...char].length === 1) found.set(char, bytes)
    }
  return found
}
