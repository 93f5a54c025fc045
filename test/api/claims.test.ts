import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keyedId } from '../../server/src/base/id.ts'
import { verifyChain } from '../../server/src/ledger/verify.ts'
import { openCounty, type Caller, type County } from '../county.ts'
import { decide, list, openBaihe, pdf, propose, remove, send, withdraw, type BaiheSheet } from './baihe.ts'
import { newKey, readGrid } from './sheets.ts'

let county: County
let cycle: string
let village: Caller
let town: Caller
let bureau: Caller
let coordinator: Caller
/** Of the village's own sheets the first, which is also the coordinator's; others of the same town; one of another town. */
let own: BaiheSheet
let beside: BaiheSheet[]
let elsewhere: BaiheSheet

beforeAll(async () => {
  county = await openCounty()
  const opened = await openBaihe(county)
  cycle = opened.cycle
  ;[village, town, bureau, coordinator] = (await Promise.all(
    ['village', 'town', 'county', 'coordinator'].map(county.signIn),
  )) as [Caller, Caller, Caller, Caller]
  const seen = await readGrid(coordinator, cycle).catch(() => undefined)
  expect(seen).toBeUndefined() // a coordinator has no grid
  const mine = await unitOf('village')
  own = opened.sheets.find((sheet) => sheet.village === mine)!
  beside = opened.sheets.filter((sheet) => sheet.town === own.town && sheet.village !== mine)
  elsewhere = opened.sheets.find((sheet) => sheet.town !== own.town)!
})
afterAll(() => county?.close())

async function unitOf(login: string): Promise<string> {
  const { rows } = await county.app.database.pool.query<{ unit: string }>(
    'select g.unit_id as unit from role_grant g join account a on a.id = g.account_id where a.login = $1',
    [login],
  )
  return rows[0]!.unit
}
const totalOf = async (sheet: string) => {
  const { rows } = await county.app.database.pool.query<{ total: string }>(
    'select total::text as total from sheet where id = $1',
    [sheet],
  )
  return rows[0]!.total
}
const award = { rule: 'commended', level: 'city', matter: '安就办〔2026〕8号' }
const idOf = (answer: { id?: string }) => answer.id!

/** A claim with a paper, put forward by the town itself and accepted by the bureau. */
async function accepted(sheet: string, content: Record<string, string>): Promise<string> {
  const { id } = (await propose(town, sheet, content)) as { id: string }
  const file = await send(county, town, { sheet, claim: id }, pdf())
  expect(await decide(bureau, id, { seen: [file.id!] })).toMatchObject({ state: 'accepted' })
  return id
}

