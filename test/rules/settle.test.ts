import { describe, expect, it } from 'vitest'
import { differenceSentence } from '../../server/src/rules/compare.ts'
import { canonical, exact } from '../../server/src/rules/exact.ts'
import { explain } from '../../server/src/rules/explain.ts'
import { typicalFacts } from '../../server/src/rules/fields.ts'
import { yuan } from '../../server/src/rules/pay.ts'
import { otherReadings } from '../../server/src/rules/policy/readings.ts'
import type { Policy } from '../../server/src/rules/policy/shape.ts'
import {
  countsOf,
  differences,
  movedPay,
  sensitivity,
  sensitivityInTurns,
  settle,
  type Entrant,
} from '../../server/src/rules/settle.ts'
import { triedSentence } from '../../server/src/rules/words.ts'
import { dossierOf, policies, policyOf, xinyi } from '../policies/policies.ts'

const blank = { claims: [], ballots: [], absences: [], spotChecks: [], history: [] }

/** The worked examples of a policy as people of two towns, some of them part-time, dismissed, gone or moved. */
const cohortOf = (policy: Policy): Entrant[] =>
  policy.examples
    .filter(({ choices }) => choices === undefined)
    .map((example, at, all) => ({
      id: `p${at}`,
      group: { town: at % 3 === 0 ? '甲' : '乙', county: '县' },
      fullTime: at % 5 !== 4,
      counted: at % 7 !== 6,
      yearShare: exact(at % 7 === 6 ? '0.25' : '1'),
      dismissed: at % 11 === 10,
      measured: { daily: exact(60 + ((at * 7) % 40)), annual: exact(60 + ((at * 3) % 20)) },
      postings: [
        ...(at % 13 === 12 ? [{ person: dossierOf(policy, all[at - 1]!), days: 100 }] : []),
        { person: dossierOf(policy, example), days: at % 13 === 12 ? 265 : 365 },
      ],
    }))

const moved = (...posts: [days: number, facts: Record<string, string>][]): Entrant => ({
  id: 'm',
  group: { town: '甲', county: '县' },
  fullTime: true,
  counted: true,
  postings: posts.map(([days, facts]) => ({ days, person: { ...blank, facts: { ...typicalFacts(xinyi), ...facts } } })),
})

describe.each(policies)('the cohort of $id', (policy) => {
  const people = cohortOf(policy)

  it('is told exactly what each other answer would change, as if everybody were worked out again', () => {
    const now = settle(policy, {}, people)
    const told = sensitivity(policy, {}, people)
    const again = otherReadings(policy, {}).flatMap(({ interpretation, option, choices }) => {
      const then = settle(policy, choices, people)
      const changed = differences(now, then)
      return changed.length > 0 ? [{ interpretation, option, changed, counts: countsOf(changed), yuan: movedPay(now, then) }] : []
    })
    expect(told).toEqual(again)
  })

  it('has a sentence for each difference, in both languages', () => {
    for (const { changed } of sensitivity(policy, {}, people))
      for (const one of changed.flatMap(({ differences: all }) => all))
        for (const lang of ['zh', 'en'] as const)
          expect(Object.values(differenceSentence(policy, one, lang)).join(' ')).not.toMatch(/undefined|NaN|未知|unknown/)
  })

  it('comes to the same whatever order people are listed in, and leaves out who takes no part', () => {
    const forwards = settle(policy, {}, people)
    const backwards = settle(policy, {}, people.toReversed())
    expect(new Map([...forwards.people].toSorted())).toEqual(new Map([...backwards.people].toSorted()))
    expect([...forwards.people.keys()]).toEqual(people.filter(({ counted }) => counted).map(({ id }) => id))
  })
})

describe('who moved within the year', () => {
  const one = moved([100, { 'i04.inexact': '3' }], [265, { 'i04.inexact': '0' }])

  it('has the mean of both posts, weighted by days, and its reasons', () => {
    const { score } = settle(xinyi, {}, [one]).people.get('m')!
    const parts = score.parts.map(({ id, points }) => [id, canonical(points)])
    expect(canonical(score.points)).toBe(canonical(exact('98.5').mul(100).add(exact(100).mul(265)).div(365)))
    expect(parts).toEqual([
      ['posting1', '98.5'],
      ['posting2', '100'],
    ])
    expect(explain(xinyi, score, 'en').says).toContain('weighted by days in post (100, 265)')
    expect(explain(xinyi, score, 'zh').says).toContain('按在岗天数（100、265）加权平均')
  })

  it('has the last post alone where IR-50 is read so, but the absences of the whole year', () => {
    const choices = { 'IR-50': 'lastOnly' }
    const { score } = settle(xinyi, choices, [one]).people.get('m')!
    expect(canonical(score.points)).toBe('100')
    expect(explain(xinyi, score, 'zh').says).toContain('只计最后一个岗位')
    expect(explain(xinyi, score, 'en').says).toContain('the last posting alone counts')
    const away = moved([100, { absentDays: '3' }], [265, { absentDays: '2' }])
    expect(
      settle(xinyi, choices, [away])
        .people.get('m')!
        .limits.map(({ value }) => value),
    ).toEqual(['5'])
  })

  it('lacks what is missing at either post, unless only the last counts', () => {
    const open = moved([100, {}], [265, {}])
    const lacking: Entrant = {
      ...open,
      postings: [{ days: 100, person: { ...blank, facts: {} } }, ...open.postings.slice(1)],
    }
    expect(settle(xinyi, {}, [lacking]).people.get('m')!.seat).toBe('incomplete')
    expect(settle(xinyi, { 'IR-50': 'lastOnly' }, [lacking]).people.get('m')!.seat).toBe('out')
  })
})

