/**
 * What is recorded on one sheet: field id → canonical text. Numbers are plain decimal text ('7.5', '0', '93.4'),
 * flags are 'yes' or 'no'. A field that is absent has not been recorded.
 */
export type Facts = Readonly<Record<string, string>>

/** Which reading of an open question was chosen: interpretation id → option id. Absent means the default, the first option. */
export type Choices = Readonly<Record<string, string>>

/** A grade's id in its policy; the policy lists them best first. */
export type Grade = string
