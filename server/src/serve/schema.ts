import 'reflect-metadata'
import {
  getNamedType,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  isInputObjectType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
  type GraphQLNamedType,
} from 'graphql'
import { buildSchemaSync, GraphQLISODateTime, type PubSub } from 'type-graphql'
import { statisticsFields } from '../analysis/statistics-fields.ts'
import { makeTypes } from '../analysis/types.ts'
import { ClaimResolver } from '../claim/claim.resolver.ts'
import { EvidenceResolver } from '../claim/evidence.resolver.ts'
import { AuditResolver } from '../history/audit.resolver.ts'
import { AttendanceResolver } from '../attendance/attendance.resolver.ts'
import { CalendarResolver } from '../setup/calendar.resolver.ts'
import { CycleResolver } from '../setup/cycle.resolver.ts'
import { AccountsResolver } from '../access/accounts.resolver.ts'
import { UnitAccountsResolver } from '../access/unit-accounts.resolver.ts'
import { OwnAccountResolver } from '../access/own-account.resolver.ts'
import { AppealResolver } from '../publishing/appeal.resolver.ts'
import { FilingResolver } from '../filing/filing.resolver.ts'
import { NoteResolver } from '../scoring/note.resolver.ts'
import { NoticeResolver } from '../publishing/notice.resolver.ts'
import { SetUpStateResolver } from '../setup/set-up-state.resolver.ts'
import { OrganisationResolver } from '../setup/organisation.resolver.ts'
import { PolicyResolver } from '../setup/policy.resolver.ts'
import { RatingResolver } from '../rating/rating.resolver.ts'
import { ReadingsResolver } from '../result/readings.resolver.ts'
import { ResultResolver } from '../result/result.resolver.ts'
import { permissionFor } from '../rules/permissions.ts'
import { RecusalResolver } from '../access/recusal.resolver.ts'
import { RosterResolver } from '../people/roster.resolver.ts'
import { RulingResolver } from '../ruling/ruling.resolver.ts'
import { SheetResolver } from '../scoring/sheet.resolver.ts'
import { TokenResolver } from '../access/token.resolver.ts'
import { WebhookResolver } from '../webhook/webhook.resolver.ts'
import { ViewResolver } from '../scoring/view.resolver.ts'
import { OverviewResolver } from '../year/overview.resolver.ts'
import { YearResolver } from '../year/year.resolver.ts'

/** Subscriptions come from the database's feed; nothing is published inside the process. */
const noPubSub: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('subscriptions are fed by the database')
  },
}

/** The scalar of the library, described in both languages. */
const moment = new GraphQLScalarType({
  ...GraphQLISODateTime.toConfig(),
  description: '时刻，UTC，如 2027-02-08T02:15:30Z / A moment at UTC, such as 2027-02-08T02:15:30Z',
})

/** What the three types say that no class of ours declares. */
const roots = {
  Query: '查询；不改动什么 / What can be asked; nothing changes by it',
  Mutation: '改动；同一个 key 重发只办一次 / What can be done; sent again under the same key it is done once',
  Subscription: '改动发生时告知，见 /graphql/stream / What is told as it happens, at /graphql/stream',
}

/**
 * Builds the schema anew: Apollo changes the object it is given, so two servers never share one.
 * Throws when an operation has no line in the table of permissions, or takes what only the product may set: nothing is
 * open because somebody forgot it.
 */
export function createSchema(): GraphQLSchema {
  const decorated = buildSchemaSync({
    resolvers: [
      OrganisationResolver,
      RosterResolver,
      SetUpStateResolver,
      CycleResolver,
      CalendarResolver,
      AuditResolver,
      PolicyResolver,
      SheetResolver,
      ResultResolver,
      ReadingsResolver,
      RulingResolver,
      RecusalResolver,
      RatingResolver,
      AttendanceResolver,
      NoteResolver,
      ViewResolver,
      YearResolver,
      OverviewResolver,
      ClaimResolver,
      EvidenceResolver,
      AccountsResolver,
      UnitAccountsResolver,
      OwnAccountResolver,
      NoticeResolver,
      AppealResolver,
      FilingResolver,
      TokenResolver,
      WebhookResolver,
    ],
    validate: false,
    pubSub: noPubSub,
    scalarsMap: [{ type: Date, scalar: moment }],
  })
  for (const [name, says] of Object.entries(roots)) decorated.getType(name)!.description = says
  const schema = withAnalysis(decorated)
  const faults = schemaFaults(schema, [...permissionFor.keys()])
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return schema
}

/** What the product alone says of a row: what it stands at, what follows from it, who did it and when. */
const ours = new Set(
  'state total points marks missing limits seq hash by at createdAt publishedAt accountId county countyId'.split(' '),
)

/** What keeps a schema from being served: operations without a permission, permissions without an operation, input that sets what is ours. */
export function schemaFaults(schema: GraphQLSchema, ruled: readonly string[]): string[] {
  const called = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  )
  // What only queries take sets nothing: a filter names what it compares.
  const [asked, written] = [inputsOf(schema.getQueryType()), inputsOf(schema.getMutationType(), schema.getSubscriptionType())]
  const inputs = Object.values(schema.getTypeMap())
    .filter(isInputObjectType)
    .filter((type) => written.has(type) || !asked.has(type))
  const taken = [
    ...inputs.flatMap((type) => Object.keys(type.getFields()).map((name) => [type.name, name] as const)),
    ...Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) =>
      field.args.map(({ name }) => [field.name, name] as const),
    ),
  ]
  return [
    ...called.filter((name) => !ruled.includes(name)).map((name) => `rules/permissions.ts: no permission has ${name}`),
    ...ruled
      .filter((name) => !called.includes(name))
      .map((name) => `rules/permissions.ts: a permission has no such operation: ${name}`),
    ...taken.filter(([, name]) => ours.has(name)).map(([type, name]) => `${type} takes ${name}, which is not for callers to set`),
  ]
}

/** Every input type that the fields of these types take, or fields of what they answer. */
function inputsOf(...types: (GraphQLObjectType | null | undefined)[]): Set<unknown> {
  const found = new Set<unknown>()
  const visit = (type: GraphQLNamedType): void => {
    if (found.has(type)) return
    found.add(type)
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) visit(getNamedType(field.type))
    if (!isObjectType(type)) return
    for (const field of Object.values(type.getFields())) {
      for (const arg of field.args) visit(getNamedType(arg.type))
      visit(getNamedType(field.type))
    }
  }
  for (const type of types) if (type) visit(type)
  return found
}

/** The schema with the queries that are made from descriptions of tables, and not from decorated classes. */
function withAnalysis(schema: GraphQLSchema): GraphQLSchema {
  const types = makeTypes(schema)
  const query = schema.getQueryType()!.toConfig()
  const fields = { ...query.fields, ...types.fields, ...statisticsFields(types) }
  return new GraphQLSchema({
    ...schema.toConfig(),
    query: new GraphQLObjectType({ ...query, fields }),
    types: allBut(schema, 'Query'),
  })
}

const allBut = (schema: GraphQLSchema, name: string) => Object.values(schema.getTypeMap()).filter((type) => type.name !== name)

/** The contract, as it is committed. */
export const printContract = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`
