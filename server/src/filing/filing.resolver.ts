import type pg from 'pg'
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql'
import { CycleArg, KeyArg, ReasonArg } from '../base/arguments.ts'
import { enumerate } from '../base/enumerations.ts'
import { act } from '../ledger/act.ts'
import type { Turn } from '../ledger/chain.ts'
import { actorOf, type Context, no, signedBy } from '../base/context.ts'
import { changerFor, cycleRules, nameFor, sheetsWithin, type CycleRules } from '../core/cycles.ts'
import { insertRows, isUuid, named, updateRow } from '../base/database.ts'
import { refuse } from '../base/refuse.ts'
import { holdsAt, maySee } from '../rules/access.ts'
import { exact } from '../rules/exact.ts'
import { factsOf } from '../rules/assess.ts'
import { fieldOf, readCell, withCell } from '../rules/fields.ts'
import { dossierOf, type Beyond } from '../rules/person.ts'
import { gradeTitle } from '../rules/policy/parts.ts'
import { GRADE } from '../rules/reopened.ts'
import { refusalSentence } from '../rules/words.ts'
import { evaluated } from '../core/evaluated.ts'
import { findSheet } from '../core/find-sheet.ts'
import { whereOf, type SheetRow } from '../base/sheet-row.ts'
import { lockSheets } from '../core/lock.ts'
import { reasonOf } from '../base/reason.ts'
import { contentHash } from '../core/standing.ts'
import type { Correction, FiledResult } from './filing.entity.ts'
import { fileSheets } from './filings.ts'
import { refuseWrongGrade } from '../core/panel.ts'

const CorrectionStates = enumerate<Correction['state']>('CorrectionState', '更正的状态 / State of a correction', {
  proposed: '待会签 / Awaits its second signature',
  signed: '已会签生效 / Signed, holds',
  refused: '会签人未同意 / Refused by the second hand',
})

@ObjectType({ simpleResolvers: true, description: '备案的一人 / What somebody was filed as' })
class FiledPerson {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名；分析人员所见为遮盖的 / Name; masked for analysts' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { nullable: true, description: '等次名称 / Grade' })
  grade!: string | null

  @Field(() => String, { nullable: true, description: '名次 / Rank' })
  rank!: string | null

  @Field(() => String, { description: '总分 / Total' })
  total!: string
}

@ObjectType({ simpleResolvers: true, description: '备案 / What was put on file' })
class FilingRead {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => ID, { description: '单位 / Unit' })
  unit!: string

  @Field(() => String, { description: '单位名称 / Its name' })
  unitName!: string

  @Field(() => [FiledPerson], { description: '各人 / The people the caller sees of it' })
  people!: FiledPerson[]

  @Field(() => String, { description: '所签内容的指纹 / SHA-256 of what was signed' })
  hash!: string

  @Field(() => String, { description: '其时改动链的末端：序号和指纹 / The end of the chain then: its number and hash' })
  chain!: string

  @Field(() => String, { description: '办法文件的指纹 / SHA-256 of the policy file' })
  policyHash!: string

  @Field(() => String, { description: '何人 / Who' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => ID, { nullable: true, description: '所更正的备案 / The filing it corrects' })
  corrects!: string | null

  @Field(() => ID, { nullable: true, description: '取代它的备案 / The filing in its place' })
  corrected!: string | null
}

@ObjectType({ simpleResolvers: true, description: '更正 / A correction of what is on file' })
class CorrectionRead {
  @Field(() => ID, { description: '编号 / Id' })
  id!: string

  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => String, { description: '姓名 / Name' })
  name!: string

  @Field(() => String, { description: '村（社区）/ Village' })
  village!: string

  @Field(() => String, { description: '哪一项 / What is corrected' })
  title!: string

  @Field(() => String, { nullable: true, description: '原为 / Before' })
  before!: string | null

  @Field(() => String, { nullable: true, description: '更正为 / After' })
  after!: string | null

  @Field(() => String, { description: '理由 / Why' })
  reason!: string

  @Field(() => String, { description: '文书 / The paper it stands on' })
  document!: string

  @Field(() => String, { description: '提出人 / Who proposed it' })
  by!: string

  @Field(() => Date, { description: '何时 / When' })
  at!: Date

  @Field(() => CorrectionStates, { description: '状态 / State' })
  state!: Correction['state']

  @Field(() => String, { nullable: true, description: '会签人 / Who signed second' })
  secondBy!: string | null

  @Field(() => Date, { nullable: true, description: '何时会签 / When' })
  secondAt!: Date | null

  @Field(() => String, { nullable: true, description: '会签的意见 / And what they said' })
  secondReason!: string | null

  @Field(() => ID, { description: '所更正的备案 / The filing it corrects' })
  filing!: string

  @Field(() => ID, { nullable: true, description: '更正后的备案 / The filing since' })
  became!: string | null

  @Field(() => Boolean, { description: '调用者可会签 / Whether the caller may sign it' })
  may!: boolean
}

