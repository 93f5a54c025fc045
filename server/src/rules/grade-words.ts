import { basisSentence } from './basis-words.ts'
import { boundText } from './bound-words.ts'
import type { GradeReason } from './grade.ts'
import type { PanelRefusal } from './panel.ts'
import { gradeTitle } from './policy/parts.ts'
import type { Policy } from './policy/shape.ts'
import type { Lang, Text } from './text.ts'

const refusalsOfPanel: Record<PanelRefusal, Text> = {
  noReason: { zh: '没有写明理由', en: 'no reason is given' },
  tooFar: { zh: '办法没有留出这样的调整', en: 'the policy leaves no such move open' },
  fixed: { zh: '该等次不得调整', en: 'the grade is fixed' },
  aboveLimit: { zh: '高于限制允许的等次', en: 'it is above what the limits allow' },
  notOffered: { zh: '没有这个等次', en: 'there is no such grade' },
}

/** What a sentence about a grade may ask: the policy, the language, and the title of a grade. */
interface Wording {
  policy: Policy
  lang: Lang
  zh: boolean
  grade: (id: string) => string
}

/** Every reason has its sentence. */
const sentences: {
  [Kind in GradeReason['kind']]: (reason: Extract<GradeReason, { kind: Kind }>, wording: Wording) => string
} = {
  band: (reason, { policy, lang, zh, grade }) => {
    const foreign = reason.foreign ? `（${policy.bands!.foreign![lang]}）` : ''
    return zh
      ? `得分 ${reason.total}，在 ${reason.reaches} 分起的一段，为${grade(reason.grade)}${foreign}`
      : `A score of ${reason.total} lies in the band from ${reason.reaches}: ${grade(reason.grade)}${foreign.replace('（', ' (').replace('）', ')')}`
  },
  noBands: (_, { zh }) =>
    zh
      ? '办法没有分数段，等次由考核小组说明理由后评定'
      : 'There are no score bands; the panel decides the grade and gives reasons',
  checklist: (reason, { lang, zh, grade }) => {
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
  },
  noChecklist: (_, { zh }) =>
    zh
      ? '各等次的条件都不符合，由考核人说明理由后评定'
      : 'The conditions of no grade are met; the assessors decide and give reasons',
  panelMoved: (reason, { zh, grade }) => {
    if (reason.from === reason.to) return zh ? `考核小组维持${grade(reason.to)}` : `The panel keeps ${grade(reason.to)}`
    return zh
      ? `考核小组定为${grade(reason.to)}，理由：${reason.reason}`
      : `The panel decided on ${grade(reason.to)}: ${reason.reason}`
  },
  panelRefused: (reason, { zh }) =>
    zh
      ? `考核小组所定等次不能采用：${refusalsOfPanel[reason.because].zh}`
      : `The grade decided by the panel cannot stand: ${refusalsOfPanel[reason.because].en}`,
  panelFell: (reason, { policy, lang, zh, grade }) => {
    const changes = basisSentence(policy, reason.changes, lang)
    return zh
      ? `考核小组曾定为${grade(reason.to)}，其后所依据的情况有变（${changes}），须重新评定`
      : `The panel had decided on ${grade(reason.to)}; what it rested on has changed since (${changes}), so it must decide again`
  },
  postings: (reason, { zh }) =>
    zh
      ? `一年内 ${reason.of} 个岗位，以第 ${reason.at} 个岗位的条件为准`
      : `Of ${reason.of} posts in the year, the conditions at post ${reason.at} decide`,
  limit: (reason, { lang, zh, grade }) => {
    const value = reason.bound
      ? zh
        ? `（${reason.value}，${boundText(reason.bound, lang)}）`
        : ` (${reason.value} ${boundText(reason.bound, lang)})`
      : ''
    return zh
      ? `${reason.title.zh}${value}，等次最高为${grade(reason.atMost)}`
      : `${reason.title.en}${value}: the grade is at most ${grade(reason.atMost)}`
  },
  seated: (reason, { zh }) => {
    if (reason.rank === 0) return zh ? `在 ${reason.cap} 个名额之内` : `Within the ${reason.cap} seats`
    return zh
      ? `可占名额者中列第 ${reason.rank} 名，在 ${reason.cap} 个名额之内`
      : `Ranked ${reason.rank} among those who can have a seat, within the ${reason.cap} seats`
  },
  ruled: (_, { zh }) => (zh ? '同分，由考核小组裁定' : 'Tied; the panel ruled'),
  contested: (reason, { zh }) =>
    zh
      ? `${reason.between} 人同分争 ${reason.seats} 个名额，待考核小组裁定`
      : `${reason.between} people tie for ${reason.seats} seats; the panel must rule`,
  waits: (_, { zh }) => (zh ? '上面名额的同分裁定后才能确定' : 'Waits for the ruling of a tie above'),
  restGraded: (reason, { zh, grade }) =>
    zh ? `各名额之外的定为${grade(reason.grade)}` : `Outside all the seats the grade is ${grade(reason.grade)}`,
  noGradeLeft: (_, { zh }) =>
    zh
      ? '各名额都轮不到，办法没有再低的等次，由考核小组评定'
      : 'Within none of the seats, and the policy has no lower grade; the panel decides',
  tieLeftEmpty: (reason, { zh }) =>
    zh ? `${reason.between} 人同分，名额空缺` : `${reason.between} people tie, so the seat stays empty`,
  noSeatLeft: (reason, { zh, grade }) => {
    const next = reason.next ? (zh ? `，定为${grade(reason.next)}` : `; the grade is ${grade(reason.next)}`) : ''
    return zh ? `${reason.cap} 个名额轮不到${next}` : `Not within the ${reason.cap} seats${next}`
  },
  belowBand: (_, { zh }) => (zh ? '分数段不到，不参加名额排序' : 'Below the band, so not a candidate for a seat'),
  barred: (_, { zh }) => (zh ? '等次受限，不占名额' : 'The grade is limited, so no seat is taken'),
  noSeatFor: (_, { zh }) =>
    zh ? '名额按专职人员计，兼职人员不占名额' : 'The seats are counted on full-time people, and part-time people take none',
  incomplete: (reason, { zh }) =>
    zh
      ? `还有 ${reason.missing} 栏未填，未评完不定等次、不排名次`
      : `${reason.missing} columns are not recorded: no grade and no rank before the score is whole`,
  notTakingPart: (_, { zh }) => (zh ? '基准日不在本岗位参加考核' : 'Not taking part at this post on the base date'),
}

/** One reason of a grade as a sentence without its full stop. */
export function gradeSentence(policy: Policy, reason: GradeReason, lang: Lang): string {
  const say = sentences[reason.kind] as (reason: GradeReason, wording: Wording) => string
  return say(reason, { policy, lang, zh: lang === 'zh', grade: (id) => gradeTitle(policy, id)[lang] })
}
