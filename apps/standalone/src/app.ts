import { DASHBOARD_STATUSES, DashboardModule, accountOf, guard, pages, People, recordingGate, Sessions, SignInModule, signInNote, type DashboardPorts } from '@circumspect/dashboard'
import { jsonBody, ProblemFilter } from '@circumspect/http'
import { INGEST_STATUSES, IngestModule, type Recorder } from '@circumspect/ingest'
import { Module, type DynamicModule } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { TOOLS, ToolsController, type Tools } from './tools.controller'

const MEGABYTE = 1024 * 1024

@Module({})
class WholeModule {
  static of(tools: Tools, ...imports: DynamicModule[]): DynamicModule {
    return { module: WholeModule, imports, controllers: [ToolsController], providers: [{ provide: TOOLS, useValue: tools }] }
  }
}

export interface WholePorts extends Omit<DashboardPorts, 'accountOf'> {
  readonly recorder: Recorder
  readonly tools: Tools
  /** The folder of the built pages. */
  readonly web: string
}

/** Every door and every route of the one process; whoever makes it lets it listen, and says at which address it does. */
export async function createWholeApp({ recorder, tools, web, ...ports }: WholePorts, address: () => string, log: (message: string) => void) {
  const sessions = new Sessions(ports.now)
  const people = new People({ ...ports, sessions, address })
  const app = await NestFactory.create<NestExpressApplication>(
    WholeModule.of(
      tools,
      IngestModule.register({ ...ports, recorder, accountOf: (request) => accountOf(request).id }),
      DashboardModule.register({ ...ports, accountOf }),
      SignInModule.register(people),
    ),
    { bodyParser: false, logger: false },
  )
  app.disable('x-powered-by')
  app.use(
    guard(sessions, { signedIn: signInNote(ports) }),
    recordingGate(ports.gate, ports.store),
    pages(web),
    jsonBody({ '/api/imports': 64 * MEGABYTE, '/api/': MEGABYTE }),
  )
  app.useGlobalFilters(new ProblemFilter({ ...INGEST_STATUSES, ...DASHBOARD_STATUSES }, log))
  return { app, sessions }
}
