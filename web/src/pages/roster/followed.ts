interface Followed {
  year: number
  added: number
  changed: number
  removed?: number
  kept?: number
}
type Translate = (key: string, values: Record<string, unknown>) => string

/** What became of running cycles, in words. */
export const followedSays = (t: Translate, followed: readonly Followed[]): string[] =>
  followed.map(({ year, added, changed, removed = 0, kept = 0 }) => {
    const parts = Object.entries({ added, changed, removed, kept }).flatMap(([name, n]) =>
      n > 0 ? [t(`roster.follows.${name}`, { n })] : [],
    )
    return t('roster.followed', { year, what: parts.join(t('roster.between', {})) })
  })
