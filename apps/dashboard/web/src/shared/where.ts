import { label } from './labels'

/** Where something applies, in words; empty lists mean everywhere, at any time. */
export function whereInWords(
  { places, locationKinds, slots }: { readonly places: readonly string[]; readonly locationKinds: readonly string[]; readonly slots: readonly string[] },
  names: Readonly<Record<string, string>>,
): string {
  const where = [...places.map((id) => names[id] ?? 'A place without a name'), ...locationKinds.map(label)]
  return [where.length === 0 ? 'Everywhere' : where.join(', '), slots.length === 0 ? '' : slots.map(label).join(', ').toLowerCase()].filter((part) => part !== '').join(' – ')
}
