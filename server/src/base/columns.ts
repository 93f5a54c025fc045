import type { PropertyOptions } from '@mikro-orm/core'
import { PrimaryKey, Property } from '@mikro-orm/decorators/legacy'
import { Field, ID, Int } from 'type-graphql'

/**
 * One line declares a column and its field: the class is the table and the GraphQL type at once. The first argument is the
 * field's description, for the schema's readers. A column that callers never see is a plain `@Property`.
 */
type Options = PropertyOptions<object>

const both =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, key) => {
    for (const decorate of decorators) decorate(target, key)
  }
const column = (scalar: () => unknown, type: string, description: string, options: Options): PropertyDecorator =>
  both(
    Field(scalar as never, { description, nullable: options.nullable ?? false }),
    Property({ type, ...options } as never) as PropertyDecorator,
  )

/** Second half of every key; the county's id is the first, so that a province can be spread over machines by county. */
export const IdColumn = (description: string) =>
  both(
    Field(() => ID, { description }),
    PrimaryKey({ type: 'uuid' }) as PropertyDecorator,
  )
export const CountyKey = () => PrimaryKey({ type: 'uuid' }) as PropertyDecorator
export const LinkColumn = (description: string, options: Options = {}) => column(() => ID, 'uuid', description, options)
export const TextColumn = (description: string, options: Options = {}) => column(() => String, 'text', description, options)
export const WholeColumn = (description: string, options: Options = {}) => column(() => Int, 'integer', description, options)
export const FlagColumn = (description: string, options: Options = {}) => column(() => Boolean, 'boolean', description, options)
/** A day as YYYY-MM-DD: text end to end, so that no time zone can move it. */
export const DayColumn = (description: string, options: Options = {}) => column(() => String, 'date', description, options)
/** A hidden reference to another row of the same county. */
export const HiddenLink = (options: Options = {}) => Property({ type: 'uuid', ...options } as never) as PropertyDecorator
