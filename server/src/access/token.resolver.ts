import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { KeyArg } from '../base/arguments.ts'
import { enumerate } from '../base/enumerations.ts'
import { confirmed } from '../base/confirmed.ts'
import { act } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { tokenScopes, type TokenScope } from '../rules/access.ts'
import { tokenText } from './tokens.ts'

const TokenScopes = enumerate<TokenScope>(
  'TokenScope',
  '令牌的范围，再以账号此刻的授权为限 / What a token is for, within what its account may do at that moment',
  {
    read: '查询 / Queries and subscriptions',
    analyst: '查询，并可用自拟的查询和内省 / Queries, also documents of one’s own, and introspection',
    write: '改动，但不含签字、公示、账号和授权 / Mutations, but no signing, publishing, accounts or grants',
  },
)

@ObjectType({ simpleResolvers: true, description: '令牌 / A token of a program; what it is made of is not kept' })
class TokenSummary {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '用途 / What it is called' })
  name!: string

  @Field(() => [TokenScopes], { description: '范围 / What it is for' })
  scopes!: TokenScope[]

  @Field(() => Date, { description: '何时所建 / Since when' })
  since!: Date

  @Field(() => Date, { description: '到期 / Until when' })
  until!: Date

  @Field(() => Date, { nullable: true, description: '最近使用，以分钟计 / Last used, to the minute' })
  used?: Date | null

  @Field(() => Date, { nullable: true, description: '何时作废 / Since when it is revoked' })
  revoked?: Date | null
}

@ObjectType({ simpleResolvers: true, description: '新令牌，只显示这一次 / A new token, shown this once' })
class NewToken {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '用作 Authorization: Bearer 的内容 / What goes behind Authorization: Bearer' })
  token!: string

  @Field(() => Date, { description: '到期 / Until when' })
  until!: Date
}

@InputType({ description: '新令牌 / A new token' })
class TokenInput {
  @Field(() => String, { description: '用途，不超过 60 字 / What it is called, 60 characters at most' })
  name!: string

  @Field(() => [TokenScopes], { description: '范围 / What it is for' })
  scopes!: TokenScope[]

  @Field(() => Int, { description: '有效几天，至多 365 / For how many days, 365 at most' })
  days!: number
}

const longestName = 60
const longestDays = 365
const most = 20

@Resolver()
export class TokenResolver {
  @Query(() => [TokenSummary], { description: '本人的令牌，新的在前 / The caller’s own tokens, latest first' })
  async tokens(@Ctx() context: Context): Promise<TokenSummary[]> {
    const { county, id } = actorOf(context)
    const { rows } = await context.pool.query<TokenSummary>(
      `select id, name, scopes, created_at as since, expires_at as until, last_used_at as used, revoked_at as revoked
         from access_token where county_id = $1 and account_id = $2 order by created_at desc, id limit 200`,
      [county, id],
    )
    return rows
  }

  @Mutation(() => NewToken, { description: '建一个令牌，供程序使用 / Makes a token for a program' })
  async createToken(
    @Arg('input', () => TokenInput, { description: '用途、范围、期限 / What it is called and for, and for how long' })
    input: TokenInput,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<NewToken> {
    confirmed(context)
    const actor = actorOf(context)
    const { county, id: account } = actor
    const name = input.name.trim()
    if (name === '' || [...name].length > longestName) throw refusal(context, 'token.name', { most: String(longestName) })
    const scopes = tokenScopes.filter((scope) => input.scopes.includes(scope))
    if (scopes.length === 0) throw refusal(context, 'token.noScope')
    if (input.days < 1 || input.days > longestDays) throw refusal(context, 'token.days', { most: String(longestDays) })
    // Follows from the key of the call: sent again it is told again, and nothing of it is stored.
    const { token, hash } = tokenText(county, context.keys.derive('token', account, key))
    const doing = { kind: 'token', cycle: null, key, says: ['createToken', name, scopes, input.days] } as const
    const { id, until } = await act({ ...context, actor }, doing, async ({ client }) => {
      await client.query('select from account where county_id = $1 and id = $2 for no key update', [county, account])
      const { rows } = await client.query<{ open: number }>(
        'select count(*)::int as open from access_token where county_id = $1 and account_id = $2 and revoked_at is null and expires_at > $3',
        [county, account, context.now],
      )
      if (rows[0]!.open >= most) throw refusal(context, 'token.tooMany', { most: String(most) })
      const made = newId(context.now.getTime())
      const ends = new Date(context.now.getTime() + input.days * 86_400_000)
      await client.query(
        `insert into access_token (county_id, id, account_id, name, token_hash, scopes, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [county, made, account, name, hash, scopes, context.now, ends],
      )
      const outcome = { id: made, until: ends.toISOString() }
      return { outcome, details: { token: made, name, scopes, until: outcome.until } }
    })
    return { id, token, until: new Date(until) }
  }

  @Mutation(() => Boolean, { description: '作废本人的一个令牌，即刻生效 / Revokes one of the caller’s own tokens, at once' })
  revokeToken(
    @Arg('id', () => ID, { description: '令牌，见 tokens / The token, see `tokens`' }) id: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    const doing = { kind: 'token', cycle: null, key, says: ['revokeToken', id] } as const
    return act({ ...context, actor }, doing, async ({ client }) => {
      const { rowCount } = isUuid(id)
        ? await client.query(
            'update access_token set revoked_at = $4 where county_id = $1 and account_id = $2 and id = $3 and revoked_at is null',
            [actor.county, actor.id, id, context.now],
          )
        : { rowCount: 0 }
      if (!rowCount) throw refusal(context, 'token.unknown')
      return { outcome: true, details: { token: id, revoked: true } }
    })
  }
}
