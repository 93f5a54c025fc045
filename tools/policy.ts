import { readFileSync } from 'node:fs'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { langOf } from '../server/src/base/config.ts'
import { officialCalendar } from '../server/src/core/official.ts'
import { policies } from '../server/src/base/policies.ts'
import { assess } from '../server/src/rules/assess.ts'
import { Amount, canonical, exact, PercentText, shown } from '../server/src/rules/exact.ts'
import { dossierOfExample, outcomeOf } from '../server/src/rules/examples.ts'
import { explain, explainGrade, type ExplainedStep } from '../server/src/rules/explain.ts'
import type { Choices } from '../server/src/rules/facts.ts'
import { lint } from '../server/src/rules/lint.ts'
import { yuan } from '../server/src/rules/pay.ts'
import { readPerson, type Dossier } from '../server/src/rules/person.ts'
import { gradeTitle } from '../server/src/rules/policy/parts.ts'
import { measures, type Policy } from '../server/src/rules/policy/shape.ts'
import { objectionsToChoices } from '../server/src/rules/policy/readings.ts'
import { versionChanges } from '../server/src/rules/versions.ts'
import { triedSentence } from '../server/src/rules/words.ts'
import { differences, sensitivity, settle, type Changed, type Entrant } from '../server/src/rules/settle.ts'

// `pnpm policy`: what the policy files say, on the command line. docs/policies.md shows the files it reads.
const lang = langOf(process.env)
const usage = `pnpm policy lint [ID]                     what each source leaves out or prints oddly
pnpm policy examples [ID]                 runs every worked example
pnpm policy explain ID EXAMPLE            the tree of reasons of a worked example, by its number or its place from 0
pnpm policy changes ID OTHER              what two versions say differently
pnpm policy evaluate    --policy ID --facts FILE [--choices FILE] [--json]
pnpm policy compare     --policy ID --facts FILE [--choices FILE] [--to ID] [--percent 15%] [--json]
                                          who gets what else: by other readings, another version, another percentage
pnpm policy sensitivity --policy ID --facts FILE [--choices FILE] [--json]
                                          what every other answer to an open question would change
policies: ${[...policies().keys()].join(', ')}`

class Wrong extends Error {}

function policyOf(id: string | undefined): Policy {
  const version = policies().get(id ?? '')
  if (!version) throw new Wrong(`no policy ${id ?? ''}\n\n${usage}`)
  return version.policy
}
const chosen = (id: string | undefined): Policy[] => (id ? [policyOf(id)] : [...policies().values()].map(({ policy }) => policy))

function readJson(file: string | undefined, what: string): unknown {
  if (!file) throw new Wrong(`--${what} FILE is needed\n\n${usage}`)
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Wrong(`${file}: ${(error as Error).message}`)
  }
}

function readChoices(policy: Policy, file: string | undefined): Choices {
  const choices = file ? (readJson(file, 'choices') as Choices) : {}
  const objections = objectionsToChoices(policy, choices)
  if (objections.length > 0) throw new Wrong(objections.map(({ path, says }) => `${path}: ${says}`).join('\n'))
  return choices
}

/**
 * One person, or a list of them with `id`, `town`, `fullTime`, `dismissed` and `measured` (the record that an
 * elimination goes by); every refusal by its path.
 */
function readPeople(policy: Policy, choices: Choices, raw: unknown): Entrant[] {
  const wrong: string[] = []
  const seen = new Set<string>()
  const members = (Array.isArray(raw) ? raw : [raw]).flatMap((one: unknown, at): Entrant[] => {
    const path = (inner: string) => [Array.isArray(raw) ? String(at) : '', inner].filter(Boolean).join('.')
    const refuse = (inner: string, value: unknown, right: string) =>
      void wrong.push(`${path(inner)} = ${JSON.stringify(value)}: ${right}`)
    const flag = (name: string, value: unknown): boolean => {
      if (typeof value !== 'boolean') refuse(name, value, 'true / false')
      return value === true
    }
    const isObject = one !== null && typeof one === 'object' && !Array.isArray(one)
    const {
      id: named = String(at + 1),
      town = '',
      fullTime = true,
      dismissed = false,
      measured = {},
      ...rest
    } = isObject ? (one as Record<string, unknown>) : {}
    const id = String(named)
    if (seen.has(id)) refuse('id', id, lang === 'zh' ? '重复' : 'appears twice')
    seen.add(id)
    const found = Object.entries(measured as Record<string, unknown>).flatMap(([measure, value]) => {
      if (!measures.includes(measure as never)) refuse(`measured.${measure}`, value, measures.join(' / '))
      else if (typeof value === 'string' && Amount.safeParse(value).success) return [[measure, exact(value)] as const]
      else
        refuse(
          `measured.${measure}`,
          value,
          lang === 'zh' ? '应为数字文本，如 "88.5"' : 'must be a number as text, such as "88.5"',
        )
      return []
    })
    const standing = { fullTime: flag('fullTime', fullTime), dismissed: flag('dismissed', dismissed) }
    const read = readPerson(policy, choices, isObject ? rest : one, officialCalendar())
    for (const { path: inner, value, says } of read.refused ?? []) wrong.push(`${path(inner)} = ${value}: ${says[lang]}`)
    if (!read.person) return []
    const group = { town: String(town), county: 'county' }
    const postings = [{ person: read.person, days: 365 }]
    return [{ id, group, ...standing, counted: true, postings, measured: Object.fromEntries(found) }]
  })
  if (wrong.length > 0) throw new Wrong(wrong.join('\n'))
  return members
}

