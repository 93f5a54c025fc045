import { Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql'
import { actorOf, type Context } from '../base/context.ts'
import { Cycle } from '../core/cycle.entity.ts'
import { Roles } from '../base/roles.ts'
import { policyOf } from '../base/policies.ts'
import { mayCall, sightOf, type Role } from '../rules/access.ts'
import { County, Unit } from '../core/organisation.entity.ts'

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
    return { ...actor, county, grants: actor.grants.map((grant) => ({ ...grant, unitName: nameOf.get(grant.unit) ?? '' })) }
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
