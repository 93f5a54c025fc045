import { actorOf, type Reader } from '../base/context.ts'
import type { CycleRules } from '../core/cycles.ts'
import { cohortOf } from './cohort.ts'
import { eliminationsOf } from './elimination.ts'
import { sightOf } from '../rules/access.ts'
import { exact, shown } from '../rules/exact.ts'
import { sentence } from '../base/words.ts'
import { consequencesIn, groundOf, type Grounds } from './consequence-grounds.ts'

/** Who would have to go and why: by the policy's consequences, and by the end of the order. */
export async function groundsIn(context: Reader, rules: CycleRules): Promise<Grounds> {
  const found = await consequencesIn(context, rules)
  // The percentage is of the whole county: whoever sees a part of it has no such list.
  if (sightOf(actorOf(context)) !== 'county') return found
  const { outcomes } = await cohortOf(context, rules, undefined)
  for (const { candidates, clause } of await eliminationsOf(context, rules))
    for (const { id: sheet, fromLast, measure } of candidates) {
      const own = found.get(sheet) ?? { grade: outcomes.get(sheet)!.grade, grounds: [] }
      const place = { place: String(fromLast), measure: shown(exact(measure)) }
      const title = sentence(context.lang, 'elimination.ground', place)
      own.grounds.push(groundOf(rules, context, { ...rules.policy.elimination!, title, clause }))
      found.set(sheet, own)
    }
  return found
}
