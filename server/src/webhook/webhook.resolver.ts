import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql'
import { confirmed } from '../access/confirmed.ts'
import { act } from '../audit/act.ts'
import { actorOf, no, type Context } from '../context.ts'
import { isUuid } from '../database/database.ts'
import { newId } from '../database/id.ts'
import { webhookEvents, type WebhookEvent } from './webhook.entity.ts'

const WebhookEvents = Object.fromEntries(webhookEvents.map((event) => [event, event])) as { [Name in WebhookEvent]: Name }
registerEnumType(WebhookEvents, { name: 'WebhookEvent', description: '通知的事项 / What is told' })

@ObjectType({ simpleResolvers: true, description: '通知地址 / Where a program is told what was done' })
class WebhookSummary {
  @Field(() => ID, { description: 'Id' })
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
}

@ObjectType({ simpleResolvers: true, description: '新的通知地址 / A new webhook, with its secret' })
class NewWebhook {
  @Field(() => ID, { description: 'Id' })
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
const Key = () => Arg('key', () => String, { description: '由客户端产生，每次操作一个 / Made by the client, one an action' })

@Resolver()
export class WebhookResolver {
  @Query(() => [WebhookSummary], { description: '本县的通知地址 / The webhooks of the county' })
  async webhooks(@Ctx() context: Context): Promise<WebhookSummary[]> {
    const { rows } = await context.pool.query<WebhookSummary>(
      `select w.id, w.url, w.events, w.active,
              (select count(*)::int from webhook_delivery d where d.county_id = w.county_id and d.webhook_id = w.id and d.status = 'waiting') as waiting,
              (select count(*)::int from webhook_delivery d where d.county_id = w.county_id and d.webhook_id = w.id and d.status = 'given up') as "givenUp"
         from webhook w where w.county_id = $1 order by w.id`,
      [actorOf(context).county],
    )
    return rows
  }

  @Mutation(() => NewWebhook, {
    description: '增加通知地址，从此刻起的事开始通知 / Adds a webhook; it is told what is done from now on',
  })
  async createWebhook(
    @Arg('input', () => WebhookInput) { url, events: asked }: WebhookInput,
    @Key() key: string,
    @Ctx() context: Context,
  ): Promise<NewWebhook> {
    confirmed(context)
    const actor = actorOf(context)
    if (!isAddress(url)) throw no(context, 'webhook.url')
    const events = webhookEvents.filter((event) => asked.includes(event))
    if (events.length === 0) throw no(context, 'webhook.noEvent')
    // Follows from the key of the call, so that the same call sent again is told the same.
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
        if (rows[0]!.count >= most) throw no(context, 'webhook.tooMany', { most: String(most) })
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
    @Arg('id', () => ID) id: string,
    @Arg('active', () => Boolean) active: boolean,
    @Key() key: string,
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
        if (!rowCount) throw no(context, 'webhook.unknown')
        return { outcome: true, details: { webhook: id, active } }
      },
    )
  }

  @Mutation(() => Int, {
    description: '从某一件事起重新通知，返回件数 / Tells everything again from an act on; answers how many that are',
  })
  replayWebhook(
    @Arg('id', () => ID) id: string,
    @Arg('from', () => Int, { description: '从第几件事起 / Number of the act to begin with' }) from: number,
    @Key() key: string,
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
      if (!known) throw no(context, 'webhook.unknown')
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
