/**
 * Xinyi and Baihe a second time, written from the regulations and sharing no code with the server: plain functions, no
 * policy file, default readings. What both say alike is unlikely to be the same slip twice.
 */

/** A fraction of whole numbers, always reduced, the denominator positive. */
export type Part = readonly [bigint, bigint]

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
export function part(n: bigint, d = 1n): Part {
  const by = gcd(n, d) || 1n
  return d < 0n ? [-n / by, -d / by] : [n / by, d / by]
}
export const add = (a: Part, b: Part): Part => part(a[0] * b[1] + b[0] * a[1], a[1] * b[1])
const times = (a: Part, b: Part): Part => part(a[0] * b[0], a[1] * b[1])
const minus = (a: Part): Part => [-a[0], a[1]]
export const less = (a: Part, b: Part): boolean => a[0] * b[1] < b[0] * a[1]
const none: Part = [0n, 1n]
const whole = (n: number): Part => [BigInt(n), 1n]
const total = (all: readonly Part[]): Part => all.reduce(add, none)

/** '93.4' as 934/10. */
export function read(text: string): Part {
  const [whole_ = '0', after = ''] = text.split('.')
  return part(BigInt(whole_ + after), 10n ** BigInt(after.length))
}

type Facts = Readonly<Record<string, string>>

/** One item of the Xinyi sheet from what was recorded: counts as numbers, flags, percentages. */
interface Line {
  many: (id: string) => Part
  is: (id: string) => boolean
  rate: (id: string) => Part | undefined
}

const hundred = whole(100)
const off = (line: Line, ...pairs: [string, string][]): Part =>
  minus(total(pairs.map(([id, each]) => times(line.many(id), read(each)))))
const cost = (yes: boolean, points: string): Part => (yes ? minus(read(points)) : none)
const share = (of: string, rate: Part | undefined): Part =>
  rate === undefined ? none : times(read(of), times(less(hundred, rate) ? hundred : rate, part(1n, 100n)))

/** Nought when the item is lost outright (不得分). */
const lost = undefined

/** 附件1, items 4 to 24: the greatest points, and what is left of them before the floor. */
const sheet: Record<string, [max: number, left: (line: Line) => Part | undefined]> = {
  i04: [
    2,
    (l) => (l.is('unkept') || l.is('petition') ? lost : add(whole(2), off(l, ['inexact', '0.5'], ['wrongAnswers', '0.5']))),
  ],
  i05: [4, (l) => add(whole(4), off(l, ['attendance', '1'], ['unreported', '1'], ['rota', '0.5']))],
  i06: [6, (l) => ([l.rate('entryRate'), l.rate('dynamicRate')].every((rate) => rate && !less(rate, hundred)) ? whole(6) : lost)],
  i07: [
    11,
    (l) => {
      const accuracy = l.rate('accuracy')
      if (!accuracy) return lost
      const gap = add(hundred, minus(accuracy))
      return less(none, gap) ? add(whole(11), minus(part(gap[0] / gap[1]))) : whole(11)
    },
  ],
  i08: [5, (l) => (l.is('untimely') ? lost : add(whole(5), off(l, ['errors', '0.5'])))],
  i09: [11, (l) => add(whole(11), off(l, ['missingClasses', '1'], ['entries', '0.5'], ['undetailed', '4']))],
  i10: [2, (l) => add(whole(2), off(l, ['late', '0.5'], ['unrecorded', '0.2']))],
  i11: [10, (l) => total([whole(10), cost(l.is('latePublication'), '3'), cost(l.is('taskMissed') || l.is('noRecord'), '7')])],
  i12: [4, (l) => (l.is('noAssistance') || l.is('falseReview') ? lost : add(whole(4), off(l, ['lateRegistration', '0.5'])))],
  i13: [4, (l) => total([whole(4), cost(l.is('noTracking'), '3'), cost(l.is('graduates'), '1')])],
  i14: [2, (l) => (l.is('noTraining') || l.is('rateMissed') ? lost : whole(2))],
  i15: [3, (l) => (l.is('badLoan') ? lost : add(whole(3), cost(l.is('serviceLacking'), '2')))],
  i16: [5, (l) => add(l.many('publicity'), l.many('enrolment'))],
  i17: [4, (l) => (l.is('fraud') ? lost : add(whole(4), off(l, ['missed', '1'], ['wrong', '1'])))],
  i18: [
    3,
    (l) =>
      total([whole(2), l.many('cards'), cost(l.is('missingClass'), '1'), off(l, ['unclear', '0.5']), cost(l.is('late'), '0.5')]),
  ],
  i19: [2, (l) => add(whole(2), off(l, ['missingClasses', '1'], ['inexactClasses', '0.5']))],
  i20: [6, (l) => add(whole(6), off(l, ['fields', '0.1'], ['complaints', '0.5']))],
  i21: [8, (l) => add(whole(8), off(l, ['papers', '0.5'], ['verification', '0.2']))],
  i22: [3, (l) => add(share('3', l.rate('completion')), off(l, ['diverted', '0.1']))],
  i23: [2, (l) => add(whole(2), off(l, ['late', '0.5']))],
  i24: [3, (l) => total([share('3', l.rate('issued')), cost(l.is('ledger'), '1'), off(l, ['lost', '0.5'])])],
}