it('counts the average of the year to the day, and shows it to two places', () => {
  const town = Array.from({ length: 10 }, (_, at): Entrant => ({
    ...moved([365, { 'i04.inexact': String(at) }]),
    id: `p${at}`,
    yearShare: exact(at === 0 ? 100 : 365).div(365),
  }))
  const [quota] = settle(xinyi, { 'IR-08': 'average' }, town).quotas
  expect(quota).toMatchObject({ base: '9.27', cap: 1 })
  expect(settle(xinyi, {}, town).quotas[0]).toMatchObject({ base: '10', cap: 2 })
})

it('finds what the other readings of the pool would pay', () => {
  const baihe = policyOf('baihe')
  const people = ['a', 'b'].map((id): Entrant => ({
    id,
    group: { town: '甲', county: '县' },
    fullTime: true,
    counted: true,
    postings: [{ days: 365, person: { ...blank, facts: {} } }],
  }))
  const effects = sensitivity(baihe, {}, people).filter(({ interpretation }) => interpretation === 'IR-24')
  expect(effects.length).toBeGreaterThan(1)
  for (const { counts, changed } of effects) expect([counts.pay, changed.length]).toEqual([2, 2])
  const four = effects.find(({ option }) => baihe.pay?.perHead.options[option] === '400')!
  expect(yuan(four.yuan)).toBe('200.00')
})

describe('a difference in words', () => {
  const said = (kind: 'limit' | 'seat' | 'leaves' | 'grade' | 'points' | 'pay', before: string | null, after: string | null) => {
    const name = { zh: '名', en: 'Name' }
    return [
      differenceSentence(xinyi, { kind, id: 'x', name, before, after }, 'zh'),
      differenceSentence(xinyi, { kind, id: 'x', name, before, after }, 'en'),
    ].map(({ name: called, ...rest }) => `${called} ${rest.before ?? '∅'} → ${rest.after ?? '∅'}`)
  }
  it.each([
    ['points', '96/7', '13.5', ['名 13.71 → 13.5', 'Name 13.71 → 13.5']],
    ['points', null, '2', ['名 ∅ → 2', 'Name ∅ → 2']],
    ['limit', 'yes', null, ['名 是 → ∅', 'Name yes → ∅']],
    ['limit', '5', '6.5', ['名 5 → 6.5', 'Name 5 → 6.5']],
    ['limit', 'fail', 'pass', ['名 不合格 → 合格', 'Name Unqualified → Qualified']],
    ['grade', null, 'fail', ['名 待考核小组评定 → 不合格', 'Name the panel decides → Unqualified']],
    ['seat', 'in', 'contested', ['名 占名额 → 并列待裁定', 'Name has a seat → contends']],
    ['leaves', 'no', 'candidate', ['名 不在其列 → 列为候选', 'Name not proposed → proposed']],
    ['pay', '500', '1200.5', ['名 500 → 1200.5', 'Name 500 → 1200.5']],
  ] as const)('%s: %s to %s', (kind, before, after, sentences) => {
    const title = (id: string) => xinyi.grades.ladder.find((grade) => grade.id === id)!.title
    const expected = sentences.map((one) => one.replace('Unqualified', title('fail').en).replace('Qualified', title('pass').en))
    expect(said(kind, before, after)).toEqual(expected)
  })
})

it('hears the panel where a cohort is settled', () => {
  const [person] = [moved([365, { 'i04.inexact': '1' }])]
  const panel = { grade: 'pass', reason: '小组评议' }
  const ruled = { ...person!, postings: [{ days: 365, person: { ...person!.postings[0]!.person, panel } }] }
  expect(settle(xinyi, {}, [person!]).people.get('m')!.grade).toBeNull()
  expect(settle(xinyi, {}, [ruled]).people.get('m')!.grade).toBe('pass')
})

