import type pg from 'pg'
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg, SheetArg, SheetsArg, UnitArg } from '../base/arguments.ts'
import { act, type Hand } from '../ledger/act.ts'
import type { Changes } from '../ledger/chain.ts'
import { actorOf, no, type Context } from '../base/context.ts'
import { cycleRules, nameFor, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { insertRows, isUuid, named } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { holdsAt } from '../rules/access.ts'
import { isSecret, shownFrom } from '../rules/ballots.ts'
import { shown } from '../rules/exact.ts'
import { chosen } from '../rules/policy/readings.ts'
import { mayChange, RATINGS } from '../rules/reopened.ts'
import { meansOf, type Ballot } from '../rules/score/rated.ts'
import { writersAt } from '../rules/stages.ts'
import { rule, rulingsOf } from '../core/rulings.ts'
import { findSheet } from '../core/find-sheet.ts'
import { whereOf, type SheetRow } from '../base/sheet-row.ts'
import { stillAsRead } from '../year/moves.ts'
import { cast, formOf, invitationsFor, recount } from './box.ts'
import { codeHash, newCode } from './codes.ts'
import { lockNamed } from '../core/lock.ts'
import { reasonOf } from '../base/reason.ts'

/** Why ballots are void: one person twice, or nobody entitled. */
const voidGrounds = ['duplicate', 'unauthorised']

@InputType({
  description: '请一个人评议：填登录名，或只填姓名（票号）领票码 / Somebody asked to rate: by account, or by a slip with a code',
})
class RaterInput {
  @Field(() => String, { nullable: true, description: '姓名或票号 / Name, or number of the slip' })
  name?: string | null

  @Field(() => String, { nullable: true, description: '登录名 / Login' })
  login?: string | null
}

@InputType({ description: '一个方面的评分 / The mark of one dimension' })
class MarkInput {
  @Field(() => ID, { description: '方面 / Dimension' })
  dimension!: string

  @Field(() => String, { description: '分数 / Mark' })
  mark!: string
}

@ObjectType({ simpleResolvers: true, description: '一张票的票码，只显示一次 / The code of a slip, shown once' })
class Slip {
  @Field(() => ID, { description: '评议人 / Rater' })
  rater!: string

  @Field(() => String, { description: '姓名或票号 / Name, or number of the slip' })
  name!: string

  @Field(() => String, { description: '评议谁 / Who is rated' })
  coordinator!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '票码 / Code' })
  code!: string
}

@ObjectType({ simpleResolvers: true, description: '所请的人 / Who was asked' })
class Invited {
  @Field(() => [ID], { description: '评议人 / Raters' })
  raters!: string[]

  @Field(() => [Slip], {
    description: '票码；同一请求重发时为空，须重发票码 / Codes; none when the same call is answered again: issue them anew',
  })
  slips!: Slip[]
}

@ObjectType({ simpleResolvers: true, description: '一位评议人 / A rater' })
class RaterState {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '姓名或票号 / Name, or number of the slip' })
  name!: string

  @Field(() => Boolean, { description: '凭票码 / Whether by a slip' })
  slip!: boolean

  @Field(() => Boolean, { description: '已评 / Whether they voted' })
  voted!: boolean
}

@ObjectType({ simpleResolvers: true, description: '一个方面的平均 / The mean of a dimension' })
class Mean {
  @Field(() => ID, { description: '方面 / Dimension' })
  dimension!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => String, { description: '平均，两位小数 / Mean to two places' })
  mean!: string
}

@ObjectType({ simpleResolvers: true, description: '一张考核表一方的评议 / What one group has done for one sheet' })
class GroupProgress {
  @Field(() => ID, { description: '哪一方 / Group' })
  group!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => Boolean, { description: '是否无记名 / Whether it rates in secret' })
  secret!: boolean

  @Field(() => [RaterState], { description: '所请的人，只知评没评 / Who was asked, and only whether they voted' })
  raters!: RaterState[]

  @Field(() => Int, { description: '有效票 / Valid ballots' })
  ballots!: number

  @Field(() => [Mean], { description: '各方面平均；无记名的满三张才列 / Means; of a secret group from three ballots on' })
  means!: Mean[]

  @Field(() => String, { nullable: true, description: '记为缺的理由 / Why it is recorded as missing' })
  missing!: string | null
}

@ObjectType({ simpleResolvers: true, description: '一张考核表的评议进度 / How far the ratings of a sheet are' })
class RatingProgress {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => Boolean, { description: '调用者可请人、作废、记缺 / Whether the caller runs the ratings of it now' })
  may!: boolean

  @Field(() => [GroupProgress], { description: '各方 / By group' })
  groups!: GroupProgress[]
}

