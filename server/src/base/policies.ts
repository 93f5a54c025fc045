import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serverFolder, StartRefused } from './config.ts'
import { refusal, type Context } from './context.ts'
import { readPolicy } from '../rules/policy/read.ts'
import type { Policy } from '../rules/policy/shape.ts'

/** One version of a policy as its file stands: read once, never changed while the product runs. */
export interface PolicyVersion {
  id: string
  policy: Policy
  /** SHA-256 of the file's bytes, hexadecimal. */
  hash: string
  yaml: string
}

const folder = join(serverFolder, 'policies')

export const hashOf = (yaml: string): string => createHash('sha256').update(yaml).digest('hex')

function readAll(): Map<string, PolicyVersion> {
  const versions = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name): PolicyVersion => {
      const yaml = readFileSync(join(folder, name), 'utf8')
      try {
        const policy = readPolicy(yaml)
        return { id: policy.id, policy, hash: hashOf(yaml), yaml }
      } catch (error) {
        throw new StartRefused(`server/policies/${name}: ${(error as Error).message}`)
      }
    })
  return new Map(versions.map((version) => [version.id, version]))
}

let known: Map<string, PolicyVersion> | undefined

/** Every policy that came with the product, by id. Throws StartRefused when a file does not read. */
export const policies = (): Map<string, PolicyVersion> => (known ??= readAll())

/** The version of that id. Throws `policy.unknown`. */
export function versionOf(id: string, context: Context): PolicyVersion {
  const version = policies().get(id)
  if (!version) throw refusal(context, 'policy.unknown')
  return version
}

/** What the versions of one policy share of their ids: `xinyi-1` is of `xinyi`. */
export const familyOf = (policyId: string): string => policyId.replace(/-\d+$/, '')

/** The policy a stored cycle was opened under. Its absence is a fault of the installation, not of a caller. */
export function policyOf(id: string): Policy {
  const version = policies().get(id)
  if (!version) throw new Error(`no policy file has the id ${id}`)
  return version.policy
}
