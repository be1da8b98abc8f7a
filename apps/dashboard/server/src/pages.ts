import express, { type RequestHandler } from 'express'
import { join } from 'node:path'

/** The built pages: files by their names, and the one page for every other address that is not the interface's. */
export function pages(directory: string): RequestHandler {
  const files = express.static(directory, { index: false, cacheControl: false, fallthrough: true })
  return (request, response, next) => {
    if (request.method !== 'GET' || request.path.startsWith('/api/') || request.path === '/metrics') return next()
    files(request, response, (error?: unknown) => {
      if (error) return next(error)
      if (request.path.includes('.')) return response.status(404).end()
      response.sendFile(join(directory, 'index.html'), { cacheControl: false })
    })
  }
}