@ObjectType({ simpleResolvers: true, description: '票上的一个方面 / A dimension of a ballot' })
class BallotDimension {
  @Field(() => ID, { description: '方面 / Dimension' })
  id!: string

  @Field(() => String, { description: '名称 / Title' })
  title!: string

  @Field(() => String, { nullable: true, description: '内容 / What it is about' })
  detail!: string | null

  @Field(() => String, { description: '满分 / Most' })
  most!: string

  @Field(() => String, { description: '最小单位 / Step' })
  step!: string
}

@ObjectType({ simpleResolvers: true, description: '请调用者评的一张票 / A ballot the caller is asked for' })
class MyBallot {
  @Field(() => ID, { description: '评议人 / Rater' })
  rater!: string

  @Field(() => String, { description: '评议谁 / Who is rated' })
  coordinator!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => Int, { description: '年度 / Year' })
  year!: number

  @Field(() => String, { description: '以哪一方 / In which group' })
  group!: string

  @Field(() => Boolean, { description: '是否无记名 / Whether it is secret' })
  secret!: boolean

  @Field(() => Boolean, { description: '已投 / Whether it was cast' })
  voted!: boolean

  @Field(() => Boolean, { description: '现在可投 / Whether it can be cast now' })
  open!: boolean

  @Field(() => [BallotDimension], { description: '各方面 / Dimensions' })
  dimensions!: BallotDimension[]
}

/** At most so many raters in one call. */
const mostRaters = 5000

const GroupArg = () =>
  Arg('group', () => ID, { description: '办法的评议方，见 ratingProgress / Group of raters, see `ratingProgress`' })
const RatersArg = () => Arg('raters', () => [ID], { description: '所请的人，见 ratingProgress / Raters, see `ratingProgress`' })

