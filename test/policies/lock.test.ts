import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { files, folder, policies, textOf } from './policies.ts'

/** A policy that has graded anyone never changes: amend by a new file, not by a new hash. */
it('every policy file is the one that was locked', () => {
  const lines = readFileSync(join(folder, 'policies.lock'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const lock = Object.fromEntries(lines.map((line) => line.split(': ')))
  const found = Object.fromEntries(
    files.map((file) => [file.replace('.yaml', ''), createHash('sha256').update(textOf(file)).digest('hex')]),
  )
  expect(lock).toEqual(found)
})

it('every file is named for the policy it holds', () => {
  expect(policies.map(({ id }) => `${id}.yaml`)).toEqual(files)
})
