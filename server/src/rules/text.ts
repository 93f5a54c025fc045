/** The two languages of the product; Chinese first. */
export type Lang = 'zh' | 'en'

/** Words shown to a person, always in both languages. */
export interface Text {
  zh: string
  en: string
}
