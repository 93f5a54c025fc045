import { partsOf, type Bound } from './exact.ts'
import type { CellCode } from './fields.ts'
import type { GradeReason } from './grade.ts'
import { allItems, gradeTitle, type Policy } from './policy.ts'
import type { Rate, Reason } from './score/step.ts'
import type { Lang, Text } from './text.ts'

type Params = Readonly<Record<string, string>>

const refusals: Record<CellCode, (p: Params) => Text> = {
  'cell.unknownField': () => ({
    zh: '考核表里没有这一栏，请核对列标题后再填。',
    en: 'The score sheet has no such column; check the heading and enter it again.',
  }),
  'cell.notANumber': (p) => ({
    zh: `“${p.raw}”不是数字，请在“${p.zh}”填写数字，例如 0 或 ${p.step}。`,
    en: `“${p.raw}” is not a number; enter a number for “${p.en}”, such as 0 or ${p.step}.`,
  }),
  'cell.negative': (p) => ({
    zh: `“${p.zh}”不能填负数，扣分请填发生的次数。`,
    en: `“${p.en}” cannot be negative; for a deduction enter how often it happened.`,
  }),
  'cell.overMax': (p) => ({
    zh: `“${p.zh}”最多填 ${p.max}，请改为不超过 ${p.max} 的数。`,
    en: `“${p.en}” is ${p.max} at most; enter ${p.max} or less.`,
  }),
  'cell.step': (p) => ({
    zh: `“${p.zh}”应是 ${p.step} 的整数倍，请改填。`,
    en: `“${p.en}” goes in steps of ${p.step}; enter a multiple of it.`,
  }),
  'cell.notAWhole': (p) => ({
    zh: `“${p.zh}”是次数，请填整数。`,
    en: `“${p.en}” is a count; enter a whole number.`,
  }),
  'cell.notAFlag': (p) => ({
    zh: `“${p.zh}”请填“是”或“否”。`,
    en: `Enter yes or no for “${p.en}”.`,
  }),
  'cell.tooLong': (p) => ({
    zh: `“${p.zh}”的内容太长，最多 30 个字，请只填数值。`,
    en: `The entry for “${p.en}” is too long, 30 characters at most; enter the value alone.`,
  }),
}

/** A sentence a clerk can act on, for a refusal of `readCell`. */
export function refusalSentence(code: CellCode, params: Params, lang: Lang): string {
  return refusals[code](params)[lang]
}

/** The titles of every field and line of a policy, under whichever reading. */
function titlesOf(policy: Policy): Map<string, Text> {
  const known = titles.get(policy)
  if (known) return known
  const found = new Map<string, Text>([...policy.vetoes, ...policy.facts].map(({ id, title }) => [id, title]))
  for (const item of allItems(policy)) {
    found.set(item.id, item.title)
    for (const criterion of item.criteria) {
      found.set(`${item.id}.${criterion.id}`, criterion.title)
      const inner =
        criterion.kind === 'fixed'
          ? criterion.anyOf
          : criterion.kind === 'allOrNothing'
            ? [...criterion.rates, ...criterion.unless]
            : []
      for (const { id, title } of inner) found.set(`${item.id}.${id}`, title)
    }
  }
  titles.set(policy, found)
  return found
}
const titles = new WeakMap<Policy, Map<string, Text>>()

/** The title of a field in one language, quoted; an unknown field is called unknown rather than by its id. */
function quoted(policy: Policy, field: string, lang: Lang): string {
  return `“${titlesOf(policy).get(field)?.[lang] ?? (lang === 'zh' ? '未知栏目' : 'unknown column')}”`
}

const listed = (policy: Policy, fields: readonly string[], lang: Lang): string =>
  fields.map((field) => quoted(policy, field, lang)).join(lang === 'zh' ? '、' : ', ')

const rates = (policy: Policy, all: readonly Rate[], lang: Lang): string =>
  all
    .map(({ field, value, target }) =>
      lang === 'zh'
        ? `${quoted(policy, field, lang)}${value}%（应达 ${target}%）`
        : `${quoted(policy, field, lang)} ${value}% (target ${target}%)`,
    )
    .join(lang === 'zh' ? '、' : ', ')

const countings: Record<'whole' | 'linear' | 'ceil', Text> = {
  whole: { zh: '只计满一个百分点的部分', en: 'whole points only' },
  linear: { zh: '按比例计', en: 'in proportion' },
  ceil: { zh: '不足一点按一点计', en: 'any part counts as a point' },
}

