import fc from 'fast-check'
import { expect, it } from 'vitest'
import { planPeople } from '../../server/src/people/plan-people.ts'
import type { PersonKnown, PostingKnown, UnitKnown } from '../../server/src/people/county-roster.ts'
import type { Entry } from '../../server/src/people/plan.ts'
import type { PersonField, Written } from '../../server/src/rules/roster.ts'

// A roster is taken in once however often it is sent, and the order of its rows does not matter.

interface Roster {
  units: UnitKnown[]
  people: PersonKnown[]
  postings: PostingKnown[]
}
const county = { id: '0c', code: '320000' }
const sealing = {
  hash: (idNumber: string) => `#${idNumber}`,
  seal: (secret: string) => `sealed ${secret}`,
  unseal: (sealed: string) => sealed.slice('sealed '.length),
}
const empty = (): Roster => ({ units: [], people: [], postings: [] })

async function takeIn(roster: Roster, rows: readonly Written<PersonField>[], goodRows = false) {
  const entries = rows.map((written, at): Entry<PersonField> => ({ sheet: '', row: at + 1, written }))
  const plan = { county, ...roster, makeUnits: true, today: '2026-06-01', now: 0, sealing, missed: () => [] }
  const { planned, writes } = await planPeople(plan, entries)
  const refused = planned.filter(({ does }) => does === 'refused')
  if (refused.length > 0 && !goodRows) return { planned, after: roster }
  const changed = <Row extends { id: string }>(table: string, all: readonly Row[]): Row[] =>
    all.map((row) =>
      Object.assign({}, row, ...writes.update.filter((one) => one.table === table && one.id === row.id).map(({ set }) => set)),
    )
  const after: Roster = {
    units: [
      ...roster.units,
      ...writes.insert.unit.map((one) => ({ ...one, parent: one.parent_id, closedOn: null }) as unknown as UnitKnown),
    ],
    people: changed('coordinator', [...roster.people, ...(writes.insert.coordinator as unknown as PersonKnown[])]),
    postings: changed('posting', [...roster.postings, ...(writes.insert.posting as unknown as PostingKnown[])]),
  }
  return { planned, after }
}

/** What is known, by names and not by ids. */
function content({ units, people, postings }: Roster): string[] {
  const nameOf = new Map(units.map(({ id, name }) => [id, name]))
  const personOf = new Map(people.map((one) => [one.id, one]))
  return [
    ...units.map(({ kind, name, parent }) => `${kind} ${name} ${nameOf.get(parent ?? '') ?? ''}`),
    ...postings.map((one) => {
      const { name, id_number: number, born_on: born, phone } = personOf.get(one.coordinator_id)!
      const { village_id: village, starts_on: from, ends_on: to, full_time: full } = one
      return [name, number, born, phone, nameOf.get(village), from, to, full].join(' ')
    }),
  ].sort()
}

const check = (digits: string): string => {
  let sum = 0
  for (const digit of digits) sum = (sum * 2 + Number(digit)) % 11
  return digits + '10X98765432'[(sum * 2) % 11]
}
const names = ['王伟', '李娜', '欧阳静', '古丽·阿依', '𬱖某', '张三']
const villages = ['东村', '西村', '文昌社区']
const towns = ['云岭镇', '石桥街道']
const day = (at: number) => new Date(Date.UTC(2018, 0, 1 + at * 97)).toISOString().slice(0, 10)
/** People who differ in their ID numbers, many of one name, each with one post. */
const someone = fc.record({
  name: fc.constantFrom(...names),
  town: fc.constantFrom(...towns),
  village: fc.constantFrom(...villages),
  startsOn: fc.nat(20).map(day),
  phone: fc.constantFrom('', '13800001234', '0510-1234567'),
  fullTime: fc.constantFrom('', '专职', '兼职'),
})
const roster = fc
  .array(someone, { minLength: 1, maxLength: 12 })
  .map((all) =>
    all.map((one, at): Written<PersonField> => ({ ...one, idNumber: check(`3200001985030${1 + (at % 9)}${String(100 + at)}`) })),
  )

/** The same said in other words. */
const reworded = (row: Written<PersonField>): Written<PersonField> => ({
  ...row,
  name: [...row.name!].join(row.name!.includes('·') ? '' : ' '),
  idNumber: row.idNumber!.toLowerCase(),
  startsOn: row.startsOn!.replaceAll('-', '/'),
})

it('sent again, in whatever order and words, a roster changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(roster, fc.infiniteStream(fc.nat()), async (rows, dice) => {
      const first = await takeIn(empty(), rows)
      expect(first.planned.map(({ does, faults }) => [does, faults.filter(({ note }) => !note)])).toEqual(
        rows.map(() => ['create', []]),
      )
      const shuffled = rows
        .map((row) => ({ row, at: dice.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ row }) => row)
      const again = await takeIn(first.after, shuffled.map(reworded))
      expect(again.planned.map(({ does }) => does)).toEqual(rows.map(() => 'unchanged'))
      expect(content(again.after)).toEqual(content(first.after))
      expect(content((await takeIn(empty(), shuffled)).after)).toEqual(content(first.after))
    }),
    { numRuns: 300 },
  )
})

it('of any rows, the good ones taken, nothing doubles: what was refused is refused again and the rest is there', async () => {
  const any = fc.array(
    fc.record(
      {
        name: fc.constantFrom(...names, '', '王 伟'),
        town: fc.constantFrom(...towns, '云岭'),
        village: fc.constantFrom(...villages, '东'),
        idNumber: fc.constantFrom(check('32000019850301101'), check('32000019850302202'), '320000198503011011', '3.2E+17', ''),
        gender: fc.constantFrom('男', '女', ''),
        bornOn: fc.constantFrom('1985-03-01', '1985.3', '1990-01', '1900-01-01', ''),
        startsOn: fc.constantFrom('2020-01-01', '2020.1', '2021-05-01', '', 'x'),
        endsOn: fc.constantFrom('', '2022-01-01', '2019-01-01'),
      },
      { requiredKeys: ['name', 'village'] },
    ),
    { minLength: 1, maxLength: 8 },
  )
  await fc.assert(
    fc.asyncProperty(any, async (rows) => {
      const { after } = await takeIn(empty(), rows as Written<PersonField>[], true)
      const hashes = after.people.flatMap(({ id_number_hash: hash }) => hash ?? [])
      expect(new Set(hashes).size).toBe(hashes.length)
      for (const one of after.postings)
        for (const other of after.postings)
          if (one.id < other.id && one.coordinator_id === other.coordinator_id)
            expect(one.starts_on <= (other.ends_on ?? '9999') && other.starts_on <= (one.ends_on ?? '9999')).toBe(false)
      const used = new Set(after.postings.map(({ village_id: village }) => village))
      for (const { id, kind } of after.units) if (kind === 'village') expect(used.has(id)).toBe(true)
      const again = await takeIn(after, rows as Written<PersonField>[], true)
      expect(again.after.people).toHaveLength(after.people.length)
      expect(again.planned.filter(({ does }) => does === 'create')).toEqual([])
    }),
    { numRuns: 2000 },
  )
})
