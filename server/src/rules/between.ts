/** The bounds of a whole number that is not known yet. */
export interface Between {
  least: number
  most: number
}

export const none: Between = { least: 0, most: 0 }

/** The bounds of a number that is known. */
export const known = (value: number): Between => ({ least: value, most: value })
export const areKnown = (all: readonly Between[]): boolean => all.every(({ least, most }) => least === most)

/** The bounds of a number that lies within one of these, whichever. */
export const spread = (all: readonly Between[]): Between => ({
  least: Math.min(...all.map(({ least }) => least)),
  most: Math.max(...all.map(({ most }) => most)),
})

/** The bounds of a number that lies within both. */
export const within = (one: Between, other: Between): Between => ({
  least: Math.max(one.least, other.least),
  most: Math.min(one.most, other.most),
})

/** The bounds of a sum. */
export const added = (all: readonly Between[]): Between => ({
  least: all.reduce((sum, { least }) => sum + least, 0),
  most: all.reduce((sum, { most }) => sum + most, 0),
})

/** The bounds of what is left of a number when a part of it is taken away. */
export const rest = (all: Between, part: Between): Between => ({
  least: Math.max(0, all.least - part.most),
  most: Math.max(0, all.most - part.least),
})
