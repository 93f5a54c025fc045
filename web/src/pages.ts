import type { Component } from 'vue'
import { cycleId, cycleTally, may, policyNow } from './session.ts'

/** What a page is: its name is its route's, `/` and the name its path unless `path` says another. */
interface Page {
  name: string
  path?: string
  title: { zh: string; en: string }
  component: () => Promise<{ default: Component }>
  /** Whether the caller finds something there; left out for a page that is reached by a link of its own. */
  inMenu?: () => boolean
}

/** Whether there is a cycle to look at: before the first one is open, its pages have nothing to show. */
const inCycle = () => cycleId.value !== ''

/** The pages, in the order of the menu. Who comes first in it is where somebody starts. */
const all = [
  {
    name: 'mine',
    title: { zh: '我的考核', en: 'Mine' },
    component: () => import('./pages/mine/MinePage.vue'),
    inMenu: () => may('readOwnSheets') && inCycle(),
  },
  {
    name: 'home',
    title: { zh: '首页', en: 'Home' },
    component: () => import('./pages/home/HomePage.vue'),
    inMenu: () => may('followSheets'),
  },
  {
    name: 'year',
    title: { zh: '办理', en: 'Procedure' },
    component: () => import('./pages/year/YearPage.vue'),
    inMenu: () => may('followSheets') && (inCycle() || may('manageCycles')),
  },
  {
    name: 'scores',
    title: { zh: '评分表', en: 'Score sheets' },
    component: () => import('./pages/scores/ScoresPage.vue'),
    inMenu: () => may('openGrid') && inCycle(),
  },
  {
    name: 'ratings',
    title: { zh: '评议', en: 'Ratings' },
    component: () => import('./pages/ratings/RatingsPage.vue'),
    inMenu: () => (may('vote') || may('followRatings')) && policyNow()?.rates === true,
  },
  {
    name: 'attendance',
    title: { zh: '考勤', en: 'Attendance' },
    component: () => import('./pages/attendance/AttendancePage.vue'),
    inMenu: () => may('readAttendance') && policyNow()?.attends === true,
  },
  {
    name: 'claims',
    title: { zh: '加减分', en: 'Claims' },
    component: () => import('./pages/claims/ClaimsPage.vue'),
    inMenu: () => may('followSheets') && cycleTally() !== undefined,
  },
  {
    name: 'ranking',
    title: { zh: '村级排名', en: 'Village ranking' },
    component: () => import('./pages/ranking/RankingPage.vue'),
    inMenu: () => may('openGrid') && inCycle(),
  },
  {
    name: 'results',
    title: { zh: '名额与等次', en: 'Quotas and grades' },
    component: () => import('./pages/results/ResultsPage.vue'),
    inMenu: () => may('readResults') && inCycle(),
  },
  {
    name: 'notice',
    path: '/notices',
    title: { zh: '公示与申诉', en: 'Notices' },
    component: () => import('./pages/notice/NoticePage.vue'),
    inMenu: () => may('openGrid') && inCycle(),
  },
  {
    name: 'accounts',
    title: { zh: '账号与授权', en: 'Accounts' },
    component: () => import('./pages/accounts/AccountsPage.vue'),
    inMenu: () => may('readAccounts'),
  },
  {
    name: 'roster',
    title: { zh: '名册', en: 'Roster' },
    component: () => import('./pages/roster/RosterPage.vue'),
    inMenu: () => may('readRoster') || may('manageUnits'),
  },
  {
    name: 'recusal',
    title: { zh: '回避', en: 'Relatives' },
    component: () => import('./pages/recusal/RecusalPage.vue'),
    inMenu: () => may('readRecusals'),
  },
  {
    name: 'policies',
    title: { zh: '考核办法', en: 'Policies' },
    component: () => import('./pages/policies/PoliciesPage.vue'),
    inMenu: () => may('readPolicies'),
  },
  {
    name: 'query',
    title: { zh: '查询', en: 'Query' },
    component: () => import('./pages/query/QueryPage.vue'),
    inMenu: () => may('queryRecords'),
  },
  {
    name: 'audit',
    title: { zh: '审计', en: 'Audit' },
    component: () => import('./pages/audit/AuditPage.vue'),
    inMenu: () => may('readChain'),
  },
  {
    name: 'webhooks',
    title: { zh: '通知地址', en: 'Webhooks' },
    component: () => import('./pages/webhooks/WebhooksPage.vue'),
    inMenu: () => may('manageWebhooks'),
  },
  {
    name: 'account',
    title: { zh: '我的账号', en: 'My account' },
    component: () => import('./pages/account/AccountPage.vue'),
  },
  {
    name: 'signIn',
    path: '/sign-in',
    title: { zh: '登录', en: 'Sign in' },
    component: () => import('./pages/login/SignInPage.vue'),
  },
  { name: 'setup', title: { zh: '首次设置', en: 'First set-up' }, component: () => import('./pages/setup/SetupPage.vue') },
  { name: 'vote', title: { zh: '评议投票', en: 'Vote' }, component: () => import('./pages/vote/VotePage.vue') },
] as const satisfies Page[]

export type PageName = (typeof all)[number]['name']
export const pages: readonly (Page & { name: PageName })[] = all

/** The pages that the caller finds something on. */
export const menu = () => pages.filter(({ inMenu }) => inMenu?.())
