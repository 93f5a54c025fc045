import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { policies } from './policies.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'kaohe-facts-'))
afterAll(() => rmSync(folder, { recursive: true }))

function policy(...words: string[]) {
  const env = { PATH: process.env.PATH, KAOHE_LANG: 'en' }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/run.mjs', 'tools/policy.ts', ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

function evaluate(id: string, facts: unknown) {
  const file = join(folder, 'facts.json')
  writeFileSync(file, typeof facts === 'string' ? facts : JSON.stringify(facts))
  return policy('evaluate', '--policy', id, '--facts', file, '--json')
}

it('runs every worked example of every policy', () => {
  const { status, stdout } = policy('examples')
  expect(status).toBe(0)
  for (const { id, examples } of policies) expect(stdout).toContain(`${id}: ${examples.length} passed, 0 failed`)
}, 30_000)

it.each(policies)('evaluates the facts file that the documents show for $id', ({ id }) => {
  const { status, stdout, stderr } = policy('evaluate', '--policy', id, '--facts', `docs/facts/${id}.json`, '--json')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(JSON.parse(stdout).people.length).toBeGreaterThan(0)
})

describe('facts that cannot stand are refused by their place', () => {
  it.each([
    ['an unknown fact', 'xinyi-1', { facts: { nothing: 1 } }, 'facts.nothing'],
    ['a negative count', 'xinyi-1', { facts: { 'i04.inexact': -1 } }, 'facts.i04.inexact'],
    ['more than the maximum', 'xinyi-1', { facts: { i04: 3 } }, 'facts.i04'],
    ['a percentage above a hundred', 'xinyi-1', { facts: { 'i07.accuracy': 101 } }, 'facts.i07.accuracy'],
    ['a word for a number', 'xinyi-1', { facts: { i04: 'NaN' } }, 'facts.i04'],
    ['an unknown level', 'baihe-1', { claims: [{ id: 'a', rule: 'news', level: 'moon', evidence: ['x'] }] }, 'claims.0.level'],
    ['a list in place of a person', 'xinyi-1', [[]], '0'],
    ['a person of a cohort', 'xinyi-1', [{ facts: {} }, { facts: { i04: 9 } }], '1.facts.i04'],
  ])('%s', (_, id, facts, path) => {
    const { status, stderr } = evaluate(id, facts)
    expect(status).toBe(1)
    expect(stderr).toContain(path)
    expect(stderr).not.toContain('    at ') // a sentence, no stack
  })

  it('a file that is no JSON, a policy that does not exist, a command that does not exist', () => {
    expect(evaluate('xinyi-1', '{').stderr).toContain('facts.json')
    expect(evaluate('nowhere-1', {}).stderr).toContain('nowhere-1')
    expect(policy('dance')).toMatchObject({ status: 1, stderr: expect.stringContaining('pnpm policy lint') })
  })
})
