import { mustBeTool } from '@circumspect/dashboard'
import { Controller, HttpCode, Inject, Post, Req } from '@nestjs/common'
import type { Request } from 'express'

/** What the commands of this installation ask of the running service. */
export interface Tools {
  /** Builds the views anew from the first event. */
  rebuild(): Promise<void>
}

export const TOOLS = Symbol('Tools')

@Controller('api')
export class ToolsController {
  constructor(@Inject(TOOLS) private readonly tools: Tools) {}

  @Post('rebuild')
  @HttpCode(200)
  async rebuild(@Req() request: Request): Promise<{ rebuilt: true }> {
    mustBeTool(request)
    await this.tools.rebuild()
    return { rebuilt: true }
  }
}
