import { startEngine, type ClickHouse, type Engine, type EngineOptions } from '@circumspect/views'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { buildProgram } from './build'

export interface TestClickHouse {
  engine(): Engine
  /** A client that may write to databases whose names begin with `circumspect`. */
  projector(): ClickHouse
  /** A client that may read them, within the limits. */
  reader(): ClickHouse
  /** The engine's folder. */
  readonly directory: string
}

/** The program an engine runs in. */
export const engineProgram = () => buildProgram('libs/views/src/engine/engine-child.ts')

/** A real ClickHouse engine for the tests of one file, in a folder of its own that goes with it. */
export function useClickHouse(options: Partial<EngineOptions> = {}): TestClickHouse {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-clickhouse-'))
  const clients: ClickHouse[] = []
  let engine: Engine | undefined
  const client = (user: 'projector' | 'reader') => {
    clients.push(engine!.client(user))
    return clients.at(-1)!
  }
  beforeAll(async () => {
    engine = await startEngine({ directory, childScript: await engineProgram(), log: () => undefined, ...options })
  })
  afterAll(async () => {
    for (const open of clients) await open.close()
    await engine?.stop()
    rmSync(directory, { recursive: true, force: true })
  })
  return { engine: () => engine!, projector: () => client('projector'), reader: () => client('reader'), directory }
}
