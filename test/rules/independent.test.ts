import { expect, it } from 'vitest'
import { assess } from '../../server/src/rules/assess.ts'
import { exact, type Exact } from '../../server/src/rules/exact.ts'
import { fieldsOf } from '../../server/src/rules/fields.ts'
import { gradeCohort } from '../../server/src/rules/cohort.ts'
import { gradeAlone } from '../../server/src/rules/grade.ts'
import { pay } from '../../server/src/rules/pay.ts'
import { find, score } from '../../server/src/rules/score/index.ts'
import { policyOf, xinyi } from '../policies/policies.ts'
import * as second from './independent.ts'
import { chance } from './chance.ts'

const many = Number(process.env.KAOHE_PEOPLE ?? '20000')
/** Long enough for a busy machine; nothing is asserted about time. */
const timeout = 60_000 + many * 10
const same = (one: Exact, [n, d]: second.Part): boolean => one.s * one.n === n && one.d === d
const fields = fieldsOf(xinyi, {})

function xinyiFacts(luck: ReturnType<typeof chance>): Record<string, string> {
  const facts: Record<string, string> = {}
  for (const { id, kind, item, max } of fields) {
    if (kind === 'points') {
      if (luck.upTo(30) === 0) facts[id] = luck.pick(['0', '0.1', max, '1.3', '2'])
      continue
    }
    if (item !== undefined && facts[item] !== undefined && luck.upTo(3) > 0) continue
    if (luck.upTo(9) === 0) continue
    if (kind === 'flag') facts[id] = luck.upTo(item === undefined ? 40 : 12) === 0 ? 'yes' : 'no'
    if (kind === 'count') facts[id] = luck.pick(['0', '0', '0', '0', '1', '2', '3', '7', '40'])
    if (kind === 'percent') facts[id] = luck.pick(['100', '100', '100', '99.99', '99', '93.4', '89', '88.99', '50', '0'])
    if (kind === 'days') facts[id] = luck.pick(['0', '0', '0', '0', '4.5', '5', '6'])
    if (kind === 'part') facts[id] = luck.pick(['0', '0.5', max])
  }
  return facts
}

it(`scores and seats ${many} people of Xinyi as the second reckoning does`, { timeout }, () => {
  const luck = chance(20260101)
  let town: { id: string; group: { town: string }; fullTime: boolean; facts: Record<string, string>; total: Exact }[] = []
  let size = 7
  for (let at = 0; at < many; at += 1) {
    const facts = xinyiFacts(luck)
    const root = score(xinyi, {}, facts)
    const other = second.xinyi(facts)
    const wrong = Object.entries(other.items).filter(([id, points]) => !same(find(root, id)?.points ?? exact(-1), points))
    if (wrong.length > 0 || !same(root.points, other.total)) expect({ facts, wrong }).toEqual('the same')
    if ((gradeAlone(xinyi, {}, { total: root.points, facts }).grade === 'fail') !== other.failed)
      expect(facts).toEqual('failed alike')
    // Totals are drawn together, or a tie would never be seen.
    const total = exact(root.points.div(10).floor())
    town.push({ id: `p${at}`, group: { town: '镇' }, fullTime: luck.upTo(5) > 0, facts, total })
    if (town.length < size) continue
    const [group] = gradeCohort(
      xinyi,
      {},
      town.map((person) => ({ ...person, counted: true, missing: 0 })),
    ).groups
    const alike = second.xinyiSeats(
      town.map(({ id, total: points, fullTime, facts: own }) => ({
        id,
        total: [points.s * points.n, points.d] as const,
        failed: second.xinyi(own).failed,
        fullTime,
      })),
    )
    const seen = { seats: group?.cap, taken: group?.taken, contested: group?.contested.toSorted() }
    expect(seen).toEqual({ seats: alike.seats, taken: alike.seated.length, contested: alike.contested })
    town = []
    size = 1 + luck.upTo(30)
  }
})

function baiheClaims(luck: ReturnType<typeof chance>): second.Found[] {
  const evidence = () => (luck.upTo(9) === 0 ? [] : ['e'])
  const shared = (): { matter?: string } => (luck.upTo(2) === 0 ? { matter: `m${luck.upTo(3)}` } : {})
  const four = ['central', 'province', 'city', 'county']
  const claims = Array.from({ length: luck.upTo(8) }, (_, at): second.Found => {
    const rule = luck.pick(['commended', 'news', 'dataQuality', 'inspection', 'supervision', 'lastThree', 'spotCheck', 'news'])
    const base = { id: `c${at}`, rule, evidence: evidence(), ...shared() }
    if (rule === 'dataQuality' || rule === 'lastThree') return { ...base, place: luck.pick(['1', '2', '3', '4']) }
    const own = { ...base, level: luck.pick(rule === 'spotCheck' ? ['county', 'town'] : four) }
    if (rule === 'commended') return own
    if (rule === 'news') return { ...own, outlet: luck.pick(['main', 'other']), authors: luck.pick(['1', '1', '2', '3', '7']) }
    return own.matter === undefined ? { ...own, records: luck.pick(['1', '1', '2', '11']) } : own
  })
  const months = luck.upTo(4)
  for (let month = 1; month <= months; month += 1) {
    const [checked, right] = luck.pick([
      ['100', '100'],
      ['100', '92'],
      ['100', '90'],
      ['1000', '899'],
      ['10', '8'],
      ['10', '7'],
      ['100', '59'],
      ['10', '5'],
      ['100', '49'],
    ])
    claims.push({
      id: `m${month}`,
      rule: 'phoneCheck',
      month: String(month),
      of: '1000',
      checked,
      right,
      evidence: evidence(),
    } as second.Found)
  }
  return claims
}

it(`scores, grades and pays ${many} people of Baihe as the second reckoning does`, { timeout }, () => {
  const baihe = policyOf('baihe')
  const luck = chance(20260102)
  let pool: { id: string; group: { county: string }; score: Exact; other: second.Part }[] = []
  let size = 3
  for (let at = 0; at < many; at += 1) {
    const claims = baiheClaims(luck)
    const person = { facts: {}, claims: claims as never, ballots: [], absences: [], spotChecks: [], history: [] }
    const { score: root, alone } = assess(baihe, {}, person)
    const other = second.baihe(claims)
    if (!same(root.points, other)) expect({ claims, mine: root.points.toFraction(), other }).toEqual('the same')
    // Without a month's check the score is not whole, and nothing is graded on it.
    const whole = (claims as { rule: string }[]).some(({ rule }) => rule === 'phoneCheck')
    expect(alone.grade).toBe(whole ? second.baiheGrade(other) : null)
    const highest = score(baihe, { 'IR-28': 'highest' }, {}, { claims: claims as never }).points
    if (!same(highest, second.baihe(claims, ['dataQuality', 'commended']))) expect({ claims }).toEqual('the same, highest only')
    pool.push({ id: `p${at}`, group: { county: '县' }, score: root.points, other })
    if (pool.length < size) continue
    const shares = pay(baihe, {}, pool)[0]?.shares ?? []
    const paid = Object.fromEntries(shares.map(({ id, paid: own }) => [id, own.mul(100).n]))
    expect(paid).toEqual(second.baihePay(pool.map(({ id, other: points }) => ({ id, score: points }))))
    pool = []
    size = 1 + luck.upTo(20)
  }
})
