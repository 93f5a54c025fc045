import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSchema } from '../../server/src/serve/schema.ts'
import { openCounty, tamper, type Caller, type County } from '../county.ts'

/** Two counties made from the same template, ids and all; in the second, secrets are changed one after another. */
let counties: [County, County]
const callers: Record<string, [Caller, Caller]> = {}

/** A cycle with ratings, the same in both: what was voted in the first town is known there. */
const rated = '01900000-0000-7000-8000-00000000ca7e'
const RATED = [
  `insert into cycle (county_id, id, year, period, policy_id, policy_hash, choices, approvals, left_out, state, base_date)
   select county_id, $1, year, 'q1', 'shandong-1', policy_hash, choices, approvals, left_out, state, base_date from cycle where id = $2`,
  `insert into sheet (county_id, id, cycle_id, line, coordinator_id, posting_id, village_id, town_id, full_time, days, stage, state, facts, points, marks, total, missing, limits, beyond, seq)
   select county_id, overlay(id::text placing 'a' from 15 for 1)::uuid, $1, line, coordinator_id, posting_id, village_id, town_id, full_time, days, 'scoring', 'open',
          '{}', '{}', '', 0, 4, '{}', '{}', 0 from sheet where cycle_id = $2`,
  `insert into ballot (county_id, id, cycle_id, sheet_id, rater_group, scores, day, seq)
   select county_id, overlay(overlay(id::text placing 'b' from 15 for 1) placing n::text from 1 for 1)::uuid, cycle_id, id, 'clients',
          jsonb_build_object('conduct', (70 + n)::text, 'diligence', '80', 'results', (90 - n)::text, 'effect', '75'), '2026-03-02', 1
     from sheet, generate_series(1, 5) n where cycle_id = $1 and $2 <> $1`,
  `insert into ballot (county_id, id, cycle_id, sheet_id, rater_group, scores, day, seq)
   select county_id, overlay(id::text placing 'c' from 15 for 1)::uuid, cycle_id, id, 'peers',
          '{"conduct": "60", "diligence": "70", "results": "80", "effect": "90"}', '2026-03-02', 1 from sheet where cycle_id = $1 and $2 <> $1`,
]

beforeAll(async () => {
  counties = [await openCounty(), await openCounty()]
  for (const county of counties) for (const sql of RATED) await tamper(county, sql, [rated, county.cycle])
  for (const login of ['town', 'analyst']) callers[login] = [await counties[0].signIn(login), await counties[1].signIn(login)]
})
afterAll(async () => {
  for (const county of counties ?? []) await county.close()
})

const schema = createSchema()
const query = schema.getQueryType()!.getFields()
const connections = Object.values(query).filter(({ type }) => getNamedType(type).name.endsWith('Connection'))

/** Values to compare with, by kind of comparison: some that occur, some that do not. */
const values: Record<string, string[]> = {
  IdComparison: ['"019b76da-a884-789f-becc-f4e256069c7b"'],
  TextComparison: ['"赵"', '"i04"', '"excellent"'],
  NumberComparison: ['"1"', '"93.7"'],
  IntComparison: ['1', '2026'],
  DayComparison: ['"1985-06-15"', '"2024-03-01"'],
  MomentComparison: ['"2026-11-22T00:00:00Z"'],
  FlagComparison: ['true'],
}
/** Of an enumeration its first and its last value; undefined for what is no comparison. */
function valuesOf(comparison: GraphQLInputObjectType): string[] | undefined {
  const { eq } = comparison.getFields()
  const of = eq && getNamedType(eq.type)
  if (!of || !isEnumType(of)) return values[comparison.name]
  const names = of.getValues().map(({ name }) => name)
  return [names[0]!, names.at(-1)!]
}

/** `ne` is what `eq` leaves, `in` is `eq` of each; `gt` and `lte` are `gte` and `lt` but for the bound itself, which `eq` tells. */
const implied = new Set(['ne', 'in', 'gt', 'lte'])

