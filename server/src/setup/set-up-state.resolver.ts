import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { holding } from '../access/accounts.ts'
import { actorOf, type Context } from '../base/context.ts'
import { dayOfMoment } from '../base/today.ts'

@ObjectType({ simpleResolvers: true, description: '本县开办还缺什么 / What the county still lacks before its first year' })
class SetUpState {
  @Field(() => Int, { description: '镇（街道）数 / Towns' })
  towns!: number

  @Field(() => Int, { description: '村（社区）数 / Villages' })
  villages!: number

  @Field(() => Int, { description: '在岗的协理员数 / Coordinators on post' })
  people!: number

  @Field(() => Boolean, { description: '已有人担任县局 / Whether an account holds the county bureau' })
  bureau!: boolean

  @Field(() => Int, { description: '没有任何账号的镇（街道）数 / Towns that no account holds a role in or was made for' })
  townsWithoutAccount!: number

  @Field(() => Int, { description: '没有角色的账号数 / Accounts without a role' })
  accountsWithoutRole!: number

  @Field(() => Int, { description: '考核周期数 / Cycles' })
  cycles!: number
}

@Resolver()
export class SetUpStateResolver {
  @Query(() => SetUpState, { description: '本县开办还缺什么 / What the county still lacks before its first year' })
  async setUpState(@Ctx() context: Context): Promise<SetUpState> {
    const held = `from role_grant g join account a on a.county_id = g.county_id and a.id = g.account_id
                 where g.county_id = $1 and a.disabled_at is null and ${holding('$2')}`
    const { rows } = await context.pool.query<SetUpState>(
      `select (select count(*)::int from unit where county_id = $1 and kind = 'town') as towns,
              (select count(*)::int from unit where county_id = $1 and kind = 'village') as villages,
              (select count(distinct coordinator_id)::int from posting where county_id = $1 and (ends_on is null or ends_on >= $2::date)) as people,
              exists (select ${held} and g.role = 'countyBureau') as bureau,
              (select count(*)::int from unit u where u.county_id = $1 and u.kind = 'town'
                  and u.id not in (select g.unit_id ${held})
                  and not exists (select from account a where a.county_id = $1 and a.disabled_at is null and a.proposed_unit_id = u.id)) as "townsWithoutAccount",
              (select count(*)::int from account where county_id = $1 and disabled_at is null
                  and id not in (select g.account_id ${held})) as "accountsWithoutRole",
              (select count(*)::int from cycle where county_id = $1) as cycles`,
      [actorOf(context).county, dayOfMoment(context.now)],
    )
    return rows[0]!
  }
}
