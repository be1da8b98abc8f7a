import compression from 'compression'
import express, { Router, type RequestHandler } from 'express'
import { join } from 'node:path'

/** Files with the hash of what is in them in their names: what was fetched once stays right. */
const FOREVER = 'private, max-age=31536000, immutable'

/**
 * The built pages: files by their names, and the one page for every other address that is not the interface's.
 *
 * Only these are compressed. Answers with figures and names are not: with text of an asker's own beside a secret, lengths would tell.
 */
export function pages(directory: string): RequestHandler {
  const page = join(directory, 'index.html')
  const router = Router()
  router.use(compression())
  router.use(
    '/assets',
    express.static(join(directory, 'assets'), {
      index: false,
      cacheControl: false,
      setHeaders: (response) => response.setHeader('Cache-Control', FOREVER),
    }),
  )
  router.use(express.static(directory, { index: false, cacheControl: false }))
  router.use((request, response) => {
    if (request.path.includes('.')) response.status(404).end()
    else response.sendFile(page, { cacheControl: false })
  })
  return (request, response, next) => {
    if (request.method !== 'GET' || request.path.startsWith('/api/') || request.path === '/metrics') return next()
    void router(request, response, next)
  }
}
