import type pg from 'pg'
import { isUuid } from '../base/database.ts'
import { appealClock } from '../rules/notice.ts'
import { dayOfMoment } from '../base/today.ts'
import type { NoticeRow } from './notice.entity.ts'

/**
 * A notice for the public as a page of its own: no script, nothing but what is frozen in it, fit for A4. Undefined for
 * everything that is not open to the public today: for other audiences, after its last day, once withdrawn.
 */
export async function noticePage(pool: pg.Pool, id: string, now: Date): Promise<string | undefined> {
  if (!isUuid(id)) return undefined
  const { rows } = await pool.query<Printed>({
    name: 'public-notice',
    text: `select n.heads, n.rows, n.starts_on::text as "startsOn", n.ends_on::text as "endsOn", n.days, n.hash, c.year,
                  u.name as unit, k.name as county, h.hash as head
             from notice n join cycle c on c.county_id = n.county_id and c.id = n.cycle_id
             join unit u on u.county_id = n.county_id and u.id = n.unit_id join county k on k.id = n.county_id
             join change_set h on h.county_id = n.county_id and h.seq = n.seq
            where n.id = $1 and n.audience = 'public' and n.withdrawn_at is null and n.starts_on <= $2 and n.ends_on >= $2`,
    values: [id, dayOfMoment(now)],
  })
  return rows[0] && printed(rows[0])
}

interface Printed {
  heads: string[]
  rows: NoticeRow[]
  startsOn: string
  endsOn: string
  days: number
  hash: string
  /** Of the act that published it: it stands in the chain of everything that was done. */
  head: string
  year: number
  unit: string
  county: string
}

const style = `
  @page { size: A4; margin: 20mm 16mm }
  body { max-width: 720px; margin: 24px auto; padding: 0 16px; color: #1d2733; font: 15px/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }
  h1 { margin: 0 0 16px; font-size: 22px; text-align: center }
  table { width: 100%; margin: 16px 0; border-collapse: collapse }
  th, td { padding: 4px 8px; border: 1px solid #6b7683; text-align: left }
  thead { display: table-header-group }
  tr { break-inside: avoid }
  small { color: #5b6673; overflow-wrap: anywhere }
  @media print { body { margin: 0; padding: 0 } }`

function printed({ heads, rows, startsOn, endsOn, days, hash, head, year, unit, county }: Printed): string {
  const title = `${county}${unit}${year} 年度协理员考核结果公示`
  const row = (cells: string[], tag: string) => `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex, nofollow, noarchive">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p>公示期：${startsOn} 至 ${endsOn}（${days} 个工作日）。对结果有异议的，被考核人可在公示之日起至公示期满后 ${appealClock.fileDays} 日内提出申诉。</p>
<table>
<thead>${row(heads, 'th')}</thead>
<tbody>
${rows.map(({ shows }) => row(shows, 'td')).join('\n')}
</tbody>
</table>
<small>内容指纹 ${hash}<br>审计链中的指纹 ${head}</small>
</main>
</body>
</html>
`
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`)
