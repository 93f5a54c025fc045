import { actorOf } from '../base/context.ts'
import { nameFor } from '../core/cycles.ts'
import { sightOf } from '../rules/access.ts'
import { choice, day, flag, id, many, one, optional, personal, text, whole, type Choices, type Entity } from './entity.ts'
import { county, seen, place, unless } from './seen.ts'

const gender: Choices = {
  name: 'Gender',
  says: { zh: '性别', en: 'Gender' },
  values: { male: { zh: '男', en: 'Male' }, female: { zh: '女', en: 'Female' } },
}

export const people: Entity = {
  name: 'people',
  type: 'PersonRecord',
  says: { zh: '协理员', en: 'Coordinators' },
  source: (asking, bind) => {
    const { context } = asking
    const of = `c.county_id = ${county(asking, bind)}`
    const columns = `c.id, ${nameFor(actorOf(context))} as name, c.gender, ${unless(asking, 'c.born_on', 'date')} as "bornOn"`
    if (sightOf(actorOf(context)) === 'county') return `select ${columns} from coordinator c where ${of}`
    return `select ${columns} from coordinator c where ${of} and (
      exists (select from sheet s where s.coordinator_id = c.id and ${seen(asking, bind)})
      or exists (select from posting p join unit v on v.county_id = p.county_id and v.id = p.village_id
                  where p.county_id = c.county_id and p.coordinator_id = c.id and ${place(asking, bind, 'v.id', 'v.parent_id')}))`
  },
  columns: {
    id: id('编号', 'Id'),
    name: text('姓名；分析人员只见首字', 'Name; analysts read its first character'),
    gender: choice(gender, '性别', 'Gender'),
    bornOn: personal(day('出生日期；分析人员不见', 'Born on; hidden from analysts')),
  },
  relations: {
    postings: many('postings', 'personId', '任职', 'Postings'),
    sheets: many('sheets', 'personId', '考核表', 'Score sheets'),
  },
  order: ['name'],
}

export const postings: Entity = {
  name: 'postings',
  type: 'PostingRecord',
  says: { zh: '任职', en: 'Postings' },
  source: (asking, bind) =>
    `select p.id, p.coordinator_id as "personId", p.village_id as "villageId", v.parent_id as "townId", p.full_time as "fullTime",
            p.starts_on as "startsOn", p.ends_on as "endsOn"
       from posting p join unit v on v.county_id = p.county_id and v.id = p.village_id
      where p.county_id = ${county(asking, bind)} and ${place(asking, bind, 'v.id', 'v.parent_id')}`,
  columns: {
    id: id('编号', 'Id'),
    personId: id('协理员', 'Coordinator'),
    villageId: id('村（社区）', 'Village'),
    townId: id('镇（街道）', 'Town'),
    fullTime: flag('专职', 'Full-time'),
    startsOn: day('任职起', 'From'),
    endsOn: optional(day('任职止；在任为空', 'To; none while it lasts')),
  },
  relations: {
    person: one('people', 'personId', '协理员', 'The coordinator'),
    village: one('villages', 'villageId', '村（社区）', 'The village'),
    town: one('towns', 'townId', '镇（街道）', 'The town'),
    sheets: many('sheets', 'postingId', '考核表', 'Score sheets'),
  },
  order: ['startsOn'],
}

export const towns: Entity = {
  name: 'towns',
  type: 'TownRecord',
  says: { zh: '镇（街道）', en: 'Towns' },
  source: (asking, bind) =>
    `select u.id, u.code, u.name from unit u where u.county_id = ${county(asking, bind)} and u.kind = 'town'
        and (${place(asking, bind, 'u.id', 'u.id')} or exists (select from unit v where v.county_id = u.county_id and v.parent_id = u.id
             and ${place(asking, bind, 'v.id', 'v.parent_id')}))`,
  columns: {
    id: id('编号', 'Id'),
    code: text('十二位行政区划代码', 'Twelve-digit administrative code'),
    name: text('名称', 'Name'),
  },
  relations: {
    villages: many('villages', 'townId', '村（社区）', 'Villages'),
    sheets: many('sheets', 'townId', '考核表', 'Score sheets'),
    postings: many('postings', 'townId', '任职', 'Postings'),
    signatures: many('signatureRecords', 'unitId', '签字', 'Signatures'),
    filings: many('filingRecords', 'unitId', '备案', 'Filings'),
  },
  order: ['code'],
}

export const villages: Entity = {
  name: 'villages',
  type: 'VillageRecord',
  says: { zh: '村（社区）', en: 'Villages' },
  source: (asking, bind) =>
    `select v.id, v.code, v.name, v.parent_id as "townId" from unit v
      where v.county_id = ${county(asking, bind)} and v.kind = 'village' and ${place(asking, bind, 'v.id', 'v.parent_id')}`,
  columns: {
    id: id('编号', 'Id'),
    code: text('十二位行政区划代码', 'Twelve-digit administrative code'),
    name: text('名称', 'Name'),
    townId: id('镇（街道）', 'Town'),
  },
  relations: {
    town: one('towns', 'townId', '镇（街道）', 'The town'),
    sheets: many('sheets', 'villageId', '考核表', 'Score sheets'),
    postings: many('postings', 'villageId', '任职', 'Postings'),
    signatures: many('signatureRecords', 'unitId', '签字', 'Signatures'),
  },
  order: ['code'],
}

export const cycleRecords: Entity = {
  name: 'cycleRecords',
  type: 'CycleRecord',
  says: { zh: '考核周期', en: 'Cycles of assessment' },
  source: (asking, bind) =>
    `select c.id, c.year, c.period, c.policy_id as policy, c.policy_hash as "policyHash", c.state, c.base_date as "baseDate"
       from cycle c where c.county_id = ${county(asking, bind)}`,
  columns: {
    id: id('编号', 'Id'),
    year: whole('年度', 'Year'),
    period: choice('Period', '年度或季度', 'The year, or a quarter of it'),
    policy: text('办法', 'Id of the policy it is judged by'),
    policyHash: text('办法文本的指纹', 'SHA-256 of the policy file'),
    state: choice('CycleState', '状态', 'State'),
    baseDate: day('名额基准日', 'Day on which the population of the quotas is counted'),
  },
  relations: {
    sheets: many('sheets', 'cycleId', '考核表', 'Score sheets'),
    signatures: many('signatureRecords', 'cycleId', '签字', 'Signatures'),
    filings: many('filingRecords', 'cycleId', '备案', 'Filings'),
  },
  order: ['year', 'period'],
}