function print(step: ExplainedStep, depth = 0): void {
  const max = step.max ? ` / ${step.max}` : ''
  console.log(`${'  '.repeat(depth)}${step.name}  ${step.points}${max}  ${step.says} [${step.clause.at}]`)
  for (const part of step.parts) print(part, depth + 1)
}

function printPerson(policy: Policy, choices: Choices, person: Dossier): void {
  const { score, alone, consequences } = assess(policy, choices, person)
  print(explain(policy, score, lang))
  for (const { says, clause } of explainGrade(policy, alone.reasons, lang)) console.log(`→ ${says} [${clause.at}]`)
  for (const limit of alone.tried)
    console.log(`· ${limit.title[lang]}: ${triedSentence(policy, limit, lang)} [${policy.clauses[limit.clause]!.at[lang]}]`)
  const lacking = lang === 'zh' ? '法定程序尚缺：' : 'steps of the law still missing: '
  for (const { title, stepsMissing } of consequences.filter(({ state }) => state === 'met'))
    console.log(
      `→ ${title[lang]}${stepsMissing.length > 0 ? ` (${lacking}${stepsMissing.map((one) => one.title[lang]).join('; ')})` : ''}`,
    )
}

/** Grades, seats, candidates for elimination and pay of a cohort, as plain data. */
function cohort(policy: Policy, choices: Choices, members: readonly Entrant[]) {
  const { people, quotas, eliminations, pools } = settle(policy, choices, members)
  return {
    people: [...people].map(([id, { score, grade, rank, seat, leaves, pay }]) => ({
      id,
      total: canonical(score.points),
      grade,
      rank,
      ...(seat ? { seat } : {}),
      ...(leaves ? { leaves } : {}),
      ...(pay ? { yuan: yuan(pay) } : {}),
    })),
    quotas: quotas.map(({ group, base, cap, taken, contested, seatsLeft }) => ({
      group,
      base,
      cap,
      taken,
      contested,
      seatsLeft,
    })),
    eliminations: eliminations.map(({ group, base, cap, dismissed, open, candidates, contested }) => ({
      group,
      base,
      cap,
      dismissed,
      open,
      candidates: candidates.map(({ id, fromLast, measure, stepsMissing }) => ({
        id,
        fromLast,
        measure,
        stepsMissing: stepsMissing.map(({ title }) => title[lang]),
      })),
      contested,
    })),
    pools: pools.map(({ group, heads, perHead, pool, left }) => ({
      group,
      heads: shown(heads),
      perHead: yuan(perHead),
      pool: yuan(pool),
      left: yuan(left),
    })),
  }
}

/** A table for people: lists as words, nothing nested. */
function table(rows: readonly Record<string, unknown>[]): void {
  const flat = (value: unknown) => (Array.isArray(value) ? value.join(' ') : value)
  if (rows.length > 0)
    console.table(rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, flat(value)]))))
}

function printCohort(policy: Policy, { people, quotas, eliminations, pools }: ReturnType<typeof cohort>): void {
  table(people.map(({ grade, ...one }) => ({ ...one, grade: grade === null ? '—' : gradeTitle(policy, grade)[lang] })))
  table(quotas)
  for (const { candidates, ...elimination } of eliminations) {
    table([elimination])
    const lacking = lang === 'zh' ? '法定程序尚缺' : 'steps of the law still missing'
    for (const { id, fromLast, measure, stepsMissing } of candidates)
      console.log([`${fromLast}. ${id} (${measure})  ${lacking}:`, ...stepsMissing].join('\n     - '))
  }
  table(pools)
}

function printChanged(policy: Policy, changed: readonly Changed[], indent = ''): void {
  for (const { id, differences: all } of changed)
    for (const { name, before, after, clause } of all) {
      const at = clause ? ` [${policy.clauses[clause]?.at[lang] ?? clause}]` : ''
      console.log(`${indent}${id}  ${name[lang]}: ${before ?? '—'} → ${after ?? '—'}${at}`)
    }
}

/** Whether `actual` says everything that `expected` says. */
function agrees(actual: unknown, expected: unknown): boolean {
  if (expected === null || typeof expected !== 'object' || Array.isArray(expected)) return isDeepStrictEqual(actual, expected)
  return Object.entries(expected).every(([key, value]) => agrees((actual as Record<string, unknown> | undefined)?.[key], value))
}

