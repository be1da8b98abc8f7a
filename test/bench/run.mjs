// Builds the bench and runs it. Arguments: --cases 100000,1000000 --only kafka,latency
import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import process from 'node:process'
import { build } from 'vite'
import '../../scripts/build.mjs'

const outDir = 'node_modules/.cache/circumspect-bench'
rmSync(outDir, { recursive: true, force: true })
await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node20',
    outDir,
    minify: false,
    rollupOptions: { input: { bench: 'test/bench/main.ts', engine: 'libs/views/src/engine/engine-child.ts', projector: 'test/support/projector-child.ts' }, output: { entryFileNames: '[name].js' } },
  },
})
const child = spawn(process.execPath, ['--enable-source-maps', `${outDir}/bench.js`, outDir, ...process.argv.slice(2)], { stdio: 'inherit' })
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
