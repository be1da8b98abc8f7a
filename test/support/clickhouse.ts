import { ClickHouse, startEngine, type Engine } from '@circumspect/views'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { buildProgram } from './build'

/** A real ClickHouse engine for the tests of one file, in a folder of its own that goes with it. */
export function useClickHouse(): { engine: () => Engine; projector: () => ClickHouse; reader: () => ClickHouse; directory: string } {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-clickhouse-'))
  let engine: Engine | undefined
  const clients: ClickHouse[] = []
  const login = (user: 'projector' | 'reader') => {
    const client = new ClickHouse(engine!.url, user, engine!.credentials[user])
    clients.push(client)
    return client
  }
  beforeAll(async () => {
    engine = await startEngine({ directory, childScript: await buildProgram('libs/views/src/engine/engine-child.ts'), log: () => undefined })
  })
  afterAll(async () => {
    for (const client of clients) await client.close()
    await engine?.stop()
    rmSync(directory, { recursive: true, force: true })
  })
  return { engine: () => engine!, projector: () => login('projector'), reader: () => login('reader'), directory }
}
