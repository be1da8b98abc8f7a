import {
  childrenOf, definitionOf, envelopeSchema, eventTypes, leavesOf, parseStream, streamId, textsOf, toFeedEvent,
  type EventType, type RecordedEvent, type StreamId,
} from '@circumspect/domain'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entry, kept, review } from '../../../test/support/texts'
import { plantedTexts, sampleEvents, sampleStream } from '../../../test/support/sample-events'
import { SqliteVault } from './sqlite/sqlite-vault'

const directory = mkdtempSync(join(tmpdir(), 'circumspect-vault-'))
let vault: SqliteVault
beforeAll(() => {
  vault = new SqliteVault(join(directory, 'vault.db'))
})
afterAll(async () => {
  await vault.close()
  rmSync(directory, { recursive: true })
})

/** A copy without what was planted, made without knowing any schema. */
function withoutPlanted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutPlanted) as T
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).filter(([, field]) => !(typeof field === 'string' && plantedTexts(field).length > 0))
  return Object.fromEntries(fields.map(([key, field]) => [key, withoutPlanted(field as unknown)])) as T
}

/** Brings a child into a stream, so that a text about the case is about somebody. Streams of schools are about nobody. */
async function bringChild(stream: StreamId): Promise<string[]> {
  const { kind, id } = parseStream(stream)
  const child = randomUUID()
  if (kind === 'case') await vault.seal(stream, [entry([child])])
  if (kind === 'review') {
    const reviewed = randomUUID()
    await vault.seal(stream, [review(reviewed)])
    await vault.seal(streamId('case', reviewed), [entry([child])])
  }
  return kind === 'child' ? [id] : [child]
}

const samples = eventTypes.flatMap((type) => sampleEvents(type).map((event, option) => ({ type, option, event })))

describe.each(samples)('$type ($option)', ({ type, option, event }) => {
  const stream = sampleStream(type, option)
  let sealed: RecordedEvent
  beforeAll(async () => {
    sealed = kept(stream, (await vault.seal(stream, [event]))[0]!)
  })

  it('is planted in every text', () => {
    expect(plantedTexts(event)).toEqual(expect.arrayContaining(textsOf(event).map((text) => text.value)))
    expect(plantedTexts(event)).toHaveLength(textsOf(event).length)
    expect(new Set(plantedTexts(event)).size).toBe(textsOf(event).length)
  })

  it('holds no planted word once it is sealed', () => {
    expect(JSON.stringify(sealed)).not.toMatch(/Planted/)
    expect(plantedTexts(sealed)).toEqual([])
  })

  it('travels with all its codes, measures and ids, and with no planted word, sealed or not', () => {
    const travelling = withoutPlanted(kept(stream, event))
    expect(toFeedEvent(sealed)).toEqual(travelling)
    expect(toFeedEvent(kept(stream, event))).toEqual(travelling)
  })

  it('opens to what it was, and is known again', async () => {
    expect(await vault.open(stream, sealed)).toEqual(kept(stream, event))
    expect(await vault.isSame(sealed, event)).toBe(true)
  })

  it('says nothing of anybody when all its children are erased, and is still known', async () => {
    const children = [...(await bringChild(stream)), ...childrenOf(event)]
    for (const child of children) await vault.erase(child, '2026-03-20T12:00:00.000Z', 'asked-for')
    const ofSchools = textsOf(event).filter((text) => text.about === 'school' || parseStream(stream).kind === 'school')
    const open = await vault.open(stream, sealed)
    expect(textsOf(open).map((text) => text.field)).toEqual(ofSchools.map((text) => text.field))
    expect(withoutPlanted(open)).toEqual(withoutPlanted(kept(stream, event)))
    expect(await vault.isSame(sealed, event)).toBe(true)
  })
})

describe('the samples', () => {
  const textLeaves = (type: EventType) => {
    const inData = leavesOf(definitionOf(type)!.data).filter((leaf) => leaf.meta.field === 'text').map((leaf) => `data.${leaf.path}`)
    return [...leavesOf(envelopeSchema).filter((leaf) => leaf.meta.field === 'text').map((leaf) => leaf.path), ...inData]
  }

  it.each(eventTypes)('of %s reach every text of its schema, and every leaf of it has a class', (type) => {
    const reached = sampleEvents(type).flatMap((event) => textsOf(event).map((text) => text.field.replaceAll(/\.\d+/g, '.*')))
    expect(new Set(reached)).toEqual(new Set(textLeaves(type)))
  })
})
