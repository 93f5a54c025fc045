import 'reflect-metadata'
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql'
import { buildSchemaSync, type PubSub } from 'type-graphql'
import { AttendanceResolver } from './attendance/attendance.resolver.ts'
import { CycleResolver } from './cycle/cycle.resolver.ts'
import { NoteResolver } from './note/note.resolver.ts'
import { OrganisationResolver } from './organisation/organisation.resolver.ts'
import { PolicyResolver } from './policy/policy.resolver.ts'
import { RatingResolver } from './rating/rating.resolver.ts'
import { ReadingsResolver } from './result/readings.resolver.ts'
import { ResultResolver } from './result/result.resolver.ts'
import { operations } from './rules/access.ts'
import { RecusalResolver } from './recusal/recusal.resolver.ts'
import { RulingResolver } from './ruling/ruling.resolver.ts'
import { SheetResolver } from './sheet/sheet.resolver.ts'
import { ViewResolver } from './view/view.resolver.ts'
import { YearResolver } from './year/year.resolver.ts'

/** Subscriptions come from the database's feed; nothing is published inside the process. */
const noPubSub: PubSub = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('subscriptions are fed by the database')
  },
}

/**
 * Builds the schema anew: Apollo changes the object it is given, so two servers never share one.
 * Throws when an operation has no line in the table of permissions: nothing is open because somebody forgot it.
 */
export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      OrganisationResolver,
      CycleResolver,
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
    ],
    validate: false,
    pubSub: noPubSub,
  })
  const called = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  )
  const unruled = called.filter((operation) => !(operation in operations))
  const unknown = Object.keys(operations).filter((operation) => !called.includes(operation))
  if (unruled.length > 0 || unknown.length > 0)
    throw new Error(
      `rules/access.ts: no rule for ${unruled.join(', ') || '-'}; a rule for no operation: ${unknown.join(', ') || '-'}`,
    )
  return schema
}

/** The contract, as it is committed. */
export const printContract = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`
