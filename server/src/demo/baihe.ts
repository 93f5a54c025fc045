import { addEvidence } from '../claim/evidence.ts'
import { policyOf } from '../base/policies.ts'
import type { Actor } from '../rules/access.ts'
import { typicalFacts } from '../rules/fields.ts'
import { approveReadings, openCycle, publish, fillCells, sign } from './deeds.ts'
import type { Doors } from './doors.ts'

interface Stood {
  id: string
  town: string
  village: string
}

/**
 * A year under Baihe's regulation, which counts claims: of the first town's some are still to be decided, the others
 * stand at the town's review, before the second of two bureaus, on view, and on file; the rest have not begun.
 */
export async function liveBaihe(doors: Doors): Promise<void> {
  const on = (day: string) => new Date(`2026-${day}T10:15:00+08:00`)
  const cycle = await openCycle(doors, on('01-19'), 2025, 'baihe-1')
  const { rows } = await doors.pool.query<Stood>(
    'select id, town_id as town, village_id as village from sheet where county_id = $1 and cycle_id = $2 order by line',
    [doors.county, cycle],
  )
  const of = (at: number) => rows.filter(({ town }) => town === doors.towns[at]!.id)
  const reviewer = (at: number) => (at === 0 ? doors.account('town') : doors.invented('townAssessor', [doors.towns[at]!.id], at))
  const put: Put[] = []
  for (const at of [0, 1, 2, 3, 4])
    for (const [no, claim] of claims.entries()) {
      const sheet = of(at)[no % of(at).length]!
      const left = at === 0 && claim.waits
      put.push(
        await propose(doors, on('01-20'), proposer(doors, at, sheet, no), sheet.id, claim, left ? undefined : reviewer(at)),
      )
    }
  // Without a telephone check nobody's year is complete; the bureau has made one in every village that goes on.
  for (const at of [2, 3, 4])
    for (const [no, { id }] of of(at).entries()) {
      const content = { rule: 'phoneCheck', month: '9', of: '200', checked: '40', right: String(40 - ((no * 3) % 11)) }
      const claim = { content, proof: '九月电话抽查表' }
      put.push(await propose(doors, on('01-21'), doors.account('county'), id, claim, reviewer(at)))
    }
  for (const one of put) await decide(doors, on('01-23'), one)
  for (const at of [1, 2, 3, 4])
    for (const village of new Set(of(at).map((sheet) => sheet.village)))
      await sign(doors, doors.invented('village', [village], at), on('01-26'), cycle, village, 'propose')
  const nothing = Object.entries(typicalFacts(policyOf('baihe-1')))
  for (const at of [2, 3, 4]) {
    const cells = of(at).flatMap(({ id }) => nothing.map(([field, value]): [string, string, string] => [id, field, value]))
    await fillCells(doors, reviewer(at), on('01-27'), cycle, cells)
  }
  for (const at of [2, 3, 4]) await sign(doors, reviewer(at), on('01-28'), cycle, doors.towns[at]!.id, 'review')
  for (const at of [2, 3, 4]) await sign(doors, doors.account('county'), on('02-02'), cycle, doors.towns[at]!.id, 'decide')
  for (const at of [3, 4]) await sign(doors, doors.account('joint'), on('02-03'), cycle, doors.towns[at]!.id, 'decide')
  await publish(
    doors,
    on('02-04'),
    cycle,
    [3, 4].map((at) => doors.towns[at]!.id),
  )
  await approveReadings(doors, on('02-13'), cycle, '澄原县人社局〔2026〕9号')
  await sign(doors, doors.account('county'), on('02-14'), cycle, doors.towns[4]!.id, 'notice')
}

interface Claimed {
  content: Record<string, string>
  /** Of what its proof is a picture; none was sent in without it. */
  proof?: string
  /** What becomes of it where it is decided; without a reason it is accepted. */
  refused?: string
  /** Of the first town: left for whoever tries the product to decide. */
  waits?: true
}

const claims: Claimed[] = [
  { content: { rule: 'commended', matter: '2025年度全市就业服务先进个人', level: 'city' }, proof: '表彰决定', waits: true },
  { content: { rule: 'news', matter: '返乡创业专访', level: 'province', outlet: 'main', authors: '1' }, proof: '刊出版面' },
  {
    content: { rule: 'news', matter: '招聘夜市侧记', level: 'county', outlet: 'other', authors: '2' },
    proof: '网页截图',
    refused: '刊出单位不是新闻媒体，不符合条款所列',
  },
  {
    content: { rule: 'commended', matter: '乡镇岗位练兵第一名', level: 'county' },
    refused: '没有佐证，补齐后可再申报',
    waits: true,
  },
  { content: { rule: 'phoneCheck', month: '6', of: '180', checked: '40', right: '38' }, proof: '六月电话抽查表' },
  { content: { rule: 'phoneCheck', month: '7', of: '180', checked: '12', right: '9' }, proof: '七月电话抽查表', waits: true },
  { content: { rule: 'spotCheck', level: 'county', records: '2' }, proof: '抽查记录' },
]

/** The first town's village and coordinator have accounts and put forward some of their own. */
function proposer(doors: Doors, at: number, { village }: Stood, no: number): Actor {
  const own = doors.account('village')
  if (at === 0 && own.grants[0]!.unit === village) return no % 7 === 0 ? doors.account('coordinator') : own
  return doors.invented('village', [village], at)
}

interface Put extends Claimed {
  id: string
  evidence: string[]
  /** Whoever decides it; nobody yet where it is left open. */
  reviewer: Actor | undefined
}

async function propose(
  doors: Doors,
  at: Date,
  by: Actor,
  sheet: string,
  claim: Claimed,
  reviewer: Actor | undefined,
): Promise<Put> {
  const { content, proof } = claim
  const { id } = await doors.ask<{ id: string }>(
    by,
    at,
    'mutation ($sheet: ID!, $content: ClaimInput!, $key: String!) { proposeClaim(sheet: $sheet, content: $content, key: $key) { id } }',
    { sheet, content, key: doors.key('claim', sheet, content) },
  )
  const file = proof && { name: `${proof}.pdf`, bytes: paper(`${id} ${content.rule}`), key: doors.key('proof', id) }
  // Files come by plain HTTP and not by GraphQL; this is what stands behind it.
  const evidence = file ? [await addEvidence(doors.contextOf(by, at), { sheet, field: null, claim: id }, file)] : []
  return { ...claim, id, evidence, reviewer }
}

async function decide(doors: Doors, at: Date, { id, evidence: seen, refused, reviewer }: Put): Promise<void> {
  if (!reviewer) return
  await doors.ask(
    reviewer,
    at,
    `mutation ($id: ID!, $accept: Boolean!, $seen: [ID!]!, $reason: String, $key: String!) {
       decideClaim(id: $id, accept: $accept, seen: $seen, reason: $reason, key: $key) { id } }`,
    { id, accept: refused === undefined, seen, reason: refused ?? null, key: doors.key('decide', id) },
  )
}

/** A page that any reader of PDF opens, with a line of plain letters. */
function paper(line: string): Buffer {
  const text = `BT /F1 14 Tf 72 720 Td (${line}) Tj ET`
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
    `<</Length ${text.length}>>stream\n${text}\nendstream`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
  ]
  let body = '%PDF-1.4\n'
  const places = objects.map((object, at) => {
    const place = body.length
    body += `${at + 1} 0 obj${object}endobj\n`
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  const list = `xref\n0 6\n0000000000 65535 f \n${places.join('')}trailer<</Size 6/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`
  return Buffer.from(body + list, 'latin1')
}
