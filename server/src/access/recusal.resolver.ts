import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { KeyArg, ReasonArg } from '../base/arguments.ts'
import { act } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { type Actor, may, sightOf } from '../rules/access.ts'
import { reasonOf } from '../base/reason.ts'

@ObjectType({ simpleResolvers: true, description: '一项回避 / A declared relative' })
class DeclaredRelative {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '谁回避 / Whose hands are kept off' })
  account!: string

  @Field(() => String, { description: '协理员 / Coordinator' })
  coordinator!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '关系 / How they are related' })
  relation!: string

  @Field(() => String, { description: '何人登记 / Who declared it' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => Boolean, { description: '是否调用者本人的 / Whether it is the caller’s own' })
  mine!: boolean
}

@ObjectType({ simpleResolvers: true, description: '可申报的协理员 / Somebody who may be a relative' })
class RosterPerson {
  @Field(() => ID, { description: '协理员 / Coordinator' })
  coordinator!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string
}

/** Whether the caller registers for everybody. */
const registrar = ({ grants }: Actor): boolean =>
  grants.some(({ role }) => role === 'countyBureau' || role === 'securityAdmin' || role === 'auditor')

const villageOf = `(select v.name from posting p join unit v on v.county_id = p.county_id and v.id = p.village_id
                     where p.county_id = c.county_id and p.coordinator_id = c.id order by p.starts_on desc limit 1)`

@Resolver()
export class RecusalResolver {
  @Query(() => [DeclaredRelative], {
    description: '现行的回避：本人的；县局、审计和安全管理员看全部 / Declarations that stand: one’s own, or all for registrars',
  })
  async recusals(@Ctx() context: Context): Promise<DeclaredRelative[]> {
    const actor = actorOf(context)
    const { rows } = await context.pool.query<DeclaredRelative>(
      `select r.id, a.name as account, c.name as coordinator, coalesce(${villageOf}, '') as village, r.relation, r.by, r.at,
              r.account_id = $2 as mine
         from recusal r join account a on a.county_id = r.county_id and a.id = r.account_id
         join coordinator c on c.county_id = r.county_id and c.id = r.coordinator_id
        where r.county_id = $1 and r.ended_at is null and (r.account_id = $2 or $3) order by r.at desc, r.id`,
      [actor.county, actor.id, registrar(actor)],
    )
    return rows
  }

  @Query(() => [RosterPerson], { description: '按姓名找协理员，至多二十人 / Coordinators by name, twenty at most' })
  async recusalPeople(
    @Arg('name', () => String, { description: '姓名的一部分 / A part of the name' }) name: string,
    @Ctx() context: Context,
  ): Promise<RosterPerson[]> {
    const actor = actorOf(context)
    if (name.trim() === '') return []
    const sight = registrar(actor) ? 'county' : sightOf(actor)
    const { towns, villages, coordinators } = sight === 'county' ? { towns: [], villages: [], coordinators: [] } : sight
    const { rows } = await context.pool.query<RosterPerson>(
      `select c.id as coordinator, c.name, coalesce(${villageOf}, '') as village from coordinator c
        where c.county_id = $1 and strpos(c.name, $2) > 0
          and ($3 or c.id = any($6::uuid[]) or exists (
                select from posting p join unit v on v.county_id = p.county_id and v.id = p.village_id
                 where p.county_id = c.county_id and p.coordinator_id = c.id
                   and (v.parent_id = any($4::uuid[]) or v.id = any($5::uuid[]))))
        order by c.name, c.id limit 20`,
      [actor.county, name.trim(), sight === 'county', towns, villages, coordinators],
    )
    return rows
  }

  @Mutation(() => ID, {
    description: '登记回避：本人申报，或由县局、安全管理员为他人登记 / Declares a relative: one’s own, or for somebody else',
  })
  async declareRecusal(
    @Arg('coordinator', () => ID, { description: '亲属，见 recusalPeople / The relative, see `recusalPeople`' })
    coordinator: string,
    @Arg('relation', () => String, { description: '1 到 50 字 / 1 to 50 characters' }) given: string,
    @Arg('login', () => String, { nullable: true, description: '谁回避；不填为本人 / Who; oneself without it' })
    login: string | null | undefined,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string> {
    const actor = actorOf(context)
    const relation = given.trim()
    if (relation === '' || relation.length > 50) throw refusal(context, 'recusal.relation')
    if (login != null && !may(actor, 'endRecusals')) throw refusal(context, 'recusal.others')
    const doing = { kind: 'recuse', cycle: null, key, says: [login ?? null, coordinator, relation] } as const
    return act({ ...context, actor }, doing, async ({ client }) => {
      const { rows: people } = await client.query('select from coordinator where county_id = $1 and id = $2', [
        actor.county,
        isUuid(coordinator) ? coordinator : null,
      ])
      if (people.length === 0) throw refusal(context, 'recusal.person')
      const { rows } = await client.query<{ id: string }>(
        'select id from account where county_id = $1 and (id = $2 or login = $3)',
        [actor.county, login == null ? actor.id : null, login ?? null],
      )
      const account = rows[0]?.id
      if (!account) throw refusal(context, 'recusal.account')
      const made = newId(context.now.getTime())
      const { rowCount } = await client.query(
        `insert into recusal (county_id, id, account_id, coordinator_id, relation, by, at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
        [actor.county, made, account, coordinator, relation, actor.name, context.now],
      )
      if (rowCount === 0) throw refusal(context, 'recusal.standing')
      return { outcome: made, details: { recusal: made, account, coordinator, relation } }
    })
  }

  @Mutation(() => Boolean, { description: '解除他人的一项回避，须写理由 / Ends somebody else’s declaration, with a reason' })
  async endRecusal(
    @Arg('id', () => ID, { description: '回避登记，见 recusals / The declaration, see `recusals`' }) id: string,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    const reason = reasonOf(given, context)
    return act({ ...context, actor }, { kind: 'recuse', cycle: null, key, says: ['end', id], reason }, async ({ client }) => {
      const { rows } = await client.query<{ account: string; coordinator: string }>(
        `select account_id as account, coordinator_id as coordinator from recusal
          where county_id = $1 and id = $2 and ended_at is null for update`,
        [actor.county, isUuid(id) ? id : null],
      )
      if (!rows[0]) throw refusal(context, 'recusal.unknown')
      if (rows[0].account === actor.id) throw refusal(context, 'recusal.own')
      await client.query('update recusal set ended_at = $3, ended_by = $4 where county_id = $1 and id = $2', [
        actor.county,
        id,
        context.now,
        actor.name,
      ])
      return { outcome: true, details: { recusal: id, ended: true, ...rows[0] } }
    })
  }
}
