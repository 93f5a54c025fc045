import type { KeyGroup, KeyName } from './types.ts'

/** The keys of the grid, as they are written on the keyboard. What they do is said in the words of the page. */
export const KEY_HELP: Record<KeyGroup, Partial<Record<KeyName, string>>> = {
  moving: {
    move: '↑ ↓ ← →',
    jump: 'Ctrl+↑ ↓ ← →',
    ends: '(Ctrl+) Home / End',
    page: 'PageUp / PageDown',
    enter: 'Enter / Shift+Enter',
    tab: 'Tab / Shift+Tab',
    leave: 'Esc, Tab',
  },
  selecting: {
    extend: 'Shift+↑ ↓ ← →',
    addRange: 'Ctrl',
    row: 'Shift+Space',
    column: 'Ctrl+Space',
    all: 'Ctrl+A',
    moveColumns: 'Alt+Shift+← →',
  },
  clipboard: {
    copy: 'Ctrl+C / Ctrl+X',
    paste: 'Ctrl+V',
    transpose: 'Ctrl+Alt+V, Ctrl+V',
  },
  editing: {
    type: 'A…9',
    edit: 'F2',
    newLine: 'Alt+Enter',
    typeInRange: 'Ctrl+Enter',
    today: 'Ctrl+;',
    clear: 'Delete',
    fillDown: 'Ctrl+D',
    fillRight: 'Ctrl+R',
    handle: '■',
    undo: 'Ctrl+Z',
    redo: 'Ctrl+Y / Ctrl+Shift+Z',
    cancel: 'Esc',
  },
  finding: {
    find: 'Ctrl+F',
    replace: 'Ctrl+H',
    goTo: 'Ctrl+G',
    note: 'Shift+F2',
    sort: 'Alt+↑',
    filter: 'Alt+↓',
    help: '? / Ctrl+/',
  },
}
