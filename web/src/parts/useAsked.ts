import { shallowRef, watch, type Ref } from 'vue'

/** Asks again whenever what it depends on changes; a slow answer to an earlier question never covers a later one. */
export function useAsked<Data>(
  question: () => Promise<Data>,
  depends: () => unknown,
): { data: Ref<Data | undefined>; failure: Ref<Error | undefined>; busy: Ref<boolean>; again: () => void } {
  const data = shallowRef<Data>()
  const failure = shallowRef<Error>()
  const busy = shallowRef(false)
  let asked = 0
  async function again(): Promise<void> {
    const mine = ++asked
    busy.value = true
    try {
      const answer = await question()
      if (mine === asked) [data.value, failure.value] = [answer, undefined]
    } catch (error) {
      if (mine === asked) failure.value = error as Error
    }
    if (mine === asked) busy.value = false
  }
  watch(depends, again, { immediate: true })
  return { data, failure, busy, again: () => void again() }
}
