import { Arg, Ctx, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { KeyArg } from '../base/arguments.ts'
import type { Context } from '../base/context.ts'
import { Roles } from '../base/roles.ts'
import type { Role } from '../rules/permissions.ts'
import {
  accountsProgress,
  accountsToMake,
  createAccounts,
  mostAccounts,
  proposedGrants,
  type MadeAccount,
  type Proposal,
} from './unit-accounts.ts'

@ObjectType({
  simpleResolvers: true,
  description: '一个角色的账号还差多少 / How many accounts a role lacks',
})
class AccountsLacking {
  @Field(() => Roles, { description: '角色 / Role' })
  role!: Role

  @Field(() => Int, { description: '共有多少单位（协理员为人） / For how many units; of coordinators, people on post' })
  all!: number

  @Field(() => Int, { description: '其中还没有账号的 / How many of these have no account' })
  missing!: number
}

@ObjectType({ simpleResolvers: true, description: '成批建账号的进度 / How far the making of many accounts is' })
class AccountsProgress {
  @Field(() => Int, { description: '已备好 / Prepared so far' })
  done!: number

  @Field(() => Int, { description: '共 / Of how many' })
  of!: number
}

@ObjectType({
  simpleResolvers: true,
  description: '新账号及其一次性密码，密码只显示一次 / A new account with its one-time password, shown once',
})
class NewAccount implements MadeAccount {
  @Field(() => ID, { description: '编号 / Id' })
  account!: string

  @Field(() => String, { description: '账号：单位代码 / What is typed to sign in: the unit’s code' })
  login!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '一次性密码，首次登录须更换 / One-time password, replaced at the first sign-in' })
  password!: string
}

@ObjectType({
  simpleResolvers: true,
  description: '建账号时所拟、尚未授予的角色 / A role that an account was made for and does not hold yet',
})
class ProposedGrant implements Proposal {
  @Field(() => ID, { description: '账号的 Id / Id of the account' })
  account!: string

  @Field(() => String, { description: '账号 / What is typed to sign in' })
  login!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => Roles, { description: '角色 / Role' })
  role!: Role

  @Field(() => ID, { description: '单位 / Unit' })
  unit!: string

  @Field(() => String, { description: '单位名称 / Name of the unit' })
  unitName!: string

  @Field(() => ID, { nullable: true, description: '协理员角色：是哪一位 / Of a coordinator’s role: who they are' })
  coordinator?: string | null
}

@Resolver()
export class UnitAccountsResolver {
  @Query(() => [AccountsLacking], {
    description: '各角色还有多少单位（人）没有账号 / For each role, how many units or people have no account',
  })
  accountsToMake(@Ctx() context: Context): Promise<AccountsLacking[]> {
    return accountsToMake(context)
  }

  @Query(() => AccountsProgress, {
    nullable: true,
    description: '正在办理的 createAccounts 的进度；不在办理则为空 / How far a createAccounts under way is; none where it is not',
  })
  accountsProgress(
    @Arg('key', () => String, { description: '该次 createAccounts 的 key / The key of that call' }) key: string,
    @Ctx() context: Context,
  ): AccountsProgress | null {
    return accountsProgress(context, key)
  }

  @Mutation(() => [NewAccount], {
    description: `为还没有账号的单位（协理员为人）各建一个账号，并拟授角色，一次至多 ${mostAccounts} 个，全成或全不成；角色由安全管理员授予 / Makes an account for every unit, or coordinator on post, without one, and proposes its role; ${mostAccounts} at most, all or none. The security administrator grants the roles`,
  })
  createAccounts(
    @Arg('roles', () => [Roles], {
      description: '为哪些角色；管理员的账号逐个新建 / For which roles; accounts of administrators are made one by one',
    })
    roles: Role[],
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<NewAccount[]> {
    return createAccounts(context, roles, key)
  }

  @Query(() => [ProposedGrant], {
    description: '建账号时所拟、尚未授予的角色，按账号排列 / Roles that accounts were made for and do not hold yet, by login',
  })
  proposedGrants(@Ctx() context: Context): Promise<ProposedGrant[]> {
    return proposedGrants(context)
  }
}