@Resolver()
export class RatingResolver {
  @Query(() => [RatingProgress], {
    description: '各表各方请了谁、谁没评、平均多少 / Who was asked, who has not voted, and the means',
  })
  async ratingProgress(
    @CycleArg() cycle: string,
    @UnitArg() unit: string | null | undefined,
    @Ctx() context: Context,
  ): Promise<RatingProgress[]> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const { rated } = rules.policy
    if (!rated) return []
    const where = await sheetsWithin(context, cycle, unit)
    const { rows } = await context.pool.query<Shown>(
      named(
        `select s.id, s.stage, s.state, s.reopened, s.coordinator_id as "coordinatorId", s.village_id as "villageId", s.town_id as "townId",
                coalesce(s.beyond -> 'ballots', '[]') as ballots, ${nameFor(actor)} as name, v.name as village,
                coalesce((select json_agg(json_build_object('id', r.id, 'group', r.rater_group, 'name', r.name, 'voted', r.voted,
                                                            'slip', r.code_hash is not null) order by r.invited_at, length(r.name), r.name, r.id)
                            from rater r where r.county_id = s.county_id and r.sheet_id = s.id and r.withdrawn is null), '[]') as raters
           from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
           join unit v on v.county_id = s.county_id and v.id = s.village_id
          where ${where.sql} order by s.line`,
        where.values,
      ),
    )
    const missing = new Map(
      (await rulingsOf(context.pool, actor.county, cycle, ['noBallots'])).map((held) => [
        `${held.sheet} ${held.subject}`,
        held.text,
      ]),
    )
    const titles = new Map(rated.dimensions.map(({ id, title }) => [id, title[context.lang]]))
    return rows.map(({ raters, ballots, ...row }) => ({
      sheet: row.id,
      name: row.name,
      village: row.village,
      may: runs(context, rules, row) && mayChange(row.reopened, RATINGS),
      groups: rated.groups.map(({ id: group, title }) => {
        const own = ballots.filter((ballot) => ballot.group === group)
        const hidden = isSecret(group) && own.length < shownFrom
        const means = hidden ? [] : meansOf(rated, own, (one) => chosen(rules.policy, rules.choices, one))
        return {
          group,
          title: title[context.lang],
          secret: isSecret(group),
          raters: raters.filter((rater) => rater.group === group),
          ballots: own.length,
          means: means.map(({ dimension, mean }) => ({ dimension, title: titles.get(dimension)!, mean: shown(mean) })),
          missing: missing.get(`${row.id} ${group}`) ?? null,
        }
      }),
    }))
  }

  @Mutation(() => Invited, {
    description:
      '请若干人以某一方评议若干考核表；没有账号的每人每表一张票码 / Asks people to rate sheets in one group; those without an account get a code for each',
  })
  async inviteRaters(
    @CycleArg() cycle: string,
    @SheetsArg() sheets: string[],
    @GroupArg() group: string,
    @Arg('people', () => [RaterInput], {
      description: `请谁评每一张表，人数乘表数至多 ${mostRaters} / Who rates each of the sheets; people times sheets are ${mostRaters} at most`,
    })
    people: RaterInput[],
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<Invited> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    checkGroup(context, rules, group)
    const wanted = people.map(({ name, login }) => ({ name: name?.trim() || null, login: login?.trim() || null }))
    if (wanted.length === 0 || wanted.some(({ name, login }) => !(name ?? login) || (name?.length ?? 0) > 40))
      throw no(context, 'rating.people')
    if (wanted.length * sheets.length > mostRaters) throw no(context, 'rating.tooMany', { most: String(mostRaters) })
    let slips: Slip[] = []
    const says = ['invite', [...sheets].sort(), group, wanted]
    const raters = await act({ ...context, actor }, { kind: 'ballot', cycle, key, says }, async ({ client }) => {
      const rows = await lockRun(client, context, rules, sheets)
      const accounts = await accountsOf(
        client,
        context,
        wanted.flatMap(({ login }) => login ?? []),
      )
      const made = rows.flatMap((row) =>
        wanted.map(({ name, login }) => {
          const account = login === null ? undefined : accounts.get(login)
          if (login !== null && !account) throw no(context, 'rating.account', { login })
          if (account?.kept.includes(row.coordinatorId)) throw no(context, 'rating.relative', { name: account.name })
          return { row, name: account?.name ?? name!, account: account?.id ?? null, code: account ? null : newCode() }
        }),
      )
      const ids = made.map(() => newId(context.now.getTime()))
      await insertRows(
        client,
        'rater',
        made.map(({ row, name, account, code }, at) => ({
          county_id: actor.county,
          id: ids[at],
          cycle_id: cycle,
          sheet_id: row.id,
          rater_group: group,
          name,
          account_id: account,
          code_hash: code === null ? null : codeHash(code),
          invited_by: actor.name,
          invited_at: context.now,
          voted: false,
        })),
      )
      slips = await slipsOf(client, context, new Map(made.flatMap(({ code }, at) => (code ? [[ids[at]!, code]] : []))))
      const details = { group, raters: made.map(({ row, name, account }, at) => ({ id: ids[at], sheet: row.id, name, account })) }
      return { outcome: ids, details }
    }).catch((error: Error & { constraint?: string }) => {
      throw error.constraint === 'rater_once' ? no(context, 'rating.twice') : error
    })
    return { raters, slips }
  }

  @Mutation(() => [Slip], {
    description: '给还没评的人换发票码，原票码作废 / New codes for raters who have not voted; the old ones are void',
  })
  async issueCodes(
    @CycleArg() cycle: string,
    @RatersArg() ids: string[],
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<Slip[]> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    let slips: Slip[] = []
    await act({ ...context, actor }, { kind: 'ballot', cycle, key, says: ['codes', [...ids].sort()] }, async ({ client }) => {
      const raters = await ratersOf(client, context, ids)
      await lockRun(client, context, rules, [...new Set(raters.map(({ sheet }) => sheet))])
      const codes = new Map(raters.filter(({ slip, voted }) => slip && !voted).map(({ id }) => [id, newCode()]))
      for (const [id, code] of codes)
        await client.query('update rater set code_hash = $3 where county_id = $1 and id = $2 and not voted', [
          actor.county,
          id,
          codeHash(code),
        ])
      slips = await slipsOf(client, context, codes)
      return { outcome: codes.size, details: { codes: [...codes.keys()] } }
    })
    return slips
  }

  @Mutation(() => Int, { description: '不再请还没评的人，须写理由 / Takes back invitations not used yet, with a reason' })
  async withdrawRaters(
    @CycleArg() cycle: string,
    @RatersArg() ids: string[],
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const reason = reasonOf(given, context)
    const doing = { kind: 'ballot', cycle, key, says: ['withdraw', [...ids].sort()], reason } as const
    return act({ ...context, actor }, doing, async ({ client }) => {
      const raters = await ratersOf(client, context, ids)
      await lockRun(client, context, rules, [...new Set(raters.map(({ sheet }) => sheet))])
      const { rowCount } = await client.query(
        'update rater set withdrawn = $3 where county_id = $1 and id = any($2::uuid[]) and not voted and withdrawn is null',
        [actor.county, ids, reason],
      )
      if (rowCount !== ids.length) throw no(context, 'rating.voted')
      return { outcome: ids.length, details: { withdrawn: ids } }
    })
  }

  @Mutation(() => Int, {
    description: '作废：记名的按人，无记名的只能整方 / Voids ballots: of a named rater, or of a secret group all',
  })
  async voidBallots(
    @SheetArg() id: string,
    @GroupArg() group: string,
    @Arg('rater', () => ID, { nullable: true, description: '记名的须填 / Who, unless the group is secret' })
    rater: string | null | undefined,
    @Arg('ground', () => String, { description: 'duplicate 一人多投、unauthorised 无权评议 / One person twice, or not entitled' })
    ground: string,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    const actor = actorOf(context)
    const sheet = await findSheet(context, id)
    const rules = await cycleRules(context, sheet.cycleId)
    checkGroup(context, rules, group)
    const reason = reasonOf(given, context)
    if (!voidGrounds.includes(ground)) throw no(context, 'rating.ground')
    if (isSecret(group) !== (rater == null)) throw no(context, 'rating.wholeGroup')
    const says = ['void', id, group, rater ?? null, ground]
    return act({ ...context, actor }, { kind: 'ballot', cycle: rules.id, key, says, reason }, async ({ client, seq }) => {
      const [row] = await lockRun(client, context, rules, [id])
      const { rows: gone } = await client.query<{ id: string }>(
        `update ballot set valid = false, why_void = $5
          where county_id = $1 and sheet_id = $2 and rater_group = $3 and ($4::uuid is null or rater_id = $4) and valid returning id`,
        [actor.county, id, group, rater ?? null, `${ground}：${reason}`],
      )
      if (gone.length === 0) throw no(context, 'rating.noBallot')
      await client.query(
        `update rater set withdrawn = $5
          where county_id = $1 and sheet_id = $2 and rater_group = $3 and ($4::uuid is null or id = $4) and withdrawn is null`,
        [actor.county, id, group, rater ?? null, reason],
      )
      const ids = gone.map((ballot) => ballot.id)
      const left = (row!.beyond.ballots ?? []).filter((ballot) => !ids.includes(ballot.id))
      const turns = Object.fromEntries(ids.map((one): [string, [string, null]] => [one, [group, null]]))
      const { rows, changes } = recount(rules, row!, left, await seq(), turns)
      return { outcome: ids.length, details: { sheet: id, group, rater: rater ?? null, ground, ballots: ids }, rows, changes }
    })
  }

  @Mutation(() => Int, {
    description:
      '某一方没有人评，记缺并写理由；其余各方重新分摊 / Records that a group gave no ballot, with a reason; the others weigh more',
  })
  async recordNoBallots(
    @CycleArg() cycle: string,
    @SheetsArg() sheets: string[],
    @GroupArg() group: string,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    checkGroup(context, rules, group)
    const text = reasonOf(given, context)
    const doing = { kind: 'rule', cycle, key, says: ['noBallots', [...sheets].sort(), group], reason: text } as const
    return act({ ...context, actor }, doing, async (hand) => {
      const rows = await lockRun(hand.client, context, rules, sheets)
      if (rows.some(({ beyond }) => beyond.ballots?.some((ballot) => ballot.group === group)))
        throw no(context, 'rating.hasBallots')
      await rule(
        hand,
        context,
        cycle,
        'noBallots',
        rows.map(({ id }) => ({ subject: group, sheet: id, text })),
      )
      const number = await hand.seq()
      const changes: Changes = new Map(rows.map((row) => [row.id, { [`@noBallots.${group}`]: [null, text] }]))
      for (const row of rows) row.seq = number
      return { outcome: rows.length, details: { group, sheets: rows.map(({ id }) => id) }, changes, rows }
    })
  }

  @Query(() => [MyBallot], { description: '请调用者评的票 / The ballots the caller is asked for' })
  async myBallots(@CycleArg() cycle: string, @Ctx() context: Context): Promise<MyBallot[]> {
    await cycleRules(context, cycle)
    const invitations = await invitationsFor(context.pool, actorOf(context), cycle)
    return invitations.map((one) => ({ rater: one.rater, ...formOf(one, context.lang) }))
  }

  @Mutation(() => Boolean, { description: '投一张票，投后不能改 / Casts a ballot; it cannot be changed' })
  async castBallot(
    @CycleArg() cycle: string,
    @Arg('rater', () => ID, { description: '哪一张票，见 myBallots 的 rater / Which ballot, see rater of `myBallots`' })
    rater: string,
    @Arg('given', () => [MarkInput], { description: '各方面的评分，每个方面都要有 / A mark for every dimension' })
    given: MarkInput[],
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    const actor = actorOf(context)
    await cycleRules(context, cycle)
    const invitation = (await invitationsFor(context.pool, actor, cycle)).find((one) => one.rater === rater)
    if (!invitation) throw no(context, 'vote.unknown')
    return cast(context, invitation, actor, Object.fromEntries(given.map(({ dimension, mark }) => [dimension, mark.trim()])), key)
  }
}