describe('a claim', () => {
  it('counts once the town has accepted it with its evidence, and no longer once it is rejected (BH-18.1.1)', async () => {
    const sheet = own.id
    const claim = idOf((await propose(village, sheet, award)) as { id: string })
    expect(await totalOf(sheet)).toBe('100')
    expect(await decide(town, claim)).toMatchObject({ code: 'claim.noEvidence' })

    const file = (await send(county, village, { sheet, claim }, pdf())).id!
    const [listed] = await list(town, cycle)
    expect(listed).toMatchObject({
      claim: { id: claim, state: 'proposed', proposedBy: expect.any(String) },
      ruleTitle: '工作受表彰',
      worth: { points: '2', total: '102' },
      evidence: [{ id: file }],
      may: ['accept', 'reject'],
    })
    expect(listed!.parts).toEqual([
      { part: 'matter', value: '安就办〔2026〕8号' },
      { part: 'level', value: '市' },
    ])
    expect(await decide(town, claim, { seen: [file] })).toMatchObject({ state: 'accepted', total: '102' })
    expect(await totalOf(sheet)).toBe('102')

    expect(await decide(town, claim, { accept: false })).toMatchObject({ code: 'claim.reason' })
    expect(await decide(bureau, claim, { accept: false, reason: '表彰的是镇，不是本村' })).toMatchObject({ total: '100' })
    expect(await totalOf(sheet)).toBe('100')
    expect(await decide(town, claim, { seen: [file] })).toMatchObject({ code: 'claim.decided' })
    expect((await list(town, cycle, { state: 'rejected' })).map(({ claim: one }) => one.reason)).toEqual(['表彰的是镇，不是本村'])
  })

  it('shows in the grid under its rule, which nobody can write', async () => {
    const [sheet] = beside
    await accepted(sheet!.id, { rule: 'supervision', level: 'county', records: '3' })
    const { columns, sheets } = await readGrid(bureau, cycle)
    const rules = columns.filter(({ kind }) => kind === 'rule')
    expect(rules.map(({ title }) => title)).toEqual([
      '工作受表彰',
      '数据质量前三名',
      '电话抽查准确率高',
      '新闻稿件',
      '检查考核发现不实信息',
      '督查调研发现不实信息',
      '被通报后三位',
      '抽查发现不实信息',
      '电话抽查准确率低',
    ])
    const row = sheets.find(({ id }) => id === sheet!.id)!
    expect([row.cell['@rule.supervision'], row.cell['@rule.commended'], row.total]).toEqual(['-3', '0', '97'])
    const { data } = await town.ask(
      `mutation ($c: ID!, $s: ID!, $k: String!) { saveCells(input: { cycle: $c, key: $k, sheets: [$s], fields: ["@rule.news"], seen: ["0"], values: ["9"] }) { leftOut { code } } }`,
      { c: cycle, s: sheet!.id, k: newKey() },
    )
    expect(data.saveCells.leftOut).toMatchObject([{ code: expect.stringMatching(/sheet.notYours|cell.unknownField/) }])
  })

  it('is told of and set aside where its fact counts already (BH-18.0)', async () => {
    const sheet = beside[1]!.id
    const first = await accepted(sheet, { rule: 'commended', level: 'county', matter: '表彰甲' })
    const again = await propose(town, sheet, { rule: 'news', level: 'province', matter: '  表彰甲　' })
    expect(again).toMatchObject({ state: 'proposed', same: [{ claim: first }] })
    const file = await send(county, town, { sheet, claim: idOf(again as { id: string }) }, pdf())
    // 3 for the piece instead of 1 for the commendation, not 4.
    expect(await decide(bureau, idOf(again as { id: string }), { seen: [file.id!] })).toMatchObject({ total: '103' })
  })

  it('counts in the best combination, whichever was accepted first, and says so (BH-18.1.2, BH-18.1.4)', async () => {
    const central = { rule: 'news', level: 'central', matter: '稿一', authors: '1' }
    const countyNews = { rule: 'news', level: 'county', matter: '稿一', authors: '3' }
    const places = ['事一', '事二'].map((matter) => ({ rule: 'dataQuality', place: '1', matter }))
    const praise = { rule: 'commended', level: 'central', matter: '事一' }
    const [one, other] = beside.slice(-2).map(({ id }) => id) as [string, string]
    for (const content of [central, countyNews, ...places, praise]) await accepted(one, content)
    for (const content of [praise, countyNews, ...places.toReversed(), central]) await accepted(other, content)
    // 4 for the piece, undivided, 4 for the commendation and 3 for the matter that was not commended.
    expect([await totalOf(one), await totalOf(other)]).toEqual(['111', '111'])
    const listed = (await list(bureau, cycle)).filter(({ parts }) => parts.some(({ value }) => value === '稿一'))
    expect(listed.map(({ worth }) => worth?.total)).toEqual(['111', '111', '111', '111'])
    const lower = listed.find(({ parts }) => parts.some(({ value }) => value === '县'))!
    expect(lower.worth).toMatchObject({ points: '0', same: [{ claim: expect.any(String) }] })
    expect(lower.worth!.says.join()).toMatch(/一稿多投只计最高的一处，已计“新闻稿件”（“中央”，事项“稿一”，4 分）/)
  })

  it('is not proven by the paper of another that was accepted', async () => {
    const sheet = beside[2]!.id
    const paper = pdf('同一份')
    const claims = []
    for (const matter of ['甲', '乙']) {
      const claim = idOf((await propose(town, sheet, { ...award, matter })) as { id: string })
      claims.push({ claim, file: (await send(county, town, { sheet, claim }, paper)).id! })
    }
    const answers = await Promise.all(claims.map(({ claim, file }) => decide(bureau, claim, { seen: [file] })))
    expect(answers.map((answer) => ('code' in answer ? answer.code : answer.state)).toSorted()).toEqual([
      'accepted',
      'claim.sameEvidence',
    ])
    expect(await totalOf(sheet)).toBe('102')
  })

  it('is accepted with the evidence that was looked at, and no other', async () => {
    const sheet = beside[3]!.id
    const claim = idOf((await propose(town, sheet, award)) as { id: string })
    const looked = (await send(county, town, { sheet, claim }, pdf())).id!
    const swapped = (await send(county, town, { sheet, claim }, pdf())).id!
    expect(await decide(bureau, claim, { seen: [looked] })).toMatchObject({ code: 'claim.evidenceChanged' })
    expect(await remove(town, looked)).toBe(true)
    expect(await decide(bureau, claim, { seen: [looked] })).toMatchObject({ code: 'claim.evidenceChanged' })
    expect(await decide(bureau, claim, { seen: [swapped] })).toMatchObject({ state: 'accepted' })
    expect(await remove(town, swapped)).toMatchObject({ code: 'evidence.claimClosed' })
    expect(await send(county, town, { sheet, claim }, pdf())).toMatchObject({ code: 'evidence.claimClosed' })
  })

  it('sent again under its key is the same claim, and a decision the same decision', async () => {
    const sheet = beside[4]!.id
    const key = newKey()
    const twice = [await propose(town, sheet, award, { key }), await propose(town, sheet, award, { key })]
    expect(twice[1]).toEqual(twice[0])
    expect(await propose(town, sheet, { ...award, level: 'county' }, { key })).toMatchObject({ code: 'key.used' })
    const id = idOf(twice[0] as { id: string })
    const file = (await send(county, town, { sheet, claim: id }, pdf())).id!
    const again = newKey()
    const first = await decide(bureau, id, { seen: [file], key: again })
    expect(await decide(bureau, id, { seen: [file], key: again })).toEqual(first)
    expect((await list(town, cycle)).filter(({ claim }) => claim.id === id)).toHaveLength(1)
    expect(await totalOf(sheet)).toBe('102')
  })

  it('decided and taken back at once ends as one of them, and the total with it', async () => {
    const claim = idOf((await propose(village, own.id, { ...award, matter: '两人' })) as { id: string })
    const file = (await send(county, village, { sheet: own.id, claim }, pdf())).id!
    const answers = await Promise.all([
      decide(town, claim, { seen: [file] }),
      decide(bureau, claim, { seen: [file] }),
      withdraw(village, claim),
    ])
    const refused = answers.filter((answer) => 'code' in answer).map(({ code }) => code)
    expect(refused.length).toBe(2)
    for (const code of refused) expect(['claim.decided', 'claim.reason']).toContain(code)
    const [listed] = (await list(town, cycle)).filter(({ claim: one }) => one.id === claim)
    expect(await totalOf(own.id)).toBe(listed!.claim.state === 'accepted' ? '102' : '100')
  })
})

