import { writeFileSync } from 'node:fs'
import { createSchema, printContract } from '../server/src/schema.ts'

writeFileSync('schema.graphql', printContract(createSchema()))
