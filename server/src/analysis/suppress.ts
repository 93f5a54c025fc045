/** The least number of people a group is told of to analysts. */
export const least = 5

/** A group as hiding it is decided: its keys in the order of the grouping, and how many people it and its filter hold. */
export interface Group {
  keys: readonly string[]
  /** People who pass the filter. */
  people: number
  /** People without the filter. */
  whole: number
}

/** Too few people, or so few left out by the filter that they are what is missing from the group without it. */
const tooSmall = ({ people, whole }: Group): boolean => people < least || (whole > people && whole - people < least)

/**
 * Which groups are hidden: the small ones, and where what is hidden in a line of groups that add up to a whole could be
 * had by subtraction (one group alone, or fewer than five people together) the next smallest of the line, until it
 * cannot. `lines` gives, for a group, every whole that it is a part of.
 */
export function hiddenGroups<G extends Group>(groups: readonly G[], lines: (group: G) => string[]): Set<G> {
  const hidden = new Set(groups.filter(tooSmall))
  const byLine = new Map<string, G[]>()
  for (const group of groups)
    for (const line of lines(group)) {
      const found = byLine.get(line)
      if (found) found.push(group)
      else byLine.set(line, [group])
    }
  for (let before = -1; before !== hidden.size;) {
    before = hidden.size
    for (const line of byLine.values()) {
      const shown = line.filter((group) => !hidden.has(group)).toSorted((a, b) => a.people - b.people)
      const held = line.filter((group) => hidden.has(group) && group.people > 0)
      let people = held.reduce((sum, group) => sum + group.people, 0)
      for (let count = held.length; count > 0 && (count < 2 || people < least) && shown.length > 0; count++) {
        const next = shown.shift()!
        hidden.add(next)
        people += next.people
      }
    }
  }
  return hidden
}
