/** Whether a text, such as a name, answers to what somebody types to find it: every word of the query is part of it. */
export function matches(text: string, query: string): boolean {
  const sought = text.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => sought.includes(word))
}
