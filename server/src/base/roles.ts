import { mayCall } from '../rules/access.ts'
import {
  permissionFor,
  permissions,
  permissionTitle,
  roles,
  rolesWith,
  roleTitle,
  type Permission,
  type Role,
} from '../rules/permissions.ts'
import type { Lang, Text } from '../rules/text.ts'
import { actorOf, refusal, type Context } from './context.ts'
import { enumerate } from './enumerations.ts'

const saying = <Name extends string>(names: readonly Name[], titleOf: (name: Name) => Text) =>
  Object.fromEntries(names.map((name) => [name, `${titleOf(name).zh} / ${titleOf(name).en}`])) as Record<Name, string>

/** The roles and the permissions as enumerations of the API. */
export const Roles = enumerate<Role>('Role', '角色 / Role', saying(roles, roleTitle))
export const Permissions = enumerate<Permission>(
  'Permission',
  '权限：一类工作，含其所需的操作 / Permission: a piece of work with the operations that it takes',
  saying(permissions, permissionTitle),
)

/** Throws `permission`, which says what is not permitted and which roles may, where the caller may not call an operation. */
export function demandPermission(context: Context, operation: string): void {
  if (!mayCall(actorOf(context), operation)) throw refusal(context, 'permission', lacking(context.lang, operation))
}

/** What the sentence of `permission` says of an operation. */
export function lacking(lang: Lang, operation: string): { what: string; who: string } {
  const permission = permissionFor.get(operation)!
  const who = rolesWith(permission).map((role) => roleTitle(role)[lang])
  return { what: permissionTitle(permission)[lang], who: who.join(lang === 'zh' ? '、' : ', ') }
}
