// Builds the servers and the pages into dist/, unless nothing they are made of has changed since the last build.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const stampFile = 'dist/.stamp'
const sources = ['apps', 'libs', 'package-lock.json', 'vite.server.config.ts', 'tsconfig.json', 'scripts/build.mjs']

function* files(path) {
  if (!statSync(path).isDirectory()) yield path
  else
    for (const name of readdirSync(path).sort())
      if (name !== 'node_modules' && name !== 'dist' && !name.endsWith('.spec.ts')) yield* files(join(path, name))
}

const hash = createHash('sha256')
for (const source of sources) for (const file of files(source)) hash.update(file).update(readFileSync(file))
const stamp = hash.digest('hex')

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
  process.stderr.write('Building (only after a change; a few seconds) …\n')
  await build({ configFile: 'vite.server.config.ts', logLevel: 'warn' })
  await build({ configFile: 'apps/dashboard/web/vite.config.ts', logLevel: 'warn' })
  mkdirSync('dist', { recursive: true })
  writeFileSync(stampFile, stamp)
}