/** One reason of a score as a sentence without its full stop. */
export function reasonSentence(policy: Policy, reason: Reason, lang: Lang): string {
  const zh = lang === 'zh'
  switch (reason.kind) {
    case 'sum':
      return zh ? '各部分之和' : 'The sum of its parts'
    case 'base':
      return zh ? `基础分 ${reason.points} 分` : `Starts from ${reason.points} points`
    case 'awarded':
      return zh ? `考核小组直接给 ${reason.points} 分` : `${reason.points} points given by hand`
    case 'overruled':
      return zh
        ? `已直接给分，${listed(policy, reason.fields, lang)}不再计算`
        : `Points were given by hand, so ${listed(policy, reason.fields, lang)} no longer count`
    case 'none':
      return zh ? '没有发生' : 'Nothing of the kind'
    case 'missing':
      return zh
        ? `${listed(policy, reason.fields, lang)}尚未填写，暂不得分`
        : `${listed(policy, reason.fields, lang)} not recorded yet, so nothing is earned`
    case 'occurrences':
      return zh
        ? `发生 ${reason.times} 次，每次扣 ${reason.each} 分`
        : `Happened ${reason.times} times, ${reason.each} points off each time`
    case 'fixed':
      return zh
        ? `${listed(policy, reason.fields, lang)}，扣 ${reason.points} 分`
        : `${listed(policy, reason.fields, lang)}: ${reason.points} points off`
    case 'proven': {
      const fields = listed(policy, reason.fields, lang)
      if (reason.accountability)
        return zh ? `${fields}，本项不得分，并追究责任` : `${fields}: the item earns nothing and responsibility is pursued`
      return zh ? `${fields}，本项不得分` : `${fields}: the item earns nothing`
    }
    case 'reached':
      return zh ? `${rates(policy, reason.rates, lang)}，已达标` : `${rates(policy, reason.rates, lang)}: reached`
    case 'notReached':
      return zh
        ? `${rates(policy, reason.rates, lang)}，未达标，本项不得分`
        : `${rates(policy, reason.rates, lang)}: not reached, the item earns nothing`
    case 'shortfall': {
      const how = countings[reason.counting][lang]
      return zh
        ? `达到 ${reason.value}%，距 ${reason.target}% 计差 ${reason.short} 个百分点（${how}），每点扣 ${reason.each} 分`
        : `${reason.value}% against ${reason.target}%: ${reason.short} points short (${how}), ${reason.each} points off for each`
    }
    case 'proportion':
      return zh ? `${reason.of} 分 × 完成率 ${reason.counted}%` : `${reason.of} points × a rate of ${reason.counted}%`
    case 'part':
      return zh ? `得 ${reason.value} 分，最多 ${reason.of} 分` : `${reason.value} points of ${reason.of}`
    case 'zeroed':
      return zh ? '有不得分的情形，本项计 0 分' : 'A condition brings the item to 0'
    case 'floored':
      return zh ? `扣完为止（算得 ${reason.from} 分），计 0 分` : `Deductions stop at 0 (they came to ${reason.from})`
    case 'capped':
      return zh ? `超过满分（${reason.from} 分），按满分计` : `Above the maximum (${reason.from}), kept at the maximum`
    case 'veto':
      return zh
        ? `${listed(policy, reason.fields, lang)}，一票否决，得分记 0 分`
        : `${listed(policy, reason.fields, lang)}: a veto, the score becomes 0`
  }
}

const comparisons: Record<ReturnType<typeof partsOf>['comparison'], Text> = {
  reaches: { zh: '达到', en: 'reaches' },
  exceeds: { zh: '超过', en: 'exceeds' },
  upTo: { zh: '不超过', en: 'is at most' },
  below: { zh: '不满', en: 'is below' },
}

function met(bound: Bound, lang: Lang): string {
  const { comparison, at } = partsOf(bound)
  return lang === 'zh' ? `${comparisons[comparison].zh} ${at}` : `${comparisons[comparison].en} ${at}`
}

/** One reason of a grade as a sentence without its full stop. */
export function gradeSentence(policy: Policy, reason: GradeReason, lang: Lang): string {
  const zh = lang === 'zh'
  const grade = (id: string) => gradeTitle(policy, id)[lang]
  switch (reason.kind) {
    case 'band': {
      const foreign = reason.foreign ? `（${policy.bands?.foreign?.[lang] ?? ''}）` : ''
      return zh
        ? `得分 ${reason.total}，在 ${reason.reaches} 分起的一段，为${grade(reason.grade)}${foreign}`
        : `A score of ${reason.total} lies in the band from ${reason.reaches}: ${grade(reason.grade)}${foreign.replace('（', ' (').replace('）', ')')}`
    }
    case 'noBands':
      return zh
        ? '办法没有分数段，等次由考核小组说明理由后评定'
        : 'There are no score bands; the panel decides the grade and gives reasons'
    case 'limit': {
      const value = reason.bound
        ? zh
          ? `（${reason.value}，${met(reason.bound, lang)}）`
          : ` (${reason.value} ${met(reason.bound, lang)})`
        : ''
      return zh
        ? `${reason.title.zh}${value}，等次最高为${grade(reason.atMost)}`
        : `${reason.title.en}${value}: the grade is at most ${grade(reason.atMost)}`
    }
    case 'seated':
      return zh ? `列第 ${reason.rank} 名，在 ${reason.cap} 个名额之内` : `Ranked ${reason.rank}, within the ${reason.cap} seats`
    case 'ruled':
      return zh ? '同分，由考核小组裁定' : 'Tied; the panel ruled'
    case 'contested':
      return zh
        ? `${reason.between} 人同分争 ${reason.seats} 个名额，待考核小组裁定`
        : `${reason.between} people tie for ${reason.seats} seats; the panel must rule`
    case 'tieLeftEmpty':
      return zh ? `${reason.between} 人同分，名额空缺` : `${reason.between} people tie, so the seat stays empty`
    case 'noSeatLeft': {
      const next = reason.next ? (zh ? `，定为${grade(reason.next)}` : `; the grade is ${grade(reason.next)}`) : ''
      return zh ? `${reason.cap} 个名额轮不到${next}` : `Not within the ${reason.cap} seats${next}`
    }
    case 'belowBand':
      return zh ? '分数段不到，不参加名额排序' : 'Below the band, so not a candidate for a seat'
    case 'barred':
      return zh ? '等次受限，不占名额' : 'The grade is limited, so no seat is taken'
    case 'incomplete':
      return zh
        ? `还有 ${reason.missing} 栏未填，不参加名额排序`
        : `${reason.missing} columns are not recorded, so not a candidate yet`
    case 'notTakingPart':
      return zh ? '基准日不在本岗位参加考核' : 'Not taking part at this post on the base date'
  }
}
