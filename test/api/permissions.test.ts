import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permissionFor, roles } from '../../server/src/rules/permissions.ts'
import { createSchema } from '../../server/src/serve/schema.ts'
import { asker, openCounty, type Caller, type County } from '../county.ts'
import { logins } from '../logins.ts'
import { readGrid, unitsWhere } from './sheets.ts'
import { listen } from './stream.ts'

/** The reviewed table, without its heading. */
const permissions = readFileSync(join(import.meta.dirname, '../permissions.txt'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
let county: County
const callers = {} as Record<'town' | 'village' | 'county' | 'analyst' | 'security', Caller> & Record<string, Caller>

beforeAll(async () => {
  county = await openCounty()
  for (const login of logins) callers[login] = await county.signIn(login)
})
afterAll(() => county.close())

/** A call of every operation of the schema, with the least that it takes. */
const schema = createSchema()
const operations = (['query', 'mutation', 'subscription'] as const).flatMap((kind) =>
  Object.values(
    { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[
      kind
    ]!.getFields(),
  ).map((field) => ({ name: field.name, kind, document: documentOf(kind, field) })),
)
function documentOf(kind: string, field: GraphQLField<unknown, unknown>): string {
  const needed = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
  const args = needed.length ? `(${needed.map(({ name, type }) => `${name}: ${literal(type)}`).join(', ')})` : ''
  const inner = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }'
  return `${kind} { ${field.name}${args} ${inner} }`
}
function literal(type: GraphQLInputType): string {
  const named = getNamedType(type)
  if (String(type).includes('[')) return '[]'
  if (isInputObjectType(named))
    return `{ ${Object.values(named.getFields())
      .filter((field) => isNonNullType(field.type) && field.defaultValue === undefined)
      .map((field) => `${field.name}: ${literal(field.type)}`)
      .join(', ')} }`
  if (isEnumType(named)) return named.getValues()[0]!.name
  if (named.name === 'Boolean') return 'true'
  if (named.name.startsWith('DateTime')) return '"2026-01-01T00:00:00Z"'
  return named.name === 'Int' ? '1' : '"01900000-0000-7000-8000-000000000000"'
}

/** What a caller is told, by code; 'answered' when the operation was let through to its resolver. */
async function call(cookie: string, { kind, document }: { kind: string; document: string }): Promise<string> {
  if (kind === 'subscription') {
    const stream = await listen(county.origin, cookie, document, {}).catch((error: Error) => error)
    if (stream instanceof Error) return /"code":"([^"]+)"/.exec(stream.message)![1]!
    return stream.next().then(
      () => 'answered',
      () => 'answered',
    )
  }
  const { errors } = await asker(county.origin, cookie)(document)
  const code = errors?.[0]?.extensions.code
  return code === 'signIn.needed' || code === 'permission' ? code : 'answered'
}

describe('a stranger', () => {
  it('there are operations to be refused', () => expect(operations.length).toBeGreaterThan(12))

  it.each(operations)('may not call $name', async (operation) => {
    for (const cookie of ['', '__Host-kaohe=x', `__Host-kaohe=01900000-0000-7000-8000-000000000000.${'A'.repeat(43)}`])
      expect(await call(cookie, operation)).toBe('signIn.needed')
  })

  it('is told so with 401, so that the page can ask to sign in', async () => {
    const answer = await asker(county.origin, '')('{ me { name } }')
    expect([answer.status, answer.errors![0]!.message]).toEqual([401, '请先登录。'])
  })

  it('may not call one operation in the shadow of another, a fragment or an alias', async () => {
    for (const document of [
      '{ __typename me { name } }',
      '{ a: cycles { policyTitle } }',
      '{ ...f } fragment f on Query { me { name } }',
      '{ ... on Query { ...f } } fragment f on Query { ... { policies { id } } }',
      '{ __schema { types { name } } }',
    ]) {
      const { data, errors } = await asker(county.origin, '')(document)
      expect(data ?? null).toBeNull()
      expect(errors).toHaveLength(1)
    }
  })
})

