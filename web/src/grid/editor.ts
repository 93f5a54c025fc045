import { today } from './cellTypes.ts'
import { commandOf, type KeyCommand } from './keys.ts'
import type { CellName } from './types.ts'

/** Where the editor lies, in the grid's own coordinates, and how much of it is in view. */
export interface EditorBox {
  left: number
  top: number
  width: number
  height: number
  clip: string
}

export interface EditorSetup {
  area: HTMLTextAreaElement
  /** Where it is said, under the open editor, why its text will not be taken. */
  hint: HTMLElement
  /** What the input is called while no cell is active. */
  label: string
  /** The active cell: its name, text, kind, and why it takes no edit. */
  cell: () => {
    name: CellName
    text: string
    label: string
    help: string
    multiline: boolean
    number: boolean
    /** Takes the date of today. */
    dated: boolean
    wrong: boolean
    closed: string | null
  } | null
  box: (cell: CellName) => EditorBox | null
  reveal: () => void
  /** `typed`: by hand; text that was pasted into the editor is not. */
  objection: (cell: CellName, text: string, typed: boolean) => string | null
  /** Said aloud, unless something else follows at once. */
  say: (text: string) => void
  commit: (cell: CellName, text: string, typed: boolean) => void
  commitAll: (text: string, typed: boolean) => void
  /** A key while no editor is open. True when the grid has used it. */
  run: (command: KeyCommand) => boolean
  refuse: (reason: string) => void
}

const LEAST_TEXT_WIDTH = 200
const MOST_WIDTH = 360
const MOST_HEIGHT = 180
const HINT_GAP = 2
/** The cells have come to rest when they have not been scrolled for so many ms. */
const RESTS = 100

/**
 * The one editor: a see-through textarea that lies over the active cell and always has the keyboard, so that an input
 * method can compose from its first key. Text opens it; while it is closed every key is a command.
 */
