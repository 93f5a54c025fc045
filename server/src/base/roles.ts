import { registerEnumType } from 'type-graphql'
import { roles, type Role } from '../rules/access.ts'

/** The roles as an enumeration of the API. */
export const Roles = Object.fromEntries(roles.map((role) => [role, role])) as { [Name in Role]: Name }
registerEnumType(Roles, { name: 'Role', description: '角色 / Role' })
