import { PrimaryKeyProp } from '@mikro-orm/core'
import { Entity, Property, Unique } from '@mikro-orm/decorators/legacy'
import { Field, ObjectType } from 'type-graphql'
import { CountyKey, FlagColumn, HiddenLink, IdColumn, TextColumn } from '../base/columns.ts'

/** 视图: how somebody likes to see a table. What it holds is the page's own business. */
@Entity()
@Unique({ properties: ['countyId', 'accountId', 'page', 'name'] })
@ObjectType({ simpleResolvers: true, description: '保存的视图 / A saved view of a table' })
export class SavedView {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @IdColumn('编号 / Id')
  id!: string

  @HiddenLink()
  accountId!: string

  @TextColumn('何人所存 / Who saved it')
  by!: string

  @TextColumn('所属页面 / The page it belongs to')
  page!: string

  @TextColumn('名称 / Name')
  name!: string

  @FlagColumn('是否供本县他人使用 / Whether others of the county may use it')
  shared!: boolean

  @TextColumn('内容，由页面解释 / What it holds, for the page to read')
  content!: string

  @Field(() => Date, { description: '何时 / When' })
  @Property({ type: 'timestamptz', length: 3 })
  at!: Date
}
