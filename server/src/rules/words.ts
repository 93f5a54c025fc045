import { basisSentence } from './basis-words.ts'
import { textSentences } from './cell-sentences.ts'
import { exact, partsOf, shown, type Bound } from './exact.ts'
import type { CellCode } from './fields.ts'
import type { GradeReason, LimitTried } from './grade.ts'
import type { PanelRefusal } from './panel.ts'
import { allItems, gradeTitle, type Policy } from './policy.ts'
import type { Kept, Rate, Reason } from './score/step.ts'
import type { Lang, Text } from './text.ts'

type Params = Readonly<Record<string, string>>

const refusals: Record<CellCode, (p: Params) => Text> = {
  'cell.unknownField': () => ({
    zh: '考核表里没有这一栏，请核对列标题后再填。',
    en: 'The score sheet has no such column; check the heading and enter it again.',
  }),
  ...textSentences,
}

/** A sentence a clerk can act on, for a refusal of `readCell`. */
export function refusalSentence(code: CellCode, params: Params, lang: Lang): string {
  return refusals[code](params)[lang]
}

/** Everything outside the items that a reason may name. */
const named = ({ vetoes, facts, aspects, tally, rated }: Policy): { id: string; title: Text }[] => [
  ...vetoes,
  ...facts,
  ...aspects,
  ...(tally?.levels ?? []),
  ...(tally?.rules ?? []),
  ...(tally?.rules ?? []).flatMap((rule) => (rule.kind === 'intervals' ? [{ id: rule.measure, title: rule.title }] : [])),
  ...(rated?.dimensions ?? []),
  ...(rated?.groups ?? []),
]

