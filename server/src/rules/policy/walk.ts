// A policy file as the tree it is, for what looks at every part of it whatever its meaning.

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Visits every value below this one with its key and its path from the top. */
export function walk(value: unknown, path: string, visit: (key: string, value: unknown, path: string) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    const here = path ? `${path}.${key}` : key
    visit(key, inner, here)
    walk(inner, here, visit)
  }
}
