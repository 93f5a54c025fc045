import { ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { ask } from '../../api.ts'
import { RosterDocument, SavePeopleDocument, TakeBackImportDocument, type RosterLineFragment } from '../../gql/documents.ts'
import { cellTypes, type CellType } from '../../grid/cellTypes.ts'
import { useSheet } from '../../grid/sheet.ts'
import type { CellEdit, CellText, GridColumn, GridHost, RowUpdate, SaveReply } from '../../grid/types.ts'
import { useFinder } from '../../parts/finder.ts'
import { compareNames } from '../../parts/nameOrder.ts'
import { may } from '../../session.ts'
import { gridWords } from '../scores/gridWords.ts'

/** The fields of a line that are shown, in this order; those that a clerk mends in place say how wide they are. */
const layout: { field: keyof RosterLineFragment; width: number; mends?: true }[] = [
  { field: 'name', width: 92, mends: true },
  { field: 'town', width: 96 },
  { field: 'village', width: 96 },
  { field: 'idNumber', width: 168, mends: true },
  { field: 'gender', width: 60, mends: true },
  { field: 'bornOn', width: 104, mends: true },
  { field: 'fullTime', width: 68, mends: true },
  { field: 'startsOn', width: 104, mends: true },
  { field: 'endsOn', width: 104 },
  { field: 'phone', width: 116, mends: true },
  { field: 'politics', width: 92, mends: true },
  { field: 'schooling', width: 84, mends: true },
  { field: 'category', width: 110, mends: true },
  { field: 'employer', width: 120, mends: true },
  { field: 'contractFrom', width: 104, mends: true },
  { field: 'contractTo', width: 104, mends: true },
  { field: 'household', width: 120, mends: true },
  { field: 'cadre', width: 92, mends: true },
  { field: 'retiresIn', width: 92 },
]

/** The roster in the product's own grid: loaded, mended in place through the same door as imports. */
export function useRoster() {
  const { t } = useI18n()
  const words = gridWords(t)
  const types = cellTypes(words.types)
  const yesNo = (yes: string, no: string): CellType =>
    types.choice([
      { value: 'yes', label: yes },
      { value: 'no', label: no },
    ])
  const typeOf: Partial<Record<string, CellType>> = {
    gender: types.choice([
      { value: 'male', label: t('roster.male') },
      { value: 'female', label: t('roster.female') },
    ]),
    fullTime: yesNo(t('roster.full'), t('roster.part')),
    cadre: yesNo(t('roster.yes'), t('roster.no')),
    bornOn: types.date,
    startsOn: types.date,
    contractFrom: types.date,
    contractTo: types.date,
  }
  const mends = may('managePeople')
  const columns: GridColumn[] = layout.map(({ field, width, mends: mended = false }) => ({
    kind: 'text',
    ...(mended ? types.text(100) : {}),
    ...typeOf[field],
    ...(field === 'name' || field === 'town' || field === 'village' ? { compare: compareNames } : {}),
    field,
    title: t(`roster.fields.${field}`),
    width,
    editable: mended && mends,
    ...(field === 'name' ? { pinned: 'left' as const } : {}),
  }))

  const lines = new Map<string, RosterLineFragment>()
  const count = ref(0)
  const loading = ref(true)
  const failure = shallowRef<Error>()
  const towns = shallowRef<string[]>([])
  const soon = ref(0)

  const valuesOf = (line: RosterLineFragment): Record<string, unknown> => ({
    ...line,
    fullTime: line.fullTime ? 'yes' : 'no',
    cadre: line.cadre ? 'yes' : 'no',
  })
  const take = (all: readonly RosterLineFragment[]): RowUpdate[] =>
    all.map((line) => {
      lines.set(line.posting, line)
      return { id: line.posting, values: valuesOf(line) }
    })

  const host: GridHost = {
    words,
    asksFirst: true,
    rowKeys: [
      { field: 'name', headings: ['姓名', '名字', '协理员', 'name'] },
      { field: 'village', headings: ['村', '村（社区）', '社区', '所在村', '村名', 'village'] },
      { field: 'town', headings: ['镇', '镇（街道）', '乡镇', '街道', 'town'] },
    ],
    rowName: (row) => [row.value('name'), row.value('village'), row.value('town')].join(' · '),
    matches: (name, query) => finds(query, ...name.split(' · ')),
    baseState: () => 0,
    rowLocked: () => null,
    async save(edits, key) {
      const rows = [...Map.groupBy(edits, ({ row }) => row)].map(([posting, cells]) => ({
        posting,
        person: lines.get(posting)!.person,
        ...Object.fromEntries(cells.map(({ field, after }) => [field, after ?? ''])),
      }))
      const { savePeople } = await ask(SavePeopleDocument, { rows, makeUnits: false, goodRows: true, dryRun: false, key })
      const { problems } = savePeople
      const refusals = new Map(problems.filter(({ note }) => !note).map((one) => [rows[one.row - 1]!.posting, one]))
      const updates = await read(rows.map(({ posting }) => posting))
      const refused = edits.flatMap(({ row, field, after }) => {
        const why = refusals.get(row)
        return why ? [{ row, field, value: after, reason: why.message }] : []
      })
      return reply(savePeople.import ?? null, edits, refused, updates)
    },
    async undo(changeSet, key, edits) {
      await ask(TakeBackImportDocument, { id: changeSet, key })
      return reply(null, edits, [], await read(edits.map(({ row }) => row)))
    },
  }
  const reply = (
    changeSet: string | null,
    edits: readonly CellEdit[],
    refused: SaveReply['refused'],
    rows: RowUpdate[],
  ): SaveReply => {
    const values = new Map(rows.map((row) => [row.id, row.values]))
    return {
      changeSet,
      applied: edits.flatMap(({ row, field }) =>
        refused.some((cell) => cell.row === row) ? [] : [{ row, field, value: (values.get(row)?.[field] ?? null) as CellText }],
      ),
      conflicts: [],
      refused,
      rows,
    }
  }
  const read = async (postings: string[]): Promise<RowUpdate[]> =>
    take((await ask(RosterDocument, { past: true, postings: [...new Set(postings)] })).roster)

  const sheet = useSheet(host)
  const finds = useFinder(() => sheet.refilter())

  async function load(past: boolean): Promise<void> {
    loading.value = true
    try {
      const { roster } = await ask(RosterDocument, { past })
      lines.clear()
      const rows = take(roster)
      towns.value = [...new Set(roster.map(({ town }) => town))]
      soon.value = roster.filter(({ retiresSoon, endsOn }) => retiresSoon && endsOn === null).length
      sheet.replaceRows(
        rows.map(({ id }) => id),
        Object.fromEntries(columns.map(({ field }) => [field, rows.map(({ values }) => values[field] ?? null)])),
      )
      count.value = roster.length
      failure.value = undefined
    } catch (error) {
      failure.value = error as Error
    } finally {
      loading.value = false
    }
  }

  return { sheet, columns, count, towns, soon, loading, failure, load, finds, lineOf: (posting: string) => lines.get(posting) }
}
