import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const target = 'http://127.0.0.1:4000'
/** `/setup` is a page as well as what the page sends. */
const ownPage = ({ method, url }: { method?: string; url?: string }) =>
  method === 'GET' && url?.startsWith('/setup') ? '/index.html' : undefined

export default defineConfig({
  plugins: [vue()],
  // `pnpm dev`: the page here, everything else from the server beside it
  server: {
    proxy: Object.fromEntries(
      ['/graphql', '/session', '/setup', '/evidence', '/export'].map((path) => [path, { target, bypass: ownPage }]),
    ),
  },
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2020', chunkSizeWarningLimit: 1200 },
  define: { __VUE_I18N_FULL_INSTALL__: true, __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false },
})
