import type { SheetState } from './access.ts'
import type { Role } from './permissions.ts'
import type { Day } from './days.ts'
import { yearWindow } from './due.ts'
import type { Choices } from './facts.ts'
import type { Policy, PolicyStage } from './policy/shape.ts'

/** The stage of that id, or undefined. */
export const stageOf = (policy: Policy, id: string): PolicyStage | undefined => policy.stages.find((stage) => stage.id === id)

export const firstStage = (policy: Policy): PolicyStage => policy.stages[0]!

/** The stage a sheet goes on to; undefined once it is on file. */
export const nextStage = (policy: Policy, id: string): PolicyStage | undefined =>
  policy.stages[policy.stages.findIndex((stage) => stage.id === id) + 1]

/** The stages to which a sheet may be returned from here: all before this one, the nearest last. */
export const earlierStages = (policy: Policy, id: string): PolicyStage[] =>
  policy.stages.slice(
    0,
    policy.stages.findIndex((stage) => stage.id === id),
  )

/** What a sheet at a stage is to the grid: open to be scored, on file for good, or in somebody else's hands. */
export const stateOf = ({ writes, does }: PolicyStage): SheetState =>
  does === 'file' ? 'filed' : writes === 'yes' ? 'open' : 'submitted'

/** Who enters scores on a sheet at a stage; nobody where it is only looked at. */
export function writersAt(policy: Policy, id: string): readonly Role[] {
  const stage = stageOf(policy, id)
  return stage?.writes === 'yes' ? stage.by : []
}

/** By when a stage is to be passed in the cycle of a year, where the calendar says so. */
export function stageDue(policy: Policy, choices: Choices, { duty }: PolicyStage, year: number): Day | undefined {
  const rule = policy.calendar.find(({ id }) => id === duty)
  return rule && yearWindow(policy, choices, rule, year).by
}

/** The duties that are done when sheets stand at these stages: every one of them has passed the duty’s stage, or is on file. */
export function dutiesDone({ stages }: Policy, at: readonly string[]): Set<string> {
  const placeOf = (id: string) => stages.findIndex((stage) => stage.id === id)
  const passed = (place: number, does: PolicyStage['does']) =>
    at.length > 0 && at.every((id) => placeOf(id) > place || (does === 'file' && placeOf(id) === place))
  return new Set(stages.flatMap(({ duty, does }, place) => (duty !== undefined && passed(place, does) ? [duty] : [])))
}
