import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What an accessibility check finds serious on a page as it stands. */
export async function seriousFindings(page: Page, where = ''): Promise<string[]> {
  // Half-way from one colour to another nothing has the contrast it will have.
  // What turns for ever, because something is awaited, is not waited for.
  // A passing message stays while the mouse rests on it, or it would fade while it is being judged.
  const rest = (event: 'mouseenter' | 'mouseleave') =>
    page.evaluate((event) => {
      for (const message of document.querySelectorAll('.el-message')) message.dispatchEvent(new MouseEvent(event))
    }, event)
  await rest('mouseenter')
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity)
    return Promise.allSettled(ending.map(({ finished }) => finished))
  })
  // Through the debugger, past the page's own policy against foreign scripts.
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { target: string[] }[] }[] }> }
      }
    ).axe.run()
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      targets: nodes.slice(0, 3).map(({ target }) => target.join(' ')),
    }))
  })
  await rest('mouseleave')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, targets }) => `${where}: ${id}: ${targets.join(', ')}`)
}
