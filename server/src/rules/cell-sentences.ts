import type { NotANumber, TextCode } from './cell-text.ts'
import type { Text } from './text.ts'

type Params = Readonly<Record<string, string>>

/** Of a cell that was given a sum: what it comes to, before the rule it breaks. */
const comesTo = ({ raw, value }: Params): Text =>
  value === undefined ? { zh: '', en: '' } : { zh: `“${raw}”算得 ${value}，`, en: `“${raw}” comes to ${value}: ` }

const notANumber: Record<NotANumber, (p: Params) => Text> = {
  date: (p) => ({
    zh: `“${p.raw}”像是日期，“${p.zh}”请填数字；若是算式，请填 ${p.try}。`,
    en: `“${p.raw}” looks like a date; enter a number for “${p.en}”, or ${p.try} if a sum is meant.`,
  }),
  blank: (p) => ({
    zh: `“${p.raw}”中间有空格或看不见的字符，请核对后重填，例如 ${p.try}。`,
    en: `“${p.raw}” has a blank or an unseen character in it; check it and enter it without, such as ${p.try}.`,
  }),
  unit: (p) => ({
    zh: `“${p.raw}”带有“${p.part}”，“${p.zh}”请只填数字，例如 ${p.try}。`,
    en: `“${p.raw}” has “${p.part}” behind it; for “${p.en}” enter the number alone, such as ${p.try}.`,
  }),
  percent: (p) => ({
    zh: `“${p.raw}”是百分数，“${p.zh}”请填不带百分号的数字，例如 ${p.step}。`,
    en: `“${p.raw}” is a percentage; enter a number without the sign for “${p.en}”, such as ${p.step}.`,
  }),
  points: (p) => ({
    zh: `“${p.raw}”不止一个小数点，请只留一个。`,
    en: `“${p.raw}” has more than one decimal point; leave one.`,
  }),
  comma: (p) => ({
    zh: `“${p.raw}”里的逗号不在千位上，小数请用小数点，例如 1.5。`,
    en: `The comma in “${p.raw}” does not part thousands; write decimals with a point, such as 1.5.`,
  }),
  digits: (p) => ({
    zh: `“${p.raw}”里的“${p.part}”不是普通数字，请用 0 到 9 填写。`,
    en: `“${p.part}” in “${p.raw}” is not an ordinary digit; write the number with 0 to 9.`,
  }),
  numerals: (p) => ({
    zh: `“${p.raw}”是汉字数字，“${p.zh}”请用 0 到 9 填写，例如 ${p.step}。`,
    en: `“${p.raw}” is a Chinese numeral; enter “${p.en}” with the digits 0 to 9, such as ${p.step}.`,
  }),
  sign: (p) => ({
    zh: `“${p.raw}”里的“${p.part}”不能识别，请改填 ${p.try}。`,
    en: `The sign “${p.part}” in “${p.raw}” is not understood; enter ${p.try}.`,
  }),
  sum: (p) => ({
    zh: `“${p.raw}”这个算式不完整或算不出来，请改成如 5-0.5*2 的算式，或直接填数字。`,
    en: `“${p.raw}” is not a complete sum, or has no result; write it as in 5-0.5*2, or enter the number.`,
  }),
  text: (p) => ({
    zh: `“${p.raw}”不是数字，请在“${p.zh}”填写数字，例如 0 或 ${p.step}。`,
    en: `“${p.raw}” is not a number; enter a number for “${p.en}”, such as 0 or ${p.step}.`,
  }),
}

/**
 * What is wrong with text for a cell and what to do, by the code of its refusal. `zh` and `en` are the title of the
 * cell, the other parameters those of the refusal and of the cell's shape.
 */
export const textSentences: Record<TextCode, (p: Params) => Text> = {
  'cell.notANumber': (p) => notANumber[p.why as NotANumber](p),
  'cell.negative': (p) => ({
    zh: `${comesTo(p).zh}“${p.zh}”不能填负数，扣分请填发生的次数。`,
    en: `${comesTo(p).en}“${p.en}” cannot be negative; for a deduction enter how often it happened.`,
  }),
  'cell.overMax': (p) => ({
    zh: `${comesTo(p).zh}“${p.zh}”最多填 ${p.max}，请改为不超过 ${p.max} 的数。`,
    en: `${comesTo(p).en}“${p.en}” is ${p.max} at most; enter ${p.max} or less.`,
  }),
  'cell.step': (p) => ({
    zh: `${comesTo(p).zh}“${p.zh}”应是 ${p.step} 的整数倍，请改填。`,
    en: `${comesTo(p).en}“${p.en}” goes in steps of ${p.step}; enter a multiple of it.`,
  }),
  'cell.notAWhole': (p) => ({
    zh: `${comesTo(p).zh}“${p.zh}”是次数，请填整数。`,
    en: `${comesTo(p).en}“${p.en}” is a count; enter a whole number.`,
  }),
  'cell.notAFlag': (p) => ({
    zh: `“${p.zh}”请填“是”或“否”。`,
    en: `Enter yes or no for “${p.en}”.`,
  }),
  'cell.notAnOption': (p) => ({
    zh: `“${p.zh}”请在这些选项中选填：${p.zhOptions}。`,
    en: `Choose for “${p.en}” one of: ${p.enOptions}.`,
  }),
  'cell.tooLong': (p) => ({
    zh: `“${p.zh}”的内容太长，最多 30 个字，请只填数值。`,
    en: `The entry for “${p.en}” is too long, 30 characters at most; enter the value alone.`,
  }),
}