@InputType({ description: '提出更正 / Proposing a correction' })
class CorrectionInput {
  @Field(() => ID, { description: '考核表 / Sheet' })
  sheet!: string

  @Field(() => ID, { description: '字段，或 grade 即考核小组所评等次 / A field, or grade: what the panel gave' })
  field!: string

  @Field(() => String, { nullable: true, description: '更正为；不填为清空 / The corrected value; emptied without it' })
  value?: string | null

  @Field(() => String, { description: '理由 / Why' })
  reason!: string

  @Field(() => String, { description: '所依文书 / The paper it stands on' })
  document!: string
}

/** Who may be the second hand, each for a whole county. */
const seconds = ['countyBureau', 'jointBureau', 'city'] as const

@Resolver()
export class FilingResolver {
  @Query(() => [FilingRead], {
    description: '备案的结果，新的在前；更正前的也在 / What is on file, latest first, and what it was before',
  })
  async filings(@CycleArg() cycle: string, @Ctx() context: Context): Promise<FilingRead[]> {
    const actor = actorOf(context)
    const { policy } = await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, undefined)
    const { rows: people } = await context.pool.query<{ id: string; name: string; village: string; line: number }>(
      named(
        `select s.id, s.line, ${nameFor(actor)} as name, v.name as village
           from sheet s join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
           join unit v on v.county_id = s.county_id and v.id = s.village_id where ${where.sql}`,
        where.values,
      ),
    )
    const seen = new Map(people.map((person) => [person.id, person]))
    const { rows } = await context.pool.query<
      Omit<FilingRead, 'people' | 'chain'> & { results: FiledResult[]; chainSeq: number; chainHash: string }
    >(
      `select f.id, f.unit_id as unit, u.name as "unitName", f.hash, f.chain_seq as "chainSeq", f.chain_hash as "chainHash",
              f.policy_hash as "policyHash", f.by, f.at, f.corrects, l.id as corrected, f.results
         from filing f join unit u on u.county_id = f.county_id and u.id = f.unit_id
         left join filing l on l.county_id = f.county_id and l.corrects = f.id
        where f.county_id = $1 and f.cycle_id = $2 and f.sheets && $3::uuid[] order by f.seq desc limit 200`,
      [actor.county, cycle, [...seen.keys()]],
    )
    return rows.map(({ results, chainSeq, chainHash, ...filing }) => ({
      ...filing,
      by: changerFor(actor, filing.by),
      at: new Date(filing.at),
      chain: `${chainSeq} ${chainHash}`,
      people: results
        .filter(({ sheet }) => seen.has(sheet))
        .toSorted((a, b) => seen.get(a.sheet)!.line - seen.get(b.sheet)!.line)
        .map(({ sheet, grade, rank, shown }) => ({
          sheet,
          name: seen.get(sheet)!.name,
          village: seen.get(sheet)!.village,
          grade: grade && gradeTitle(policy, grade)[context.lang],
          rank: rank === null ? null : String(rank),
          total: shown,
        })),
    }))
  }

  @Query(() => [CorrectionRead], { description: '更正，新的在前 / Corrections, latest first' })
  async corrections(@CycleArg() cycle: string, @Ctx() context: Context): Promise<CorrectionRead[]> {
    const actor = actorOf(context)
    const rules = await cycleRules(context, cycle)
    const where = await sheetsWithin(context, cycle, undefined)
    const { rows } = await context.pool.query<
      Omit<CorrectionRead, 'title' | 'may'> &
        Pick<SheetRow, 'coordinatorId' | 'villageId' | 'townId'> & { field: string; account: string }
    >(
      named(
        `select x.id, x.sheet_id as sheet, x.field, x.before, x.after, x.reason, x.document, x.account_id as account, x.by, x.at, x.state,
                x.second_by as "secondBy", x.second_at as "secondAt", x.second_reason as "secondReason", x.filing_id as filing, x.became,
                ${nameFor(actor)} as name, v.name as village, s.coordinator_id as "coordinatorId", s.village_id as "villageId",
                s.town_id as "townId"
           from correction x join sheet s on s.county_id = x.county_id and s.id = x.sheet_id
           join coordinator c on c.county_id = s.county_id and c.id = s.coordinator_id
           join unit v on v.county_id = s.county_id and v.id = s.village_id
          where ${where.sql} order by x.seq desc limit 500`,
        where.values,
      ),
    )
    return rows.map(({ account, field, coordinatorId, villageId, townId, ...row }) => ({
      ...row,
      title: titleOf(rules, field, context),
      before: valueOf(rules, field, row.before, context),
      after: valueOf(rules, field, row.after, context),
      by: changerFor(actor, row.by),
      at: new Date(row.at),
      secondAt: row.secondAt && new Date(row.secondAt),
      may:
        row.state === 'proposed' &&
        account !== actor.id &&
        holdsAt(actor, seconds, whereOf({ coordinatorId, villageId, townId })),
    }))
  }

  @Mutation(() => ID, {
    description:
      '提出更正备案结果；另一人会签后才生效 / Proposes a correction of what is on file; it holds once somebody else has signed',
  })
  async correct(
    @Arg('input', () => CorrectionInput, { description: '更正什么、依据什么 / What is corrected, and on what ground' })
    input: CorrectionInput,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string> {
    const actor = actorOf(context)
    const { sheet: id, field } = input
    const sheet = await findSheet(context, id)
    const rules = await cycleRules(context, sheet.cycleId)
    const reason = reasonOf(input.reason, context)
    const document = input.document.trim()
    if (document === '' || document.length > 200) throw no(context, 'correction.document')
    const after = readValue(rules, field, input.value ?? null, context)

    const doing = { kind: 'correct', cycle: rules.id, key, says: [id, field, after, document], reason } as const
    return act({ ...context, actor }, doing, async ({ client, id: correction, seq }) => {
      const row = (await lockSheets(client, actor.county, { ids: [id] }))[0]!
      const filing = await holding(client, actor.county, id)
      if (row.state !== 'filed' || !filing) throw no(context, 'filing.none')
      const before = stored(row, field)
      if (before === after) throw no(context, 'correction.same')
      gradable(rules, row, corrected(rules, row, field, after, reason), field, context)
      const { rowCount } = await client.query(
        `select from correction where county_id = $1 and sheet_id = $2 and state = 'proposed'`,
        [actor.county, id],
      )
      if (rowCount) throw no(context, 'correction.pending')
      await insertRows(client, 'correction', [
        {
          ...signedBy(context),
          id: correction,
          filing_id: filing.id,
          sheet_id: id,
          field,
          before,
          after,
          reason,
          document,
          seq: await seq(),
          state: 'proposed',
        },
      ])
      return { outcome: correction, details: { correction, sheet: id, filing: filing.id, field, before, after, document } }
    })
  }

  @Mutation(() => ID, {
    nullable: true,
    description:
      '会签更正，或不同意；生效则返回新的备案 / Signs a correction as the second hand, or refuses it; the new filing where it holds now',
  })
  async signCorrection(
    @Arg('id', () => ID, { description: '更正，见 corrections / The correction, see `corrections`' }) id: string,
    @Arg('agrees', () => Boolean, { description: '同意，否则不同意 / Whether it is agreed to' }) agrees: boolean,
    @ReasonArg() given: string,
    @KeyArg() key: string,
    @Ctx() context: Context,
  ): Promise<string | null> {
    const actor = actorOf(context)
    const { county } = actor
    const { sheet, cycle } = await correctionOf(id, context)
    const rules = await cycleRules(context, cycle)
    const reason = reasonOf(given, context)
    const doing = { kind: 'signCorrection', cycle, key, says: [id, agrees], reason } as const
    return act<string | null>({ ...context, actor }, doing, async ({ client, id: signing, seq }) => {
      const filing = await holding(client, county, sheet)
      // All of the filing: what others of the unit come to may change with it.
      const rows = await lockSheets(client, county, { ids: filing!.sheets })
      const { rows: found } = await client.query<Correction & { account: string; filing: string }>(
        `select field, before, after, reason, document, account_id as account, filing_id as filing
           from correction where county_id = $1 and id = $2 and state = 'proposed' for update`,
        [county, id],
      )
      const correction = found[0]
      if (!correction) throw no(context, 'correction.unknown')
      if (correction.account === actor.id) throw no(context, 'correction.sameHand')
      const number = await seq()
      const close = (state: Correction['state'], became: string | null) => {
        const second = { state, second_by: actor.name, second_at: context.now, second_reason: reason, became }
        return updateRow(client, 'correction', { county, id }, second)
      }
      const { field, before = null, after = null } = correction
      const details = { correction: id, sheet, field, before, after, agrees }
      if (!agrees) {
        await close('refused', null)
        return { outcome: null, details }
      }
      // Another correction of the unit may have gone first: this one then follows on the filing that holds now.
      const row = rows.find((one) => one.id === sheet)!
      if (stored(row, field) !== before) throw no(context, 'correction.moved')
      const { facts, beyond } = corrected(rules, row, field, after, correction.reason)
      const turns = turnsOf(row, facts, field, [before, after])
      const judged = evaluated(rules.policy, rules.choices, facts, beyond)
      Object.assign(row, { facts, beyond, ...judged, seq: number })
      // Stored now, and again with the act: the unit's results are worked out from what is stored.
      await updateRow(client, 'sheet', { county, id: sheet }, { facts, beyond, ...judged })
      const { rows: content } = await client.query<{ hash: string }>(
        `select ${contentHash} as hash from sheet s where s.county_id = $1 and s.id = any($2::uuid[])`,
        [county, filing!.sheets],
      )
      const filed = { id: signing, unit: filing!.unit, rows, hash: content[0]!.hash, seq: number, corrects: filing!.id }
      await fileSheets(context, client, rules, filed)
      await close('signed', signing)
      return { outcome: signing, details: { ...details, corrects: filing!.id }, changes: new Map([[sheet, turns]]), rows: [row] }
    })
  }
}

