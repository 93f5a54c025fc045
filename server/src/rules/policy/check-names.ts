import { testsOf, type Test } from '../condition.ts'
import { kindOf } from '../score/criterion.ts'
import { claimKindOf } from '../score/tally.ts'
import { repeated, type Objecting } from './objection.ts'
import { allItems, factFields } from './parts.ts'
import type { Policy } from './shape.ts'

/** What the checks below ask of the policy, each objecting where the answer is no. */
interface Known {
  policy: Policy
  object: Objecting
  /** Nothing of these stands twice. */
  once: (path: string, ids: readonly string[]) => void
  grade: (id: string, path: string) => void
  fact: (id: string, path: string) => void
  /** The tests ask about facts there are, by bounds where they are numbers and by their options where they are not. */
  tests: (all: readonly Test[], path: string) => void
  /** The sort of ground is one the law part knows. */
  ground: (id: string, path: string) => void
}

/** Ids are unique, and every grade, fact, stage and ground in law that a rule names exists. */
export function checkNames(policy: Policy, object: Objecting): void {
  const known = knownOf(policy, object)
  for (const check of [ids, stages, grades, law, consequences, lines, aspects, tally, scoring]) check(known)
}

function knownOf(policy: Policy, object: Objecting): Known {
  const cells = new Map(factFields(policy).map((cell) => [cell.id, cell]))
  const fact = (id: string, path: string) => {
    if (!cells.has(id)) object(path, `没有事实 ${id} / no fact ${id}`)
  }
  const tests = (all: readonly Test[], path: string) => {
    for (const test of all) {
      fact(test.fact, path)
      const cell = cells.get(test.fact)
      if (!cell) continue
      if ('when' in test) {
        if (cell.kind === 'flag' || cell.kind === 'choice') object(path, `${test.fact} 不是数字 / ${test.fact} is no number`)
        continue
      }
      const options = cell.kind === 'flag' ? ['yes', 'no'] : (cell.options ?? []).map(({ id }) => id)
      for (const one of [test.is].flat())
        if (!options.includes(one)) object(path, `${test.fact} 没有选项 ${one} / ${test.fact} has no option ${one}`)
    }
  }
  return {
    policy,
    object,
    once: (path, all) => repeated(all).forEach((id) => object(path, `编号重复 / repeated id: ${id}`)),
    grade: (id, path) => {
      if (!policy.grades.ladder.some((known) => known.id === id)) object(path, `没有等次 ${id} / no grade ${id}`)
    },
    fact,
    tests,
    ground: (id, path) => {
      if (!policy.legal?.grounds.some((one) => one.id === id)) object(path, `没有法律情形 ${id} / the law has no ground ${id}`)
    },
  }
}

/** Ids are unique among all they could be mistaken for. */
function ids({ policy, once }: Known): void {
  const of = (all: readonly { id: string }[]) => all.map(({ id }) => id)
  const items = allItems(policy)
  const { vetoes, facts, aspects, sections, tally, rated, leave, consequences, standards } = policy
  once('sections', [
    ...of([...vetoes, ...facts, ...aspects, ...sections, ...items, ...(tally?.rules ?? []), ...(rated?.dimensions ?? [])]),
    'total',
  ])
  for (const { id, criteria } of items) {
    const cells = (criterion: (typeof criteria)[number]) => [criterion, ...kindOf(criterion).cells(criterion)]
    once(
      id,
      criteria.flatMap((criterion) => [...new Set(of(cells(criterion)))]),
    )
  }
  once('grades', of(policy.grades.ladder))
  once('limits', of(policy.limits))
  once('quotas', of(policy.quotas))
  once('lines', of([...(leave?.routes ?? []), ...consequences, ...facts, ...aspects, ...standards]))
  once('deadlines', of(policy.deadlines))
  once('calendar', of(policy.calendar))
  once('stages', of(policy.stages))
  once('forms', of(policy.forms))
  once('legal.steps', of(policy.legal?.steps ?? []))
  once('legal.grounds', of(policy.legal?.grounds ?? []))
}

/** Scores are entered first, never after publication, and the last stage files. */
function stages({ policy, object }: Known): void {
  policy.stages.forEach(({ id, duty, does, writes }, at) => {
    if (duty !== undefined && !policy.calendar.some((one) => one.id === duty))
      object(`stages.${id}.duty`, `日历中没有 ${duty} / the calendar has no duty ${duty}`)
    if ((does === 'file') !== (at === policy.stages.length - 1))
      object(`stages.${id}`, '最后一步且只有最后一步是备案 / the last stage, and no other, files')
    if (writes === 'yes' && (does !== 'work' || policy.stages.slice(0, at).some((one) => one.does === 'publish')))
      object(`stages.${id}`, '公示以后不得再评分 / nothing is written once it is published')
  })
  if (policy.stages[0]?.writes !== 'yes') object('stages.0', '第一步应是评分 / the first stage is where scores are entered')
}

