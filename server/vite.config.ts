import { defineConfig } from 'vite'

/**
 * The server and the thread that reads files, which stand side by side; dependencies stay outside and are resolved from
 * server/node_modules, so both must lie inside server/.
 */
export default defineConfig({
  build: {
    ssr: true,
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    target: 'node24',
    rolldownOptions: {
      input: { 'main': 'src/main.ts', 'reader-thread': 'src/intake/reader-thread.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
