/** A number that is not known yet: at least and at most. */
export interface Between {
  least: number
  most: number
}

export const none: Between = { least: 0, most: 0 }

/** A number that is known. */
export const known = (value: number): Between => ({ least: value, most: value })
export const areKnown = (all: readonly Between[]): boolean => all.every(({ least, most }) => least === most)

/** Of numbers of which one is true, whichever it is. */
export const spread = (all: readonly Between[]): Between => ({
  least: Math.min(...all.map(({ least }) => least)),
  most: Math.max(...all.map(({ most }) => most)),
})

/** A number of which two things are known. */
export const within = (one: Between, other: Between): Between => ({
  least: Math.max(one.least, other.least),
  most: Math.min(one.most, other.most),
})

export const added = (all: readonly Between[]): Between => ({
  least: all.reduce((sum, { least }) => sum + least, 0),
  most: all.reduce((sum, { most }) => sum + most, 0),
})

/** What is left of a number when another, which is a part of it, is taken away. */
export const rest = (all: Between, part: Between): Between => ({
  least: Math.max(0, all.least - part.most),
  most: Math.max(0, all.most - part.least),
})
