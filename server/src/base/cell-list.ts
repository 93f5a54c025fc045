import { Field, ObjectType } from 'type-graphql'

@ObjectType({ simpleResolvers: true, description: '一些格，按列给出 / Some cells, in columnar form' })
export class CellList {
  @Field(() => String, { description: '考核表，每行一个 / The sheets, one a line' })
  sheets!: string

  @Field(() => String, { description: '字段，每行一个 / The fields, one a line' })
  fields!: string
}

export const cellList = (cells: readonly { sheet: string; field: string }[]): CellList => ({
  sheets: cells.map(({ sheet }) => sheet).join('\n'),
  fields: cells.map(({ field }) => field).join('\n'),
})
