import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeEventStore } from '../../../../test/contracts/event-store'
import { UnavailableError } from '../event-store'
import { SqliteEventStore } from './sqlite-event-store'

const folder = () => mkdtempSync(join(tmpdir(), 'circumspect-store-'))

describeEventStore('SQLite', async () => {
  const directory = folder()
  const file = join(directory, 'history.db')
  let store = new SqliteEventStore(file)
  return {
    store,
    reopen: async () => {
      await store.close()
      return (store = new SqliteEventStore(file))
    },
    end: async () => {
      await store.close()
      rmSync(directory, { recursive: true })
    },
  }
})

describe('the SQLite file', () => {
  it('belongs to one process, and says so', async () => {
    const directory = folder()
    const store = new SqliteEventStore(join(directory, 'history.db'))
    expect(() => new SqliteEventStore(join(directory, 'history.db'))).toThrow(UnavailableError)
    await store.close()
    rmSync(directory, { recursive: true })
  })
})
