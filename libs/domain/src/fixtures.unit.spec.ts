import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fullData, fullSamples } from '../../../test/support/full-data'
import { idOf } from '../../../test/support/least-facts'
import { definitionOf, eventTypes } from './catalogue'
import { envelopeSchema, isSealed, streamId, type JsonObject, type StoredEvent } from './envelope'
import { toFeedEvent } from './feed-event'
import { mapTexts, textsOf } from './texts'
import { upcast } from './upcast'

/**
 * One stored event of every version that was ever written, each as it lies in a store: texts sealed, every field there.
 * `UPDATE=1` writes those that are missing, and never touches one that is there: stores are full of them.
 */
const FOLDER = resolve(import.meta.dirname, '../fixtures/events')
const LIST = resolve(FOLDER, '../events.sha256')

const fileOf = (type: string, version: number, option: number) => `${type}.v${version}${option === 0 ? '' : `.option${option + 1}`}.json`
const contentOf = (file: string) => readFileSync(resolve(FOLDER, file), 'utf8')
const hashOf = (content: string) => createHash('sha256').update(content).digest('hex')

const seal = (path: string) => ({
  v: 1,
  keyId: idOf(`key of ${path}`),
  nonce: 'AAAAAAAAAAAAAAAA',
  ciphertext: Buffer.from(`Sealed ${path}`).toString('base64url'),
})

function storedSample(type: string, data: JsonObject): StoredEvent {
  const definition = definitionOf(type)!
  const sealed = (path: string, meta: { field: string }, usual: unknown) => (meta.field === 'text' ? seal(path) : usual)
  const envelope = fullData(envelopeSchema, 0, sealed) as Omit<StoredEvent, 'type' | 'version' | 'data' | 'stream' | 'revision'>
  return {
    ...envelope,
    id: idOf(`fixture of ${type}`),
    stream: streamId(definition.stream, idOf(definition.stream)),
    revision: 3,
    type,
    version: definition.version,
    data,
  }
}

const current = fullSamples((path, meta, usual) => (meta.field === 'text' ? seal(path) : usual)).map(({ type, option, data }) => ({
  file: fileOf(type, definitionOf(type)!.version, option),
  event: storedSample(type, data),
}))

const listed = (): Map<string, string> =>
  new Map(
    existsSync(LIST)
      ? readFileSync(LIST, 'utf8')
          .trim()
          .split('\n')
          .map((line) => line.split('  ').reverse() as [string, string])
      : [],
  )

if (process.env['UPDATE']) {
  const list = listed()
  for (const { file, event } of current) {
    if (list.has(file) || existsSync(resolve(FOLDER, file))) continue
    writeFileSync(resolve(FOLDER, file), `${JSON.stringify(event, null, 2)}\n`)
    list.set(file, hashOf(contentOf(file)))
  }
  writeFileSync(
    LIST,
    `${[...list]
      .map(([file, hash]) => `${hash}  ${file}`)
      .sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1))
      .join('\n')}\n`,
  )
}

const files = readdirSync(FOLDER).sort()

describe('the kept events', () => {
  it('are there for every type, at every version it has had', () => {
    for (const { file } of current) expect(files, 'Run this test with UPDATE=1 to write what is missing.').toContain(file)
    for (const type of eventTypes)
      for (let version = 1; version <= definitionOf(type)!.version; version++) expect(files).toContain(fileOf(type, version, 0))
  })

  it('are the ones on the list, none edited, none gone', () => {
    const list = listed()
    expect(files).toEqual([...list.keys()].sort())
    for (const file of files) expect({ file, hash: hashOf(contentOf(file)) }).toEqual({ file, hash: list.get(file) })
  })
})

describe.each(files)('%s', (file) => {
  const stored = JSON.parse(contentOf(file)) as StoredEvent
  const sealedIn = (event: StoredEvent) => textsOf(event).map((t) => [t.field, t.value])
  const event = upcast(stored)

  it('comes to the newest version, as its schema has it', () => {
    const definition = definitionOf(stored.type)!
    expect(event.version).toBe(definition.version)
    const opened = mapTexts(event, ({ value }) => (isSealed(value) ? 'Opened' : value))
    expect(definition.data.safeParse(opened.data).error).toBeUndefined()
    const { stream: _stream, revision: _revision, type: _type, version: _version, data: _data, ...envelope } = opened
    expect(envelopeSchema.safeParse(envelope).error).toBeUndefined()
  })

  it('keeps each sealed text at its path: the seal is bound to it', () => {
    const paths = (value: unknown, path: string): string[] =>
      isSealed(value)
        ? [path]
        : typeof value === 'object' && value !== null
          ? Object.entries(value).flatMap(([key, inner]) => paths(inner, `${path}.${key}`))
          : []
    const before = paths(stored.data, 'data')
    for (const [field, value] of sealedIn(event).filter(([field]) => String(field).startsWith('data.'))) {
      expect(before).toContain(field)
      expect(isSealed(value)).toBe(true)
    }
  })

  it('travels without a text', () => {
    expect(JSON.stringify(toFeedEvent({ ...stored, position: 7 }))).not.toMatch(/ciphertext|Sealed/)
  })
})