interface Holding {
  id: string
  unit: string
  sheets: string[]
}

/** The filing that holds for a sheet: the one in whose place no other stands. */
async function holding(client: pg.PoolClient, county: string, sheet: string): Promise<Holding | undefined> {
  const { rows } = await client.query<Holding>(
    `select f.id, f.unit_id as unit, f.sheets from filing f
      where f.county_id = $1 and $2 = any(f.sheets)
        and not exists (select from filing l where l.county_id = f.county_id and l.corrects = f.id)
      order by f.seq desc limit 1`,
    [county, sheet],
  )
  return rows[0]
}

/** Throws `correction.unknown`, also for one about a sheet the caller may not see. */
async function correctionOf(id: string, context: Context): Promise<{ sheet: string; cycle: string }> {
  const actor = actorOf(context)
  const { rows } = isUuid(id)
    ? await context.pool.query<{ sheet: string; cycle: string } & Pick<SheetRow, 'coordinatorId' | 'villageId' | 'townId'>>(
        `select s.id as sheet, s.cycle_id as cycle, s.coordinator_id as "coordinatorId", s.village_id as "villageId", s.town_id as "townId"
           from correction x join sheet s on s.county_id = x.county_id and s.id = x.sheet_id
          where x.county_id = $1 and x.id = $2`,
        [actor.county, id],
      )
    : { rows: [] }
  if (!rows[0] || !maySee(actor, whereOf(rows[0]))) throw no(context, 'correction.unknown')
  return rows[0]
}

