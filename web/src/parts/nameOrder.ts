import { ref, watch } from 'vue'

export const nameOrders = ['pinyin', 'stroke'] as const
export type NameOrder = (typeof nameOrders)[number]

/** How Chinese names are put in order: by sound, or by the strokes of the surname, as official lists do. Kept in the browser. */
export const nameOrder = ref<NameOrder>(localStorage.getItem('kaohe.nameOrder') === 'stroke' ? 'stroke' : 'pinyin')
watch(nameOrder, (order) => localStorage.setItem('kaohe.nameOrder', order))

const collators: Record<NameOrder, Intl.Collator> = {
  pinyin: new Intl.Collator('zh-u-co-pinyin'),
  stroke: new Intl.Collator('zh-u-co-stroke'),
}

/** Names in the order that is chosen now. */
export const compareNames = (a: unknown, b: unknown): number =>
  collators[nameOrder.value].compare(String(a ?? ''), String(b ?? ''))
