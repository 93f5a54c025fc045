import { verifyChain } from '../server/src/ledger/verify.ts'
import { onData } from './data.ts'

// `pnpm run audit verify [--head HASH]`: follows the chain of everything that was done in each county, names the first
// act that is not as it was written, and looks for a head that was kept elsewhere. Without one, a chain that was
// rewritten whole or cut off at its end looks whole.
const [command, flag, head] = process.argv.slice(3)
if (command !== 'verify' || (flag !== undefined && (flag !== '--head' || !/^[0-9a-f]{64}$/.test(head ?? '')))) {
  console.error('pnpm run audit verify [--head HASH]')
  process.exitCode = 2
} else
  await onData(async (pool, lang) => {
    const { rows: counties } = await pool.query<{ id: string; name: string; hash: string }>(
      'select id, name, chain_hash as hash from county order by code',
    )
    const results = []
    for (const { id, name, hash } of counties) {
      const result = await verifyChain(pool, id)
      const kept = head === undefined || !result.ok || (await verifyChain(pool, id, head)).ok
      results.push({ ...result, kept })
      const told = result.ok
        ? lang === 'zh'
          ? `${result.acts} 件全部相符，链首 ${hash}`
          : `all ${result.acts} acts agree; head ${hash}`
        : lang === 'zh'
          ? `第 ${result.firstBroken} 件与所写不符`
          : `act ${result.firstBroken} is not as it was written`
      console.log(`${name}: ${told}`)
    }
    const found = results.some(({ ok, kept }) => ok && kept)
    if (head !== undefined && !found)
      console.log(
        lang === 'zh' ? '找不到所给的链首：链被改写或截断' : 'The head given is not found: the chain was rewritten or cut',
      )
    return results.every(({ ok }) => ok) && found
  })