interface Shown extends Pick<SheetRow, 'id' | 'stage' | 'state' | 'reopened' | 'coordinatorId' | 'villageId' | 'townId'> {
  name: string
  village: string
  ballots: Ballot[]
  raters: { id: string; group: string; name: string; voted: boolean; slip: boolean }[]
}

function checkGroup(context: Context, { policy }: CycleRules, group: string): void {
  if (!policy.rated?.groups.some(({ id }) => id === group)) throw no(context, 'rating.group')
}

/** Whether the ratings of a sheet are the caller’s to run: whoever enters its scores where it stands. */
const runs = (
  context: Context,
  { policy }: CycleRules,
  row: Pick<SheetRow, 'stage' | 'coordinatorId' | 'villageId' | 'townId'>,
) => holdsAt(actorOf(context), writersAt(policy, row.stage), whereOf(row))

/** Sheets whose ratings the caller runs, locked. Throws `sheet.unknown`, `recused`, `rating.notYours`, `appeal.onlyNamed`, `cycle.closed`. */
async function lockRun(
  client: Hand['client'],
  context: Context,
  rules: CycleRules,
  sheets: readonly string[],
): Promise<SheetRow[]> {
  const rows = await lockNamed(client, context, rules.id, sheets)
  if (rows.some((row) => !runs(context, rules, row))) throw no(context, 'rating.notYours')
  if (rows.some(({ reopened }) => !mayChange(reopened, RATINGS))) throw no(context, 'appeal.onlyNamed')
  if (!(await stillAsRead(client, actorOf(context), rules))) throw no(context, 'cycle.closed')
  return rows
}