it('what a directive leaves out is not called; what it might leave in is', async () => {
  const village = await county.signIn('village')
  const asked = 'query ($c: ID!, $in: Boolean = false, $out: Boolean = true) { cycles { cycle { id } } ... on Query'
  const results = 'results(cycle: $c) { sheet }'
  const codes = async (inner: string, given: object) =>
    (await village.ask(`${asked} ${inner} }`, { c: county.cycle, ...given })).errors?.map(({ extensions }) => extensions.code)
  expect(
    await codes(`{ ${results.replace(' {', ' @include(if: $in) @skip(if: $out) {')} }`, { in: false, out: false }),
  ).toBeUndefined()
  expect(await codes(`@skip(if: $out) @include(if: $in) { ${results} }`, { in: true, out: true })).toBeUndefined()
  expect(
    await codes(`@include(if: false) { ... on Query @include(if: $in) @skip(if: $out) { ${results} } }`, { in: true, out: true }),
  ).toBeUndefined()
  for (const given of [{ in: true, out: false }, {}])
    expect(await codes(`{ ${results.replace(' {', ' @include(if: $in) @skip(if: $out) {')} }`, given)).toEqual(['permission'])
})

it('each role may call what the table says, over the wire', async () => {
  const lines = []
  for (const operation of operations.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const told = []
    for (const login of logins) told.push((await call(callers[login]!.cookie, operation)) === 'answered' ? 'yes' : ' . ')
    lines.push(`${operation.name.padEnd(16)}${told.join('  ')}`.trimEnd())
  }
  expect(lines).toEqual(permissions)
})

it('the caller is told what they may do, which is what the server lets them', async () => {
  for (const [at, login] of logins.entries()) {
    const { data } = await callers[login]!.ask<{ me: { may: string[] } }>('{ me { may } }')
    const open = permissions.map((line) => line.split(/\s+/)).flatMap(([name, ...marks]) => (marks[at] === 'yes' ? [name!] : []))
    const told = [...permissionFor].filter(([, permission]) => data.me.may.includes(permission)).map(([name]) => name)
    expect(told.sort()).toEqual(open)
  }
})

it('a refusal says what is lacking and who has it, in the language of the caller', async () => {
  const document = '{ accounts { more } }'
  const { errors } = await callers.village.ask(document)
  expect(errors![0]!.message).toBe(
    '你的账号没有“查看账号、令其退出”的权限。有这项权限的角色：系统管理员、安全管理员。如确需办理，请找安全管理员授予。',
  )
  expect(errors![0]!.extensions).toMatchObject({ code: 'permission' })
})

it('every role is told with its permissions, to whoever grants one', async () => {
  const { data } = await callers.security.ask<{
    roles: { role: string; title: string; level: string; may: { title: string }[] }[]
  }>('{ roles { role title level may { permission title } } }')
  expect(data.roles.map(({ role }) => role)).toEqual(roles)
  expect(data.roles.find(({ role }) => role === 'attendanceOfficer')).toMatchObject({ title: '镇考勤员', level: 'town' })
  for (const { may } of data.roles) expect(may.every(({ title }) => title.length > 0)).toBe(true)
})

