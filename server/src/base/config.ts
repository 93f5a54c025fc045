import { existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createHash } from 'node:crypto'
import type { Lang } from '../rules/text.ts'

/** What the environment says, read and checked once at the start; docs/settings.md lists it for people. */
export interface Config {
  lang: Lang
  host: string
  port: number
  /** A PostgreSQL server of one's own (15 or later); without it the embedded one runs in `data`. */
  databaseUrl: string | undefined
  data: string
  /** Plant an invented county, list its accounts on the sign-in page. */
  demo: boolean
  /** Once planted, live the county through its year. */
  demoLives: boolean
  /** How many people the invented county has; only read when it is planted. */
  people: number
  logLevel: string
  sessionIdleMinutes: number
  /** Minutes after entering the password during which signing, granting and the like do not ask for it again. */
  confirmMinutes: number
  /** Whether county-wide roles and administrators must sign in with a second factor. */
  secondFactor: 'off' | 'county'
  /** Whether callers ask only what the page asks, or anything that is allowed to them. */
  documents: 'trusted' | 'any'
  /** Operations a minute for each account or token; 0 for no limit. */
  rate: number
  /** Webhooks may lead to this machine itself. */
  webhookLocal: boolean
  /** How often deliveries to webhooks are looked for. */
  webhookSeconds: number
  /** A proxy stands before the product: its X-Forwarded-Proto and X-Forwarded-For are believed. */
  behindProxy: boolean
  /** 64 hexadecimal digits that seal what the database must not tell; without them a file in \`data\` holds them. */
  key: string | undefined
}

/** The product cannot start: a setting or its surroundings are wrong. The message is for the person who started it. */
export class StartRefused extends Error {}

type Environment = Record<string, string | undefined>

/** The folder of the server's package; its sources lie deeper in it than the file they are built into. */
export const serverFolder = packageOf(import.meta.dirname)

