import { PrimaryKeyProp } from '@mikro-orm/core'
import { Check, Entity, Index, Property } from '@mikro-orm/decorators/legacy'
import { Field, ObjectType } from 'type-graphql'
import { CountyKey, HiddenLink, IdColumn, TextColumn } from '../base/columns.ts'

/** 批注: what somebody remarks on one cell of a sheet. It changes no score; one that was taken back stays on record. */
@Entity()
@Index({ properties: ['countyId', 'sheetId', 'field'] })
@Check({ name: 'note_text_bounded', expression: 'char_length(text) >= 1 and char_length(text) <= 500' })
@ObjectType({ simpleResolvers: true, description: '一格的批注 / A note on a cell' })
export class Note {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @IdColumn('编号 / Id')
  id!: string

  @HiddenLink()
  sheetId!: string

  @TextColumn('字段 / Field')
  field!: string

  @TextColumn('内容 / What it says')
  text!: string

  @HiddenLink()
  accountId!: string

  @TextColumn('何人 / Who')
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @Property({ type: 'timestamptz', length: 3, nullable: true })
  removedAt?: Date | null
}