const commands: Record<string, (words: string[], options: Record<string, string | boolean | undefined>) => boolean> = {
  lint([id]) {
    for (const policy of chosen(id)) {
      console.log(`\n${policy.id}  ${policy.title[lang]}`)
      for (const { says, clause, interpretation } of lint(policy))
        console.log(
          `  ${says[lang]} [${policy.clauses[clause]?.at[lang] ?? clause}]${interpretation ? ` ${interpretation}` : ''}`,
        )
    }
    return true
  },

  examples([id]) {
    let failed = 0
    for (const policy of chosen(id)) {
      const wrong = policy.examples.filter((example) => !agrees(outcomeOf(policy, example, officialCalendar()), example.expect))
      failed += wrong.length
      console.log(`${policy.id}: ${policy.examples.length - wrong.length} passed, ${wrong.length} failed`)
      for (const example of wrong) console.log(`  ✗ ${example.name[lang]}`, outcomeOf(policy, example, officialCalendar()))
    }
    return failed === 0
  },

  explain([id, which = '']) {
    const policy = policyOf(id)
    const example = policy.examples.find((one) => one.id === which) ?? policy.examples[Number(which)]
    if (!example) throw new Wrong(`${policy.id} has no example ${which}; places go from 0 to ${policy.examples.length - 1}`)
    console.log(example.name[lang])
    printPerson(policy, example.choices ?? {}, dossierOfExample(policy, example, officialCalendar()))
    return true
  },

  changes([id, other]) {
    for (const { within, before, after, clause } of versionChanges(policyOf(id), policyOf(other)))
      console.log(
        `${within.map((title) => title[lang]).join(' › ')}: ${before?.[lang] ?? '—'} → ${after?.[lang] ?? '—'} [${clause ?? ''}]`,
      )
    return true
  },

  evaluate(_, { policy: id, facts, choices: file, json }) {
    const policy = policyOf(id as string)
    const choices = readChoices(policy, file as string | undefined)
    const raw = readJson(facts as string, 'facts')
    const members = readPeople(policy, choices, raw)
    if (json) console.log(JSON.stringify(cohort(policy, choices, members), null, 2))
    else if (Array.isArray(raw)) printCohort(policy, cohort(policy, choices, members))
    else printPerson(policy, choices, members[0]!.postings[0]!.person)
    return true
  },

  compare(_, { policy: id, facts, choices: file, to, percent, json }) {
    const [policy, other] = [policyOf(id as string), policyOf((to ?? id) as string)]
    if (!file && !to && !percent) throw new Wrong(`--choices FILE, --to ID or --percent is needed\n\n${usage}`)
    if (percent && !PercentText.safeParse(percent).success) throw new Wrong(`--percent ${String(percent)}: 0% … 100%`)
    const choices = readChoices(other, file as string | undefined)
    const raw = readJson(facts as string, 'facts')
    const before = settle(policy, {}, readPeople(policy, {}, raw))
    const overrides = percent ? { percent: percent as string } : {}
    const changed = differences(before, settle(other, choices, readPeople(other, choices, raw), overrides))
    if (json) console.log(JSON.stringify(changed, null, 2))
    else printChanged(other, changed)
    return true
  },

  sensitivity(_, { policy: id, facts, choices: file, json }) {
    const policy = policyOf(id as string)
    const choices = readChoices(policy, file as string | undefined)
    const effects = sensitivity(policy, choices, readPeople(policy, choices, readJson(facts as string, 'facts')))
    if (json)
      console.log(
        JSON.stringify(
          effects.map(({ yuan: moved, ...one }) => ({ ...one, yuan: yuan(moved) })),
          null,
          2,
        ),
      )
    else
      for (const { interpretation, option, changed } of effects) {
        const { question, options } = policy.interpretations[interpretation]!
        console.log(`${interpretation} ${question[lang]}\n  ${options.find(({ id: one }) => one === option)!.says[lang]}:`)
        printChanged(policy, changed, '    ')
      }
    return true
  },
}

/** Runs one command line, and tells the exit code: not zero when something was refused or does not hold. */
export function main(args: string[]): number {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        policy: { type: 'string' },
        facts: { type: 'string' },
        choices: { type: 'string' },
        to: { type: 'string' },
        percent: { type: 'string' },
        json: { type: 'boolean' },
      },
    })
    const [command = '', ...words] = positionals
    const run = commands[command]
    if (!run) throw new Wrong(usage)
    return run(words, values) ? 0 : 1
  } catch (error) {
    if (!(error instanceof Wrong) && !String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')) throw error
    console.error((error as Error).message)
    return 1
  }
}

if (process.argv[2]?.endsWith('tools/policy.ts')) process.exitCode = main(process.argv.slice(3))
