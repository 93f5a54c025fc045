import { registerEnumType } from 'type-graphql'
import { mayCall } from '../rules/access.ts'
import { permissionFor, permissions, permissionTitle, roles, rolesWith, roleTitle } from '../rules/permissions.ts'
import type { Lang, Text } from '../rules/text.ts'
import { actorOf, no, type Context } from './context.ts'

const titled = <Name extends string>(names: readonly Name[], titleOf: (name: Name) => Text) => ({
  values: Object.fromEntries(names.map((name) => [name, name])) as { [N in Name]: N },
  valuesConfig: Object.fromEntries(
    names.map((name) => [name, { description: `${titleOf(name).zh} / ${titleOf(name).en}` }]),
  ) as Record<Name, { description: string }>,
})

/** The roles as an enumeration of the API. */
const ofRoles = titled(roles, roleTitle)
export const Roles = ofRoles.values
registerEnumType(Roles, { name: 'Role', description: '角色 / Role', valuesConfig: ofRoles.valuesConfig })

/** The permissions as an enumeration of the API. */
const ofPermissions = titled(permissions, permissionTitle)
export const Permissions = ofPermissions.values
registerEnumType(Permissions, {
  name: 'Permission',
  description: '权限：一类工作，含其所需的操作 / Permission: a piece of work with the operations that it takes',
  valuesConfig: ofPermissions.valuesConfig,
})

/** Throws `permission`, which says what is not permitted and which roles may, where the caller may not call an operation. */
export function demandPermission(context: Context, operation: string): void {
  if (!mayCall(actorOf(context), operation)) throw no(context, 'permission', lacking(context.lang, operation))
}

/** What the sentence of `permission` says of an operation. */
export function lacking(lang: Lang, operation: string): { what: string; who: string } {
  const permission = permissionFor.get(operation)!
  const who = rolesWith(permission).map((role) => roleTitle(role)[lang])
  return { what: permissionTitle(permission)[lang], who: who.join(lang === 'zh' ? '、' : ', ') }
}
