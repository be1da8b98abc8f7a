import { jsonBody, ProblemFilter, type BodyLimits } from '@circumspect/http'
import type { RequestHandler } from 'express'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import type { IngestPorts } from './http/ports'
import { INGEST_STATUSES } from './http/refusals'
import { IngestModule } from './ingest.module'

const MEBIBYTE = 1024 * 1024

/** The largest bodies, in bytes. */
export const INGEST_BODY_LIMITS: BodyLimits = { '/api/imports': 64 * MEBIBYTE, '/api/': MEBIBYTE }

/** Ingest by itself: for a process of its own, and for tests. `guard` stands before everything; whoever starts it lets it listen. */
export async function createIngestApp(ports: IngestPorts, log: (message: string) => void, guard?: RequestHandler): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(IngestModule.register(ports), { bodyParser: false, logger: false })
  app.disable('x-powered-by')
  if (guard) app.use(guard)
  app.use(jsonBody(INGEST_BODY_LIMITS))
  app.useGlobalFilters(new ProblemFilter(INGEST_STATUSES, log))
  return app
}