describe('who may', () => {
  it('a coordinator puts forward for themselves, takes back, and decides nothing', async () => {
    const { data } = await coordinator.ask('query ($c: ID!) { claimSheets(cycle: $c) { sheet name } }', { c: cycle })
    expect(data.claimSheets).toMatchObject([{ sheet: own.id, name: own.name }])
    const id = idOf((await propose(coordinator, own.id, { ...award, matter: '本人' })) as { id: string })
    expect(await propose(coordinator, beside[0]!.id, award)).toMatchObject({ code: 'sheet.unknown' })
    expect(await decide(coordinator, id)).toMatchObject({ code: 'permission' })
    expect(await withdraw(village, id)).toMatchObject({ code: 'claim.notOwn' })
    expect(await withdraw(coordinator, id)).toMatchObject({ state: 'withdrawn' })
    expect(await withdraw(coordinator, id)).toMatchObject({ code: 'claim.decided' })
  })

  it('nobody decides what they put forward themselves', async () => {
    const id = idOf((await propose(town, own.id, { ...award, matter: '镇' })) as { id: string })
    const file = (await send(county, town, { sheet: own.id, claim: id }, pdf())).id!
    expect(await decide(town, id, { seen: [file] })).toMatchObject({ code: 'claim.own' })
    expect(await withdraw(town, id)).toMatchObject({ state: 'withdrawn' })
  })

  it('a deduction that was accepted is not taken back by who put it forward; a bonus is, with a reason', async () => {
    const sheet = beside[6]!.id
    const deduction = await accepted(sheet, { rule: 'spotCheck', level: 'town', matter: '一条' })
    expect(await withdraw(town, deduction, '算了')).toMatchObject({ code: 'claim.decided' })
    const bonus = await accepted(sheet, { ...award, matter: '二' })
    expect(await totalOf(sheet)).toBe('101.5')
    expect(await withdraw(town, bonus)).toMatchObject({ code: 'claim.reason' })
    expect(await withdraw(town, bonus, '弄错了')).toMatchObject({ state: 'withdrawn', total: '99.5' })
  })

  it('of another town there is nothing: no sheet, no claim, no list', async () => {
    const { rows } = await county.app.database.pool.query(
      `update role_grant set unit_id = $1 where account_id = (select id from account where login = 'town2') returning unit_id`,
      [elsewhere.town],
    )
    expect(rows).toHaveLength(1)
    const other = await county.signIn('town2')
    const id = idOf((await propose(village, own.id, { ...award, matter: '外镇' })) as { id: string })
    expect(await propose(other, own.id, award)).toEqual(await propose(other, '01900000-0000-7000-8000-000000000000', award))
    expect(await decide(other, id)).toEqual(await decide(other, '01900000-0000-7000-8000-000000000000'))
    expect(await decide(other, id)).toMatchObject({ code: 'claim.unknown' })
    expect(await list(other, cycle)).toEqual([])
    expect(await list(village, cycle, { unit: elsewhere.town })).toEqual([])
    await withdraw(village, id)
  })

  it('an analyst reads masked names and no evidence', async () => {
    const analyst = await county.signIn('analyst')
    const listed = await list(analyst, cycle)
    expect(listed.length).toBeGreaterThan(3)
    for (const { name, claim, evidence, may } of listed) {
      expect([name, claim.proposedBy]).toEqual([expect.stringMatching(/^.＊＊$/), expect.stringMatching(/^.＊＊$/)])
      expect([evidence, may]).toEqual([[], []])
    }
  })
})

