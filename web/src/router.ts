import { createRouter, createWebHistory } from 'vue-router'
import { sessionState } from './api.ts'
import { loadSession, pagesSeen, session } from './session.ts'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/sign-in', name: 'signIn', component: () => import('./pages/login/SignInPage.vue') },
    { path: '/', name: 'start', component: () => import('./pages/home/HomePage.vue') },
    { path: '/home', name: 'home', component: () => import('./pages/home/HomePage.vue') },
    { path: '/year', name: 'year', component: () => import('./pages/year/YearPage.vue') },
    { path: '/scores', name: 'scores', component: () => import('./pages/scores/ScoresPage.vue') },
    { path: '/claims', name: 'claims', component: () => import('./pages/claims/ClaimsPage.vue') },
    { path: '/ranking', name: 'ranking', component: () => import('./pages/ranking/RankingPage.vue') },
    { path: '/results', name: 'results', component: () => import('./pages/results/ResultsPage.vue') },
    { path: '/notices', name: 'notice', component: () => import('./pages/notice/NoticePage.vue') },
    { path: '/mine', name: 'mine', component: () => import('./pages/mine/MinePage.vue') },
    { path: '/ratings', name: 'ratings', component: () => import('./pages/ratings/RatingsPage.vue') },
    { path: '/vote', name: 'vote', component: () => import('./pages/vote/VotePage.vue') },
    { path: '/attendance', name: 'attendance', component: () => import('./pages/attendance/AttendancePage.vue') },
    { path: '/recusal', name: 'recusal', component: () => import('./pages/recusal/RecusalPage.vue') },
    { path: '/policies', name: 'policies', component: () => import('./pages/policies/PoliciesPage.vue') },
    { path: '/query', name: 'query', component: () => import('./pages/query/QueryPage.vue') },
    { path: '/audit', name: 'audit', component: () => import('./pages/audit/AuditPage.vue') },
    { path: '/webhooks', name: 'webhooks', component: () => import('./pages/webhooks/WebhooksPage.vue') },
    { path: '/accounts', name: 'accounts', component: () => import('./pages/accounts/AccountsPage.vue') },
    { path: '/account', name: 'account', component: () => import('./pages/account/AccountPage.vue') },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

/** Everybody starts on the first page that has something for them; so does who asks for a page that is none of theirs. */
router.beforeEach(async (to) => {
  if (to.name === 'vote') return true
  if (!session.value) {
    const { signedIn } = await sessionState()
    if (signedIn) await loadSession()
    else return to.name === 'signIn' ? true : { name: 'signIn', query: to.path === '/' ? {} : { to: to.fullPath } }
  }
  const seen: unknown[] = ['account', ...pagesSeen()]
  return seen.includes(to.name) ? true : { name: pagesSeen()[0]! }
})
