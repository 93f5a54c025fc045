import { twoPlaces } from '../../parts/decimal.ts'
import type { GridWords, PastedPeople, PasteSummary } from '../../grid/types.ts'
import { zh } from '../../words/zh.ts'

type Translate = (key: string, values?: Record<string, unknown>) => string

/** So many names of a list are told. */
const NAMED = 6

/** What the grid says, in the language of the page. */
export function gridWords(t: Translate): GridWords {
  /** A list of words whose names are those of the Chinese ones. */
  const said = <Name extends string>(list: Record<Name, string>, path: string) =>
    Object.fromEntries(Object.keys(list).map((name) => [name, t(`${path}.${name}`)])) as Record<Name, string>
  /** The first of some names, and how many there are. */
  const named = (names: readonly string[], n = names.length): string => {
    const first = names.slice(0, NAMED).join(t('grid.paste.between'))
    return n > NAMED ? t('grid.paste.more', { names: first, n }) : first
  }
  const peopleOut = (people: PastedPeople): (string | false)[] => [
    ...(['missing', 'elsewhere', 'several', 'twice', 'hidden', 'unknown'] as const).map(
      (why) => people[why].length > 0 && t(`grid.paste.${why}`, { names: named(people[why]) }),
    ),
    people.odd.length > 0 &&
      t('grid.paste.odd', { names: named(people.odd.map(({ column, text }) => t('grid.paste.oddColumn', { n: column, text }))) }),
    people.unnamed > 0 && t('grid.paste.unnamed', { n: people.unnamed }),
    people.guessed && t('grid.paste.guessed'),
  ]
  const leftOut = ({ skippedLocked, skippedReadOnly, outside, people }: PasteSummary): string[] =>
    [
      ...(people ? peopleOut(people) : []),
      skippedLocked > 0 && t('scores.skippedLocked', { n: skippedLocked }),
      skippedReadOnly > 0 && t('scores.skippedReadOnly', { n: skippedReadOnly }),
      outside > 0 && t('scores.outside', { n: outside }),
    ].filter((text) => text !== false)
  return {
    cellInput: t('grid.cellInput'),
    help: t('grid.help'),
    states: said(zh.grid.states, 'grid.states'),
    readOnly: (column) => t('grid.readOnly', { column }),
    locked: (reason) => t('grid.locked', { reason }),
    cell: (column, row, value) => t('grid.cell', { column, row, value: value || t('grid.blank') }),
    selected: (rows, columns) => t('grid.selected', { rows, columns }),
    selectedRanges: (ranges, cells) => t('grid.selectedRanges', { ranges, cells }),
    selectAll: t('grid.selectAll'),
    sort: (column) => t('grid.sort', { column }),
    moved: (column, place) => t('grid.moved', { column, place }),
    cannotMove: t('grid.cannotMove'),
    copyRefused: t('grid.copyRefused'),
    pasteRefused: t('grid.pasteRefused'),
    pasted: (summary) =>
      [
        t('scores.written', { n: summary.written }),
        ...(summary.people?.found ? [t('grid.paste.done', { n: summary.people.rows })] : []),
        ...leftOut(summary),
      ].join('；'),
    leftOut,
    paste: {
      title: t('grid.paste.title'),
      writes: (n, rows, first, people) =>
        people?.found
          ? t('grid.paste.writesTo', { n, rows, names: named(people.names, people.rows), columns: named(people.columns) })
          : people
            ? t('grid.paste.writesByHeading', { n, rows, first, columns: named(people.columns) })
            : t('grid.paste.writesFrom', { n, rows, first }),
      writesNothing: t('grid.paste.writesNothing'),
      empties: (n) => t('grid.paste.empties', { n }),
      unsaved: (n) => t('grid.paste.unsaved', { n }),
      yes: (n) => t('grid.paste.yes', { n }),
      keep: (n) => t('grid.paste.keep', { n }),
      skipBlanks: (n) => t('grid.paste.skipBlanks', { n }),
      emptyToo: (n) => t('grid.paste.emptyToo', { n }),
      emptyAll: (n) => t('grid.paste.emptyAll', { n }),
    },
    cancel: t('common.cancel'),
    close: t('common.close'),
    transposing: t('grid.transposing'),
    cleared: (n) => t('grid.cleared', { n }),
    outcome: ({ action, applied, conflicts, refused, left, error }) =>
      [
        error,
        applied && t(`grid.done.${action}`, { n: applied }),
        left && t('grid.left', { n: left }),
        conflicts && t('grid.conflicts', { n: conflicts }),
        refused && t('grid.refused', { n: refused }),
      ]
        .filter(Boolean)
        .join('；'),
    waiting: (n) => t('grid.waiting', { n }),
    restored: (n) => t('grid.restored', { n }),
    problem: ({ kind, reason, by, mine, theirs }) =>
      kind === 'conflict'
        ? `${t('grid.changedBy', { by })}；${t('scores.mine', { value: mine ?? t('grid.blank') })}；${t('scores.theirs', { value: twoPlaces(String(theirs ?? '')) || t('grid.blank') })}`
        : reason,
    othersHere: (names) => t('grid.othersHere', { names }),
    changedBy: (by) => t('grid.changedBy', { by }),
    unanswered: t('grid.unanswered'),
    nothingToUndo: t('grid.nothingToUndo'),
    nothingToRedo: t('grid.nothingToRedo'),
    types: {
      ...said(zh.grid.types, 'grid.types'),
      tooLong: (most) => t('grid.types.tooLong', { most }),
      choice: (labels) => t('grid.types.choice', { labels: labels.join(t('grid.types.between')) }),
    },
    find: {
      ...said(zh.grid.find, 'grid.find'),
      replaceTitle: (n) => t('grid.find.replaceTitle', { n }),
      replaceYes: (n) => t('grid.find.replaceYes', { n }),
    },
    goTo: said(zh.grid.goTo, 'grid.goTo'),
    keys: {
      title: t('grid.keys.title'),
      close: t('common.close'),
      groups: said(zh.grid.keys.groups, 'grid.keys.groups'),
      does: said(zh.grid.keys.does, 'grid.keys.does'),
    },
  }
}
