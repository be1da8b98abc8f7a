import express from 'express'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pages } from './pages'

describe('the built pages', () => {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-pages-'))
  let server: Server
  let url: string

  beforeAll(async () => {
    mkdirSync(join(directory, 'assets'))
    writeFileSync(join(directory, 'index.html'), '<!doctype html><title>Pages</title>')
    writeFileSync(join(directory, 'assets', 'index-abc.js'), `// ${'a script '.repeat(1000)}`)
    const app = express()
    app.use((_request, response, next) => {
      response.set('Cache-Control', 'no-store')
      next()
    })
    app.use(pages(directory))
    app.use((_request, response) => void response.status(418).json({ beyond: 'pages '.repeat(1000) }))
    server = app.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.close()
    rmSync(directory, { recursive: true })
  })

  it('answer every address that is not the interface’s with the one page, which is not kept', async () => {
    for (const path of ['/', '/reports/hotspots?from=2026-01-01', '/cases/of/nobody']) {
      const response = await fetch(url + path)
      expect(await response.text()).toContain('<title>Pages</title>')
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
  })

  it('send scripts compressed, to be kept for as long as they are named so', async () => {
    const { headers } = await fetch(`${url}/assets/index-abc.js`)
    expect(headers.get('content-encoding')).toMatch(/gzip|br/)
    expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
  })

  it('do not take a file that is not there for a page', async () => {
    for (const path of ['/assets/index-old.js', '/favicon.ico', '/../package.json'])
      expect((await fetch(url + path)).status, path).toBe(404)
  })

  it('leave the interface alone: its answers are not compressed, and writes go on', async () => {
    const answer = await fetch(`${url}/api/reports`)
    expect(answer.status).toBe(418)
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect((await fetch(`${url}/record`, { method: 'POST' })).status).toBe(418)
    expect((await fetch(`${url}/metrics`)).status).toBe(418)
  })
})
