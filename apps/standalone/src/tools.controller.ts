import { Controller, HttpCode, Inject, Post } from '@nestjs/common'

/** What the commands of this installation ask of the running service. */
export interface Tools {
  /** A link that lets one browser in, once. */
  newLink(): string
  /** Builds the views anew from the first event. */
  rebuild(): Promise<void>
}

export const TOOLS = Symbol('Tools')

@Controller('api')
export class ToolsController {
  constructor(@Inject(TOOLS) private readonly tools: Tools) {}

  @Post('links')
  link(): { link: string } {
    return { link: this.tools.newLink() }
  }

  @Post('rebuild')
  @HttpCode(200)
  async rebuild(): Promise<{ rebuilt: true }> {
    await this.tools.rebuild()
    return { rebuilt: true }
  }
}
