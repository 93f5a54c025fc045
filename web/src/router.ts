import { createRouter, createWebHistory } from 'vue-router'
import { sessionState } from './api.ts'
import { loadSession, session } from './session.ts'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/sign-in', name: 'signIn', component: () => import('./pages/login/SignInPage.vue') },
    { path: '/', redirect: { name: 'scores' } },
    { path: '/year', name: 'year', component: () => import('./pages/year/YearPage.vue') },
    { path: '/scores', name: 'scores', component: () => import('./pages/scores/ScoresPage.vue') },
    { path: '/ranking', name: 'ranking', component: () => import('./pages/ranking/RankingPage.vue') },
    { path: '/results', name: 'results', component: () => import('./pages/results/ResultsPage.vue') },
    { path: '/ratings', name: 'ratings', component: () => import('./pages/ratings/RatingsPage.vue') },
    { path: '/vote', name: 'vote', component: () => import('./pages/vote/VotePage.vue') },
    { path: '/attendance', name: 'attendance', component: () => import('./pages/attendance/AttendancePage.vue') },
    { path: '/recusal', name: 'recusal', component: () => import('./pages/recusal/RecusalPage.vue') },
    { path: '/policies', name: 'policies', component: () => import('./pages/policies/PoliciesPage.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  if (session.value || to.name === 'vote') return true
  const { signedIn } = await sessionState()
  if (signedIn) await loadSession()
  if (signedIn) return to.name === 'signIn' ? { name: 'scores' } : true
  return to.name === 'signIn' ? true : { name: 'signIn', query: to.path === '/scores' ? {} : { to: to.fullPath } }
})