describe('what is put forward is read by the rules', () => {
  it.each([
    [{ rule: 'nothing' }, 'claim.refused', '规则：应为'],
    [{ rule: 'commended', matter: '甲' }, 'claim.refused', '层级：应为中央、省、市、县'],
    [{ rule: 'commended', matter: '甲', level: 'town' }, 'claim.refused', '层级：'],
    [{ rule: 'commended', level: 'city' }, 'claim.matter', '请写明是哪件事'],
    [{ rule: 'commended', level: 'city', matter: ' 　 ' }, 'claim.matter', '请写明是哪件事'],
    [{ rule: 'commended', level: 'city', matter: '长'.repeat(101) }, 'claim.refused', '事项：'],
    [{ rule: 'commended', level: 'city', matter: '甲', authors: '2' }, 'claim.refused', '作者人数：这条规则不用这一项'],
    [{ rule: 'dataQuality', matter: '甲', place: '0' }, 'claim.refused', '名次：应为 1 到 9999 的整数'],
    [{ rule: 'dataQuality', matter: '甲', place: '1e1' }, 'claim.refused', '名次：'],
    [{ rule: 'supervision', level: 'city', matter: '甲', records: '2' }, 'claim.refused', '条数：'],
    [{ rule: 'phoneCheck', month: '13', of: '10', checked: '5', right: '5' }, 'claim.refused', '月份：'],
    [{ rule: 'phoneCheck', month: '1', of: '10', checked: '11', right: '5' }, 'claim.refused', '抽查条数：最多 10 条'],
    [{ rule: 'phoneCheck', month: '1', of: '10', checked: '5', right: '6' }, 'claim.refused', '正确条数：最多 5 条'],
  ])('%j', async (content, code, says) => {
    expect(await propose(village, own.id, content as Record<string, string>)).toEqual({
      code,
      says: expect.stringContaining(says),
    })
  })

  it('in the language of the caller', async () => {
    const told = await propose(village, own.id, { rule: 'dataQuality', matter: 'a', place: '0' }, { lang: 'en' })
    expect(told).toEqual({ code: 'claim.refused', says: 'Place: must be a whole number from 1 to 9999' })
  })

  it('and a month that was checked is not checked again', async () => {
    const sheet = beside[7]!.id
    const check = { rule: 'phoneCheck', month: '3', of: '100', checked: '20', right: '19' }
    await accepted(sheet, check)
    expect(await totalOf(sheet)).toBe('104') // 95 %, the year's only check (BH-18.1.3)
    expect(await propose(town, sheet, check)).toEqual({ code: 'claim.refused', says: '月份：重复' })
  })

  it('a policy without a tally takes no claims', async () => {
    const [sheet] = (await readGrid(town, county.cycle)).sheets
    expect(await propose(town, sheet!.id, award)).toMatchObject({ code: 'claim.noTally' })
  })

  it('what it would do is told without storing anything', async () => {
    const ask = (content: Record<string, string>) =>
      village.ask(
        'query ($s: ID!, $c: ClaimInput!) { previewClaim(sheet: $s, content: $c) { points total says same { claim } } }',
        {
          s: own.id,
          c: content,
        },
      )
    const before = (await list(village, cycle)).length
    const { data } = await ask({ rule: 'news', level: 'central', matter: '稿', outlet: 'other', authors: '２' })
    expect(data.previewClaim).toMatchObject({ points: '1' }) // 4 × ½ ÷ 2 (IR-21)
    expect((await ask({ rule: 'news' })).errors![0]!.extensions.code).toBe('claim.refused')
    expect((await list(village, cycle)).length).toBe(before)
  })
})

