import { z } from 'zod'

// The scalars of a policy file that only policy files have; `shapes.ts` has those that other files share.

/** Whole numbers in a file: months, days, item numbers. */
export const Whole = z.string().regex(/^\d{1,4}$/)
export const OptionId = z.string().regex(/^[a-z][A-Za-z0-9-]*$/)
export const DayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
/** Lines of the source text: '76' or '113-122'. */
export const Lines = z.string().regex(/^\d+(-\d+)?$/)
/** The id of an article among the policy's `clauses`. */
export const clause = z.string()