describe('what a caller may not see', () => {
  const ask = async (login: string, query: string, variables = {}) => {
    const { data, errors } = await callers[login]!.ask(query, { cycle: county.cycle, ...variables })
    if (errors) throw new Error(errors[0]!.extensions.code)
    return data
  }
  const RANKING = `query ($cycle: ID!, $unit: ID) { villageRanking(cycle: $cycle, unit: $unit) {
    ties villages { village name town rank townRank tied sheets coordinators grades { grade count } }
    quotas { name base cap people { name village } } } }`
  const QUOTA = `query ($cycle: ID!, $unit: ID) { quota(cycle: $cycle, unit: $unit) { id name base cap people { sheet name } } }`
  let own: { town: string; townId: string; village: string; villageId: string }
  let foreign: { sheet: string; townId: string; villageId: string }

  beforeAll(async () => {
    const [town] = await unitsWhere(county, `kind = 'town'`)
    const [village] = await unitsWhere(county, `kind = 'village' and parent_id = '${town!.id}'`)
    own = { town: town!.name, townId: town!.id, village: village!.name, villageId: village!.id }
    const { rows } = await county.app.database.pool.query<{ id: string; town_id: string; village_id: string }>(
      `select id, town_id, village_id from sheet where town_id <> $1 and state = 'open' order by line limit 1`,
      [town!.id],
    )
    foreign = { sheet: rows[0]!.id, townId: rows[0]!.town_id, villageId: rows[0]!.village_id }
  })

  it('is in no grid', async () => {
    const [whole, town, village] = await Promise.all([
      readGrid(callers.county, county.cycle),
      readGrid(callers.town, county.cycle),
      readGrid(callers.village, county.cycle),
    ])
    expect(town.sheets.map(({ id }) => id)).toEqual(whole.sheets.filter((sheet) => sheet.town === own.town).map(({ id }) => id))
    const inVillage = (sheet: { town: string; village: string }) => sheet.town === own.town && sheet.village === own.village
    expect(village.sheets.map(({ id }) => id)).toEqual(whole.sheets.filter(inVillage).map(({ id }) => id))
    expect(village.sheets.length).toBeGreaterThan(0)
    expect(town.sheets.length).toBeGreaterThan(village.sheets.length)
    for (const login of ['town', 'village'] as const)
      for (const unit of [foreign.townId, foreign.villageId])
        expect((await readGrid(callers[login]!, county.cycle, { unit })).rows.count).toBe(0)
  })

  it('is in no list of units but those above one’s own', async () => {
    const kinds = async (login: string) => {
      const { units } = await ask(login, '{ units { id kind parentId } }')
      return units as { id: string; kind: string; parentId: string | null }[]
    }
    expect((await kinds('village')).map(({ kind }) => kind)).toEqual(['county', 'town', 'village'])
    const ofTown = await kinds('town')
    expect(ofTown.every(({ id, kind, parentId }) => kind === 'county' || id === own.townId || parentId === own.townId)).toBe(true)
  })

  it('is in no ranking, and a rank is only told to who sees all that are ranked', async () => {
    const whole = (await ask('county', RANKING)).villageRanking
    const town = (await ask('town', RANKING)).villageRanking
    const village = (await ask('village', RANKING)).villageRanking
    expect(whole.villages.length).toBeGreaterThan(50)
    expect(new Set(town.villages.map((one: { town: string }) => one.town))).toEqual(new Set([own.town]))
    for (const one of town.villages) {
      const same = whole.villages.find((other: { village: string }) => other.village === one.village)
      expect(one).toMatchObject({ rank: null, townRank: same.townRank, grades: same.grades, sheets: same.sheets })
    }
    expect(village.villages).toMatchObject([{ village: own.villageId, rank: null, townRank: null, tied: 1, grades: [] }])
    expect(village.quotas).toEqual([])
    for (const login of ['town', 'village'] as const)
      expect((await ask(login, RANKING, { unit: foreign.townId })).villageRanking).toEqual({ ties: 0, villages: [], quotas: [] })
  })

  it('is in no quota: of a town one sees in part there is none', async () => {
    const whole = (await ask('county', QUOTA)).quota
    expect((await ask('town', QUOTA)).quota).toEqual(whole.filter(({ id }: { id: string }) => id === own.townId))
    expect((await ask('village', QUOTA)).quota).toEqual([])
    expect((await ask('village', QUOTA, { unit: own.townId })).quota).toEqual([])
    expect((await ask('town', QUOTA, { unit: foreign.townId })).quota).toEqual([])
  })

  it('is told from what does not exist by no error', async () => {
    const none = '01900000-0000-7000-8000-000000000000'
    for (const login of ['town', 'village'] as const)
      for (const query of [
        'query ($id: ID!) { sheet(id: $id) { name } }',
        'query ($id: ID!) { explain(sheet: $id) { total } }',
        'query ($id: ID!) { cellHistory(sheet: $id) { by } }',
      ]) {
        const told = []
        for (const id of [foreign.sheet, none, 'x', '']) told.push(await callers[login]!.ask(query, { id }))
        for (const { status, data, errors } of told) {
          expect({ status, data, errors }).toEqual({ status: told[0]!.status, data: told[0]!.data, errors: told[0]!.errors })
          expect(errors![0]!.extensions.code).toBe('sheet.unknown')
        }
      }
  })

  it('is in no history: an assessor lists their own change sets only', async () => {
    await county.app.database.pool.query(
      'update role_grant set unit_id = $1 where account_id = (select id from account where login = $2)',
      [foreign.townId, 'town2'],
    )
    const other = await county.signIn('town2')
    const [sheet] = (await readGrid(other, county.cycle)).sheets
    await other.ask(
      `mutation ($cycle: ID!, $sheet: ID!, $seen: String) { saveCells(input: { cycle: $cycle, key: "of-town-two", sheets: [$sheet], fields: ["absentDays"], seen: [$seen], values: ["1.5"] }) { applied } }`,
      { cycle: county.cycle, sheet: sheet!.id, seen: sheet!.cell.absentDays || null },
    )
    const LIST = 'query ($cycle: ID!) { changeSets(cycle: $cycle) { by } }'
    expect((await ask('auditor', LIST)).changeSets.length).toBeGreaterThan(0)
    expect((await ask('town', LIST)).changeSets).toEqual([])
  })

  it('of names, an analyst sees the first character alone, everywhere', async () => {
    const { rows } = await county.app.database.pool.query<{ name: string }>('select name from coordinator')
    const { sheets } = await readGrid(callers.analyst, county.cycle)
    const { id } = sheets[0]!
    const told = JSON.stringify([
      sheets.map(({ name }) => name),
      await ask('analyst', RANKING),
      await ask('analyst', QUOTA),
      await ask('analyst', 'query ($id: ID!) { sheet(id: $id) { name village } explain(sheet: $id) { lines { says } } }', { id }),
    ])
    expect(told).toMatch(/＊＊/)
    expect(rows.filter(({ name }) => told.includes(name))).toEqual([])
    expect(JSON.stringify((await readGrid(callers.auditor!, county.cycle)).sheets)).toContain(rows[0]!.name)
  })
})

