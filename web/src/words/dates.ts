import { lang } from './index.ts'

const format = (options: Intl.DateTimeFormatOptions) => {
  const known = new Intl.DateTimeFormat(lang.value === 'zh' ? 'zh-CN' : 'en-GB', options)
  return (at: string | Date): string => known.format(new Date(at))
}

/** A day and the time of it, as the page's language writes them. The language changes with a reload only. */
export const momentOf = format({ dateStyle: 'medium', timeStyle: 'short' })
export const dayOf = format({ dateStyle: 'medium' })
