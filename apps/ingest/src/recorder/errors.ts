import type { Refusal } from '@circumspect/domain'

/** The facts may not be recorded as they stand. */
export class RefusedError extends Error {
  constructor(
    readonly refusal: Refusal,
    /** Which of the commands, counted from 0. */
    readonly index: number,
  ) {
    super(refusal.message)
  }
}

/** An event with this id is recorded already, and says something else. */
export class IdClashError extends Error {
  readonly code = 'id-clash'
  constructor(readonly index: number) {
    super(
      'An event with this id is recorded already with other content. To correct it, send a new id and name the old one under supersedes.',
    )
  }
}

/** The first facts of a stream must say whose they are. */
export class SchoolMissingError extends Error {
  readonly code = 'school-missing'
  constructor() {
    super('Say which school this belongs to: add ?school= with its id.')
  }
}
