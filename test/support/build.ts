import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../..')
const cache = join(root, 'node_modules/.cache/circumspect-tests')
/** Everything a program of ours can be made of. */
const sources = ['apps', 'libs', 'test/support', 'package-lock.json', 'tsconfig.json']

/**
 * Builds one TypeScript program for Node, so that tests can start it as a process before any `npm run build`; gives the path of
 * the JavaScript. Built once for each state of the sources, and kept beside the packages, where its imports resolve.
 * `entry` is relative to the repository.
 */
export async function buildProgram(entry: string): Promise<string> {
  const built = join(cache, stampOf(entry))
  const program = join(built, 'program.js')
  if (existsSync(program)) return program
  await mkdir(cache, { recursive: true })
  // Built aside and renamed: test files run at the same time, and none may start half a program.
  const outDir = mkdtempSync(join(cache, 'building-'))
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      minify: false,
      rollupOptions: { input: { program: join(root, entry) }, output: { entryFileNames: '[name].js' } },
    },
  })
  try {
    renameSync(outDir, built)
  } catch (error) {
    rmSync(outDir, { recursive: true, force: true })
    if (!existsSync(program)) throw error
  }
  return program
}

function stampOf(entry: string): string {
  const hash = createHash('sha256').update(entry)
  for (const source of sources) for (const file of filesOf(join(root, source))) hash.update(file).update(readFileSync(file))
  return hash.digest('hex').slice(0, 24)
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return []
  if (/\.(ts|tsx|sql|json)$/.test(path)) return [path]
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((found) => found.isFile() && /\.(ts|tsx|sql|json)$/.test(found.name) && !/\.spec\.tsx?$/.test(found.name))
    .map((found) => join(found.parentPath, found.name))
    .filter((file) => !file.includes('/node_modules/') && !file.includes('/dist/'))
    .sort()
}