export function createEditor(setup: EditorSetup) {
  const { area, hint, label, cell, box, reveal, objection, say, commit, commitAll, run, refuse } = setup
  /** typing: arrows leave the cell; editing: arrows move the caret. */
  let mode: 'closed' | 'typing' | 'editing' = 'closed'
  let at: CellName | null = null
  let before = ''
  /** Whether what is in the editor was written by hand: what a spreadsheet put on the clipboard may be a date. */
  let typed = true
  let inView = false

  function open(how: 'typing' | 'editing'): void {
    const now = cell()
    if (!now) return
    if (now.closed !== null) {
      area.value = ''
      refuse(now.closed)
      return
    }
    at = now.name
    before = how === 'editing' ? now.text : ''
    if (how === 'editing') {
      area.value = now.text
      area.setSelectionRange(now.text.length, now.text.length)
    }
    mode = how
    area.dataset['open'] = how
    area.classList.toggle('kh-number', now.number)
    area.dataset['multiline'] = String(now.multiline)
    reveal()
    place()
    judge()
  }

  /** Says why the text will not be taken, as it is typed. Pinyin on its way to signs is not judged. */
  function judge(): void {
    const why = at && objection(at, area.value, typed)
    if (why && hint.textContent !== why) say(why)
    hint.textContent = why
    area.setAttribute('aria-invalid', String(why !== null))
    placeHint()
  }

  /** Closes the editor; what was typed goes out, unless it is dropped or F2 changed nothing. */
  function close(keep: 'keep' | 'drop'): void {
    if (mode === 'closed') return
    const text = area.value
    const changed = mode === 'typing' || text !== before
    const name = at
    const byHand = typed
    rest()
    if (keep === 'keep' && changed && name) commit(name, text, byHand)
  }

  function rest(): void {
    mode = 'closed'
    at = null
    typed = true
    area.value = ''
    delete area.dataset['open']
    hint.textContent = ''
    follow()
  }

  /** The active cell, or what it holds, has changed. */
  function follow(): void {
    if (mode !== 'closed') return
    const now = cell()
    area.readOnly = !now || now.closed !== null
    area.setAttribute('aria-label', now?.label ?? label)
    area.setAttribute('aria-invalid', String(now?.wrong ?? false))
    area.setAttribute('aria-readonly', String(area.readOnly))
    place()
  }

  function place(): void {
    const name = at ?? cell()?.name
    const where = name ? box(name) : null
    inView = where !== null
    area.style.visibility = where || mode === 'closed' ? 'visible' : 'hidden' // hidden text would lose the keyboard: only when out of view
    if (!where) {
      if (mode === 'closed') Object.assign(area.style, { left: '0', top: '0', width: '1px', height: '1px', clipPath: 'none' })
      else Object.assign(area.style, { visibility: 'visible', clipPath: 'inset(0 0 100% 0)' })
      placeHint()
      return
    }
    Object.assign(area.style, {
      left: `${where.left}px`,
      top: `${where.top}px`,
      width: `${where.width}px`,
      height: `${where.height}px`,
      clipPath: where.clip,
    })
    if (mode !== 'closed') growFrom(where)
  }

  let resting: ReturnType<typeof setTimeout> | undefined
  /** The cells have moved: an open editor goes along; closed it is unseen, and moving it in each frame would cost the frame. */
  function scrolled(): void {
    clearTimeout(resting)
    if (mode === 'closed') resting = setTimeout(place, RESTS)
    else place()
  }

  /** The open editor shows all its text: numbers on one line, text on as many as it needs. */
  function growFrom({ width, height }: EditorBox): void {
    const multiline = area.dataset['multiline'] === 'true'
    area.style.width = `${Math.max(width, multiline ? LEAST_TEXT_WIDTH : Math.min(area.scrollWidth + 2, MOST_WIDTH))}px`
    if (multiline) area.style.height = `${Math.max(height, Math.min(area.scrollHeight + 4, MOST_HEIGHT))}px`
    placeHint()
  }

  /** Under the editor, or above it at the lower edge; never past the right one. */
  function placeHint(): void {
    if (!hint.textContent) return
    const { offsetLeft, offsetTop, offsetHeight } = area
    const { clientWidth, clientHeight } = hint.offsetParent ?? area
    const below = offsetTop + offsetHeight + HINT_GAP
    const fits = below + hint.offsetHeight <= clientHeight
    hint.style.top = `${fits ? below : offsetTop - hint.offsetHeight - HINT_GAP}px`
    hint.style.left = `${Math.max(0, Math.min(offsetLeft, clientWidth - hint.offsetWidth))}px`
    hint.style.visibility = inView ? 'visible' : 'hidden'
  }

  function onInput(event: Event): void {
    if (area.value === '') typed = true
    else if ((event as InputEvent).inputType?.startsWith('insertFrom')) typed = false
    if (mode === 'closed') {
      if (area.value !== '') open('typing')
    } else {
      place()
      if (!(event as InputEvent).isComposing) judge()
    }
  }

  function onKey(event: KeyboardEvent): void {
    // the Enter that ends a composition is the input method's (229: it reaches some browsers as a plain key)
    if (event.isComposing || event.keyCode === 229) return
    const command = commandOf(event)
    const used = mode === 'closed' ? keyWhileClosed(event, command) : keyWhileOpen(event, command)
    if (used) event.preventDefault()
  }

  function keyWhileClosed(event: KeyboardEvent, command: KeyCommand | null): boolean {
    if (command?.do === 'edit') {
      open('editing')
      return true
    }
    if (command?.do === 'today') return enterToday()
    if (command) return run(command)
    const types = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
    const why = types ? cell()?.closed : null
    if (why) refuse(why)
    return Boolean(why)
  }

  /** Ctrl+; writes the date where it belongs: over the cell, or into the text that is being typed. */
  function enterToday(): boolean {
    if (!cell()?.dated) return true
    if (mode === 'closed') {
      open('typing')
      if (at) area.value = today()
      close('keep')
    } else {
      area.setRangeText(today(), area.selectionStart, area.selectionEnd, 'end')
      place()
      judge()
    }
    return true
  }

  function keyWhileOpen(event: KeyboardEvent, command: KeyCommand | null): boolean {
    if (event.key === 'Enter' && event.altKey) {
      if (cell()?.multiline) area.setRangeText('\n', area.selectionStart, area.selectionEnd, 'end')
      return true
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      const [text, byHand] = [area.value, typed]
      close('drop')
      commitAll(text, byHand)
      return true
    }
    switch (command?.do) {
      case 'escape':
        close('drop')
        return true
      case 'today':
        return enterToday()
      case 'edit':
        mode = mode === 'typing' ? 'editing' : 'typing'
        area.dataset['open'] = mode
        return true
      case 'enter':
      case 'tab':
      case 'find':
      case 'replace':
      case 'goTo':
        close('keep')
        return run(command)
      case 'move':
      case 'page':
      case 'home':
      case 'end':
        if (mode === 'editing') return false
        close('keep')
        return run(command)
      default:
        return false // undo, select all, delete: the text's own
    }
  }

  // switching to another window to look something up leaves the editor open, as Excel does
  const onBlur = (): void => void (area.ownerDocument.activeElement !== area && close('keep'))

  area.addEventListener('keydown', onKey)
  area.addEventListener('input', onInput)
  area.addEventListener('compositionstart', () => mode === 'closed' && open('typing'))
  area.addEventListener('compositionend', () => mode !== 'closed' && judge())
  area.addEventListener('blur', onBlur)

  return {
    open,
    close,
    follow,
    place,
    scrolled,
    isOpen: () => mode !== 'closed',
    focus: () => area.focus({ preventScroll: true }),
  }
}
