import { shallowRef } from 'vue'

const SETTLED = 250
const SHOWN = 5000

/** One polite live region: news is kept, places passed on the way to another are not. */
export function createAnnouncer() {
  const message = shallowRef('')
  const shown = shallowRef('')
  let news: string[] = []
  let place = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let hiding: ReturnType<typeof setTimeout> | undefined

  /** Something happened: it will be heard. */
  function say(text: string): void {
    if (!text || news.at(-1) === text) return
    news.push(text)
    later()
  }

  /** Heard, and seen for a while: why nothing came of what was asked. */
  function show(text: string): void {
    say(text)
    shown.value = text
    clearTimeout(hiding)
    hiding = setTimeout(() => (shown.value = ''), SHOWN)
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

  function stop(): void {
    clearTimeout(timer)
    clearTimeout(hiding)
  }

  return { message, shown, say, show, sayPlace, stop }
}

export type Announcer = ReturnType<typeof createAnnouncer>
