import { registerEnumType } from 'type-graphql'
import { seats, type Seat } from '../rules/outcome.ts'

/** Where somebody stands with a quota, as an enumeration of the API. */
export const Seats = Object.fromEntries(seats.map((seat) => [seat, seat])) as { [One in Seat]: One }
registerEnumType(Seats, {
  name: 'Seat',
  description:
    'in 占名额、contested 并列待裁定、pending 待上面的名额裁定、out 名额外、barred 受限制、incomplete 未评完 / Whether a person has a seat of the quota, contends for one, waits for a ruling on a quota above, stands below, is barred by a limit, or is not yet fully scored',
})
