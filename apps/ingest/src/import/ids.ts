import type { IdMaker } from '@circumspect/identity'

/** Ids of what a source speaks of: the same names, the same id, so that the same file twice changes nothing. */
export class SourceIds {
  constructor(
    private readonly make: IdMaker,
    readonly source: string,
  ) {}

  school = (key: string) => this.of('school', key)
  place = (school: string, key: string) => this.of('place', school, key)
  /** For as long as a preview lasts: a child gets its real id, a random one, from the vault. */
  childToBe = (key: string) => this.of('child', key)
  case = (key: readonly string[]) => this.of('case', ...key)
  /** A thing that facts of a case speak of together: an incident, a referral. */
  thing = (key: readonly string[], name: string, by: readonly string[]) => this.of('thing', ...key, '/', name, ...by)
  fact = (name: string, key: readonly string[], group: readonly string[]) => this.of('fact', name, ...key, '/', ...group)
  /** Of an event that replaces or takes back another. */
  after = (...what: readonly string[]) => this.of('after', ...what)

  private of(what: string, ...names: readonly string[]): string {
    return this.make('import', this.source, what, ...names)
  }
}
