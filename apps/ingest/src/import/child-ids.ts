import type { Vault } from '@circumspect/identity'
import type { ImportedHistory } from './history'
import type { SourceIds } from './ids'
import type { Mapping } from './mapping-schema'
import type { ChildUse } from './plan'

/**
 * The ids of the children that the rows of a case name. Where a child has been erased, nobody knows the reference any more: facts
 * recorded before keep the id they have, so that importing the file again does not bring the child back.
 */
export class ChildIds {
  private readonly ids = new Map<string, string>()
  private missing: readonly string[] = []

  private constructor(
    private readonly vault: Vault,
    private readonly source: SourceIds,
    private readonly mapping: Mapping,
  ) {}

  static async of(
    uses: readonly ChildUse[],
    history: ImportedHistory,
    vault: Vault,
    source: SourceIds,
    mapping: Mapping,
  ): Promise<ChildIds> {
    const found = new ChildIds(vault, source, mapping)
    for (const key of new Set(uses.map((u) => u.key))) {
      const id =
        (await vault.findChild(found.reference(key))) ??
        erasedId(
          uses.filter((u) => u.key === key && u.own),
          history,
        )
      if (id !== undefined) found.ids.set(key, id)
    }
    found.missing = [...new Set(uses.map((u) => u.key))].filter((key) => !found.ids.has(key))
    return found
  }

  readonly idOf = (key: string): string => this.ids.get(key) ?? this.source.childToBe(key)

  /** Stand-ins for the ids of children who are not known yet. */
  get toBe(): string[] {
    return this.missing.map((key) => this.source.childToBe(key))
  }

  /** Gives the children who are not known yet their ids. Were there any? */
  async make(): Promise<boolean> {
    for (const key of this.missing) this.ids.set(key, await this.vault.childFor([this.reference(key)]))
    return this.missing.length > 0
  }

  private reference(value: string) {
    const { issuer, scheme } = this.mapping.children!
    return { issuer: issuer ?? this.mapping.source, scheme, value }
  }
}

/** The id of an erased child, as a fact imported before names it. */
function erasedId(uses: readonly ChildUse[], history: ImportedHistory): string | undefined {
  for (const { fact, field } of uses) {
    const known = history.state.facts.get(fact)
    const said = known && history.lastSaid(known)?.event.data[field]
    if (typeof said === 'string' && history.erasedChildren.has(said)) return said
  }
  return undefined
}
