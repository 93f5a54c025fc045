import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { KeyArg } from '../base/arguments.ts'
import { act } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { needsSecondFactor } from '../rules/access.ts'
import { confirmed } from '../base/confirmed.ts'
import { faultOf, shortest } from './password.ts'
import { enrol, recoveryCodes } from './second-factor.ts'
import { changePassword, passwordAgain } from './sessions.ts'
import { base32, stepOfCode, uriOf } from '../base/totp.ts'

@ObjectType({ simpleResolvers: true, description: '一次登录 / A signed-in browser' })
class OwnSession {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => Date, { description: '登录时间 / Signed in' })
  since!: Date

  @Field(() => Date, { description: '最近使用 / Last seen' })
  seen!: Date

  @Field(() => String, { description: '来自何处 / From which address' })
  address!: string

  @Field(() => String, { description: '浏览器 / What the browser says it is' })
  agent!: string

  @Field(() => Boolean, { description: '就是现在这一个 / The one that asks' })
  current!: boolean
}

@ObjectType({ simpleResolvers: true, description: '本人的账号 / The caller’s own account' })
class OwnAccount {
  @Field(() => String, { description: '账号 / What is typed to sign in' })
  login!: string

  @Field(() => Boolean, { description: '两步登录已开 / Whether the second factor is on' })
  secondFactor!: boolean

  @Field(() => Boolean, { description: '本人角色须用两步登录 / Whether the caller’s roles need it' })
  secondFactorNeeded!: boolean

  @Field(() => Int, { description: '还剩几个恢复码 / How many recovery codes are left' })
  recoveryLeft!: number

  @Field(() => [OwnSession], { description: '登录中的会话，近的在前 / Open sessions, latest first' })
  sessions!: OwnSession[]
}

@ObjectType({ simpleResolvers: true, description: '两步登录的密钥 / The secret of a second factor' })
class SecondFactorSecret {
  @Field(() => String, { description: '手工输入用 / For typing' })
  secret!: string

  @Field(() => String, { description: '供扫码的地址，otpauth:// 开头 / The address to scan, of the form otpauth://' })
  uri!: string
}

@Resolver()
export class OwnAccountResolver {
  @Query(() => OwnAccount, { description: '本人的账号 / The caller’s own account' })
  async myAccount(@Ctx() context: Context): Promise<OwnAccount> {
    const { county, id, grants } = actorOf(context)
    const { rows } = await context.pool.query<{ login: string; on: boolean; left: number }>(
      `select login, totp_secret is not null as on, cardinality(recovery_hashes) as left from account where county_id = $1 and id = $2`,
      [county, id],
    )
    const { rows: sessions } = await context.pool.query<OwnSession>(
      `select token_hash as id, created_at as since, seen_at as seen, address, agent, token_hash = $4 as current
         from session where county_id = $1 and account_id = $2 and expires_at > $3 order by seen_at desc limit 100`,
      [county, id, context.now, context.session?.hash],
    )
    const { login, on, left } = rows[0]!
    return { login, secondFactor: on, secondFactorNeeded: isNeeded(context, grants), recoveryLeft: left, sessions }
  }

  @Mutation(() => Boolean, {
    description: '改自己的密码，其他会话随之结束 / Changes one’s own password; all other sessions end',
  })
  async changePassword(
    @Arg('old', () => String, { description: '现在的密码 / The password so far' }) old: string,
    @Arg('new', () => String, {
      description: `新密码，${shortest} 至 200 个字符，不可常见或与登录名相同 / The new one: ${shortest} to 200 characters, not a common one nor the login`,
    })
    chosen: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    if (old.length > 200 || chosen.length > 200) throw refusal(context, 'confirm.wrong')
    const { login } = await this.myAccount(context)
    const fault = old === chosen ? 'password.same' : faultOf(chosen, login)
    if (fault) throw refusal(context, fault, { least: String(shortest) })
    await changePassword({ ...context, actor }, chosen, {
      key,
      kept: context.session?.hash ?? '',
      async first() {
        const again = await passwordAgain(context, actor.id, old, context)
        if ('waitMinutes' in again) throw refusal(context, 'signIn.wait', { minutes: String(again.waitMinutes) })
        if ('wrong' in again) throw refusal(context, 'confirm.wrong')
      },
    })
    return true
  }

