import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The programs that run under Node, each an entry of its own. Packages from npm stay outside the bundle. */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/server',
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rollupOptions: {
      input: {
        ingest: here('./apps/ingest/src/program/main.ts'),
        projector: here('./apps/projector/src/program/main.ts'),
        dashboard: here('./apps/dashboard/server/src/program/main.ts'),
        circumspect: here('./apps/standalone/src/main.ts'),
        appraisals: here('./libs/views/src/appraisals/worker.ts'),
        'clickhouse-engine': here('./libs/views/src/engine/engine-child.ts'),
      },
    },
  },
})