export interface XinyiResult {
  items: Record<string, Part>
  total: Part
  /** Veto or five days of absence: whatever the points. */
  failed: boolean
}

export function xinyi(facts: Facts): XinyiResult {
  const items: Record<string, Part> = {}
  for (const [id, [max, left]] of Object.entries(sheet)) {
    const given = facts[id]
    if (given !== undefined) {
      items[id] = less(whole(max), read(given)) ? whole(max) : read(given)
      continue
    }
    if (!Object.keys(facts).some((field) => field.startsWith(`${id}.`))) {
      items[id] = none
      continue
    }
    const points = left({
      many: (field) => read(facts[`${id}.${field}`] ?? '0'),
      is: (field) => facts[`${id}.${field}`] === 'yes',
      rate: (field) => (facts[`${id}.${field}`] === undefined ? undefined : read(facts[`${id}.${field}`] ?? '0')),
    })
    items[id] = points === lost || less(points, none) ? none : less(whole(max), points) ? whole(max) : points
  }
  const vetoed = ['v1', 'v2', 'v3'].some((id) => facts[id] === 'yes')
  const absent = !less(read(facts.absentDays ?? '0'), whole(5))
  return { items, total: total(Object.values(items)), failed: vetoed || absent }
}

/** 六（4）: who in one town is excellent for certain, and who ties for what is left, of those given in any order. */
export function xinyiSeats(town: readonly { id: string; total: Part; failed: boolean; fullTime: boolean }[]) {
  const seats = Math.floor((town.filter(({ fullTime }) => fullTime).length * 20) / 100)
  // Seats counted on full-time people are theirs.
  const standing = town.filter(({ failed, fullTime }) => fullTime && !failed)
  const seated: string[] = []
  const contested: string[] = []
  for (const person of standing) {
    const ahead = standing.filter((other) => less(person.total, other.total)).length
    const equal = standing.filter((other) => !less(person.total, other.total) && !less(other.total, person.total)).length
    if (ahead + equal <= seats) seated.push(person.id)
    else if (ahead < seats) contested.push(person.id)
  }
  return { seats, seated: seated.sort(), contested: contested.sort() }
}

/** A claim as Baihe's article 18 knows it. */
export interface Found {
  id: string
  rule: string
  matter?: string
  level?: string
  place?: string
  records?: string
  outlet?: string
  authors?: string
  checked?: string
  right?: string
  evidence: readonly string[]
}

const fourLevels = (a: number, b: number, c: number, d: number): Record<string, Part> => ({
  central: whole(a),
  province: whole(b),
  city: whole(c),
  county: whole(d),
})
/** 第十八条: bonuses 1 and 4, deductions 1, 2 and 4. */
const byLevel: Record<string, Record<string, Part>> = {
  commended: fourLevels(4, 3, 2, 1),
  news: fourLevels(4, 3, 2, 1),
  inspection: fourLevels(5, 4, 3, 2),
  supervision: fourLevels(4, 3, 2, 1),
  spotCheck: { county: whole(1), town: part(1n, 2n) },
}
const byPlace = [whole(3), whole(2), whole(1)]

/** The most that each matter brings, added up: a matter counts once. */
function onceEach(worth: readonly { matter: string; points: Part }[]): Part {
  const best = new Map<string, Part>()
  for (const { matter, points } of worth) {
    const before = best.get(matter) ?? none
    best.set(matter, less(before, points) ? points : before)
  }
  return total([...best.values()])
}

const matterOf = ({ matter, rule, id }: Found): string => (matter === undefined ? `only ${rule} ${id}` : `matter ${matter}`)

interface Bonus {
  rule: string
  matter: string
  points: Part
}

/** The most that any allowed choice brings, all of them tried: a matter once, and one of each rule that takes its highest. */
export function most(bonuses: readonly Bonus[], highestOnly: readonly string[]): Part {
  const [first, ...rest] = bonuses.filter(({ points }) => less(none, points))
  if (!first) return none
  const without = most(rest, highestOnly)
  const left = rest.filter(({ rule, matter }) => matter !== first.matter && !(rule === first.rule && highestOnly.includes(rule)))
  const withIt = add(first.points, most(left, highestOnly))
  return less(without, withIt) ? withIt : without
}