describe('the stages', () => {
  const move = async (caller: Caller, unit: string, stage: string) => {
    const { data, errors } = await caller.ask(
      'mutation ($i: MoveInput!, $k: String!) { moveSheets(input: $i, key: $k) { moved stage } }',
      {
        i: { cycle, unit, stage },
        k: newKey(),
      },
    )
    return errors ? { code: errors[0]!.extensions.code, says: errors[0]!.message } : data.moveSheets
  }

  it('an undecided claim keeps the town’s sheets from the joint decision; there a bureau still takes out what was accepted', async () => {
    const { pool } = county.app.database
    // The town reviews, and every sheet of it is fully scored.
    await pool.query(`update sheet set stage = 'review' where cycle_id = $1 and town_id = $2`, [cycle, own.town])
    await pool.query(`update sheet set missing = 0 where cycle_id = $1 and town_id = $2`, [cycle, own.town])
    const open = idOf((await propose(town, own.id, { ...award, matter: '未定' })) as { id: string })
    const undecided = (await list(town, cycle, { state: 'proposed' })).length
    const kept = await move(town, own.town, 'review')
    expect(kept).toEqual({ code: 'stage.blocked', says: expect.stringContaining(`还有 ${undecided} 笔加减分申报没有审定`) })
    const file = (await send(county, town, { sheet: own.id, claim: open }, pdf())).id!
    expect(await decide(bureau, open, { seen: [file] })).toMatchObject({ state: 'accepted' })
    for (const { claim } of await list(bureau, cycle, { state: 'proposed' }))
      await decide(bureau, claim.id, { accept: false, reason: '了结' })
    await pool.query(`update sheet set missing = 0 where cycle_id = $1 and town_id = $2`, [cycle, own.town])
    expect(await move(town, own.town, 'review')).toMatchObject({ stage: 'decide' })

    expect(await propose(town, own.id, award)).toMatchObject({ code: 'claim.closed' })
    expect(await propose(village, own.id, award)).toMatchObject({ code: 'claim.closed' })
    expect(await decide(town, open, { accept: false, reason: '晚了' })).toMatchObject({ code: 'claim.own' })
    const joint = await county.signIn('joint')
    expect(await decide(joint, open, { accept: false, reason: '联合审定不予认可' })).toMatchObject({ state: 'rejected' })
  })

  it('the whole is in the chain, unbroken', async () => {
    const { rows } = await county.app.database.pool.query<{ kind: string; n: number }>(
      `select kind, count(*)::int as n from change_set where kind in ('claim', 'decideClaim', 'evidence') group by kind`,
    )
    expect(rows.length).toBe(3)
    const { rows: counties } = await county.app.database.pool.query<{ id: string }>('select id from county')
    expect(await verifyChain(county.app.database.pool, counties[0]!.id)).toMatchObject({ ok: true })
  })
})

