import { NotAllowedError } from '@circumspect/access'
import { problemsOf } from '@circumspect/domain'
import { invalid } from '@circumspect/http'
import { Body, Controller, Delete, Get, HttpCode, Inject, Module, Param, Post, Req, type DynamicModule } from '@nestjs/common'
import type { Request } from 'express'
import { whoAsks } from './account'
import { linkSchema, People, type Person } from './people'

const PEOPLE = Symbol('People')

/** Letting people in is for the commands of this installation: no session may make itself another. */
@Controller('api')
export class PeopleController {
  constructor(@Inject(PEOPLE) private readonly people: People) {}

  @Post('links')
  async link(@Body() body: unknown, @Req() request: Request): Promise<{ link: string; person: Person }> {
    mustBeTool(request)
    const parsed = linkSchema.safeParse(body ?? {})
    if (!parsed.success) throw invalid(problemsOf(parsed.error))
    return this.people.linkFor(parsed.data)
  }

  @Get('accounts')
  async accounts(@Req() request: Request): Promise<{ accounts: Person[] }> {
    mustBeTool(request)
    return { accounts: await this.people.all() }
  }

  @Delete('accounts/:id')
  @HttpCode(204)
  async remove(@Param('id') id: string, @Req() request: Request): Promise<void> {
    mustBeTool(request)
    await this.people.remove(id)
  }
}

/** @throws NotAllowedError where it is a person at a page */
export function mustBeTool(request: Request): void {
  if (whoAsks(request).by !== 'tool') throw new NotAllowedError('This is for the commands of the computer where Circumspect runs.')
}

@Module({})
export class SignInModule {
  static register(people: People): DynamicModule {
    return { module: SignInModule, controllers: [PeopleController], providers: [{ provide: PEOPLE, useValue: people }] }
  }
}
