import { policies } from '../server/src/base/policies.ts'
import { inventCounty } from '../server/src/demo/county.ts'
import { roles } from '../server/src/rules/permissions.ts'

const { accounts } = inventCounty(policies().get('xinyi-1')!.policy, {}, 20)

/** The account of the demo county for each role, in the order of the roles. */
export const logins = roles.map((role) => accounts.find((account) => account.role === role)!.login)
