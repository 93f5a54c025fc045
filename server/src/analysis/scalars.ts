import { GraphQLError, GraphQLScalarType, Kind } from 'graphql'
import { isDay } from '../rules/days.ts'

/** A scalar of texts of one shape; what has another is refused with the sentence. */
function textual(
  name: string,
  description: string,
  fits: (text: string) => boolean,
  says: string,
): GraphQLScalarType<string, string> {
  const read = (value: unknown): string => {
    if (typeof value === 'string' && fits(value)) return value
    throw new GraphQLError(says, { extensions: { code: 'value.wrong' } })
  }
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: String,
    parseValue: read,
    parseLiteral: (node) => read(node.kind === Kind.STRING || node.kind === Kind.INT ? node.value : undefined),
  })
}

/** Exact decimal text: no binary fraction comes in or goes out. */
export const Decimal = textual(
  'Decimal',
  '十进制数，写成文本，精确 / A decimal number as text, exact: "85.5", "-1"',
  (text) => /^-?\d{1,20}(\.\d{1,20})?$/.test(text),
  '应为十进制数的文本，如 "85.5" / must be a decimal number as text, such as "85.5"',
)

export const Day = textual(
  'Day',
  '日期 YYYY-MM-DD / A day as YYYY-MM-DD',
  isDay,
  '应为 YYYY-MM-DD 形式的日期 / must be a day as YYYY-MM-DD',
)
