import { exact, shown } from './exact.ts'
import { allItems } from './policy/parts.ts'
import type { Policy } from './policy/shape.ts'
import { criterionKinds, kindOf } from './score/criterion.ts'
import type { Sentences, Wording } from './score/sentences.ts'
import type { CountedClaim, Rate, Reason } from './score/step.ts'
import { claimedAs, claimKinds } from './score/tally.ts'
import type { Lang, Text } from './text.ts'

// The reasons of a score in words. What only one kind of rule says stands with that kind.

/** Everything outside the items that a reason may name. */
const named = ({ vetoes, facts, aspects, tally, rated }: Policy): { id: string; title: Text }[] => [
  ...vetoes,
  ...facts,
  ...aspects,
  ...(tally?.levels ?? []),
  ...(tally?.rules ?? []),
  ...(tally?.rules ?? []).map((rule) => ({ id: claimedAs(rule), title: rule.title })),
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
      for (const { id, title } of [criterion, ...kindOf(criterion).cells(criterion)]) found.set(`${item.id}.${id}`, title)
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

/** A claim that counts, by its rule, level or place, matter and points. */
function claimText(policy: Policy, { rule, level, place, from, matter, points }: CountedClaim, lang: Lang): string {
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

/** What an item and a total say, whatever they are made of. */
const ofItems: Sentences<
  | 'sum'
  | 'postings'
  | 'base'
  | 'awarded'
  | 'overruled'
  | 'none'
  | 'missing'
  | 'proven'
  | 'reached'
  | 'zeroed'
  | 'floored'
  | 'capped'
  | 'veto'
  | 'noScore'
> = {
  sum: (_, { zh }) => (zh ? '各部分之和' : 'The sum of its parts'),
  postings: ({ days, lastOnly }, { zh }) => {
    if (lastOnly) return zh ? '年内换过岗位，只计最后一个岗位' : 'Moved in the year; the last posting alone counts'
    const listed = days.join(zh ? '、' : ', ')
    return zh
      ? `年内换过岗位，按在岗天数（${listed}）加权平均`
      : `Moved in the year; the mean weighted by days in post (${listed})`
  },
  base: ({ points }, { zh }) => (zh ? `基础分 ${points} 分` : `Starts from ${points} points`),
  awarded: ({ points }, { zh }) => (zh ? `考核小组直接给 ${points} 分` : `${points} points given by hand`),
  overruled: ({ fields }, { zh, listed }) =>
    zh ? `已直接给分，${listed(fields)}不再计算` : `Points were given by hand, so ${listed(fields)} no longer count`,
  none: (_, { zh }) => (zh ? '没有发生' : 'Nothing of the kind'),
  missing: ({ fields }, { zh, listed }) =>
    zh ? `${listed(fields)}尚未填写，暂不得分` : `${listed(fields)} not recorded yet, so nothing is earned`,
  proven: ({ fields, accountability }, { zh, listed }) => {
    const proven = listed(fields)
    if (accountability)
      return zh ? `${proven}，本项不得分，并追究责任` : `${proven}: the item earns nothing and responsibility is pursued`
    return zh ? `${proven}，本项不得分` : `${proven}: the item earns nothing`
  },
  reached: (reason, { zh, rates }) => (zh ? `${rates(reason.rates)}，已达标` : `${rates(reason.rates)}: reached`),
  zeroed: (_, { zh }) => (zh ? '有不得分的情形，本项计 0 分' : 'A condition brings the item to 0'),
  floored: ({ from }, { zh }) => (zh ? `扣完为止（算得 ${from} 分），计 0 分` : `Deductions stop at 0 (they came to ${from})`),
  capped: ({ from }, { zh }) => (zh ? `超过满分（${from} 分），按满分计` : `Above the maximum (${from}), kept at the maximum`),
  veto: ({ fields }, { zh, listed }) =>
    zh ? `${listed(fields)}，一票否决，得分记 0 分` : `${listed(fields)}: a veto, the score becomes 0`,
  noScore: (_, { zh }) => (zh ? '办法不计分' : 'The policy has no score'),
}

/** What a score by claims says, whatever the rules of the claims. */
const ofTally: Sentences<'moved' | 'claims' | 'noEvidence' | 'sameMatter' | 'highestOnly' | 'lowerPlacement' | 'bestTogether'> = {
  moved: (_, { zh }) => (zh ? '加上加分，减去减分' : 'Plus the bonuses, less the deductions'),
  claims: ({ counted }, { zh }) => (zh ? `合计 ${shown(exact(counted))} 分` : `${shown(exact(counted))} points in all`),
  noEvidence: (_, { zh }) => (zh ? '没有佐证资料，不计分' : 'No evidence, so it does not count'),
  sameMatter: ({ kept }, { zh, claim }) =>
    zh ? `同一事项只计一次，已计${claim(kept)}` : `The same matter counts once; what counts is ${claim(kept)}`,
  highestOnly: ({ kept }, { zh, claim }) =>
    zh ? `本条只计最高的一笔，已计${claim(kept)}` : `Only the highest of this rule counts, which is ${claim(kept)}`,
  lowerPlacement: ({ kept }, { zh, claim }) =>
    zh ? `一稿多投只计最高的一处，已计${claim(kept)}` : `A piece counts at its best placement only, which is ${claim(kept)}`,
  bestTogether: ({ kept, beside }, { zh, claim }) =>
    zh
      ? `同一事项只计一次、本条只计一笔，这一事项已计${claim(kept)}，本条已计${claim(beside)}，这样合计最高`
      : `A matter counts once and this rule takes one: the matter counts as ${claim(kept)} and the rule takes ${claim(beside)}, which comes to the most`,
}

/** What a score by ballots says. */
const ofRatings: Sentences<'mean' | 'trimmed' | 'ballotsTrimmed' | 'weighted' | 'unweighted' | 'reweighed' | 'ballotsSetAside'> =
  {
    mean: ({ mean, ballots, of }, { zh }) =>
      zh
        ? `${ballots} 票平均 ${shown(exact(mean))} 分，每票最多 ${of} 分`
        : `The mean of ${ballots} ballots is ${shown(exact(mean))} of ${of}`,
    trimmed: ({ dropped }, { zh }) =>
      zh ? `去掉最高和最低（${dropped.join('、')}）` : `The highest and the lowest are left out (${dropped.join(', ')})`,
    ballotsTrimmed: ({ dropped }, { zh }) =>
      zh
        ? `去掉合计最高和最低的两张票（本项 ${dropped.join('、')}）`
        : `The two ballots that come to the most and to the least are left out (${dropped.join(', ')} here)`,
    weighted: ({ share }, { zh }) => (zh ? `占 ${shown(exact(share))} 分` : `Worth ${shown(exact(share))} points`),
    unweighted: (_, { zh }) => (zh ? '办法没有权重，只列平均分' : 'There is no weight; the means are only listed'),
    reweighed: ({ groups }, { zh, listed }) =>
      zh
        ? `${listed(groups)}没有有效评议，其余按比例折算`
        : `No valid ballot from ${listed(groups)}; the others weigh so much more`,
    ballotsSetAside: ({ count }, { zh }) => (zh ? `${count} 张票填写不全，未计入` : `${count} incomplete ballots were set aside`),
  }

/** The sentences of all kinds in one table: an intersection of as many types as there are kinds. */
type Together<Each> = (Each extends unknown ? (each: Each) => void : never) extends (all: infer All) => void ? All : never
const together = <Each extends { sentences: object }>(all: Record<string, Each>) =>
  Object.assign({}, ...Object.values(all).map(({ sentences }) => sentences)) as Together<Each['sentences']>

/** Every reason has its sentence: one that nobody says does not compile. */
const sentences: Sentences<Reason['kind']> = {
  ...ofItems,
  ...ofTally,
  ...ofRatings,
  ...together(criterionKinds),
  ...together(claimKinds),
}

/** One reason of a score as a sentence without its full stop. */
export function reasonSentence(policy: Policy, reason: Reason, lang: Lang): string {
  const wording: Wording = {
    lang,
    zh: lang === 'zh',
    quoted: (field) => quoted(policy, field, lang),
    listed: (fields) => listed(policy, fields, lang),
    rates: (all) => rates(policy, all, lang),
    claim: (counted) => claimText(policy, counted, lang),
  }
  const say = sentences[reason.kind] as (reason: Reason, wording: Wording) => string
  return say(reason, wording)
}
