import { defineConfig } from 'vitest/config'

const tier = (name: string, testTimeout: number) => ({
  extends: true as const,
  test: {
    name,
    include: [`{apps,libs,test}/**/*.${name}.spec.{ts,tsx}`],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout,
    hookTimeout: testTimeout,
  },
})

/** The tier of a test is in its file name: unit (pure), int (real stores and engines), e2e (the whole, in a browser). */
export default defineConfig({
  test: {
    projects: [tier('unit', 20_000), tier('int', 120_000), tier('e2e', 180_000)],
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'test-results/results.json' }]],
  },
})
