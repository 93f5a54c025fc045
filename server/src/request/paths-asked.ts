import type { GraphQLResolveInfo, SelectionSetNode } from 'graphql'

/**
 * The fields that are asked for below a resolver's own, by their paths: `rows`, `rows.totals`. Fragments are followed;
 * what a directive might leave out counts as asked.
 */
export function pathsAsked({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): ReadonlySet<string> {
  const paths = new Set<string>()
  function walk(set: SelectionSetNode | undefined, above: string): void {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === 'Field') {
        const path = above + selection.name.value
        paths.add(path)
        walk(selection.selectionSet, `${path}.`)
      } else if (selection.kind === 'InlineFragment') walk(selection.selectionSet, above)
      else walk(fragments[selection.name.value]?.selectionSet, above)
    }
  }
  for (const { selectionSet } of fieldNodes) walk(selectionSet, '')
  return paths
}
