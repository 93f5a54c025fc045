import { readFileSync } from 'node:fs'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { langOf } from '../server/src/config.ts'
import { policies } from '../server/src/policy/policies.ts'
import { assess, factsOf } from '../server/src/rules/assess.ts'
import { compare, type Result } from '../server/src/rules/compare.ts'
import { canonical } from '../server/src/rules/exact.ts'
import { dossierOf, outcomeOf } from '../server/src/rules/examples.ts'
import { explain, explainGrade, type ExplainedStep } from '../server/src/rules/explain.ts'
import type { Choices } from '../server/src/rules/facts.ts'
import { gradeCohort } from '../server/src/rules/grade.ts'
import { lint } from '../server/src/rules/lint.ts'
import { pay, yuan } from '../server/src/rules/pay.ts'
import { readPerson, type Dossier } from '../server/src/rules/person.ts'
import { gradeTitle, objectionsToChoices, type Policy } from '../server/src/rules/policy.ts'

// `pnpm policy`: what the policy files say, on the command line. docs/policies.md shows the files it reads.
const lang = langOf(process.env)
const usage = `pnpm policy lint [ID]                     what each source leaves out or prints oddly
pnpm policy examples [ID]                 runs every worked example
pnpm policy explain ID EXAMPLE            the tree of reasons of a worked example, by its number or its place from 0
pnpm policy evaluate --policy ID --facts FILE [--choices FILE] [--json]
pnpm policy compare  --policy ID --facts FILE --choices FILE [--json]
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

/** A member of a cohort: the dossier, and where the person stands. */
interface Member {
  id: string
  town: string
  fullTime: boolean
  person: Dossier
}

/** One person, or a list of them with `id`, `town` and `fullTime`; every refusal by its path. */
function readPeople(policy: Policy, choices: Choices, raw: unknown): Member[] {
  const wrong: string[] = []
  const members = (Array.isArray(raw) ? raw : [raw]).flatMap((one: unknown, at): Member[] => {
    const { id = String(at + 1), town = '', fullTime = true, ...rest } = (one ?? {}) as Record<string, unknown>
    const read = readPerson(policy, choices, one !== null && typeof one === 'object' && !Array.isArray(one) ? rest : one)
    const path = (inner: string) => [Array.isArray(raw) ? String(at) : '', inner].filter(Boolean).join('.')
    if (typeof fullTime !== 'boolean') wrong.push(`${path('fullTime')} = ${JSON.stringify(fullTime)}: true / false`)
    if (read.refused)
      wrong.push(...read.refused.map(({ path: inner, value, says }) => `${path(inner)} = ${value}: ${says[lang]}`))
    return read.person ? [{ id: String(id), town: String(town), fullTime: fullTime === true, person: read.person }] : []
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
  const lacking = lang === 'zh' ? '法定程序尚缺：' : 'steps of the law still missing: '
  for (const { title, stepsMissing } of consequences.filter(({ state }) => state === 'met'))
    console.log(
      `→ ${title[lang]}${stepsMissing.length > 0 ? ` (${lacking}${stepsMissing.map((one) => one.title[lang]).join('; ')})` : ''}`,
    )
}

/** Grades, seats and pay of a cohort, as plain data. */
function cohort(policy: Policy, choices: Choices, members: readonly Member[]) {
  const assessed = members.map((member) => ({ ...member, ...assess(policy, choices, member.person) }))
  const { outcomes, groups } = gradeCohort(
    policy,
    choices,
    assessed.map(({ id, town, fullTime, person, score, alone }) => ({
      id,
      group: { town, county: 'county' },
      fullTime,
      counted: true,
      total: score.points,
      missing: score.missing.length + alone.missing.length,
      facts: factsOf(policy, choices, person),
      ...(person.panel ? { panel: person.panel } : {}),
    })),
  )
  const payees = assessed.map(({ id, town, score }) => ({ id, group: { town, county: 'county' }, score: score.points }))
  const pools = policy.pay ? pay(policy, choices, payees) : []
  const paid = new Map(pools.flatMap(({ shares }) => shares.map((share) => [share.id, yuan(share.paid)] as const)))
  return {
    people: assessed.map(({ id, score }, at) => ({
      id,
      total: canonical(score.points),
      grade: outcomes[at]!.grade,
      rank: outcomes[at]!.rank,
      seat: outcomes[at]!.seat,
      ...(paid.has(id) ? { yuan: paid.get(id) } : {}),
    })),
    quotas: groups.map(({ group, base, cap, taken, contested, seatsLeft }) => ({
      group,
      base,
      cap,
      taken,
      contested,
      seatsLeft,
    })),
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
      const wrong = policy.examples.filter((example) => !agrees(outcomeOf(policy, example), example.expect))
      failed += wrong.length
      console.log(`${policy.id}: ${policy.examples.length - wrong.length} passed, ${wrong.length} failed`)
      for (const example of wrong) console.log(`  ✗ ${example.name[lang]}`, outcomeOf(policy, example))
    }
    return failed === 0
  },

  explain([id, which = '']) {
    const policy = policyOf(id)
    const example = policy.examples.find((one) => one.id === which) ?? policy.examples[Number(which)]
    if (!example) throw new Wrong(`${policy.id} has no example ${which}; places go from 0 to ${policy.examples.length - 1}`)
    console.log(example.name[lang])
    printPerson(policy, example.choices ?? {}, dossierOf(policy, example))
    return true
  },

  evaluate(_, { policy: id, facts, choices: file, json }) {
    const policy = policyOf(id as string)
    const choices = readChoices(policy, file as string | undefined)
    const raw = readJson(facts as string, 'facts')
    const members = readPeople(policy, choices, raw)
    if (json) console.log(JSON.stringify(cohort(policy, choices, members), null, 2))
    else if (!Array.isArray(raw)) printPerson(policy, choices, members[0]!.person)
    else {
      const { people, quotas } = cohort(policy, choices, members)
      console.table(
        people.map(({ grade, ...one }) => ({ ...one, grade: grade === null ? '—' : gradeTitle(policy, grade)[lang] })),
      )
      if (quotas.length > 0) console.table(quotas.map(({ contested, ...one }) => ({ ...one, contested: contested.join(' ') })))
    }
    return true
  },

  compare(_, { policy: id, facts, choices: file, json }) {
    const policy = policyOf(id as string)
    if (!file) throw new Wrong(`--choices FILE is needed\n\n${usage}`)
    const choices = readChoices(policy, file as string)
    const raw = readJson(facts as string, 'facts')
    const resultOf = (readings: Choices, person: Dossier): Result => {
      const { score, alone } = assess(policy, readings, person)
      return { score, grade: alone.grade, limits: alone.limits }
    }
    const differences = readPeople(policy, choices, raw).flatMap(({ id: who, person }) =>
      compare(resultOf({}, person), resultOf(choices, person)).map((one) => ({ who, ...one })),
    )
    if (json) console.log(JSON.stringify(differences, null, 2))
    else
      for (const { who, name, before, after, clause } of differences)
        console.log(
          `${who}  ${name[lang]}: ${before ?? '—'} → ${after ?? '—'} ${clause ? `[${policy.clauses[clause]?.at[lang] ?? clause}]` : ''}`,
        )
    return true
  },
}

try {
  const { positionals, values } = parseArgs({
    args: process.argv.slice(3),
    allowPositionals: true,
    options: { policy: { type: 'string' }, facts: { type: 'string' }, choices: { type: 'string' }, json: { type: 'boolean' } },
  })
  const [command = '', ...words] = positionals
  const run = commands[command]
  if (!run) throw new Wrong(usage)
  if (!run(words, values)) process.exitCode = 1
} catch (error) {
  if (!(error instanceof Wrong) && !String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS')) throw error
  console.error((error as Error).message)
  process.exitCode = 1
}
