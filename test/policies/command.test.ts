import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { typicalFacts } from '../../server/src/rules/fields.ts'
import { policies, xinyi } from './policies.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaohe-facts-'))
afterAll(() => rmSync(folder, { recursive: true }))

vi.stubEnv('KAOHE_LANG', 'en')
const { main } = await import('../../tools/policy.ts')

/** The command line without a process of its own. */
function policy(...words: string[]) {
  const lines = { log: [] as string[], error: [] as string[] }
  const spies = (['log', 'error'] as const).map((to) => vi.spyOn(console, to).mockImplementation((line) => lines[to].push(line)))
  const status = main(words)
  for (const spy of spies) spy.mockRestore()
  return { status, stdout: lines.log.join('\n'), stderr: lines.error.join('\n') }
}

it('runs as pnpm runs it', () => {
  const root = join(import.meta.dirname, '../..')
  const options = { cwd: root, env: { PATH: process.env.PATH, KAOHE_LANG: 'en' }, encoding: 'utf8' } as const
  const run = (...words: string[]) => spawnSync(process.execPath, ['tools/run.mjs', 'tools/policy.ts', ...words], options)
  expect(run('lint', 'xinyi-1')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('prints 28') })
  expect(run('dance')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('pnpm policy lint') })
}, 60_000)

function fileOf(name: string, content: unknown): string {
  const file = join(folder, name)
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}
const evaluate = (id: string, facts: unknown, ...more: string[]) =>
  policy('evaluate', '--policy', id, '--facts', fileOf('facts.json', facts), '--json', ...more)

it('runs every worked example of every policy', () => {
  const { status, stdout } = policy('examples')
  expect(status).toBe(0)
  for (const { id, examples } of policies) expect(stdout).toContain(`${id}: ${examples.length} passed, 0 failed`)
})

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
    [
      'the same person twice',
      'xinyi-1',
      [
        { id: 'a', facts: {} },
        { id: 'a', facts: {} },
      ],
      '1.id',
    ],
    ['a measure that is no number', 'yingkou-1', [{ facts: {}, measured: { daily: 'NaN' } }], '0.measured.daily'],
    ['a measure nobody knows', 'yingkou-1', [{ facts: {}, measured: { weekly: '80' } }], '0.measured.weekly'],
    ['a flag that is none', 'xinyi-1', [{ facts: {}, fullTime: 'yes' }], '0.fullTime'],
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

it('prints seats, candidates for elimination with the steps of the law, and pay', () => {
  const ten = Array.from({ length: 10 }, (_, at) => ({ id: `p${at}`, facts: {}, measured: { daily: String(80 + at) } }))
  const yingkou = JSON.parse(evaluate('yingkou-1', ten).stdout)
  expect(yingkou.eliminations).toMatchObject([{ base: '10', cap: 2, contested: [] }])
  const [last, next, ...others] = yingkou.eliminations[0].candidates
  expect([last.id, next.id, others]).toEqual(['p0', 'p1', []])
  expect(last.stepsMissing.length).toBeGreaterThan(0)
  expect(yingkou.people[0]).toMatchObject({ id: 'p0', leaves: 'candidate' })
  const baihe = JSON.parse(evaluate('baihe-1', [{ facts: {} }, { facts: {} }]).stdout)
  expect(baihe.pools).toMatchObject([{ heads: '2', perHead: '500.00', pool: '1000.00', left: '0.00' }])
  expect(baihe.people.map(({ yuan }: { yuan: string }) => yuan)).toEqual(['500.00', '500.00'])
})

describe('what another rule would change', () => {
  const facts = () => fileOf('facts.json', [{ id: 'a', town: 't', facts: { 'i07.accuracy': '93.4' } }])

  it('by other readings', () => {
    const choices = fileOf('choices.json', { 'IR-03': 'linear' })
    const { stdout, status } = policy('compare', '--policy', 'xinyi-1', '--facts', facts(), '--choices', choices)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^a .*-6 → -6\.6 \[.+\]$/m)
  })

  it('by another percentage', () => {
    const five = fileOf(
      'five.json',
      Array.from({ length: 5 }, (_, at) => ({
        id: `p${at}`,
        town: 't',
        facts: { ...typicalFacts(xinyi), 'i04.inexact': 4 - at },
      })),
    )
    const { stdout } = policy('compare', '--policy', 'xinyi-1', '--facts', five, '--percent', '0%', '--json')
    expect(JSON.parse(stdout).map(({ id }: { id: string }) => id)).toEqual(['p4'])
    expect(policy('compare', '--policy', 'xinyi-1', '--facts', five, '--percent', 'x').stderr).toContain('--percent x')
    expect(policy('compare', '--policy', 'xinyi-1', '--facts', five).stderr).toContain('--to ID')
  })

  it('by every other answer to an open question', () => {
    const { stdout } = policy('sensitivity', '--policy', 'xinyi-1', '--facts', facts(), '--json')
    const effects: { interpretation: string; option: string; changed: { id: string }[] }[] = JSON.parse(stdout)
    const linear = effects.find(({ interpretation, option }) => interpretation === 'IR-03' && option === 'linear')!
    expect(linear.changed).toMatchObject([{ id: 'a' }])
    expect(policy('sensitivity', '--policy', 'xinyi-1', '--facts', facts()).stdout).toContain('IR-03')
  })

  it('by another version, which does not differ from itself', () => {
    expect(policy('changes', 'xinyi-1', 'xinyi-1')).toMatchObject({ status: 0, stdout: '' })
    expect(policy('changes', 'xinyi-1', 'baihe-1').stdout).toContain(' → ')
    expect(policy('compare', '--policy', 'xinyi-1', '--to', 'xinyi-1', '--facts', facts())).toMatchObject({
      status: 0,
      stdout: '',
    })
  })
})
