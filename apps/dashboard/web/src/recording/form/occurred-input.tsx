import { Button, NativeSelect } from '@mantine/core'
import type { Begun } from '../api'
import { DateField } from '../../shared/date-field'
import { TimeField } from '../../shared/time-field'
import { nowHere } from '../now'
import { idOf, useFilling } from './context'
import { Question } from './question'

const PRECISIONS = [
  ['minute', 'At this time, to the minute'],
  ['hour', 'In the hour that starts at this time'],
  ['day', 'On this day, time not known'],
  ['month', 'In the month of this date'],
  ['unknown', 'Not known, but no later than this date'],
] as const

type At = Begun['occurredAt']
const TIMED = ['minute', 'hour']

/** When it happened, as well as it is known, and no better. */
export function OccurredInput({ at }: { at: At }) {
  const { wrong, type, set } = useFilling()
  const timed = TIMED.includes(at.precision)
  const slot = type === 'incident-recorded' ? [{ value: 'slot', label: 'On this day, at a time of the school day' }] : []
  return (
    <Question
      path="occurredAt"
      legend={type === 'incident-recorded' ? 'When did the incident happen?' : 'When was this?'}
      help="When it happened, not when you write it down. Say how well that is known."
      wrong={wrong.get('occurredAt') ?? wrong.get('occurredAt.precision')}
    >
      <div className="row">
        <DateField
          id={idOf('occurredAt.date')}
          label="Date"
          value={at.date ?? ''}
          unreadIsKept
          error={wrong.get('occurredAt.date')}
          onChange={(date) => set('occurredAt.date', date || undefined)}
        />
        <NativeSelect
          id={idOf('occurredAt.precision')}
          label="How well is it known?"
          value={at.precision}
          data={[...PRECISIONS.map(([value, label]) => ({ value, label })), ...slot]}
          onChange={({ currentTarget: { value: precision } }) => {
            set('occurredAt.precision', precision)
            if (!TIMED.includes(precision)) set('occurredAt.time', undefined)
          }}
        />
        {timed && (
          <TimeField
            id={idOf('occurredAt.time')}
            label="Time"
            value={at.time ?? ''}
            error={wrong.get('occurredAt.time')}
            onChange={(time) => set('occurredAt.time', time || undefined)}
          />
        )}
      </div>
      <Button variant="default" size="xs" mt="xs" onClick={() => set('occurredAt', { ...at, ...nowHere() })}>
        It was just now
      </Button>
    </Question>
  )
}
