import { defineConfig } from 'vitest/config'

/** The full counts: run before a release. The same specs as `npm test` with SOAK set, and those only this tier has. */
export default defineConfig({
  test: {
    include: ['{apps,libs,test}/**/*.soak.spec.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 1_800_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
})