function packageOf(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageOf(dirname(folder))
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
const names = ['HOST', 'PORT', 'DATABASE_URL', 'LOG_LEVEL']
const ours = [
  'KAOHE_LANG',
  'KAOHE_DATA',
  'KAOHE_DEMO',
  'KAOHE_PEOPLE',
  'KAOHE_SESSION_IDLE_MINUTES',
  'KAOHE_CONFIRM_MINUTES',
  'KAOHE_SECOND_FACTOR',
  'KAOHE_DOCUMENTS',
  'KAOHE_RATE',
  'KAOHE_WEBHOOK_LOCAL',
  'KAOHE_WEBHOOK_SECONDS',
  'KAOHE_BEHIND_PROXY',
  'KAOHE_KEY',
]

/**
 * Reads the settings from the environment and the command line (`--people 600` is KAOHE_PEOPLE=600).
 * Throws StartRefused with every wrong setting named, and what would be right.
 */
export function readConfig(env: Environment, argv: string[] = []): Config {
  const lang = langOf(env)
  const wrong: string[] = []
  const say = (zh: string, en: string) => void wrong.push(lang === 'zh' ? zh : en)

  const given = { ...env, ...readArguments(argv, say) }
  for (const name of Object.keys(env))
    if (name.startsWith('KAOHE_') && !ours.includes(name))
      say(
        `没有名为 ${name} 的设置；可用的有 ${[...ours, ...names].join('、')}。`,
        `There is no setting ${name}; there are ${[...ours, ...names].join(', ')}.`,
      )

  function whole(name: string, otherwise: number, least: number, most: number): number {
    const text = given[name]
    if (text === undefined || text === '') return otherwise
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    say(
      `${name}=${text} 不对：应为 ${least} 到 ${most} 之间的整数。`,
      `${name}=${text} is wrong: it takes a whole number from ${least} to ${most}.`,
    )
    return otherwise
  }
  function oneOf(name: string, otherwise: string, allowed: string[]): string {
    const text = given[name]
    if (text === undefined || text === '') return otherwise
    if (allowed.includes(text)) return text
    say(
      `${name}=${text} 不对：应为 ${allowed.join('、')} 之一。`,
      `${name}=${text} is wrong: it takes one of ${allowed.join(', ')}.`,
    )
    return otherwise
  }

  oneOf('KAOHE_LANG', 'zh', ['zh', 'en'])
  const databaseUrl = given.DATABASE_URL || undefined
  if (databaseUrl && !/^postgres(ql)?:\/\/[^/]+\/[^/]+/.test(databaseUrl))
    say(
      'DATABASE_URL 不对：应形如 postgresql://用户:口令@主机:5432/库名。',
      'DATABASE_URL is wrong: it looks like postgresql://user:password@host:5432/database.',
    )
  const host = given.HOST || '127.0.0.1'
  if (!/^[\w.:-]+$/.test(host))
    say(
      `HOST=${host} 不对：应为本机的地址或名称，如 0.0.0.0。`,
      `HOST=${host} is wrong: it takes an address or name of this machine, such as 0.0.0.0.`,
    )

  const key = given.KAOHE_KEY || undefined
  if (key && !/^[0-9a-f]{64}$/.test(key))
    say('KAOHE_KEY 不对：应为 64 位十六进制小写数字。', 'KAOHE_KEY is wrong: it takes 64 hexadecimal digits in lower case.')
  const demoAsked = oneOf('KAOHE_DEMO', 'on', ['on', 'off', 'plain'])
  const demo = demoAsked !== 'off'
  const config: Config = {
    lang,
    host,
    port: whole('PORT', 4000, 0, 65535),
    databaseUrl,
    data: given.KAOHE_DATA ? resolve(given.KAOHE_DATA) : defaultData(),
    demo,
    demoLives: demoAsked === 'on',
    people: whole('KAOHE_PEOPLE', 120, 20, 100_000),
    logLevel: oneOf('LOG_LEVEL', demo ? 'warn' : 'info', logLevels),
    sessionIdleMinutes: whole('KAOHE_SESSION_IDLE_MINUTES', 120, 1, 10_080),
    confirmMinutes: whole('KAOHE_CONFIRM_MINUTES', 10, 1, 720),
    secondFactor: oneOf('KAOHE_SECOND_FACTOR', 'off', ['off', 'county']) as 'off' | 'county',
    documents: oneOf('KAOHE_DOCUMENTS', demo ? 'any' : 'trusted', ['trusted', 'any']) as 'trusted' | 'any',
    rate: whole('KAOHE_RATE', 600, 0, 1_000_000),
    webhookLocal: oneOf('KAOHE_WEBHOOK_LOCAL', 'off', ['on', 'off']) === 'on',
    webhookSeconds: whole('KAOHE_WEBHOOK_SECONDS', 5, 1, 3600),
    behindProxy: oneOf('KAOHE_BEHIND_PROXY', 'off', ['on', 'off']) === 'on',
    key,
  }
  if (wrong.length > 0) throw new StartRefused(wrong.join('\n'))
  return config
}

/** The language of the terminal: KAOHE_LANG, else what LC_ALL, LC_MESSAGES or LANG say. */
export function langOf(env: Environment): Lang {
  const text = env.KAOHE_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return text.startsWith('zh') ? 'zh' : 'en'
}

function readArguments(argv: string[], say: (zh: string, en: string) => void): Environment {
  const given: Environment = {}
  const words = argv.filter((word) => word !== '--')
  for (let at = 0; at < words.length; at += 2) {
    if (words[at] === '--people' && words[at + 1]) given.KAOHE_PEOPLE = words[at + 1]
    else say(`不认识参数 ${words[at]}；可用的有 --people 人数。`, `Unknown argument ${words[at]}; there is --people NUMBER.`)
  }
  return given
}

/**
 * `data` in the checkout. Root cannot run a database, so under root it is run by an ordinary user, who cannot enter
 * a checkout below a private folder; then the data go to /var/lib/kaohe, under a name of the checkout's own.
 */
function defaultData(): string {
  const checkout = dirname(serverFolder)
  if (process.getuid?.() !== 0) {
    return existsSync(checkout) ? join(checkout, 'data') : join(homedir(), '.local/share/kaohe')
  }
  return open(checkout)
    ? join(checkout, 'data')
    : join('/var/lib/kaohe', createHash('sha256').update(checkout).digest('hex').slice(0, 8))
}

/** Whether anybody may enter the folder and all above it. */
export function open(folder: string): boolean {
  const above = dirname(folder)
  return (statSync(folder).mode & 0o001) !== 0 && (above === folder || open(above))
}