/** Every question of one column or relation that a connection can be asked. */
function questions(name: string): string[] {
  const { args, type } = query[name]!
  const filter = getNamedType(args.find((arg) => arg.name === 'filter')!.type) as GraphQLInputObjectType
  const order = getNamedType(args.find((arg) => arg.name === 'orderBy')!.type) as GraphQLInputObjectType
  const node = getNamedType((getNamedType(type) as GraphQLObjectType).getFields().nodes!.type) as GraphQLObjectType
  const leaves = Object.values(node.getFields()).filter((field) => !isObjectType(getNamedType(field.type)))
  const page = `totalCount pageInfo { hasPreviousPage startCursor hasNextPage endCursor } edges { cursor node { ${leaves.map((field) => field.name).join(' ')} } }`
  const ask = (given: string, part: string) => `{ ${name}(${given}) { ${part} } }`
  // Which rows pass and in what order: what stands in them is asked of all of them at once.
  const which = 'totalCount pageInfo { hasPreviousPage hasNextPage } edges { cursor }'
  const asked: string[] = [ask('first: 1000', page)]
  const column = getNamedType(order.getFields().field!.type)
  if (isEnumType(column))
    for (const { name: field } of column.getValues())
      for (const direction of ['asc', 'desc'])
        asked.push(ask(`first: 7, orderBy: [{ field: ${field}, direction: ${direction} }]`, which))
  const whole = new Set<string>()
  for (const [field, { type: given }] of Object.entries(filter.getFields())) {
    const comparison = getNamedType(given)
    if (!isInputObjectType(comparison) || ['and', 'or', 'not'].includes(field)) continue
    const compared = valuesOf(comparison)
    if (!compared) {
      asked.push(ask(`first: 9, filter: { ${field}: {} }`, which), ask(`first: 9, filter: { not: { ${field}: {} } }`, which))
      continue
    }
    // Every way of comparing once a table and type; of further columns those that tell what the others tell.
    const hows = Object.keys(comparison.getFields()).filter((how) => !whole.has(comparison.name) || !implied.has(how))
    whole.add(comparison.name)
    for (const how of hows)
      for (const value of how === 'isNull' ? ['true'] : compared)
        asked.push(ask(`first: 5, filter: { ${field}: { ${how}: ${how === 'in' ? `[${value}]` : value} } }`, which))
  }
  // What is nested, one level down, with all its columns; and its own filters by what lies beyond.
  for (const relation of Object.values(node.getFields())) {
    const target = getNamedType(relation.type) as GraphQLObjectType
    if (!isObjectType(target)) continue
    const many = target.name.endsWith('Connection')
    const inner = many ? (getNamedType(target.getFields().nodes!.type) as GraphQLObjectType) : target
    const columns = Object.values(inner.getFields()).filter((field) => !isObjectType(getNamedType(field.type)))
    const own = columns.map((each) => each.name).join(' ')
    asked.push(
      ask('first: 50', `nodes { ${relation.name}${many ? `(first: 20) { totalCount nodes { ${own} } }` : ` { ${own} }`} }`),
    )
  }
  return asked
}

const measures = `[{ as: count } { as: share } { as: mean } { as: yearMean } { as: median } { as: percentile, at: "99" } { as: deviation } { as: min } { as: max }
  { as: fullMarks } { as: lossRate } { of: lost, as: sum } { of: missing, as: max } { of: days, as: sum } { of: points, as: min }]`
function statistics(cycle: string): string[] {
  const keys = [
    '',
    'town',
    'village',
    'year',
    'policy',
    'grade',
    'item',
    'section',
    'month',
    'ageBand',
    'tenureBand',
    'village, item',
    'ageBand, grade',
  ]
  const given = [
    '',
    ', orderBy: [{ measure: 2, direction: desc }]',
    ', having: [{ measure: 2, gte: "90" }]',
    ', filter: { total: { gte: "93.7" } }',
  ]
  return [
    ...keys.flatMap((key) =>
      given.map(
        (more) =>
          `{ statistics(cycles: ["${cycle}"], groupBy: [${key}], measures: ${measures}${more}) { groups people rows { keys { id name } suppressed people values } } }`,
      ),
    ),
    `{ heatMap(cycle: "${cycle}") { id item people lost lossRate fullMarks } }`,
    `{ leniency(cycle: "${cycle}") { id people mean difference deviation fullMarks } }`,
    `{ raterDispersion(cycle: "${rated}") { id group dimension suppressed ballots people mean deviation distance far } }`,
    `{ movement(cycle: "${cycle}", before: "${cycle}") { id before now change rankBefore rankNow climbed } }`,
    `{ movement(cycle: "${cycle}", before: "${cycle}", by: town) { id before now change rankBefore rankNow climbed } }`,
  ]
}

