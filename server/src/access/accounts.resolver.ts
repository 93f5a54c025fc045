import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { KeyArg } from '../base/arguments.ts'
import { actorOf, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import type { Role } from '../rules/permissions.ts'
import { dayOfMoment } from '../base/today.ts'
import {
  createAccount,
  disableAccount,
  endGrant,
  endSessions,
  forgetTotp,
  grantRole,
  grantRoles,
  holding,
  mostGrants,
  renameAccount,
  resetPassword,
  type Given,
} from './accounts.ts'
import { Roles } from '../base/roles.ts'

@ObjectType({ simpleResolvers: true, description: '一项授权 / A grant: one role in one unit' })
class HeldGrant {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => Roles, { description: '角色 / Role' })
  role!: Role

  @Field(() => ID, { description: '单位 / Unit' })
  unit!: string

  @Field(() => String, { description: '单位名称 / Name of the unit' })
  unitName!: string

  @Field(() => String, { nullable: true, description: '有效到哪一天 / The last day it holds' })
  until?: string | null

  @Field(() => String, { nullable: true, description: '代何人 / On whose behalf' })
  onBehalfOf?: string | null

  @Field(() => String, { nullable: true, description: '协理员角色：是哪一位 / Of a coordinator’s role: who they are' })
  coordinatorName?: string | null
}

@ObjectType({ simpleResolvers: true, description: '一个账号 / An account' })
class AccountSummary {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '账号 / What is typed to sign in' })
  login!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => Boolean, { description: '已停用 / Closed' })
  disabled!: boolean

  @Field(() => Boolean, { description: '还没有换掉一次性密码 / Still has the one-time password' })
  mustChange!: boolean

  @Field(() => Boolean, { description: '两步登录 / Signs in with a second factor' })
  secondFactor!: boolean

  @Field(() => Int, { description: '登录中的会话 / Open sessions' })
  sessions!: number

  @Field(() => [HeldGrant], { description: '现有的角色 / The roles it holds now' })
  grants!: HeldGrant[]
}

@ObjectType({ simpleResolvers: true, description: '账号 / Accounts' })
class AccountList {
  @Field(() => [AccountSummary], { description: '按账号排列 / By what is typed to sign in' })
  accounts!: AccountSummary[]

  @Field(() => Boolean, { description: '还有更多，请再写一些 / There are more; narrow the search' })
  more!: boolean

  @Field(() => Boolean, { description: '有人经未加密的网络登录 / Somebody signs in over an unencrypted network' })
  unencrypted!: boolean
}

@ObjectType({ simpleResolvers: true, description: '新账号或新密码，密码只显示一次 / A new account or password, shown once' })
class GivenPassword implements Given {
  @Field(() => ID, { description: '账号的 Id / Id of the account' })
  account!: string

  @Field(() => String, { description: '一次性密码，首次登录须更换 / One-time password, replaced at the first sign-in' })
  password!: string
}

@ObjectType({ simpleResolvers: true, description: '一村的协理员 / A coordinator of a village' })
class NamedCoordinator {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string
}

@InputType({ description: '授予一个角色 / Granting a role' })
class GrantInput {
  @Field(() => ID, { description: '账号 / The account' })
  account!: string

  @Field(() => Roles, { description: '角色 / Role' })
  role!: Role

  @Field(() => ID, { description: '单位：县、镇或村，随角色 / Unit: county, town or village, as the role is held' })
  unit!: string

  @Field(() => String, { nullable: true, description: '有效到哪一天 / The last day it holds, YYYY-MM-DD' })
  until?: string | null

  @Field(() => ID, {
    nullable: true,
    description: '代理：代哪个账号，须有截止日 / Of a deputy: the account they act for; needs a last day',
  })
  onBehalfOf?: string | null

  @Field(() => ID, { nullable: true, description: '协理员角色：是哪一位 / Of a coordinator’s role: who they are' })
  coordinator?: string | null
}

const most = 200

const AccountArg = () => Arg('id', () => ID, { description: '账号，见 accounts / The account, see `accounts`' })
const NameArg = () =>
  Arg('name', () => String, { description: '姓名，1 至 50 字，不换行 / Name, 1 to 50 characters on one line' })