  @Mutation(() => Boolean, { description: '结束自己的一个会话 / Ends one of one’s own sessions' })
  endMySession(
    @Arg('id', () => ID, { description: '会话，见 myAccount / The session, see `myAccount`' }) id: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    const doing = { kind: 'account', cycle: null, key, says: ['endMySession', id] } as const
    return act({ ...context, actor }, doing, async ({ client }) => {
      const { rowCount } = await client.query(
        'delete from session where county_id = $1 and account_id = $2 and token_hash = $3',
        [actor.county, actor.id, id],
      )
      if (!rowCount) throw refusal(context, 'session.unknown')
      return { outcome: true, details: { account: actor.id, sessionEnded: id.slice(0, 12) } }
    })
  }

  @Query(() => SecondFactorSecret, {
    description:
      '开两步登录用的密钥，key 与 enableTotp 相同 / A secret to turn it on with, under the key that enableTotp is then called with',
  })
  async totpSecret(
    @Arg('key', () => String, {
      description: '与随后的 enableTotp 所用的相同 / The one that enableTotp is called with afterwards',
    })
    key: string,
    @Ctx() context: Context,
  ): Promise<SecondFactorSecret> {
    confirmed(context)
    const { county } = actorOf(context)
    const { login } = await this.myAccount(context)
    const { rows } = await context.pool.query<{ name: string }>('select name from county where id = $1', [county])
    const secret = secretOf(context, key)
    return { secret: base32(secret), uri: uriOf(secret, login, rows[0]!.name) }
  }

  @Mutation(() => [String], {
    description: '开两步登录，返回恢复码 / Turns the second factor on and answers the recovery codes',
  })
  async enableTotp(
    @Arg('code', () => String, { description: '验证器现在显示的六位数字 / The six digits that the authenticator shows' })
    code: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string[]> {
    confirmed(context)
    const actor = actorOf(context)
    const codes = recoveryCodes(context.keys, actor.id, key)
    await act({ ...context, actor }, { kind: 'account', cycle: null, key, says: ['enableTotp'] }, async ({ client }) => {
      const { rows } = await client.query<{ on: boolean }>(
        'select totp_secret is not null as on from account where county_id = $1 and id = $2 for update',
        [actor.county, actor.id],
      )
      if (rows[0]!.on) throw refusal(context, 'secondFactor.on')
      const secret = secretOf(context, key)
      const step = stepOfCode(secret, code.replaceAll(/\s/g, ''), context.now)
      if (step === undefined) throw refusal(context, 'secondFactor.wrong')
      await enrol(client, context.keys, actor, secret, step, codes)
      return { outcome: true, details: { account: actor.id, secondFactor: [false, true] } }
    })
    return codes
  }

  @Mutation(() => Boolean, { description: '关两步登录 / Turns the second factor off' })
  disableTotp(@KeyArg() key: string, @Ctx() context: Context): Promise<boolean> {
    confirmed(context)
    const actor = actorOf(context)
    if (isNeeded(context, actor.grants)) throw refusal(context, 'secondFactor.needed')
    return act({ ...context, actor }, { kind: 'account', cycle: null, key, says: ['disableTotp'] }, async ({ client }) => {
      await client.query(`update account set totp_secret = null, recovery_hashes = '{}' where county_id = $1 and id = $2`, [
        actor.county,
        actor.id,
      ])
      return { outcome: true, details: { account: actor.id, secondFactor: [true, false] } }
    })
  }
}

const isNeeded = ({ secondFactor }: Context, grants: ReturnType<typeof actorOf>['grants']): boolean =>
  secondFactor === 'county' && grants.some(({ role }) => needsSecondFactor(role))

/** Follows from the key of the call, so that it need not be stored before its first code was right. */
const secretOf = (context: Context, key: string): Buffer => context.keys.derive('totp', actorOf(context).id, key).subarray(0, 20)
