import { shallowRef } from 'vue'

const SETTLED = 250

/** One polite live region: news is kept, places passed on the way to another are not. */
export function createAnnouncer() {
  const message = shallowRef('')
  let news: string[] = []
  let place = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Something happened: it will be heard. */
  function say(text: string): void {
    if (!text || news.at(-1) === text) return
    news.push(text)
    later()
  }

  /** Where one is now: only the last is heard. */
  function sayPlace(text: string): void {
    place = text
    later()
  }

  function later(): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const text = news.length > 0 ? news.join(' ') : place
      // a region is read when its text changes: a no-break space makes the same words new
      message.value = text === message.value ? `${text}\u00a0` : text
      news = []
      place = ''
    }, SETTLED)
  }

  return { message, say, sayPlace, stop: () => clearTimeout(timer) }
}

export type Announcer = ReturnType<typeof createAnnouncer>