describe('a ranking of villages', () => {
  const ranks = (rule: string, caller = bureau, key = newKey()) =>
    caller
      .ask('mutation ($c: ID!, $r: ID!, $k: String!) { proposeRanks(cycle: $c, rule: $r, key: $k) }', {
        c: cycle,
        r: rule,
        k: key,
      })
      .then(({ data, errors }) => (errors ? errors[0]!.extensions.code : data.proposeRanks))

  it('puts its first and last places forward as claims, once, which others decide', async () => {
    // Everyone checks alike but two, who are seen to be first and last.
    const { rows } = await county.app.database.pool.query<{ id: string; village: string }>(
      `select distinct on (s.village_id) s.id, s.village_id as village from sheet s join posting p on p.id = s.posting_id
        where s.cycle_id = $1 and p.ends_on is null and s.beyond = '{}' and s.state = 'open' order by s.village_id, s.line`,
      [cycle],
    )
    await county.app.database.pool.query(`update sheet set points = array_fill('0'::text, array[9]) where cycle_id = $1`, [cycle])
    await county.app.database.pool.query(`update sheet set points[3] = '5' where cycle_id = $1 and village_id = $2`, [
      cycle,
      rows[0]!.village,
    ])
    await county.app.database.pool.query(`update sheet set points[5] = '-5' where cycle_id = $1 and village_id = $2`, [
      cycle,
      rows[1]!.village,
    ])
    const key = newKey()
    const made = await ranks('lastThree', bureau, key)
    expect(made).toBeGreaterThan(0)
    expect(await ranks('lastThree', bureau, key)).toBe(made)
    expect(await ranks('lastThree')).toBe(0)
    const { rows: claims } = await county.app.database.pool.query<{ village: string; place: string; state: string; by: string }>(
      `select s.village_id as village, content ->> 'place' as place, k.state, proposed_by as by from claim k join sheet s on s.id = k.sheet_id
        where k.cycle_id = $1 and k.rule = 'lastThree' and k.matter like '数据质量%'`,
      [cycle],
    )
    expect(new Set(claims.map((one) => JSON.stringify(one)))).toEqual(
      new Set([JSON.stringify({ village: rows[1]!.village, place: '1', state: 'proposed', by: '沈知远' })]),
    )
  })

  it('goes on where a call was broken off, under the same key', async () => {
    const { rows } = await county.app.database.pool.query<{ id: string }>(
      `select s.id from sheet s where s.cycle_id = $1 and s.points[3] = '5' and s.state = 'open' order by s.line limit 1`,
      [cycle],
    )
    const { id } = rows[0]!
    const key = newKey()
    expect(
      await propose(
        bureau,
        id,
        { rule: 'dataQuality', place: '1', matter: '数据质量 2026' },
        { key: keyedId(`${id} dataQuality`, key) },
      ),
    ).toMatchObject({ state: 'proposed' })
    const made = await ranks('dataQuality', bureau, key)
    const { rows: claims } = await county.app.database.pool.query(
      `select from claim where cycle_id = $1 and rule = 'dataQuality' and matter = '数据质量 2026'`,
      [cycle],
    )
    expect(made).toBe(claims.length)
    expect(made).toBeGreaterThan(0)
  })

  it('takes a rule about places, and the county', async () => {
    expect(await ranks('news')).toBe('claim.noRanks')
    expect(await ranks('nothing')).toBe('claim.noRanks')
    expect(await ranks('lastThree', town)).toBe('permission')
  })
})