@Resolver()
export class AccountsResolver {
  @Query(() => AccountList, { description: '本县账号及其角色 / The accounts of the county and the roles they hold' })
  async accounts(
    @Arg('find', () => String, { nullable: true, description: '账号或姓名的一部分 / A part of the account or the name' })
    find: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<AccountList> {
    const { rows } = await context.pool.query<AccountSummary>({
      name: 'accounts',
      text: `select a.id, a.login, a.name, a.disabled_at is not null as disabled, a.must_change as "mustChange",
                    a.totp_secret is not null as "secondFactor",
                    (select count(*)::int from session s where s.county_id = a.county_id and s.account_id = a.id and s.expires_at > $4) as sessions,
                    coalesce((select json_agg(json_build_object('id', g.id, 'role', g.role, 'unit', g.unit_id, 'unitName', u.name, 'until', g.ends_on::text,
                                                                'onBehalfOf', g.on_behalf_of, 'coordinatorName', p.name) order by u.code, g.role)
                                from role_grant g join unit u on u.county_id = g.county_id and u.id = g.unit_id
                                left join coordinator p on p.county_id = g.county_id and p.id = g.coordinator_id
                               where g.county_id = a.county_id and g.account_id = a.id and ${holding('$3')}), '[]') as grants
               from account a
              where a.county_id = $1 and ($2 = '' or position(lower($2) in lower(a.login)) > 0 or position($2 in a.name) > 0)
              order by a.disabled_at is not null, a.login limit ${most + 1}`,
      values: [actorOf(context).county, find?.trim() ?? '', dayOfMoment(context.now), context.now],
    })
    return { accounts: rows.slice(0, most), more: rows.length > most, unencrypted: context.transport.plain }
  }

  @Query(() => [NamedCoordinator], {
    description: '一村的协理员，授协理员角色用 / The coordinators of a village, for granting their role',
  })
  async coordinatorsOf(
    @Arg('village', () => ID, { description: '村（社区），见 units / The village, see `units`' }) village: string,
    @Ctx() context: Context,
  ): Promise<NamedCoordinator[]> {
    if (!isUuid(village)) return []
    const { rows } = await context.pool.query<NamedCoordinator>(
      `select distinct c.id, c.name from posting p join coordinator c on c.county_id = p.county_id and c.id = p.coordinator_id
        where p.county_id = $1 and p.village_id = $2 order by c.name, c.id`,
      [actorOf(context).county, village],
    )
    return rows
  }

  @Mutation(() => GivenPassword, { description: '新建账号；尚无角色 / Makes an account; it holds no role yet' })
  createAccount(
    @Arg('login', () => String, {
      description:
        '登录名，2 至 40 个字母、汉字、数字或 . _ -，不与他人相同 / What is typed to sign in: 2 to 40 letters, digits or . _ -, nobody else’s',
    })
    login: string,
    @NameArg() name: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<Given> {
    return createAccount(context, login, name, key)
  }

  @Mutation(() => Boolean, { description: '改姓名；账号不改 / Changes the name; what is typed to sign in stays' })
  renameAccount(
    @AccountArg() id: string,
    @NameArg() name: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    return renameAccount(context, id, name, key)
  }

  @Mutation(() => Boolean, {
    description: '停用账号并结束其会话，或重新启用 / Closes an account and its sessions, or opens it again',
  })
  disableAccount(
    @AccountArg() id: string,
    @Arg('disabled', () => Boolean, { description: '停用，否则启用 / Whether it is closed' }) disabled: boolean,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    return disableAccount(context, id, disabled, key)
  }

  @Mutation(() => GivenPassword, { description: '给一个一次性密码 / Gives a one-time password' })
  resetPassword(@AccountArg() id: string, @KeyArg() key: string, @Ctx() context: Context): Promise<Given> {
    return resetPassword(context, id, key)
  }

  @Mutation(() => Boolean, { description: '取消丢失的两步登录 / Takes a lost second factor out of an account' })
  forgetTotp(@AccountArg() id: string, @KeyArg() key: string, @Ctx() context: Context): Promise<boolean> {
    return forgetTotp(context, id, key)
  }

  @Mutation(() => Boolean, { description: '结束一个账号的全部会话 / Signs an account out everywhere' })
  endSessions(@AccountArg() id: string, @KeyArg() key: string, @Ctx() context: Context): Promise<boolean> {
    return endSessions(context, id, key)
  }

  @Mutation(() => ID, { description: '授予角色，返回授权的 Id / Grants a role and answers the id of the grant' })
  grantRole(
    @Arg('input', () => GrantInput, { description: '给谁、什么角色、在哪里 / Whom, which role, where' }) input: GrantInput,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string> {
    return grantRole(context, input, key)
  }

  @Mutation(() => [ID], {
    description: `一次授予多项角色，至多 ${mostGrants} 项，全成或全不成，返回各项授权的 Id / Grants up to ${mostGrants} roles at once, all or none, and answers the ids of the grants`,
  })
  grantRoles(
    @Arg('grants', () => [GrantInput], {
      description: '给谁、什么角色、在哪里，如 proposedGrants 所列 / Whom, which role, where, such as `proposedGrants` lists',
    })
    grants: GrantInput[],
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string[]> {
    return grantRoles(context, grants, key)
  }

  @Mutation(() => Boolean, { description: '收回一项授权，即时生效 / Ends a grant from this moment on' })
  endGrant(
    @Arg('id', () => ID, { description: '授权，见 accounts 的 grants / The grant, see grants of `accounts`' }) id: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    return endGrant(context, id, key)
  }
}
