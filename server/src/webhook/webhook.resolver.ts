import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { KeyArg } from '../base/arguments.ts'
import { enumerate } from '../base/enumerations.ts'
import { confirmed } from '../base/confirmed.ts'
import { act } from '../ledger/act.ts'
import { actorOf, refusal, type Context } from '../base/context.ts'
import { isUuid } from '../base/database.ts'
import { newId } from '../base/id.ts'
import { webhookEvents, type WebhookEvent } from './webhook.entity.ts'

const WebhookEvents = enumerate<WebhookEvent>('WebhookEvent', '通知的事项 / What is told', {
  moved: '上报或退回 / Sheets passed on or sent back',
  decided: '评定和裁定、审定、答复申诉、解除手续 / A grade or ruling, a decision on a claim or an appeal, a step of a dismissal',
  published: '公示 / A notice',
  filed: '备案 / Sheets put on file',
})

const DeliveryStates = enumerate('DeliveryState', '送达的状态 / State of a delivery', {
  waiting: '等待 / Waiting',
  delivered: '已送达 / Delivered',
  givenUp: '一天未能送达，已放弃 / Given up after a day',
})

@ObjectType({ simpleResolvers: true, description: '一件事对一个地址的送达 / One act on its way to a webhook' })
class Delivery {
  @Field(() => Int, { description: '改动链中的序号 / Number of the act in the chain' })
  seq!: number

  @Field(() => WebhookEvents, { description: '事项 / What it is' })
  event!: WebhookEvent

  @Field(() => DeliveryStates, { description: '状态 / State' })
  state!: keyof typeof DeliveryStates

  @Field(() => Int, { description: '试过几次 / How often it was tried' })
  attempt!: number

  @Field(() => Int, {
    nullable: true,
    description: '对方最近一次的状态码；没有连上为空 / What was answered last; none where nobody was reached',
  })
  code!: number | null

  @Field(() => Date, { description: '从何时起送 / Since when it is tried' })
  since!: Date
}

@ObjectType({ simpleResolvers: true, description: '通知地址 / Where a program is told what was done' })
class WebhookSummary {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '地址 / Address' })
  url!: string

  @Field(() => [WebhookEvents], { description: '事项 / What is told' })
  events!: WebhookEvent[]

  @Field(() => Boolean, { description: '启用 / Whether it is told anything' })
  active!: boolean

  @Field(() => Int, { description: '等待送达 / Waiting to be delivered' })
  waiting!: number

  @Field(() => Int, { description: '已放弃 / Given up after a day' })
  givenUp!: number

  @Field(() => [Delivery], { description: '最近的送达，至多十件，新的在前 / The last deliveries, ten at most, latest first' })
  deliveries!: Delivery[]
}

@ObjectType({ simpleResolvers: true, description: '新的通知地址 / A new webhook, with its secret' })
class NewWebhook {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => String, { description: '签名密钥，只显示这一次 / What its messages are signed with, shown this once' })
  secret!: string
}

@InputType({ description: '通知地址 / A webhook' })
class WebhookInput {
  @Field(() => String, { description: 'http 或 https 地址 / An address of http or https' })
  url!: string

  @Field(() => [WebhookEvents], { description: '事项 / What is told' })
  events!: WebhookEvent[]
}

const most = 10

const WebhookArg = () => Arg('id', () => ID, { description: '通知地址，见 webhooks / The webhook, see `webhooks`' })

@Resolver()
export class WebhookResolver {
  @Query(() => [WebhookSummary], { description: '本县的通知地址 / The webhooks of the county' })
  async webhooks(@Ctx() context: Context): Promise<WebhookSummary[]> {
    const { rows } = await context.pool.query<
      Omit<WebhookSummary, 'deliveries'> & { deliveries: (Omit<Delivery, 'since'> & { since: string })[] }
    >(
      `select w.id, w.url, w.events, w.active,
              coalesce((select json_agg(l order by l.seq desc) from (
                select d.seq, d.event, case d.status when 'given up' then 'givenUp' else d.status end as state, d.attempt, d.response_code as code, d.since
                  from webhook_delivery d where d.county_id = w.county_id and d.webhook_id = w.id order by d.seq desc limit 10) l), '[]') as deliveries,
              (select count(*)::int from webhook_delivery d where d.county_id = w.county_id and d.webhook_id = w.id and d.status = 'waiting') as waiting,
              (select count(*)::int from webhook_delivery d where d.county_id = w.county_id and d.webhook_id = w.id and d.status = 'given up') as "givenUp"
         from webhook w where w.county_id = $1 order by w.id`,
      [actorOf(context).county],
    )
    return rows.map((row) => ({
      ...row,
      deliveries: row.deliveries.map((delivery) => ({ ...delivery, since: new Date(delivery.since) })),
    }))
  }