interface RaterAccount {
  id: string
  name: string
  /** The coordinators whom they may not rate: themselves and declared relatives. */
  kept: string[]
}

async function accountsOf(
  client: pg.PoolClient,
  context: Context,
  logins: readonly string[],
): Promise<Map<string, RaterAccount>> {
  const { rows } = await client.query<RaterAccount & { login: string }>(
    `select a.login, a.id, a.name,
            array(select g.coordinator_id from role_grant g
                   where g.county_id = a.county_id and g.account_id = a.id and g.coordinator_id is not null
                  union
                  select r.coordinator_id from recusal r
                   where r.county_id = a.county_id and r.account_id = a.id and r.ended_at is null) as kept
       from account a where a.county_id = $1 and a.login = any($2)`,
    [actorOf(context).county, logins],
  )
  return new Map(rows.map(({ login, ...account }) => [login, account]))
}

/** Throws `rating.unknown`. */
async function ratersOf(
  client: pg.PoolClient,
  context: Context,
  ids: readonly string[],
): Promise<{ id: string; sheet: string; slip: boolean; voted: boolean }[]> {
  const { rows } = await client.query<{ id: string; sheet: string; slip: boolean; voted: boolean }>(
    `select id, sheet_id as sheet, code_hash is not null as slip, voted from rater
      where county_id = $1 and id = any($2::uuid[]) and withdrawn is null`,
    [actorOf(context).county, ids.filter(isUuid)],
  )
  if (rows.length === 0 || rows.length !== ids.length) throw no(context, 'rating.unknown')
  return rows
}

/** What is printed on the slips. */
async function slipsOf(client: pg.PoolClient, context: Context, codes: ReadonlyMap<string, string>): Promise<Slip[]> {
  const { rows } = await client.query<Omit<Slip, 'code'>>(
    `select r.id as rater, r.name, c.name as coordinator, v.name as village
       from rater r join sheet s on s.county_id = r.county_id and s.id = r.sheet_id
       join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
       join unit v on v.county_id = s.county_id and v.id = s.village_id
      where r.county_id = $1 and r.id = any($2::uuid[])`,
    [actorOf(context).county, [...codes.keys()]],
  )
  const by = new Map(rows.map((row) => [row.rater, row]))
  return [...codes].map(([rater, code]) => ({ ...by.get(rater)!, code }))
}
