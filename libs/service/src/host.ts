import express, { type Express, type RequestHandler } from 'express'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Metrics, type Metric } from './metrics'

export interface Operations {
  /** Every part that the service needs: `up`, or what is the matter with it. */
  parts(): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  metrics(): Promise<readonly Metric[]>
  /** Counts that `/api/ready` says beside its parts; what cannot be asked now is left out. */
  counts?(): Promise<Readonly<Record<string, number>>>
}

/**
 * What every service answers from its first moment: `/api/health` (it lives), `/api/ready` (200, or 503 naming the part that is away)
 * and `/metrics`. What else it answers is mounted when it is there; until then it says that it is starting.
 */
export class ServiceHost {
  private readonly app: Express = express()
  private readonly server: Server
  private mounted: RequestHandler | undefined

  constructor(operations: Operations) {
    const metrics = new Metrics(() => operations.metrics())
    this.app.disable('x-powered-by')
    this.app.use(metrics.timed)
    this.app.get('/api/health', (_request, response) => void response.json({ status: 'up' }))
    this.app.get('/api/ready', async (_request, response) => {
      const [parts, counts] = await Promise.all([operations.parts(), operations.counts?.().catch(() => ({}))])
      const ready = Object.values(parts).every((state) => state === 'up')
      response.status(ready ? 200 : 503).json({ ready, ...counts, parts })
    })
    this.app.get('/metrics', (_request, response, next) => {
      metrics.text().then((text) => response.type(metrics.contentType).send(text), next)
    })
    this.app.use((request, response, next) => {
      if (this.mounted) return this.mounted(request, response, next)
      response.status(503).type('application/problem+json').json({
        type: 'urn:circumspect:problem:starting', code: 'starting', status: 503, title: 'Not now', detail: 'The service is starting. Try again in a moment.',
      })
    })
    this.server = createServer(this.app)
  }

  mount(handler: RequestHandler): void {
    this.mounted = handler
  }

  /** Resolves with the port it listens on. */
  listen(host: string, port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      this.server.listen(port, host, () => resolve((this.server.address() as AddressInfo).port))
    })
  }

  /** Answers what has been asked, and nothing more. */
  close(): Promise<void> {
    return new Promise((closed) => {
      this.server.close(() => closed())
      this.server.closeIdleConnections()
    })
  }
}