/** The titles of every field and line of a policy, under whichever reading. */
function titlesOf(policy: Policy): Map<string, Text> {
  const known = titles.get(policy)
  if (known) return known
  const found = new Map<string, Text>(named(policy).map(({ id, title }) => [id, title]))
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

/** A claim that counts, by its rule, level or place, matter and points. */
function keptText(policy: Policy, { rule, level, place, from, matter, points }: Kept, lang: Lang): string {
  const zh = lang === 'zh'
  const ranked =
    from === 'top' ? (zh ? `第 ${place} 名` : `place ${place}`) : zh ? `倒数第 ${place} 名` : `place ${place} from the last`
  const parts = [
    ...(level === undefined ? [] : [quoted(policy, level, lang)]),
    ...(place === undefined ? [] : [ranked]),
    ...(matter === undefined ? [] : [zh ? `事项“${matter}”` : `matter “${matter}”`]),
    zh ? `${shown(exact(points))} 分` : `${shown(exact(points))} points`,
  ]
  return zh ? `${quoted(policy, rule, lang)}（${parts.join('，')}）` : `${quoted(policy, rule, lang)} (${parts.join(', ')})`
}

/** One reason of a score as a sentence without its full stop. */
export function reasonSentence(policy: Policy, reason: Reason, lang: Lang): string {
  const zh = lang === 'zh'
  switch (reason.kind) {
    case 'sum':
      return zh ? '各部分之和' : 'The sum of its parts'
    case 'postings': {
      const days = reason.days.join(zh ? '、' : ', ')
      if (reason.lastOnly) return zh ? '年内换过岗位，只计最后一个岗位' : 'Moved in the year; the last posting alone counts'
      return zh ? `年内换过岗位，按在岗天数（${days}）加权平均` : `Moved in the year; the mean weighted by days in post (${days})`
    }
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
    case 'moved':
      return zh ? '加上加分，减去减分' : 'Plus the bonuses, less the deductions'
    case 'claims':
      return zh ? `合计 ${shown(exact(reason.counted))} 分` : `${shown(exact(reason.counted))} points in all`
    case 'level': {
      const times = reason.times === '1' ? '' : ` × ${reason.times}`
      const factor = reason.factor === '1' ? '' : zh ? ` × ${reason.factor}（其他媒体）` : ` × ${reason.factor} (other outlet)`
      const among = reason.among === '1' ? '' : zh ? ` ÷ ${reason.among} 人` : ` ÷ ${reason.among} authors`
      return `${quoted(policy, reason.level, lang)}${zh ? '' : ' '}${reason.each}${times}${factor}${among}`
    }
    case 'noLevel':
      return zh
        ? `${quoted(policy, reason.level, lang)}不在本条所列层级之内，不计分`
        : `${quoted(policy, reason.level, lang)} is no level of this rule and moves nothing`
    case 'place':
      if (reason.from === 'top')
        return zh ? `第 ${reason.place} 名，${reason.points} 分` : `Place ${reason.place}: ${reason.points} points`
      return zh
        ? `倒数第 ${reason.place} 名，${reason.points} 分`
        : `Place ${reason.place} from the last: ${reason.points} points`
    case 'interval': {
      const rate = shown(exact(reason.rate), 4)
      const bound = reason.when ? (zh ? `，${met(reason.when, lang)}%` : `, ${met(reason.when, lang)}%`) : ''
      return zh
        ? `${reason.months} 个月的准确率 ${rate}%${bound}，${reason.points} 分`
        : `The rate of ${reason.months} months, ${rate}%${bound}: ${reason.points} points`
    }
    case 'sampleSmall':
      return zh
        ? `${reason.month} 月只抽查 ${reason.checked} 条，应不少于 ${reason.needed} 条，仍计入`
        : `In month ${reason.month} only ${reason.checked} of at least ${reason.needed} were checked; counted all the same`
    case 'sampleSetAside':
      return zh
        ? `${reason.month} 月只抽查 ${reason.checked} 条，应不少于 ${reason.needed} 条，不计入`
        : `In month ${reason.month} only ${reason.checked} of at least ${reason.needed} were checked; set aside`
    case 'noEvidence':
      return zh ? '没有佐证资料，不计分' : 'No evidence, so it does not count'
    case 'sameMatter': {
      const kept = keptText(policy, reason.kept, lang)
      return zh ? `同一事项只计一次，已计${kept}` : `The same matter counts once; what counts is ${kept}`
    }
    case 'highestOnly': {
      const kept = keptText(policy, reason.kept, lang)
      return zh ? `本条只计最高的一笔，已计${kept}` : `Only the highest of this rule counts, which is ${kept}`
    }
    case 'lowerPlacement': {
      const kept = keptText(policy, reason.kept, lang)
      return zh ? `一稿多投只计最高的一处，已计${kept}` : `A piece counts at its best placement only, which is ${kept}`
    }
    case 'bestTogether': {
      const [kept, beside] = [reason.kept, reason.beside].map((one) => keptText(policy, one, lang))
      return zh
        ? `同一事项只计一次、本条只计一笔，这一事项已计${kept}，本条已计${beside}，这样合计最高`
        : `A matter counts once and this rule takes one: the matter counts as ${kept} and the rule takes ${beside}, which comes to the most`
    }
    case 'mean':
      return zh
        ? `${reason.ballots} 票平均 ${shown(exact(reason.mean))} 分，每票最多 ${reason.of} 分`
        : `The mean of ${reason.ballots} ballots is ${shown(exact(reason.mean))} of ${reason.of}`
    case 'trimmed':
      return zh
        ? `去掉最高和最低（${reason.dropped.join('、')}）`
        : `The highest and the lowest are left out (${reason.dropped.join(', ')})`
    case 'ballotsTrimmed':
      return zh
        ? `去掉合计最高和最低的两张票（本项 ${reason.dropped.join('、')}）`
        : `The two ballots that come to the most and to the least are left out (${reason.dropped.join(', ')} here)`
    case 'weighted':
      return zh ? `占 ${shown(exact(reason.share))} 分` : `Worth ${shown(exact(reason.share))} points`
    case 'unweighted':
      return zh ? '办法没有权重，只列平均分' : 'There is no weight; the means are only listed'
    case 'noScore':
      return zh ? '办法不计分' : 'The policy has no score'
    case 'reweighed':
      return zh
        ? `${listed(policy, reason.groups, lang)}没有有效评议，其余按比例折算`
        : `No valid ballot from ${listed(policy, reason.groups, lang)}; the others weigh so much more`
    case 'ballotsSetAside':
      return zh ? `${reason.count} 张票填写不全，未计入` : `${reason.count} incomplete ballots were set aside`
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

const refusalsOfPanel: Record<PanelRefusal, Text> = {
  noReason: { zh: '没有写明理由', en: 'no reason is given' },
  tooFar: { zh: '办法没有留出这样的调整', en: 'the policy leaves no such move open' },
  fixed: { zh: '该等次不得调整', en: 'the grade is fixed' },
  aboveLimit: { zh: '高于限制允许的等次', en: 'it is above what the limits allow' },
  notOffered: { zh: '没有这个等次', en: 'there is no such grade' },
}

/** One reason of a grade as a sentence without its full stop. */
export function gradeSentence(policy: Policy, reason: GradeReason, lang: Lang): string {
  const zh = lang === 'zh'
  const grade = (id: string) => gradeTitle(policy, id)[lang]
  switch (reason.kind) {
    case 'band': {
      const foreign = reason.foreign ? `（${policy.bands!.foreign![lang]}）` : ''
      return zh
        ? `得分 ${reason.total}，在 ${reason.reaches} 分起的一段，为${grade(reason.grade)}${foreign}`
        : `A score of ${reason.total} lies in the band from ${reason.reaches}: ${grade(reason.grade)}${foreign.replace('（', ' (').replace('）', ')')}`
    }
    case 'noBands':
      return zh
        ? '办法没有分数段，等次由考核小组说明理由后评定'
        : 'There are no score bands; the panel decides the grade and gives reasons'
    case 'checklist': {
      const those = reason.checks.filter(
        ({ state }) =>
          state === (reason.how === 'any' && reason.state === 'met' ? 'met' : reason.state === 'unknown' ? 'unknown' : 'notMet'),
      )
      const titles = those.map(({ title }) => title[lang]).join(zh ? '、' : ', ')
      const name = grade(reason.grade)
      if (reason.state === 'met') {
        if (reason.how === 'all') return zh ? `符合${name}的全部条件` : `Meets every condition of ${name}`
        return zh ? `有${name}的情形：${titles}` : `A condition of ${name} holds: ${titles}`
      }
      if (reason.state === 'unknown')
        return zh ? `${name}的条件尚有未填：${titles}` : `Conditions of ${name} are not recorded yet: ${titles}`
      if (reason.how === 'any') return zh ? `没有${name}的情形` : `No condition of ${name} holds`
      return zh ? `不符合${name}的条件：${titles}` : `Does not meet for ${name}: ${titles}`
    }
    case 'noChecklist':
      return zh
        ? '各等次的条件都不符合，由考核人说明理由后评定'
        : 'The conditions of no grade are met; the assessors decide and give reasons'
    case 'panelMoved': {
      if (reason.from === reason.to) return zh ? `考核小组维持${grade(reason.to)}` : `The panel keeps ${grade(reason.to)}`
      return zh
        ? `考核小组定为${grade(reason.to)}，理由：${reason.reason}`
        : `The panel decided on ${grade(reason.to)}: ${reason.reason}`
    }
    case 'panelRefused':
      return zh
        ? `考核小组所定等次不能采用：${refusalsOfPanel[reason.because].zh}`
        : `The grade decided by the panel cannot stand: ${refusalsOfPanel[reason.because].en}`
    case 'panelFell': {
      const changes = basisSentence(policy, reason.changes, lang)
      return zh
        ? `考核小组曾定为${grade(reason.to)}，其后所依据的情况有变（${changes}），须重新评定`
        : `The panel had decided on ${grade(reason.to)}; what it rested on has changed since (${changes}), so it must decide again`
    }
    case 'postings':
      return zh
        ? `一年内 ${reason.of} 个岗位，以第 ${reason.at} 个岗位的条件为准`
        : `Of ${reason.of} posts in the year, the conditions at post ${reason.at} decide`
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
      if (reason.rank === 0) return zh ? `在 ${reason.cap} 个名额之内` : `Within the ${reason.cap} seats`
      return zh
        ? `可占名额者中列第 ${reason.rank} 名，在 ${reason.cap} 个名额之内`
        : `Ranked ${reason.rank} among those who can have a seat, within the ${reason.cap} seats`
    case 'ruled':
      return zh ? '同分，由考核小组裁定' : 'Tied; the panel ruled'
    case 'contested':
      return zh
        ? `${reason.between} 人同分争 ${reason.seats} 个名额，待考核小组裁定`
        : `${reason.between} people tie for ${reason.seats} seats; the panel must rule`
    case 'waits':
      return zh ? '上面名额的同分裁定后才能确定' : 'Waits for the ruling of a tie above'
    case 'restGraded':
      return zh ? `各名额之外的定为${grade(reason.grade)}` : `Outside all the seats the grade is ${grade(reason.grade)}`
    case 'noGradeLeft':
      return zh
        ? '各名额都轮不到，办法没有再低的等次，由考核小组评定'
        : 'Within none of the seats, and the policy has no lower grade; the panel decides'
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
    case 'noSeatFor':
      return zh
        ? '名额按专职人员计，兼职人员不占名额'
        : 'The seats are counted on full-time people, and part-time people take none'
    case 'incomplete':
      return zh
        ? `还有 ${reason.missing} 栏未填，未评完不定等次、不排名次`
        : `${reason.missing} columns are not recorded: no grade and no rank before the score is whole`
    case 'notTakingPart':
      return zh ? '基准日不在本岗位参加考核' : 'Not taking part at this post on the base date'
  }
}

/** What a cell holds, in words: a flag, an option by its title, or the number itself. */
export function recordedText({ aspects }: Policy, value: string, lang: Lang): string {
  if (value === 'yes' || value === 'no') return flags[value][lang]
  const option = aspects.flatMap(({ options = [] }) => options).find(({ id }) => id === value)
  return option ? option.title[lang] : value
}
const flags = { yes: { zh: '是', en: 'yes' }, no: { zh: '否', en: 'no' } }

/** What is recorded of a limit that was not hit. */
export function triedSentence(policy: Policy, { value }: LimitTried, lang: Lang): string {
  const zh = lang === 'zh'
  if (value === undefined) return zh ? '没有记录' : 'Nothing recorded'
  const said = recordedText(policy, value, lang)
  return zh ? `记录为 ${said}，未触发` : `Recorded: ${said}; not hit`
}
