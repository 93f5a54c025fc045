const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** The day a moment falls on where the counties are: clocks of servers may stand anywhere. */
export const dayOfMoment = (moment: Date): string => shanghai.format(moment)
