import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { ConfigError, readEnvironment } from './environment'

const schema = z.object({ PORT: z.coerce.number('not a number').default(80), TOKEN: z.string().min(8, 'shorter than 8 characters') })
const purposes = { PORT: 'where it listens', TOKEN: 'who may ask' }
const read = (env: Record<string, string>) => readEnvironment(schema, purposes, env)

it('reads what is given, and takes what is not from the schema', () => {
  expect(read({ TOKEN: 'long enough', OTHER: 'x' })).toEqual({ PORT: 80, TOKEN: 'long enough' })
})

it('takes a secret from a file; what stands in the environment goes before it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-test-'))
  writeFileSync(join(directory, 'token'), 'from the file\n')
  expect(read({ TOKEN_FILE: join(directory, 'token') }).TOKEN).toBe('from the file')
  expect(read({ TOKEN_FILE: join(directory, 'token'), TOKEN: 'from outside' }).TOKEN).toBe('from outside')
  rmSync(directory, { recursive: true })
})

it('says everything that is wrong at once, with what it is for, and repeats no value', () => {
  expect(() => read({ PORT: 'seven', TOKEN: 'secret' })).toThrow(/PORT, where it listens: not a number\n {2}TOKEN, who may ask: shorter than 8 characters/)
  expect(() => read({ PORT: 'seven', TOKEN: 'secret' })).not.toThrow(/seven|secret/)
  expect(() => read({})).toThrow(/TOKEN, who may ask: not set/)
  expect(() => read({ TOKEN_FILE: '/nowhere/at/all' })).toThrow(/TOKEN, who may ask: the file that holds it cannot be read$/)
  expect(() => read({})).toThrow(ConfigError)
})
