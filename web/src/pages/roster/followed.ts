interface Followed {
  year: number
  added: number
  changed: number
  removed?: number
  kept?: number
}

/** What became of running cycles, in words. */
export const followedSays = (
  t: (key: string, values: Record<string, unknown>) => string,
  followed: readonly Followed[],
): string[] => followed.map((one) => t('roster.followed', { removed: 0, kept: 0, ...one }))
