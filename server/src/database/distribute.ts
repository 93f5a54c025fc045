import type pg from 'pg'

/** How the tables are spread over machines by county, and what stands in the way. */
export interface Distribution {
  /** Tables that every machine holds whole. */
  reference: string[]
  /** Tables spread by county, each after those it refers to, with the column they are spread by. */
  distributed: { table: string; by: string }[]
  /** What a distributed PostgreSQL would refuse; empty where the tables can go as they stand. */
  objections: string[]
}

/** The county itself is spread by its own id; every other table of a county by `county_id`. */
const COUNTY = 'county'

/**
 * Reads from the catalogue how Citus would take the tables: a table of a county is spread by the county's id, which must
 * lead every primary key, every unique key and every foreign key, so that all of a county's rows lie together.
 */
export async function distributionOf(pool: pg.Pool): Promise<Distribution> {
  const { rows: tables } = await pool.query<{ table: string; counted: boolean }>(
    `select c.relname as table, exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'county_id' and not a.attisdropped) as counted
       from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname <> 'migration' order by 1`,
  )
  const { rows: keys } = await pool.query<{
    table: string
    name: string
    kind: string
    first: string
    to: string | null
    toFirst: string | null
  }>(
    `select c.relname as table, k.conname as name, k.contype as kind, a.attname as first, t.relname as to, b.attname as "toFirst"
       from pg_constraint k join pg_class c on c.oid = k.conrelid
       join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
       left join pg_class t on t.oid = k.confrelid
       left join pg_attribute b on b.attrelid = t.oid and b.attnum = k.confkey[1]
      where c.relnamespace = current_schema()::regnamespace and k.contype in ('p', 'u', 'f')`,
  )
  const { rows: indexes } = await pool.query<{ table: string; name: string; first: string | null }>(
    `select c.relname as table, i.relname as name, a.attname as first
       from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
       left join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
      where c.relnamespace = current_schema()::regnamespace and x.indisunique`,
  )
  const column = new Map(
    tables.flatMap(({ table, counted }) => (table === COUNTY ? [[table, 'id']] : counted ? [[table, 'county_id']] : [])) as [
      string,
      string,
    ][],
  )
  const led = (table: string, first: string | null) => !column.has(table) || first === column.get(table)
  const objections = [
    ...keys
      .filter(({ table, first }) => !led(table, first))
      .map(({ table, name, first }) => `${table}: ${name} leads with ${first}`),
    ...indexes
      .filter(({ table, first }) => !led(table, first))
      .map(({ table, name, first }) => `${table}: ${name} leads with ${first}`),
    ...keys
      .filter(
        ({ kind, table, to, toFirst }) => kind === 'f' && column.has(table) && column.has(to!) && toFirst !== column.get(to!),
      )
      .map(({ table, name, to }) => `${table}: ${name} leaves the county for ${to}`),
    ...keys
      .filter(({ kind, table, to }) => kind === 'f' && !column.has(table) && column.has(to!))
      .map(({ table, name, to }) => `${table}: ${name} refers from a reference table to ${to}`),
  ]
  const above = Map.groupBy(
    keys.filter(({ kind, table, to }) => kind === 'f' && column.has(to!) && to !== table),
    ({ table }) => table,
  )
  const ordered: string[] = []
  const visit = (table: string): void => {
    if (ordered.includes(table)) return
    for (const { to } of above.get(table) ?? []) visit(to!)
    ordered.push(table)
  }
  for (const table of column.keys()) visit(table)
  return {
    reference: tables.flatMap(({ table }) => (column.has(table) ? [] : [table])),
    distributed: ordered.map((table) => ({ table, by: column.get(table)! })),
    objections: [...new Set(objections)],
  }
}

/** The statements that spread the tables, for a coordinator of Citus 12 or later. The history’s guards are triggers, which it asks to be allowed. */
export const statementsOf = ({ reference, distributed }: Distribution): string[] => [
  'create extension if not exists citus',
  'set citus.enable_unsafe_triggers to on',
  ...reference.map((table) => `select create_reference_table('${table}')`),
  ...distributed.map(({ table, by }, at) =>
    at === 0
      ? `select create_distributed_table('${table}', '${by}')`
      : `select create_distributed_table('${table}', '${by}', colocate_with => '${distributed[0]!.table}')`,
  ),
]
