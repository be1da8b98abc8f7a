import { Button, NativeSelect, NumberInput } from '@mantine/core'
import { useState } from 'react'
import type { School } from '../shared/api'
import { useAddress } from '../shared/use-address'

/** `<place>:<times>,…` in the address: how busy places are assumed to be, for once. */
export const BUSY = 'busy'

/** What if a place is busier than its capacity says? The findings are worked out again with that; nothing is recorded. */
export function Busier({ schools }: { schools: readonly School[] }) {
  const [params, change] = useAddress()
  const [place, setPlace] = useState('')
  const [times, setTimes] = useState<number | string>(2)
  const places = schools.flatMap((s) =>
    s.places.filter((p) => p.setting === 'on-site').map((p) => ({ value: p.id, label: schools.length > 1 ? `${p.name} (${s.name})` : p.name })),
  )
  const assume = (busy: string) => change({ [BUSY]: busy })
  const valid = place !== '' && Number(times) >= 0.01 && Number(times) <= 1000
  return (
    <details className="no-print">
      <summary>What if a place is busier than recorded?</summary>
      <p className="quiet">
        Findings count how much time children spend in each place: its capacity and the minutes of the timetable. Try another figure here to see
        what changes; nothing is recorded.
      </p>
      <form
        className="filters"
        aria-label="How busy a place is"
        onSubmit={(event) => {
          event.preventDefault()
          if (valid) assume([...(params.get(BUSY) ?? '').split(',').filter((part) => part !== '' && !part.startsWith(place)), `${place}:${times}`].join(','))
        }}
      >
        <NativeSelect label="Place" value={place} onChange={(e) => setPlace(e.currentTarget.value)} data={[{ value: '', label: 'Choose a place' }, ...places]} />
        <NumberInput label="Times as busy" value={times} onChange={setTimes} min={0.01} max={1000} step={0.5} hideControls />
        <Button type="submit" variant="default" disabled={!valid}>
          Work it out again
        </Button>
        {params.has(BUSY) && (
          <Button variant="default" onClick={() => assume('')}>
            As recorded
          </Button>
        )}
      </form>
    </details>
  )
}
