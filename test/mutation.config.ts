import { defineConfig } from 'vitest/config'

/** The tests that a mutation run repeats: those of the rules, without what starts processes or reads the source as text. */
export default defineConfig({
  test: {
    include: ['test/rules/**/*.test.ts', 'test/policies/**/*.test.ts'],
    exclude: ['test/policies/command.test.ts'],
    setupFiles: 'test/mutation.setup.ts',
    env: { KAOHE_PEOPLE: '100' },
    isolate: false,
  },
})
