import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { findChromium } from './test/chromium.ts'

const chrome = process.env.BROWSER_TESTS === 'skip' ? undefined : await findChromium()
if (!chrome) console.warn('\n!!! BROWSER_TESTS=skip: the tests in a real browser do NOT run !!!\n')

/** Vitest would load two copies of graphql (ES modules for us, CommonJS for TypeGraphQL); this keeps one. */
const alias = { graphql: fileURLToPath(new URL('./server/node_modules/graphql/index.js', import.meta.url)) }
const resolve = { alias }

/** Tests of how quickly something is answered under pressure: beside other tests they would measure those. */
const alone = ['test/api/rate.test.ts']

/** Two at a time on two cores, some with hundreds of questions: what hangs is found all the same. */
const onDatabase = { globalSetup: ['test/database.setup.ts'], testTimeout: 180_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    // `pnpm coverage`: every branch of the rules is taken by a test.
    coverage: { include: ['server/src/rules/**'], reporter: ['text'], thresholds: { branches: 100 } },
    // The files of a worker share its modules: what the product loads once in a process is loaded once.
    isolate: false,
    // Every core works: much of a test is waiting for the database, which has processes of its own.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'rules',
          include: ['test/*.test.ts', 'test/rules/**/*.test.ts', 'test/intake/**/*.test.ts', 'test/policies/**/*.test.ts'],
        },
      },
      { plugins: [vue()], test: { name: 'web', include: ['test/web/**/*.test.ts'] } },
      {
        resolve,
        test: {
          name: 'api',
          include: ['test/api/**/*.test.ts', 'test/faults/**/*.test.ts'],
          exclude: alone,
          ...onDatabase,
          globalSetup: [...onDatabase.globalSetup, 'test/server.setup.ts'],
        },
      },
      {
        resolve,
        test: {
          name: 'alone',
          include: alone,
          ...onDatabase,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      ...(chrome
        ? [
            {
              resolve,
              test: {
                name: 'browser',
                include: ['test/browser/**/*.test.ts'],
                globalSetup: ['test/database.setup.ts', 'test/page.setup.ts'],
                testTimeout: 90_000,
                hookTimeout: 180_000,
                // A page on a busy machine takes its time to load; what is awaited comes or does not.
                expect: { poll: { timeout: 10_000 } },
                fileParallelism: false,
                sequence: { groupOrder: 2 },
                provide: { launch: chrome },
              },
            },
          ]
        : []),
    ],
  },
})
