import { createRouter, createWebHistory, RouterView } from 'vue-router'
import { sessionState } from './api.ts'
import { menu, pages } from './pages.ts'
import { loadSession, session } from './session.ts'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'start', component: RouterView },
    ...pages.map(({ name, path = `/${name}`, component }) => ({ name, path, component })),
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

/** Everybody starts on the first page that has something for them; so does who asks for a page that is none of theirs. */
router.beforeEach(async (to) => {
  if (to.name === 'vote') return true
  if (!session.value) {
    const { signedIn, empty } = await sessionState()
    if (signedIn) await loadSession()
    else if (empty) return to.name === 'setup' ? true : { name: 'setup' }
    else
      return to.name === 'signIn'
        ? true
        : { name: 'signIn', query: to.path === '/' || to.name === 'setup' ? {} : { to: to.fullPath } }
  }
  const open = menu()
  return to.name === 'account' || open.some(({ name }) => name === to.name) ? true : { name: open[0]!.name }
})
