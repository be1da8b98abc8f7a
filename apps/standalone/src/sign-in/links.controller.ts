import { Controller, Inject, Post } from '@nestjs/common'

export const NEW_LINK = Symbol('NewLink')

/** Gives whoever is in already a link for another browser. */
@Controller('api/links')
export class LinksController {
  constructor(@Inject(NEW_LINK) private readonly newLink: () => string) {}

  @Post()
  issue(): { link: string } {
    return { link: this.newLink() }
  }
}
