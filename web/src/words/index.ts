import elementEn from 'element-plus/es/locale/lang/en'
import elementZh from 'element-plus/es/locale/lang/zh-cn'
import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import { en } from './en.ts'
import { zh } from './zh.ts'

export type Lang = 'zh' | 'en'

const KEY = 'kaohe.lang'

export const i18n = createI18n<false>({
  legacy: false,
  locale: localStorage.getItem(KEY) === 'en' ? 'en' : 'zh',
  fallbackLocale: 'zh',
  messages: { zh, en } as never,
})

export const lang = computed<Lang>(() => (i18n.global.locale.value === 'en' ? 'en' : 'zh'))
export const elementLocale = computed(() => (lang.value === 'en' ? elementEn : elementZh))

/** Changes the language; what the server said is asked for anew, so the page starts over. */
export function switchLang(): void {
  localStorage.setItem(KEY, lang.value === 'zh' ? 'en' : 'zh')
  location.reload()
}
