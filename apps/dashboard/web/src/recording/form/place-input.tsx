import type { Field } from '../model/field'
import { useFilling } from './context'
import { ThingInput } from './thing-input'

/** A place of the school. Setting and kind are the place's own: with an incident they are filled in and not asked for. */
export function PlaceInput({ field, path }: { field: Extract<Field, { kind: 'thing' }>; path: string }) {
  const { type, things, set } = useFilling()
  const chosen = (id: string | undefined) => {
    const place = things.place?.find((p) => p.value === id)
    set('data.setting', place?.setting)
    set('data.locationKind', place?.kind)
  }
  return <ThingInput field={field} path={path} {...(type === 'incident-recorded' && { chosen })} />
}