/** Whatever gives, limits or moves a grade. */
function grades({ policy, object, once, grade, fact, tests }: Known): void {
  policy.limits.forEach((limit, at) => {
    grade(limit.atMost, `limits.${at}.atMost`)
    fact(limit.fact, `limits.${at}.fact`)
    tests(limit.also, `limits.${at}.also`)
    if ((limit.when === undefined) === (limit.is === undefined))
      object(`limits.${at}`, '应写 when 或 is 其中之一 / must have either `when` or `is`')
    if (limit.is !== undefined) tests([{ fact: limit.fact, is: limit.is }], `limits.${at}`)
  })
  policy.checklists.forEach((list, at) => {
    grade(list.grade, `checklists.${at}.grade`)
    once(
      `checklists.${at}`,
      list.conditions.map(({ id }) => id),
    )
    list.conditions.forEach((condition) => tests(testsOf(condition), `checklists.${at}.${condition.id}`))
  })
  const moves = policy.panel?.moves ?? []
  for (const { from, to } of Array.isArray(moves) ? moves : Object.values(moves.options).flat())
    for (const one of [from, to]) grade(one, 'panel.moves')
  policy.quotas.forEach((quota, at) => grade(quota.grade, `quotas.${at}.grade`))
  Object.entries(policy.veto?.options ?? {}).forEach(([option, effect]) => grade(effect.atMost, `veto.options.${option}`))
  if (policy.vetoes.length > 0 && !policy.veto) object('veto', '有一票否决而未写后果 / vetoes without an effect')
  policy.bands?.rows.forEach((row, at) => grade(row.grade, `bands.rows.${at}`))
}

/** Every sort of ground is used and has its steps, and every step belongs to a ground. */
function law({ policy, object, ground }: Known): void {
  if (policy.elimination) ground(policy.elimination.ground, 'elimination.ground')
  const used = [...policy.consequences.map((consequence) => consequence.ground), policy.elimination?.ground]
  const { steps = [], grounds = [] } = policy.legal ?? {}
  for (const { id, needs } of grounds) {
    if (!used.includes(id)) object(`legal.grounds.${id}`, '没有规则用到这种情形 / no rule has this ground')
    for (const step of needs)
      if (!steps.some((one) => one.id === step)) object(`legal.grounds.${id}`, `没有步骤 ${step} / no step ${step}`)
  }
  for (const { id } of steps)
    if (!grounds.some(({ needs }) => needs.includes(id)))
      object(`legal.steps.${id}`, '没有情形用到这一步 / no ground needs this step')
}

/** A number is of a fact, and what ends a contract, and nothing else, has its ground in law. */
function consequences({ policy, object, grade, fact, tests, ground: inLaw }: Known): void {
  policy.consequences.forEach(({ id, effect, ground, fact: of, when, grades: having = [], streak, any = [], all = [] }) => {
    if (of) fact(of, `consequences.${id}`)
    if ((of === undefined) !== (when === undefined))
      object(`consequences.${id}`, '数值界线应写明事实 / a number is of a fact, and a fact has its number')
    const ends = effect === 'dismissal' || effect === 'deemedLeft'
    if (ends !== (ground !== undefined))
      object(
        `consequences.${id}`,
        '解除须写明法律情形，别的不须 / what ends a contract, and nothing else, names its ground in law',
      )
    if (ground !== undefined) inLaw(ground, `consequences.${id}.ground`)
    for (const one of [...having, ...(streak?.grades ?? [])]) grade(one, `consequences.${id}`)
    tests([...any, ...all], `consequences.${id}`)
  })
}

/** Facts found from absences, standards that may be kept instead of others, deadlines, and the date of the paper. */
function lines({ policy, object, fact }: Known): void {
  policy.absences?.facts.forEach(({ fact: of }) => fact(of, 'absences.facts'))
  for (const standard of policy.standards) {
    if (standard.or && !policy.standards.some(({ id }) => id === standard.or))
      object(`standards.${standard.id}.or`, `没有标准 ${standard.or} / no standard ${standard.or}`)
  }
  for (const { id, after, before } of policy.deadlines) {
    if ((after === undefined) === (before === undefined))
      object(`deadlines.${id}`, '应写 after 或 before 其中之一 / must have either `after` or `before`')
  }
  if (!policy.issuedOn && !policy.undated) object('issuedOn', '没有日期时应写明 undated / say `undated` when there is no date')
}

/** A choice has options, nothing else has, and what is typical is one of them. */
function aspects({ policy, object }: Known): void {
  for (const aspect of policy.aspects) {
    if ((aspect.kind === 'choice') !== (aspect.options !== undefined))
      object(`aspects.${aspect.id}`, '选项只用于 choice，且 choice 须有选项 / options belong to a choice, and a choice has them')
    if (aspect.options && !aspect.options.some(({ id }) => id === aspect.typical))
      object(`aspects.${aspect.id}.typical`, `没有选项 ${aspect.typical} / no option ${aspect.typical}`)
  }
}

/** The levels that rules about claims give points for, and the names under which claims are put forward. */
function tally({ policy, object, once }: Known): void {
  if (!policy.tally) return
  const { levels, rules } = policy.tally
  for (const rule of rules) {
    for (const level of claimKindOf(rule).levels(rule)) {
      if (!levels.some(({ id }) => id === level)) object(`tally.${rule.id}.points`, `没有层级 ${level} / no level ${level}`)
    }
  }
  const measureOf = (rule: (typeof rules)[number]) => claimKindOf(rule).measure(rule)
  const own = rules.filter((rule) => measureOf(rule) === undefined).map(({ id }) => id)
  once('tally', [...own, ...new Set(rules.flatMap((rule) => measureOf(rule) ?? []))])
}

/** One way of scoring, with all that it takes. */
function scoring({ policy, object }: Known): void {
  const ways = [policy.sections.length > 0, policy.tally !== undefined, policy.rated !== undefined].filter(Boolean)
  if (ways.length > 1) object('sections', '只能有一种计分方式 / only one way of scoring')
  if (policy.sections.length > 0 && !(policy.scale && policy.award && policy.itemFloor))
    object('sections', '有评分项时须写 scale、award 和 itemFloor / items need scale, award and itemFloor')
}