const stored = ({ facts, beyond }: SheetRow, field: string): string | null =>
  (field === GRADE ? beyond.panel?.grade : facts[field]) ?? null

/** A value as it is stored. Throws the code of a cell that cannot be read, `ruling.gradeRefused` for a grade that is none. */
function readValue({ policy, choices }: CycleRules, field: string, value: string | null, context: Context): string | null {
  if (field === GRADE) {
    if (value !== null && !policy.grades.ladder.some(({ id }) => id === value))
      throw no(context, 'ruling.gradeRefused', { why: value.slice(0, 40) })
    return value
  }
  const reading = readCell(policy, choices, field, value)
  if (reading.refused) {
    const { code, params } = reading.refused
    throw refuse(code, refusalSentence(code, params, context.lang), params)
  }
  return reading.value
}

function corrected(
  { policy, choices }: CycleRules,
  { facts, beyond }: SheetRow,
  field: string,
  after: string | null,
  reason: string,
): { facts: SheetRow['facts']; beyond: Beyond } {
  if (field !== GRADE) return { facts: withCell(policy, choices, facts, field, after), beyond }
  const { panel: _, ...others } = beyond
  return { facts, beyond: after === null ? others : { ...others, panel: { grade: after, reason } } }
}

/** Throws `ruling.gradeRefused` for a grade that the score or a limit does not allow. */
function gradable(
  rules: CycleRules,
  { total }: SheetRow,
  { facts: cells, beyond }: { facts: SheetRow['facts']; beyond: Beyond },
  field: string,
  context: Context,
): void {
  if (field !== GRADE || !beyond.panel) return
  const facts = factsOf(rules.policy, rules.choices, dossierOf(cells, beyond))
  refuseWrongGrade(rules, { total: exact(total), facts, panel: beyond.panel }, context)
}

/** The turns of a sheet's cells; of a grade that of the panel. */
function turnsOf({ facts: before }: SheetRow, after: SheetRow['facts'], field: string, turn: Turn): Record<string, Turn> {
  if (field === GRADE) return { '@panel': turn }
  const fields = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.fromEntries(
    [...fields].flatMap((one) => (before[one] === after[one] ? [] : [[one, [before[one] ?? null, after[one] ?? null]]])),
  )
}

const titleOf = ({ policy, choices }: CycleRules, field: string, { lang }: Context): string =>
  field === GRADE ? { zh: '等次', en: 'Grade' }[lang] : (fieldOf(policy, choices, field)?.title[lang] ?? field)

const valueOf = ({ policy }: CycleRules, field: string, value: string | null, { lang }: Context): string | null =>
  field === GRADE && value !== null ? gradeTitle(policy, value)[lang] : value