  @Mutation(() => NewWebhook, {
    description: '增加通知地址，从此刻起的事开始通知 / Adds a webhook; it is told what is done from now on',
  })
  async createWebhook(
    @Arg('input', () => WebhookInput, { description: '新的通知地址 / The new webhook' }) { url, events: asked }: WebhookInput,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<NewWebhook> {
    confirmed(context)
    const actor = actorOf(context)
    if (!isAddress(url)) throw refusal(context, 'webhook.url')
    const events = webhookEvents.filter((event) => asked.includes(event))
    if (events.length === 0) throw refusal(context, 'webhook.noEvent')
    // Derived from the key of the call, so that the same call sent again gets the same secret.
    const secret = context.keys.derive('webhook', actor.id, key).toString('base64url')
    const id = await act(
      { ...context, actor },
      { kind: 'webhook', cycle: null, key, says: ['create', url, events] },
      async (hand) => {
        const before = (await hand.seq()) - 1
        const { rows } = await hand.client.query<{ count: number }>(
          'select count(*)::int as count from webhook where county_id = $1 and active',
          [actor.county],
        )
        if (rows[0]!.count >= most) throw refusal(context, 'webhook.tooMany', { most: String(most) })
        const made = newId(context.now.getTime())
        await hand.client.query(
          'insert into webhook (county_id, id, url, secret, events, active, seen, created_by) values ($1, $2, $3, $4, $5, true, $6, $7)',
          [actor.county, made, url, context.keys.seal(Buffer.from(secret), made), events, before, actor.id],
        )
        return { outcome: made, details: { webhook: made, url, events } }
      },
    )
    return { id, secret }
  }

  @Mutation(() => Boolean, { description: '停用或重新启用 / Stops telling, or tells again from now on' })
  setWebhook(
    @WebhookArg() id: string,
    @Arg('active', () => Boolean, { description: '启用，否则停用 / Whether it is told' }) active: boolean,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    confirmed(context)
    const actor = actorOf(context)
    return act(
      { ...context, actor },
      { kind: 'webhook', cycle: null, key, says: ['set', id, active] },
      async ({ client, seq }) => {
        const { rowCount } = isUuid(id)
          ? await client.query(
              `update webhook set active = $3, seen = case when $3 and not active then $4 else seen end where county_id = $1 and id = $2`,
              [actor.county, id, active, await seq()],
            )
          : { rowCount: 0 }
        if (!rowCount) throw refusal(context, 'webhook.unknown')
        return { outcome: true, details: { webhook: id, active } }
      },
    )
  }

  @Mutation(() => Boolean, {
    description:
      '删除通知地址和等待送达的；做过的留在改动链中 / Removes a webhook and what waits for it; what was done stays in the chain',
  })
  removeWebhook(@WebhookArg() id: string, @KeyArg() key: string, @Ctx() context: Context): Promise<boolean> {
    confirmed(context)
    const actor = actorOf(context)
    return act({ ...context, actor }, { kind: 'webhook', cycle: null, key, says: ['remove', id] }, async ({ client }) => {
      const { rows } = isUuid(id)
        ? await client.query<{ url: string }>('select url from webhook where county_id = $1 and id = $2 for update', [
            actor.county,
            id,
          ])
        : { rows: [] }
      if (!rows[0]) throw refusal(context, 'webhook.unknown')
      await client.query('delete from webhook_delivery where county_id = $1 and webhook_id = $2', [actor.county, id])
      await client.query('delete from webhook where county_id = $1 and id = $2', [actor.county, id])
      return { outcome: true, details: { webhook: id, url: rows[0].url, removed: true } }
    })
  }

  @Mutation(() => Int, {
    description: '从某一件事起重新通知，返回件数 / Tells everything again from an act on; answers how many that are',
  })
  replayWebhook(
    @WebhookArg() id: string,
    @Arg('from', () => Int, { description: '从第几件事起 / Number of the act to begin with' }) from: number,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<number> {
    confirmed(context)
    const actor = actorOf(context)
    return act({ ...context, actor }, { kind: 'webhook', cycle: null, key, says: ['replay', id, from] }, async ({ client }) => {
      const { rowCount: known } = isUuid(id)
        ? await client.query('update webhook set seen = least(seen, $3) where county_id = $1 and id = $2', [
            actor.county,
            id,
            Math.max(0, from - 1),
          ])
        : { rowCount: 0 }
      if (!known) throw refusal(context, 'webhook.unknown')
      const { rowCount } = await client.query(
        `update webhook_delivery set status = 'waiting', attempt = 0, next_at = now(), since = now() where county_id = $1 and webhook_id = $2 and seq >= $3`,
        [actor.county, id, from],
      )
      return { outcome: rowCount ?? 0, details: { webhook: id, from, again: rowCount } }
    })
  }
}

function isAddress(text: string): boolean {
  if (text.length > 500 || !URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === ''
}
