import { Controller, Get, Module, type DynamicModule } from '@nestjs/common'
import { ChildrenController } from './http/children.controller'
import { DraftsController } from './http/drafts.controller'
import { EventsController } from './http/events.controller'
import { ImportsController } from './http/imports.controller'
import { openApiDocument } from './http/openapi'
import { INGEST_PORTS, type IngestPorts } from './http/ports'

const openApi = openApiDocument()

@Controller('api/openapi.json')
class OpenApiController {
  @Get()
  document() {
    return openApi
  }
}

/** The only writer: its routes, over the ports it is given. */
@Module({})
export class IngestModule {
  static register(ports: IngestPorts): DynamicModule {
    return {
      module: IngestModule,
      controllers: [OpenApiController, ChildrenController, DraftsController, ImportsController, EventsController],
      providers: [{ provide: INGEST_PORTS, useValue: ports }],
    }
  }
}
