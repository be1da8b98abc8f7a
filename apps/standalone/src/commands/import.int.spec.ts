import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { announce } from '../service-file'
import { importCommand } from './import'

const MAPPING = 'mappings/example.json'
const CSV = 'mappings/example.csv'

describe('the command to import', () => {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-test-'))
  const config = { directory: join(directory, 'data'), port: 0, masterKey: undefined, web: '', engine: '', appraisals: '' }
  let said: string[] = []
  const say = (text: string) => void said.push(text)
  const run = (file?: string, mapping?: string, preview = false) => importCommand(config, { file, mapping, preview }, say)

  beforeAll(() => mkdirSync(config.directory))
  afterEach(() => (said = []))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  const written = (name: string, text: string) => {
    writeFileSync(join(directory, name), text)
    return join(directory, name)
  }

  it('tries nothing where it is not said what to import, or that is not there', async () => {
    expect([await run(), await run(CSV), await run('no-such-file.csv', MAPPING)]).toEqual([1, 1, 1])
    expect(said.at(-1)).toBe('There is no file no-such-file.csv.')
  })

  it('says what is wrong with a mapping, all of it', async () => {
    expect(await run(CSV, written('broken.json', '{"source": '))).toBe(1)
    expect(said.join('\n')).toMatch(/is not JSON/)
    expect(await run(CSV, written('wrong.json', '{"source": "x", "facts": 7, "zones": []}'))).toBe(1)
    expect(said.join('\n')).toMatch(/facts: /)
    expect(said.join('\n')).toMatch(/case: /)
  })

  it('previews, imports into the folder, and changes nothing the second time', async () => {
    expect(await run(CSV, MAPPING, true)).toBe(0)
    expect(said.join('\n')).toMatch(/A preview: nothing has been recorded/)
    expect(await run(CSV, MAPPING)).toBe(0)
    expect(said.join('\n')).toMatch(/cases: [1-9]\d* new, 0 changed, 0 as before, 0 left out/)
    expect(await run(CSV, MAPPING)).toBe(0)
    expect(said.at(-1)).toMatch(/facts: 0 new, 0 changed, [1-9]\d* as before/)
  })

  it('names by row and column what was left out, and ends with 2', async () => {
    const wrong = readFileSync(CSV, 'utf8').replace('incident,12/01/2026', 'incident,30/02/2026')
    expect(await run(written('wrong.csv', wrong), MAPPING)).toBe(2)
    expect(said.join('\n')).toMatch(/ {2}row 2, column "Date": /)
  })

  describe('where a service runs on the folder', () => {
    let server: Server
    let answers: ((path: string) => [number, object])[] = []

    beforeAll(async () => {
      server = createServer((request, response) => {
        const [status, body] = request.url === '/api/ready' ? [200, {}] : (answers.shift() ?? (() => [500, {}]))(request.url!)
        if (status === 0) return void request.destroy()
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      announce(config.directory, { url: `http://127.0.0.1:${port}`, token: 'a-token', pid: process.pid })
    })
    afterAll(() => new Promise((resolve) => server.close(resolve)))

    it('says what the service says is the matter', async () => {
      answers = [() => [413, { detail: 'Send at most 65536 kB at once.' }]]
      await expect(run(CSV, MAPPING)).rejects.toThrow('Send at most 65536 kB at once.')
      answers = [() => [202, { id: 'job' }], () => [200, { state: 'failed', detail: 'The disk is full.' }]]
      await expect(run(CSV, MAPPING)).rejects.toThrow('The disk is full.')
    })

    it('says that nothing is lost where the service goes away meanwhile', async () => {
      answers = [() => [202, { id: 'job' }], () => [0, {}]]
      await expect(run(CSV, MAPPING)).rejects.toThrow(/import again: nothing is recorded twice/)
    })
  })
})