describe('a session', () => {
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${county.origin}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const pool = () => county.app.database.pool
  const whoIs = async (cookie: string) => (await asker(county.origin, cookie)('{ me { name } }')).data?.me?.name ?? null
  const freshCookie = async () => (await county.signIn('auditor')).cookie

  it('is not opened by a wrong password, and an unknown name gets the very same answer', async () => {
    const told = []
    for (const body of [
      { login: 'county', password: 'wrong' },
      { login: 'nobody-of-that-name', password: 'wrong' },
    ]) {
      const response = await post(body)
      const headers = [...response.headers.keys()].filter((name) => name !== 'date').sort()
      told.push({ status: response.status, headers, body: await response.json() })
    }
    expect(told[0]).toEqual(told[1])
    expect(told[0]).toMatchObject({ status: 401, body: { code: 'signIn.wrong' } })
    await pool().query('delete from sign_in_failure')
  })

  it('is not opened for a while after five failures, not even by the right password', async () => {
    for (let time = 0; time < 5; time++) expect((await post({ login: 'auditor', password: 'wrong' })).status).toBe(401)
    const right = await post({ login: 'auditor', password: 'kaohe-demo' })
    expect([right.status, await right.json()]).toEqual([429, { code: 'signIn.wait', says: '失败次数过多，请 15 分钟后再试。' }])
    expect((await post({ login: 'analyst', password: 'kaohe-demo' })).status).toBe(200)
    await pool().query(`update sign_in_failure set window_ends_at = now() - interval '1 second'`)
    expect((await post({ login: 'auditor', password: 'kaohe-demo' })).status).toBe(200)
    await pool().query('delete from sign_in_failure')
  })

  it('is not opened by guessing many times at once', async () => {
    const guesses = await Promise.all(Array.from({ length: 20 }, (_, at) => post({ login: 'auditor', password: `guess ${at}` })))
    expect(guesses.map(({ status }) => status).filter((status) => status === 401)).toHaveLength(5)
    await pool().query('delete from sign_in_failure')
  })

  it('is not opened by guessing many names from one address', async () => {
    const statuses = []
    for (let at = 0; at < 31; at++) statuses.push((await post({ login: `name ${at}`, password: 'x' })).status)
    expect(statuses.filter((status) => status === 401)).toHaveLength(30)
    expect(statuses.at(-1)).toBe(429)
    await pool().query('delete from sign_in_failure')
  })

  it.each([
    ['nothing', ''],
    ['no object', 'null'],
    ['a list', '[]'],
    ['numbers', '{"login":1,"password":2}'],
    ['objects', '{"login":{"$ne":null},"password":{"$ne":null}}'],
    ['no JSON', '{'],
    ['a NUL character', '{"login":"a\\u0000","password":"b"}'],
    ['a name without end', JSON.stringify({ login: 'x'.repeat(101), password: 'y' })],
    ['a password without end', JSON.stringify({ login: 'x', password: 'y'.repeat(9000) })],
  ])('asked for with %s is refused with a sentence', async (_, body) => {
    const response = await post(body)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: expect.any(String), says: expect.stringMatching(/[\u4e00-\u9fff]/) })
  })

  it('cannot be opened by a form on another page', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])
      expect((await post('{"login":"county","password":"kaohe-demo"}', { 'content-type': type })).status).toBe(415)
  })

  it('lives in a cookie that no script and no other site can use', async () => {
    const response = await post({ login: 'county', password: 'kaohe-demo' })
    const [, value, flags] = /^__Host-kaohe=([^;]+); (.*)$/.exec(response.headers.get('set-cookie')!)!
    expect(flags!.split('; ').sort()).toEqual(['HttpOnly', 'Max-Age=43200', 'Path=/', 'SameSite=Lax', 'Secure'])
    expect(Buffer.from(value!.split('.')[1]!, 'base64url')).toHaveLength(32)
    const { rows } = await pool().query('select * from session')
    expect(JSON.stringify(rows)).not.toContain(value!.split('.')[1])
  })

  it('ends when its holder signs out, even for a copy of the cookie', async () => {
    const cookie = await freshCookie()
    expect(await whoIs(cookie)).toBe('严明德')
    const response = await fetch(`${county.origin}/session`, { method: 'DELETE', headers: { cookie } })
    expect(response.headers.get('set-cookie')).toMatch(/__Host-kaohe=; .*Max-Age=0; Secure/)
    expect(await whoIs(cookie)).toBeNull()
  })

  it.each([
    ['forged', (cookie: string) => `${cookie.slice(0, -1)}${cookie.endsWith('A') ? 'B' : 'A'}`],
    ['of another county', (cookie: string) => cookie.replace(/=[0-9a-f-]{36}/, '=01900000-0000-7000-8000-000000000000')],
    ['without its county', (cookie: string) => cookie.replace(/=.*\./, '=.')],
    ['with a quote', (cookie: string) => cookie.replace('=', `='`)],
    ['cut short', (cookie: string) => cookie.slice(0, -5)],
  ])('is not found by a cookie that is %s', async (_, spoil) => {
    const cookie = await freshCookie()
    expect(await whoIs(spoil(cookie))).toBeNull()
    expect(await whoIs(`other=1; ${cookie}; more=2`)).toBe('严明德')
  })

  it.each([
    ['it has expired, be it a minute ago', `update session set expires_at = now() - interval '1 minute'`],
    ['nobody used it for two hours', `update session set seen_at = now() - interval '121 minutes'`],
    [
      'its holder has no role any more',
      `update role_grant set ends_on = (now() at time zone 'Asia/Shanghai')::date - 1 where role = 'auditor'`,
    ],
  ])('is over when %s', async (_, sql) => {
    const cookie = await freshCookie()
    expect(await whoIs(cookie)).toBe('严明德')
    await pool().query(sql)
    expect(await whoIs(cookie)).toBeNull()
    await pool().query('update role_grant set ends_on = null')
  })

  it('stays alive while it is used, and a role holds to the end of its last day', async () => {
    const cookie = await freshCookie()
    await pool().query(`update session set seen_at = now() - interval '119 minutes'`)
    await pool().query(`update role_grant set ends_on = (now() at time zone 'Asia/Shanghai')::date`)
    expect(await whoIs(cookie)).toBe('严明德')
    const { rows } = await pool().query(`select count(*)::int as fresh from session where seen_at > now() - interval '5 minutes'`)
    expect(rows[0].fresh).toBeGreaterThan(0)
    await pool().query('update role_grant set ends_on = null')
  })
})

it('every operation is reached through an object type, so that this list is complete', () => {
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    expect(isObjectType(type)).toBe(true)
})
