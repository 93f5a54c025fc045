import { enumerate } from '../base/enumerations.ts'
import type { Seat } from '../rules/outcome.ts'

/** Where somebody stands with a quota, as an enumeration of the API. */
export const Seats = enumerate<Seat>('Seat', '与名额的关系 / Where somebody stands with a quota', {
  in: '占名额 / Has a seat',
  contested: '同分，待考核小组裁定 / Tied for a seat; the panel is to rule',
  pending: '待上面名额的裁定 / Waits for a ruling on a quota above',
  out: '名额外 / Below the seats',
  barred: '等次受限，不占名额 / Barred by a limit, takes no seat',
  incomplete: '未评完 / Not fully scored',
})
