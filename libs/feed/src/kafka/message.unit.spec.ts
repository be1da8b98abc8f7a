import { eventTypes, toFeedEvent, type FeedEvent } from '@circumspect/domain'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { plantedTexts, sampleEvents, sampleStream } from '../../../../test/support/sample-events'
import { eventMessage, NONE, readMessage, UnreadableMessageError, watermarkMessage } from './message'
import { feedSchemas } from './schemas'

const samples: FeedEvent[] = eventTypes.flatMap((type) =>
  sampleEvents(type).map((event, i) => toFeedEvent({ ...event, stream: sampleStream(type), revision: i, position: 1000 + i })),
)
const sent = (event: FeedEvent, previous = NONE) => JSON.parse(eventMessage(event, previous).value as string) as Record<string, unknown>
const received = (value: unknown) => ({ offset: '7', value: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)) })

describe('a message', () => {
  it('of every type brings the same event back, with its place, and no text', () => {
    for (const event of samples) {
      const message = eventMessage(event, 998)
      expect(message.key).toBe(event.stream)
      expect(readMessage(received(message.value as string))).toEqual({ event, position: event.position, previous: 998 })
      expect(plantedTexts(sent(event))).toEqual([])
    }
  })

  it('is a CloudEvent whose data keeps to the JSON Schema published under its name', () => {
    const schemas = new Map([...feedSchemas()].map(([name, schema]) => [name, z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])]))
    expect(schemas.size).toBe(eventTypes.length)
    for (const event of samples) {
      const { data, dataschema, ...attributes } = sent(event)
      expect(attributes).toMatchObject({ specversion: '1.0', id: event.id, subject: event.stream, time: event.recordedAt, datacontenttype: 'application/json' })
      expect(Object.keys(attributes).every((name) => /^[a-z0-9]{1,20}$/.test(name))).toBe(true)
      const schema = schemas.get(dataschema as string)!
      expect(schema.safeParse(data).error, event.type).toBeUndefined()
      expect(schema.safeParse({ ...(data as object), reason: 'words' }).success, event.type).toBe(false)
      expect(schema.safeParse({ ...(data as object), school: 'nowhere' }).success, event.type).toBe(false)
    }
  })

  it('has a schema that knows no text', () => {
    for (const schema of feedSchemas().values()) expect(JSON.stringify(schema)).not.toContain('"field":"text"')
  })

  it('of a watermark brings its position and what stands before it', () => {
    const read = (previous: number) => readMessage(received(watermarkMessage(2, 41, previous).value as string))
    expect(read(40)).toEqual({ event: undefined, position: 41, previous: 40 })
    expect(read(NONE)).toEqual({ event: undefined, position: 41, previous: NONE })
  })

  it('is refused where it is not one of ours, or was written by another version, without a word of its content', () => {
    const whole = sent(samples[0]!)
    const broken = ['not JSON', {}, { ...whole, source: 'urn:other' }, { ...whole, sequence: '12' }, { ...whole, data: undefined }, { ...whole, dataschema: `${String(whole.dataschema)}9` }, { ...whole, type: 'circumspect.unheard-of' }]
    for (const value of broken) {
      const reading = () => readMessage(received(value))
      expect(reading).toThrow(UnreadableMessageError)
      expect(reading).toThrow(/^The message at offset 7 cannot be read: expected [A-Za-z0-9 ,.-]+$/)
    }
    expect(() => readMessage({ offset: '7', value: null })).toThrow(UnreadableMessageError)
  })
})
