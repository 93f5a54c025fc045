import type { Reader } from '../base/context.ts'
import { named } from '../base/database.ts'
import type { Audience } from '../rules/notice.ts'
import type { NoticeRow } from './notice.entity.ts'

/** A notice as it is stored, with the town and village of its unit. */
export interface StoredNotice {
  id: string
  cycle: string
  unit: string
  unitName: string
  columns: string[]
  audience: Audience
  startsOn: string
  endsOn: string
  days: number
  heads: string[]
  rows: NoticeRow[]
  hash: string
  by: string
  at: Date
  replaces: string | null
  withdrawnAt: Date | null
  withdrawnReason: string | null
  town: string
  village: string
}

const noticeColumns = `n.id, n.cycle_id as cycle, n.unit_id as unit, u.name as "unitName", n.columns, n.audience, n.starts_on::text as "startsOn",
  n.ends_on::text as "endsOn", n.days, n.heads, n.rows, n.hash, n.by, n.at, n.replaces, n.withdrawn_at as "withdrawnAt",
  n.withdrawn_reason as "withdrawnReason", case when u.kind = 'village' then u.parent_id else u.id end as town,
  case when u.kind = 'village' then u.id::text else '' end as village`

export async function storedNotices({ pool }: Reader, condition: string, values: unknown[], lock = ''): Promise<StoredNotice[]> {
  const { rows } = await pool.query<StoredNotice>(
    named(
      `select ${noticeColumns} from notice n join unit u on u.county_id = n.county_id and u.id = n.unit_id
        where ${condition} order by n.seq desc, u.code limit 500 ${lock}`,
      values,
    ),
  )
  return rows
}