it('counts as incomplete who lacks what a condition asks about', () => {
  const district = policyOf('district')
  const nobody = { ...moved([365, {}]), postings: [{ days: 365, person: { ...blank, facts: {} } }] }
  expect(settle(district, {}, [nobody]).people.get('m')!.seat).toBe('incomplete')
})

const option = policyOf('district').aspects.find(({ id }) => id === 'reports')!.options![1]!
it.each([
  [undefined, '没有记录', 'Nothing recorded'],
  ['yes', '记录为 是，未触发', 'Recorded: yes; not hit'],
  ['no', '记录为 否，未触发', 'Recorded: no; not hit'],
  ['2.5', '记录为 2.5，未触发', 'Recorded: 2.5; not hit'],
  [option.id, `记录为 ${option.title.zh}，未触发`, `Recorded: ${option.title.en}; not hit`],
])('a limit that was not hit tells what is recorded: %s', (value, zh, en) => {
  const limit = { id: 'x', title: { zh: '', en: '' }, fact: 'x', clause: 'c', ...(value === undefined ? {} : { value }) }
  const district = policyOf('district')
  expect([triedSentence(district, limit, 'zh'), triedSentence(district, limit, 'en')]).toEqual([zh, en])
})

describe('what is settled', () => {
  const baihe = policyOf('baihe')
  const plain = (id: string, more: Partial<Entrant> = {}): Entrant => ({
    id,
    group: { town: '甲', county: '县' },
    fullTime: true,
    counted: true,
    postings: [{ days: 365, person: { ...blank, facts: {} } }],
    ...more,
  })

  it('names those whom the elimination would propose, those who contend, and nobody where there is none', () => {
    const yingkou = policyOf('yingkou')
    const daily = [70, 80, 80, 90, 91, 92, 93, 94, 95, 96]
    const people = daily.map((points, at) => plain(`p${at}`, { measured: { daily: exact(points) } }))
    const { people: found } = settle(yingkou, {}, people)
    expect([...found.values()].slice(0, 4).map(({ leaves }) => leaves)).toEqual(['candidate', 'contested', 'contested', 'no'])
    expect(settle(xinyi, {}, [plain('p')]).people.get('p')).not.toHaveProperty('leaves')
    expect(settle(yingkou, {}, [plain('p')]).people.get('p')!.leaves).toBe('no') // without the measure
  })

  it('gives seats where there is a quota, and pay where there is a pool, to those who take part', () => {
    const people = [plain('a'), plain('b'), plain('gone', { counted: false })]
    const paid = settle(baihe, {}, people)
    expect(paid.pools.map(({ heads }) => heads.toFraction())).toEqual(['2'])
    expect([...paid.people.keys()]).toEqual(['a', 'b'])
    expect(paid.people.get('a')).not.toHaveProperty('seat')
    const ranked = settle(xinyi, {}, people).people.get('a')!
    expect(ranked).toHaveProperty('seat')
    expect(ranked).not.toHaveProperty('pay')
  })

  it('is one tree for one post, and for several a tree of theirs that lacks what they lack', () => {
    const one = settle(xinyi, {}, [moved([365, {}])]).people.get('m')!.score
    expect(one.parts.map(({ id }) => id)).toEqual(xinyi.sections.map(({ id }) => id))
    const open = { days: 100, person: { ...blank, facts: {} } }
    const full = moved([265, {}]).postings[0]!
    const several = settle(xinyi, {}, [{ ...moved([365, {}]), postings: [open, full] }]).people.get('m')!.score
    expect(several.missing).toEqual(several.parts[0]!.missing)
    expect(several.missing.length).toBeGreaterThan(5)
    expect(several).toMatchObject({ id: 'total', clause: one.clause, name: one.name })
  })

  it('differs for nobody from itself', () => {
    const people = [plain('a'), plain('b')]
    expect(differences(settle(xinyi, {}, people), settle(xinyi, {}, people))).toEqual([])
  })
})

it('lets others have their turn while a county is worked out', { timeout: 60_000 }, () => {
  const facts = typicalFacts(xinyi)
  const many = Array.from({ length: 1200 }, (_, at): Entrant => ({
    ...moved([365, {}]),
    id: `p${at}`,
    postings: [{ days: 365, person: { ...blank, facts } }],
  }))
  const turns = sensitivityInTurns(xinyi, {}, many)
  expect([turns.next().value, turns.next().value, turns.next().value]).toEqual([null, null, null]) // 500, 1000, all
  const found = [...turns].filter((effect) => effect !== null)
  expect(found).toEqual(sensitivity(xinyi, {}, many))
  expect(found.length).toBeGreaterThan(0)
})
