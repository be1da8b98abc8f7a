import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError } from '@circumspect/service'
import { readConfig } from './config'

const KEY = Buffer.alloc(32, 7).toString('base64')

describe('the configuration', () => {
  const built = mkdtempSync(join(tmpdir(), 'circumspect-test-'))
  const here = join(built, 'server')
  mkdirSync(join(built, 'web'))
  afterAll(() => rmSync(built, { recursive: true, force: true }))

  it('needs nothing', () => {
    expect(readConfig({}, {}, here)).toEqual({
      directory: resolve('data'),
      port: 7400,
      masterKey: undefined,
      web: join(built, 'web'),
      engine: join(here, 'clickhouse-engine.js'),
      appraisals: join(here, 'appraisals.js'),
    })
  })

  it('takes what is given, the command line before the environment', () => {
    const env = { CIRCUMSPECT_DATA: '/somewhere', CIRCUMSPECT_PORT: '8000', CIRCUMSPECT_MASTER_KEY: KEY }
    expect(readConfig(env, {}, here)).toMatchObject({ directory: '/somewhere', port: 8000, masterKey: KEY })
    expect(readConfig(env, { data: '/elsewhere', port: '0' }, here)).toMatchObject({ directory: '/elsewhere', port: 0 })
  })

  it('says everything that is wrong at once, and what each is for, without repeating a key', () => {
    const wrong = () => readConfig({ CIRCUMSPECT_DATA: '', CIRCUMSPECT_PORT: 'seven', CIRCUMSPECT_MASTER_KEY: 'too-short' }, {}, here)
    expect(wrong).toThrow(ConfigError)
    expect(wrong).toThrow(
      /CIRCUMSPECT_DATA, the folder .*: empty\n.*CIRCUMSPECT_PORT, the port .*: not a number\n.*CIRCUMSPECT_MASTER_KEY, .*: not 32 bytes/,
    )
    expect(wrong).not.toThrow(/too-short/)
  })

  it.each(['-1', '65536', '80.5', 'NaN'])('takes no port %s', (port) => {
    expect(() => readConfig({}, { port }, here)).toThrow(/CIRCUMSPECT_PORT/)
  })

  it('says so where the pages have not been built', () => {
    expect(() => readConfig({}, {}, join(built, 'nowhere', 'server'))).toThrow('npm run build')
  })
})
