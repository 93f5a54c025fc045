const zone = 'Asia/Shanghai'
const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: zone })

/** The day a moment falls on where the counties are: clocks of servers may stand anywhere. */
export const dayOfMoment = (moment: Date): string => shanghai.format(moment)

/** The same in SQL, of a moment given as an expression. */
export const dayOfMomentIn = (moment: string): string => `(${moment}::timestamptz at time zone '${zone}')::date`
