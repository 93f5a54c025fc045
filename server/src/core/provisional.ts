import { unknownYears, type Calendar, type Day } from '../rules/days.ts'
import type { Lang } from '../rules/text.ts'
import { sentence } from '../base/words.ts'

/** The description of the field that carries the sentence below. */
export const provisionalField =
  '所涉年份的节假日尚未公布，暂按星期计算；已知的为空 / That days of a year not announced yet are counted for the time being; none where all are known'

/** Says that days of a year not announced yet are counted by weekdays alone for now; null where every year counted is known. */
export function provisionalSays(
  lang: Lang,
  spans: readonly { from: Day; to: Day }[],
  calendar: Pick<Calendar, 'known'>,
): string | null {
  const years = [...new Set(spans.flatMap(({ from, to }) => unknownYears(calendar, from, to)))].sort()
  return years.length === 0 ? null : sentence(lang, 'calendar.provisional', { years: years.join(lang === 'zh' ? '、' : ', ') })
}