async function answers(caller: Caller, origin: string, asking: readonly string[]): Promise<string[]> {
  const told: string[] = []
  for (let at = 0; at < asking.length; at += 8)
    told.push(
      ...(await Promise.all(
        asking.slice(at, at + 8).map(async (asked) => {
          const response = await fetch(`${origin}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'cookie': caller.cookie },
            body: JSON.stringify({ query: asked }),
          })
          return `${response.status} ${await response.text()}`
        }),
      )),
    )
  return told
}

const everything = () => [...connections.flatMap(({ name }) => questions(name)), ...statistics(counties[0].cycle)]

/** What somebody may not know, and how another county would have it. `$1` is a sheet outside the first town. */
const secrets: [who: 'town' | 'analyst', what: string, sql: string][] = [
  [
    'town',
    'the score of a sheet of another town',
    `update sheet set total = 12.34, points[3] = '0.5', missing = 0, limits = '{v1}' where id = $1`,
  ],
  ['town', 'what was counted on it', `update sheet set facts = facts || '{"absentDays": "77"}' where id = $1`],
  [
    'town',
    'where it stands',
    `update sheet set stage = 'filed', state = 'filed', full_time = not full_time, days = 3 where id = $1`,
  ],
  [
    'town',
    'who it is of',
    `update coordinator set name = '赵无', gender = 'male', born_on = '1985-06-15' where id = (select coordinator_id from sheet where id = $1)`,
  ],
  [
    'town',
    'since when',
    `update posting set starts_on = '2024-03-01', full_time = not full_time where id = (select posting_id from sheet where id = $1)`,
  ],
  [
    'town',
    'what was ruled on it, and that it was',
    `insert into ruling (county_id, id, cycle_id, kind, subject, sheet_id, place, text, account_id, by, at, seq)
     select s.county_id, s.id, s.cycle_id, 'seat', 'x', s.id, 1, '秘密', a.id, a.name, now(), 1 from sheet s, account a where s.id = $1 and a.login = 'county'`,
  ],
  [
    'town',
    'what was signed there, and that it was',
    `insert into signature (county_id, id, cycle_id, unit_id, stage, role, account_id, by, at, sheets, hash, seq)
     select s.county_id, s.id, s.cycle_id, s.town_id, 'panel', 'panelMember', a.id, a.name, now(), 9, '', 1 from sheet s, account a where s.id = $1 and a.login = 'county'`,
  ],
  [
    'town',
    'what was changed there, and that it was',
    `with h as (insert into change_set (county_id, seq, id, cycle_id, account_id, by, at, kind, key, outcome, hash)
       select s.county_id, 9000, s.id, s.cycle_id, a.id, a.name, now(), 'edit', 'a-key-of-it', '{}', '' from sheet s, account a where s.id = $1 and a.login = 'county' returning 1)
     insert into sheet_change (county_id, sheet_id, seq, cells) select county_id, id, 9000, '{"i04": [null, "1"]}' from sheet where id = $1`,
  ],
  ...(
    [
      [
        'what was claimed for it, and that it was',
        `insert into claim (county_id, id, cycle_id, sheet_id, rule, matter, content, state, proposer_id, proposed_by, proposed_at, reason, seq)
         select county_id, id, cycle_id, id, 'i04', '秘密', '{}', 'proposed', id, '某人', now(), '某事', 1 from sheet where id = $1`,
      ],
      [
        'when its coordinator was away',
        `insert into attendance (county_id, id, cycle_id, sheet_id, coordinator_id, kind, first_day, last_day, excused, account_id, by, at, seq)
         select county_id, id, cycle_id, id, coordinator_id, 'absence', '2026-03-02', '2026-03-04', false, id, '某人', now(), 1 from sheet where id = $1`,
      ],
      [
        'how it was rated',
        `insert into ballot (county_id, id, cycle_id, sheet_id, rater_group, scores, day, seq)
         select county_id, gen_random_uuid(), cycle_id, id, 'peers', '{"virtue": "80"}', '2026-03-02', 1 from sheet, generate_series(1, 6) where id = $1`,
      ],
      [
        'how its coordinator was rated beside others',
        `insert into ballot (county_id, id, cycle_id, sheet_id, rater_group, scores, day, seq)
         select o.county_id, gen_random_uuid(), o.cycle_id, o.id, 'clients', '{"conduct": "1", "diligence": "2", "results": "3", "effect": "4"}', '2026-03-02', 1
           from sheet s join sheet o on o.coordinator_id = s.coordinator_id and o.cycle_id <> s.cycle_id, generate_series(1, 6) where s.id = $1`,
      ],
      [
        'what was shown of it',
        `insert into notice (county_id, id, cycle_id, unit_id, columns, audience, starts_on, ends_on, days, heads, rows, sheets, hash, account_id, by, at, seq)
         select county_id, id, cycle_id, town_id, '{}', 'public', '2026-03-02', '2026-03-09', 5, '{}', '[]', array[id], '', id, '某人', now(), 1 from sheet where id = $1`,
      ],
      [
        'what was appealed against',
        `insert into appeal (county_id, id, cycle_id, sheet_id, notice_id, items, text, appellant, account_id, by, at, due_on, state, seq)
         select county_id, id, cycle_id, id, id, '{i04}', '秘密', '某人', id, '某人', now(), '2026-04-01', 'open', 1 from sheet where id = $1`,
      ],
      [
        'what was put on file there, and that it was',
        `insert into filing (county_id, id, cycle_id, unit_id, sheets, hash, chain_seq, chain_hash, policy_id, policy_hash, choices, results, account_id, by, at, seq)
         select county_id, id, cycle_id, town_id, array[id], 'x', 1, 'x', 'xinyi-1', 'x', '{}',
                jsonb_build_array(jsonb_build_object('sheet', id, 'grade', 'excellent', 'rank', 1, 'shown', '93.7', 'total', '93.7', 'points', '[]'::jsonb, 'facts', '{}'::jsonb, 'beyond', '{}'::jsonb)),
                id, '某人', now(), 1 from sheet where id = $1`,
      ],
      [
        'what was corrected there, and that it was',
        `insert into correction (county_id, id, filing_id, sheet_id, field, before, after, reason, document, account_id, by, at, seq, state, second_reason)
         select county_id, id, id, id, 'i04', '1', '0', '某事', '某文', id, '某人', now(), 1, 'refused', '某话' from sheet where id = $1`,
      ],
      [
        'what proves it, and that something does',
        `insert into evidence_file (county_id, id, sheet_id, field, sha256, name, type, size, account_id, by, at)
         select county_id, id, id, 'i04', 'x', '秘密.pdf', 'pdf', 93, id, '某人', now() from sheet where id = $1`,
      ],
    ] as const
  ).map(([what, sql]) => ['town', what, sql] as ['town', string, string]),
  [
    'analyst',
    'all of a name but its first character',
    `update coordinator set name = left(name, 1) || '秘密' where id = (select coordinator_id from sheet where id = $1)`,
  ],
  // Of the same year: the band that statistics group by is all that analysts are told.
  [
    'analyst',
    'a birth date',
    `update coordinator set born_on = make_date(extract(year from born_on)::int, case when extract(month from born_on) = 7 then 8 else 7 end, 7)
      where id = (select coordinator_id from sheet where id = $1)`,
  ],
  [
    'analyst',
    'what a secret group gave where too few voted for a mean to be told',
    `update ballot set scores = '{"conduct": "1", "diligence": "2", "results": "3", "effect": "4"}' where rater_group = 'peers' and scores ? 'conduct'`,
  ],
  ['analyst', 'the text of a ruling', `update ruling set text = '另一个秘密'`],
  ['analyst', 'the matter and the reason of a claim', `update claim set matter = '别的事', reason = '别的理由'`],
  ['analyst', 'the text of an appeal', `update appeal set text = '别的话', appellant = '某某'`],
  ['analyst', 'why something was corrected', `update correction set reason = '别的', document = '别的', second_reason = '别的'`],
  ['analyst', 'the name and the content of evidence', `update evidence_file set name = '别的.pdf', sha256 = 'y'`],
  ['analyst', 'why a notice was withdrawn', `update notice set withdrawn_reason = '别的理由'`],
  ['analyst', 'why something was signed', `update signature set reason = '一个理由'`],
]

describe('nothing a caller may not know changes anything they are answered', () => {
  let asking: string[]
  let first: Record<string, string[]>
  let foreign: string
  /** What the second county answered before a secret was changed; a town's assessor from the first to the last. */
  const last: Record<string, string[]> = {}

  beforeAll(async () => {
    asking = everything()
    const { rows } = await counties[0].app.database.pool.query<{ id: string }>(
      `select id from sheet where town_id <> (select town_id from sheet order by line limit 1) and state = 'open' and missing = 0 order by line limit 1`,
    )
    foreign = rows[0]!.id
    first = {}
    for (const login of ['town', 'analyst']) first[login] = await answers(callers[login]![0], counties[0].origin, asking)
  }, 300_000)

  it('there are questions, and they are answered', () => {
    expect(connections).toHaveLength(21)
    expect(asking.length).toBeGreaterThan(1000)
    for (const login of ['town', 'analyst']) {
      const refused = first[login]!.filter((told) => told.includes('"errors"'))
      expect(first[login]!.filter((told) => /"unexpected"|GRAPHQL_VALIDATION_FAILED/.test(told))).toEqual([])
      expect(refused.length).toBe(login === 'town' ? 0 : refused.filter((told) => told.includes('column.hidden')).length)
      expect(refused.length).toBeLessThan(asking.length / 5)
    }
  })

  it('two counties that are the same answer the same', async () => {
    last.town = await answers(callers.town![1], counties[1].origin, asking)
    expect(last.town).toEqual(first.town)
    expect(await answers(callers.analyst![1], counties[1].origin, asking)).toEqual(first.analyst)
  })

  // All at once: a question takes long enough to be asked of each county as seldom as can be.
  it.each(['town', 'analyst'] as const)('%s', async (login) => {
    const before = (last[login] ??= await answers(callers[login]![1], counties[1].origin, asking))
    for (const [who, , sql] of secrets) if (who === login) await tamper(counties[1], sql, sql.includes('$1') ? [foreign] : [])
    const now = await answers(callers[login]![1], counties[1].origin, asking)
    expect(asking.filter((_question, at) => now[at] !== before[at])).toEqual([])
  })

  it('while whoever may know sees each of them', async () => {
    const bureau: [Caller, Caller] = [await counties[0].signIn('county'), await counties[1].signIn('county')]
    const [one, other] = await Promise.all([
      answers(bureau[0], counties[0].origin, asking),
      answers(bureau[1], counties[1].origin, asking),
    ])
    const differing = asking.filter((_, at) => one[at] !== other[at])
    for (const name of [
      'sheets',
      'items',
      'occurrences',
      'people',
      'postings',
      'resultRecords',
      'rulings',
      'signatureRecords',
      'changes',
      'statistics',
      'heatMap',
      'leniency',
      'raterDispersion',
      'claimRecords',
      'leaves',
      'ratings',
      'appealRecords',
      'noticeRecords',
      'filingRecords',
      'filedResults',
      'correctionRecords',
      'evidenceRecords',
    ])
      expect([name, differing.some((asked) => asked.startsWith(`{ ${name}`))]).toEqual([name, true])
  })
})
