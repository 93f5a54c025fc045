// Runs one TypeScript file, decorators and all, through Vite's module runner: node tools/run.mjs FILE
import { runnerImport } from 'vite'

await runnerImport(process.argv[2])
