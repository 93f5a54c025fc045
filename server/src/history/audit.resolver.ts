import { Arg, Args, ArgsType, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { actorOf, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import { findSheet } from '../core/find-sheet.ts'
import { ChangeKinds, type ChangeKind } from '../ledger/kinds.ts'
import { verifyChain } from '../ledger/verify.ts'
import { isAdministrator } from '../rules/access.ts'

@ObjectType({ simpleResolvers: true, description: '链中的一件事 / One thing that was done, as it stands in the chain' })
class Act {
  @Field(() => Int, { description: '序号，逐次加一 / Number, counting up by one' })
  seq!: number

  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => ChangeKinds, { description: '种类 / Kind' })
  kind!: ChangeKind

  @Field(() => Date, { description: '时间 / When' })
  at!: Date

  @Field(() => ID, { description: '账号 / Account' })
  account!: string

  @Field(() => String, { description: '何人 / Who' })
  by!: string

  @Field(() => String, { nullable: true, description: '代何人 / On whose behalf' })
  behalf!: string | null

  @Field(() => String, { nullable: true, description: '来自何处 / From which address' })
  address!: string | null

  @Field(() => String, { nullable: true, description: '理由 / Reason' })
  reason!: string | null

  @Field(() => String, { nullable: true, description: '办法文件的指纹 / SHA-256 of the policy file it was done under' })
  policy!: string | null

  @Field(() => String, { nullable: true, description: '所做之事，JSON / What was done, as JSON' })
  details!: string | null

  @Field(() => Int, { description: '所涉考核表 / How many sheets it touched' })
  sheets!: number

  @Field(() => Int, { description: '所涉各格 / How many cells it changed' })
  cells!: number

  @Field(() => String, { description: '指纹 / SHA-256, chained to the one before' })
  hash!: string
}

@ObjectType({
  simpleResolvers: true,
  description: '链首：另存一份，日后可据以核对 / The head of the chain: keep it elsewhere, to verify against later',
})
class ChainHead {
  @Field(() => Int, { description: '最后一件事的序号 / Number of the last act' })
  seq!: number

  @Field(() => String, { description: '其指纹 / Its hash' })
  hash!: string

  @Field(() => Date, { description: '何时读取 / When it was read' })
  at!: Date
}

@ObjectType({ simpleResolvers: true, description: '核对的结果 / What verifying found' })
class Verification {
  @Field(() => Boolean, { description: '全部相符 / Whether everything agrees' })
  ok!: boolean

  @Field(() => Int, { nullable: true, description: '第一件不符的序号 / Number of the first that does not' })
  firstBroken?: number | undefined

  @Field(() => Int, { description: '核对了多少件 / How many were looked at' })
  acts!: number
}

@ArgsType()
class ActsArgs {
  @Field(() => ID, { nullable: true, description: '考核周期 / Of one cycle' })
  cycle?: string | null

  @Field(() => [ChangeKinds], { nullable: true, description: '种类 / Of these kinds' })
  kinds?: ChangeKind[] | null

  @Field(() => ID, { nullable: true, description: '某账号所做 / Done by one account' })
  account?: string | null

  @Field(() => ID, { nullable: true, description: '涉及某张考核表 / Touching one sheet' })
  sheet?: string | null

  @Field(() => Int, { nullable: true, description: '此序号之前 / Before this number' })
  before?: number | null

  @Field(() => Int, { defaultValue: 50, description: '最多几件，至多 200 / How many, 200 at most' })
  first!: number
}

@Resolver()
export class AuditResolver {
  @Query(() => [Act], {
    description:
      '所做的每件事，新的在前；安全管理员只看账号方面的 / Everything that was done, latest first; of accounts only for the security administrator',
  })
  async acts(@Args() asked: ActsArgs, @Ctx() context: Context): Promise<Act[]> {
    const actor = actorOf(context)
    if (asked.sheet != null) await findSheet(context, asked.sheet)
    const values: unknown[] = [actor.county]
    const conditions = ['h.county_id = $1']
    const add = (condition: (place: string) => string, value: unknown) => conditions.push(condition(`$${values.push(value)}`))
    if (actor.grants.every(({ role }) => isAdministrator(role)))
      // A change of the calendar belongs to no cycle, but what it changes are assessments, which administrators do not read.
      conditions.push(`h.cycle_id is null and h.kind not in ('setHoliday', 'setCalendarYear', 'recount')`)
    if (asked.cycle != null) add((place) => `h.cycle_id = ${place}::uuid`, isUuid(asked.cycle) ? asked.cycle : null)
    if (asked.kinds != null) add((place) => `h.kind = any(${place})`, asked.kinds)
    if (asked.account != null) add((place) => `h.account_id = ${place}::uuid`, isUuid(asked.account) ? asked.account : null)
    if (asked.before != null) add((place) => `h.seq < ${place}`, asked.before)
    if (asked.sheet != null)
      add(
        (place) =>
          `exists (select from sheet_change x where x.county_id = h.county_id and x.seq = h.seq and x.sheet_id = ${place})`,
        asked.sheet,
      )
    const { rows } = await context.pool.query<Act>(
      `select h.seq, h.id, h.kind, h.at, h.account_id as account, h.by, h.behalf, h.address, h.reason, h.policy, h.hash,
              case when h.account_id = h.cycle_id then null else h.details::text end as details, -- the marks of a secret ballot are nobody's to read
              c.sheets, c.cells
         from (select * from change_set h where ${conditions.join(' and ')} order by h.seq desc limit $${values.push(Math.min(Math.max(asked.first, 1), 200))}) h,
              lateral (select count(*)::int as sheets, coalesce(sum((select count(*) from jsonb_object_keys(x.cells))), 0)::int as cells
                         from sheet_change x where x.county_id = h.county_id and x.seq = h.seq) c
        order by h.seq desc`,
      values,
    )
    return rows.map((row) => ({ ...row, at: new Date(row.at) }))
  }

  @Query(() => ChainHead, { description: '链首，印在签字的表上，也可另存 / The head of the chain, printed on signed forms' })
  async chainHead(@Ctx() context: Context): Promise<ChainHead> {
    const { rows } = await context.pool.query<{ seq: number; hash: string }>(
      'select chain_seq as seq, chain_hash as hash from county where id = $1',
      [actorOf(context).county],
    )
    return { ...rows[0]!, at: context.now }
  }

  @Query(() => Verification, {
    description:
      '逐件核对全链；给出另存的链首则连同核对 / Verifies the whole chain, and against a head kept elsewhere if one is given',
  })
  async verification(
    @Arg('head', () => String, { nullable: true, description: '另存的链首指纹 / The hash of a head kept elsewhere' })
    head: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<Verification> {
    return verifyChain(context.pool, actorOf(context).county, head ?? undefined)
  }
}
