import { Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import { actorOf, type Context } from '../base/context.ts'
import { policyOf } from '../base/policies.ts'
import { Permissions, Roles } from '../base/roles.ts'
import { Cycle } from '../core/cycle.entity.ts'
import { County, Unit, UnitKind } from '../core/organisation.entity.ts'
import { levelOf, mayCall, permissionsHeld, sightOf, type Level } from '../rules/access.ts'
import { permissionsOf, permissionTitle, roles, roleTitle, type Permission, type Role } from '../rules/permissions.ts'

@ObjectType({ simpleResolvers: true, description: '一项角色 / A role held in a unit' })
class GrantSummary {
  @Field(() => Roles, { description: '角色 / Role' })
  role!: Role

  @Field(() => ID, { description: '单位 / Unit' })
  unit!: string

  @Field(() => String, { description: '单位名称 / Name of the unit' })
  unitName!: string
}

@ObjectType({ simpleResolvers: true, description: '登录者 / The signed-in caller' })
class Me {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => County, { description: '所在县 / County' })
  county!: County

  @Field(() => [GrantSummary], { description: '角色 / Roles' })
  grants!: GrantSummary[]

  @Field(() => [Permissions], {
    description: '登录者的权限，决定可用的操作 / What the caller may do: which operations are open to them',
  })
  may!: Permission[]
}

@ObjectType({ simpleResolvers: true, description: '一项权限 / A permission' })
class PermissionSummary {
  @Field(() => Permissions, { description: '权限 / The permission' })
  permission!: Permission

  @Field(() => String, { description: '名称 / Name' })
  title!: string
}

@ObjectType({ simpleResolvers: true, description: '一个角色及其权限 / A role and what it may do' })
class RoleSummary {
  @Field(() => Roles, { description: '角色 / The role' })
  role!: Role

  @Field(() => String, { description: '名称 / Name' })
  title!: string

  @Field(() => UnitKind, { description: '在哪一级单位担任 / The level of the units it is held in' })
  level!: Level

  @Field(() => [PermissionSummary], { description: '权限 / Its permissions' })
  may!: PermissionSummary[]
}

@ObjectType({ simpleResolvers: true, description: '一个考核年度及其办法 / A cycle with its policy' })
class CycleSummary {
  @Field(() => Cycle, { description: '考核年度 / The cycle' })
  cycle!: Cycle

  @Field(() => String, { description: '办法名称 / Title of the policy' })
  policyTitle!: string
}

@Resolver()
export class OrganisationResolver {
  @Query(() => Me, { description: '登录者 / The signed-in caller' })
  async me(@Ctx() context: Context): Promise<Me> {
    const actor = actorOf(context)
    const county = await context.em.findOneOrFail(County, { id: actor.county })
    const units = await context.em.find(Unit, { countyId: actor.county, id: { $in: actor.grants.map(({ unit }) => unit) } })
    const nameOf = new Map(units.map(({ id, name }) => [id, name]))
    return {
      ...actor,
      county,
      may: permissionsHeld(actor),
      grants: actor.grants.map((grant) => ({ ...grant, unitName: nameOf.get(grant.unit) ?? '' })),
    }
  }

  @Query(() => [RoleSummary], { description: '全部角色及其权限 / Every role and what it may do' })
  roles(@Ctx() { lang }: Context): RoleSummary[] {
    return roles.map((role) => ({
      role,
      title: roleTitle(role)[lang],
      level: levelOf(role),
      may: permissionsOf(role).map((permission) => ({ permission, title: permissionTitle(permission)[lang] })),
    }))
  }

  @Query(() => [CycleSummary], { description: '本县的考核年度，新的在前 / The county’s cycles, latest first' })
  async cycles(@Ctx() context: Context): Promise<CycleSummary[]> {
    const cycles = await context.em.find(
      Cycle,
      { countyId: actorOf(context).county },
      { orderBy: { year: 'desc', policyId: 'asc' } },
    )
    return cycles.map((cycle) => ({ cycle, policyTitle: policyOf(cycle.policyId).title[context.lang] }))
  }

  @Query(() => [Unit], { description: '所能看到的单位，按代码排列 / The units the caller may see, by code' })
  async units(@Ctx() context: Context): Promise<Unit[]> {
    const actor = actorOf(context)
    const units = await context.em.find(Unit, { countyId: actor.county }, { orderBy: { code: 'asc' } })
    const sight = sightOf(actor)
    // Whoever grants roles names the unit they are held in.
    if (sight === 'county' || mayCall(actor, 'grantRole')) return units
    const own = new Set([...sight.towns, ...sight.villages])
    const above = new Set(units.filter(({ id }) => own.has(id)).map(({ parentId }) => parentId))
    return units.filter(
      ({ id, parentId, kind }) => kind === 'county' || own.has(id) || above.has(id) || sight.towns.includes(parentId ?? ''),
    )
  }
}
