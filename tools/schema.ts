import { writeFileSync } from 'node:fs'
import { generated } from './contract.ts'

for (const [path, text] of Object.entries(await generated())) writeFileSync(path, text)
