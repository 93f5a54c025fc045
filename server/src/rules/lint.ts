import { exact, shown } from './exact.ts'
import type { Policy } from './policy/shape.ts'
import type { Text } from './text.ts'

/** A fact about the source that whoever relies on it should know. */
export interface Finding {
  code: 'heading' | 'bandsForeign' | 'undated' | 'absent' | 'oddity'
  says: Text
  clause: string
  /** The interpretation that settles it, if one does. */
  interpretation?: string
}

/** What the source leaves out, contradicts or prints oddly. Not errors: the reader has already refused those. */
export function lint(policy: Policy): Finding[] {
  const findings: Finding[] = []
  for (const section of policy.sections) {
    const { discrepancy, heading, max } = section
    if (!discrepancy) continue
    findings.push({
      code: 'heading',
      says: {
        zh: `第${section.no.zh}部分标题印 ${heading} 分，各项合计 ${shown(exact(max))} 分`,
        en: `Part ${section.no.en} prints ${heading} points; its items add up to ${shown(exact(max))}`,
      },
      clause: section.clause,
      interpretation: discrepancy,
    })
  }
  if (policy.undated) findings.push({ code: 'undated', says: policy.undated, clause: policy.population.clause })
  if (policy.bands?.foreign) findings.push({ code: 'bandsForeign', says: policy.bands.foreign, clause: policy.bands.clause })
  for (const { title, clause } of policy.absent) {
    findings.push({ code: 'absent', says: { zh: `原文没有写：${title.zh}`, en: `Not in the source: ${title.en}` }, clause })
  }
  for (const { says, clause, by } of policy.oddities) {
    findings.push({ code: 'oddity', says, clause, ...(by ? { interpretation: by } : {}) })
  }
  return findings
}
