import { createHash } from 'node:crypto'
import { graphql, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql'
import { openContext, type Context, type Surroundings } from '../base/context.ts'
import { newId } from '../base/id.ts'
import { objectionTo } from '../request/limits.ts'
import type { Actor, Grant } from '../rules/access.ts'
import type { Role } from '../rules/permissions.ts'
import { createSchema } from '../serve/schema.ts'

export interface NamedUnit {
  id: string
  name: string
}

/** The product's own doors, entered in process: what is done through them is refused, chained and signed like anything else. */
export interface Doors {
  pool: Surroundings['database']['pool']
  county: string
  towns: NamedUnit[]
  /** A demo account by its login. */
  account(login: string): Actor
  /**
   * Somebody invented who holds a role: accounts exist for the county and the first town only, so that the sign-in page
   * stays short; the other towns are worked by people who never sign in. Only the mark of what they did remains. The
   * same person each time the county is lived.
   */
  invented(role: Role, units: readonly string[], no: number): Actor
  /** Sends an operation as somebody at a moment; answers its first field. Throws what it is refused with. */
  ask<Answer>(actor: Actor, at: Date, source: string, variables?: Record<string, unknown>): Promise<Answer>
  contextOf(actor: Actor, at: Date): Context
  /** The key of an act, made of what it does: done once before, it answers as it did then. */
  key(...says: unknown[]): string
}

/** With what the key of every act of the demo begins. */
export const DEMO_KEY = 'demo.'
/** The time in the ids of people who are invented: any, so long as it stays the same. */
const BORN = Date.UTC(2026, 0, 1)

const digest = (says: unknown): Buffer => createHash('sha256').update(JSON.stringify(says)).digest()

const names =
  '江望舒 田雨禾 顾青川 白露秋 方景行 夏知微 石砚田 林渡远 梁溪月 程见山 罗映雪 卢归帆 傅松筠 叶含章 丁若谷 邵采薇 温如许 简思齐 桑怀瑾 路鸣皋 纪云起 易安澜 乔木森 苗新雨'.split(
    ' ',
  )

/** Once `halted`, whatever is asked is refused with its reason. */
export async function openDoors(around: Surroundings, halted: AbortSignal): Promise<Doors> {
  const { pool } = around.database
  const schema = createSchema()
  const documents = new Map<string, DocumentNode>()
  const documentOf = (source: string): DocumentNode => {
    const document = documents.get(source) ?? parse(source)
    documents.set(source, document)
    return document
  }
  const { rows: accounts } = await pool.query<Omit<Actor, 'grants' | 'recusedFrom'> & Grant & { login: string }>(
    `select a.id, a.login, a.name, a.county_id as county, g.role, g.unit_id as unit, g.coordinator_id as coordinator
       from account a join role_grant g on g.county_id = a.county_id and g.account_id = a.id where a.demo`,
  )
  const county = accounts[0]!.county
  const { rows: towns } = await pool.query<NamedUnit>(
    `select id, name from unit where county_id = $1 and kind = 'town' order by code`,
    [county],
  )
  const contextOf = (actor: Actor, at: Date): Context =>
    openContext(
      around,
      {
        actor,
        session: { hash: '', confirmedAt: at },
        token: undefined,
        documents: 'any',
        confirmMinutes: 1,
        secondFactor: 'off',
        lang: 'zh',
        requestId: 'demo',
        address: '127.0.0.1',
        callerNow: () => Promise.resolve(actor),
      },
      at,
    )
  return {
    pool,
    county,
    towns,
    contextOf,
    key: (...says) => `${DEMO_KEY}${digest(says).toString('base64url')}`,
    account(login) {
      const { id, name, role, unit, coordinator } = accounts.find((one) => one.login === login)!
      return { id, name, county, grants: [{ role, unit, coordinator: coordinator ?? null }], recusedFrom: [] }
    },
    invented(role, units, no) {
      const id = newId(BORN, digest([county, role, units]).subarray(0, 10))
      return { id, name: names[no % names.length]!, county, grants: units.map((unit) => ({ role, unit })), recusedFrom: [] }
    },
    async ask<Answer>(actor: Actor, at: Date, source: string, variables: Record<string, unknown> = {}) {
      halted.throwIfAborted()
      const document = documentOf(source)
      const context = contextOf(actor, at)
      const objection = objectionTo(document, document.definitions[0] as OperationDefinitionNode, variables, context)
      if (objection) throw objection
      const { data, errors } = await graphql({
        schema,
        source,
        variableValues: variables,
        contextValue: context,
      })
      if (errors) throw new Error(`${actor.name}: ${errors[0]!.message} (${source.slice(0, 80)})`, { cause: errors[0] })
      return Object.values(data!)[0] as Answer
    },
  }
}
