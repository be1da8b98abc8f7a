import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'vite'

/** Builds one TypeScript program for Node and gives the path of the JavaScript; built once for each content of the file. */
export async function buildProgram(entry: string): Promise<string> {
  const key = createHash('sha256').update(entry).update(readFileSync(entry)).update(String(process.pid)).digest('hex').slice(0, 16)
  const outDir = resolve('node_modules/.cache/circumspect-tests', key)
  const program = resolve(outDir, 'program.js')
  if (!existsSync(program))
    await build({
      configFile: false,
      logLevel: 'error',
      build: { ssr: true, target: 'node20', outDir, minify: false, rollupOptions: { input: { program: resolve(entry) }, output: { entryFileNames: '[name].js' } } },
    })
  return program
}
