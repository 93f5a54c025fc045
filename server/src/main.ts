import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { startApp } from './app.ts'
import { langOf, readConfig, StartRefused, type Config } from './base/config.ts'

const lang = langOf(process.env)
const say = (zh: string, en: string) => console.log(lang === 'zh' ? zh : en)

/** Everything a person needs who has just started it. */
function announce({ origin, demo, setUpCode, prepared }: Awaited<ReturnType<typeof startApp>>, config: Config): void {
  say(`\n考核已启动：${origin}`, `\nKaohe is running: ${origin}`)
  if (!config.databaseUrl) say(`数据存放在：${config.data}`, `Its data are in: ${config.data}`)
  if (demo) {
    say(
      `\n演示县：${demo.county}，${demo.people} 人。演示账号（密码均为 ${demo.password}）：`,
      `\nDemo county: ${demo.county}, ${demo.people} people. Demo accounts (password of each: ${demo.password}):`,
    )
    for (const { login, name, unit } of demo.accounts) console.log(`  ${login.padEnd(10)} ${unit} ${name}`)
  }
  if (setUpCode)
    say(
      `\n还没有县。请打开 ${origin}/setup，用设置码建立：${setUpCode}`,
      `\nThere is no county yet. Open ${origin}/setup and found it with the set-up code: ${setUpCode}`,
    )
  if (prepared)
    say(
      '\n演示县的一年正在准备，好了就能登录；页面会自己打开登录框。',
      '\nThe year of the demo county is being prepared; signing in opens when it is done, and the page shows it.',
    )
  say('\n按 Ctrl+C 停止。', '\nCtrl+C stops it.')
}

/** Gives back what the start used and nobody needs again, a third of the memory: by itself V8 would wait until it is short of room. */
function letGo(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as (how: object) => void)({ type: 'major', flavor: 'last-resort' })
}

try {
  const config = readConfig(process.env, process.argv.slice(2))
  const starting = startApp(config)

  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    say('\n正在停止……', '\nStopping…')
    // Asked while it starts, it starts first: a database that is being made cannot be left half made.
    await starting.then((app) => app.stop()).catch(() => undefined)
    say('已停止。', 'Stopped.')
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)

  const app = await starting
  if (!stopping) announce(app, config)
  await app.prepared
  letGo()
  if (app.prepared && !stopping) say('\n演示县已准备好。', '\nThe demo county is ready.')
} catch (error) {
  if (!(error instanceof StartRefused)) throw error
  console.error(error.message)
  process.exit(1)
}
