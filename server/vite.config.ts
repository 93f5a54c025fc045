import { defineConfig } from 'vite'

/** One file for Node; dependencies stay outside and are resolved from server/node_modules, so it must lie inside server/. */
export default defineConfig({
  build: {
    ssr: 'src/main.ts',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: true,
    target: 'node24',
    rolldownOptions: { output: { entryFileNames: 'main.js' } },
  },
})
