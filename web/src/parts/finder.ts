import type PinyinPro from 'pinyin-pro'
import { shallowRef } from 'vue'

type Pinyin = (typeof PinyinPro)['pinyin']

/**
 * Whether a name contains what was typed: its characters, its pinyin (`xuqinghe`) or the initials (`xqh`). The dictionary
 * is fetched with the first Latin letter; until it is there, and where it cannot be, letters find letters only.
 */
export function useFinder(ready: () => void) {
  const pinyin = shallowRef<Pinyin>()
  /** Initials and full spelling of each name met. */
  const spelled = new Map<string, [initials: string, full: string]>()

  function spellingsOf(name: string, spell: Pinyin): readonly string[] {
    let spellings = spelled.get(name)
    if (!spellings) {
      const syllables = spell(name, { toneType: 'none', type: 'array', surname: 'head', v: true })
      spellings = [syllables.map((syllable) => syllable.slice(0, 1)).join(''), syllables.join('')]
      spelled.set(name, spellings)
    }
    return spellings
  }

  let fetched: Promise<void> | undefined
  function fetchOnce(): void {
    fetched ??= import('pinyin-pro').then(
      (loaded) => {
        pinyin.value = loaded.pinyin
        ready()
      },
      () => (fetched = undefined), // tried again with the next letter
    )
  }

  /** Whether these names are meant: each word is found in one of them. */
  return (query: string, ...names: string[]): boolean => {
    const words = query.toLowerCase().replaceAll("'", '').split(/\s+/)
    return words.every((word) => finds(word, names))
  }

  function finds(wanted: string, names: readonly string[]): boolean {
    if (names.some((name) => name.toLowerCase().includes(wanted))) return true
    if (!/^[a-zü]+$/.test(wanted)) return false
    const spell = pinyin.value
    if (!spell) fetchOnce()
    return spell !== undefined && names.some((name) => spellingsOf(name, spell).some((spelling) => spelling.includes(wanted)))
  }
}