/** 第十三条、第十八条: 100 plus what is added less what is taken; of some rules only the highest is. */
export function baihe(claims: readonly Found[], highestOnly: readonly string[] = ['dataQuality']): Part {
  const proven = claims.filter(({ evidence }) => evidence.length > 0)
  const of = (...rules: string[]) => proven.filter(({ rule }) => rules.includes(rule))
  const levelOf = ({ rule, level = '' }: Found): Part => byLevel[rule]?.[level] ?? none
  const placeOf = ({ place = '0' }: Found): Part => byPlace[Number(place) - 1] ?? none

  const checked = total(of('phoneCheck').map(({ checked: count = '0' }) => read(count)))
  const right = total(of('phoneCheck').map((check) => read(check.right ?? '0')))
  const rate = checked[0] === 0n ? undefined : times(part(right[0] * checked[1], right[1] * checked[0]), hundred)
  const phone = (): Part => {
    if (rate === undefined) return none
    if (!less(rate, hundred)) return whole(5)
    if (!less(rate, whole(90))) return whole(4)
    if (!less(rate, whole(80))) return none
    if (!less(rate, whole(70))) return whole(-2)
    if (!less(rate, whole(60))) return whole(-3)
    return less(rate, whole(50)) ? whole(-5) : whole(-4)
  }

  const halved = (news: Found): Part => (news.outlet === 'other' ? times(levelOf(news), part(1n, 2n)) : levelOf(news))
  const newsOf = (news: Found): Part => times(halved(news), part(1n, BigInt(news.authors ?? '1')))
  /** Placed higher elsewhere, or as high with fewer names under it. */
  const outdone = (news: Found): boolean =>
    of('news').some((other) => {
      if (other === news || matterOf(other) !== matterOf(news)) return false
      return less(halved(news), halved(other)) || (!less(halved(other), halved(news)) && less(newsOf(news), newsOf(other)))
    })
  const added = most(
    [
      ...of('commended').map((claim) => ({ rule: 'commended', matter: matterOf(claim), points: levelOf(claim) })),
      ...of('dataQuality').map((claim) => ({ rule: 'dataQuality', matter: matterOf(claim), points: placeOf(claim) })),
      ...of('news')
        .filter((news) => !outdone(news))
        .map((claim) => ({ rule: 'news', matter: matterOf(claim), points: newsOf(claim) })),
    ],
    highestOnly,
  )
  const taken = onceEach([
    ...of('inspection', 'supervision', 'spotCheck').map((claim) => ({
      matter: matterOf(claim),
      points: times(levelOf(claim), read(claim.records ?? '1')),
    })),
    ...of('lastThree').map((claim) => ({ matter: matterOf(claim), points: placeOf(claim) })),
  ])
  return total([hundred, added, phone(), minus(taken)])
}

/** 第十六条. */
export function baiheGrade(score: Part): string {
  if (!less(score, whole(90))) return 'excellent'
  if (!less(score, whole(70))) return 'pass'
  return less(score, whole(60)) ? 'fail' : 'basicPass'
}

/** 第十三条, 500 yuan a head, in fen: what is left over goes to the largest remainders, then the higher score, then the id. */
export function baihePay(people: readonly { id: string; score: Part }[]): Record<string, bigint> {
  const points = people.map(({ score }) => (less(score, none) ? none : score))
  const all = total(points)
  const pool = 50000n * BigInt(people.length)
  if (all[0] === 0n) return Object.fromEntries(people.map(({ id }) => [id, 0n]))
  const due = points.map((own) => part(pool * own[0] * all[1], own[1] * all[0]))
  const paid = due.map(([n, d]) => n / d)
  const rest = (at: number): Part => add(due[at] ?? none, minus(part(paid[at] ?? 0n)))
  const order = people
    .map((_, at) => at)
    .sort((a, b) => {
      if (less(rest(b), rest(a))) return -1
      if (less(rest(a), rest(b))) return 1
      if (less(points[b] ?? none, points[a] ?? none)) return -1
      if (less(points[a] ?? none, points[b] ?? none)) return 1
      return (people[a]?.id ?? '') < (people[b]?.id ?? '') ? -1 : 1
    })
  let left = pool - paid.reduce((a, b) => a + b, 0n)
  for (const at of order) {
    if (left <= 0n) break
    paid[at] = (paid[at] ?? 0n) + 1n
    left -= 1n
  }
  return Object.fromEntries(people.map(({ id }, at) => [id, paid[at] ?? 0n]))
}
