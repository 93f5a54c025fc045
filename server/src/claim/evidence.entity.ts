import { PrimaryKeyProp } from '@mikro-orm/core'
import { Check, Entity, Index, PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Field, ObjectType } from 'type-graphql'
import { CountyKey, HiddenLink, IdColumn, TextColumn, WholeColumn } from '../base/columns.ts'

/** 佐证: a file that proves one cell of a sheet or one claim. One that was removed is hidden and stays on record. */
@Entity()
@Index({ properties: ['countyId', 'sheetId', 'field'] })
@Index({ properties: ['countyId', 'claimId'] })
@Check({ name: 'evidence_file_proves_one', expression: '(field is null) <> (claim_id is null)' })
@Check({ name: 'evidence_file_type_known', expression: `type in ('pdf', 'jpg', 'png', 'docx', 'xlsx')` })
@ObjectType({ simpleResolvers: true, description: '一份佐证 / A file of evidence; its bytes are at /evidence/ID' })
export class EvidenceFile {
  [PrimaryKeyProp]?: ['countyId', 'id']

  @CountyKey()
  countyId!: string

  @IdColumn('编号 / Id')
  id!: string

  @HiddenLink()
  sheetId!: string

  /** The cell's field; null where it proves a claim. */
  @Property({ type: 'text', nullable: true })
  field?: string | null

  @HiddenLink({ nullable: true })
  claimId?: string | null

  @TextColumn('内容的指纹 / SHA-256 of its bytes')
  sha256!: string

  @TextColumn('文件名 / Name, as it was cleaned')
  name!: string

  @TextColumn('按内容认定的类型：pdf jpg png docx xlsx / Type, told by its bytes')
  type!: string

  @WholeColumn('字节数 / Size in bytes')
  size!: number

  @HiddenLink()
  accountId!: string

  @TextColumn('何人 / Who added it')
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  @Property({ type: 'timestamptz', length: 3 })
  at!: Date

  @Property({ type: 'timestamptz', length: 3, nullable: true })
  removedAt?: Date | null
}

/** The bytes of files, each content once in a county. */
@Entity()
export class EvidenceBlob {
  [PrimaryKeyProp]?: ['countyId', 'sha256']

  @CountyKey()
  countyId!: string

  @PrimaryKey({ type: 'text' })
  sha256!: string

  @Property({ type: 'blob', columnType: 'bytea' })
  bytes!: Buffer
}
