import { livingOf, replay, streamId } from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'

/** Which of these children were found to be one: each child with the set it belongs to. */
export async function sameChildren(store: EventStore, children: readonly string[]): Promise<(child: string) => ReadonlySet<string>> {
  const sets = new Map(children.map((child) => [child, new Set([child])]))
  for (const child of children) {
    const state = replay(await store.readStream(streamId('child', child)))
    const links = livingOf(state, 'child-linked', 'child-unlinked')
    for (const { type, revision, data } of links) {
      if (type !== 'child-linked' || !('sameAs' in data)) continue
      const parted = links.some((l) => l.type === 'child-unlinked' && l.revision > revision && 'from' in l.data && l.data.from === data.sameAs)
      if (parted) continue
      const together = new Set([...(sets.get(child) ?? [child]), ...(sets.get(data.sameAs) ?? [data.sameAs])])
      for (const one of together) sets.set(one, together)
    }
  }
  return (child) => sets.get(child) ?? new Set([child])
}
