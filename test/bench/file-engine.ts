import { ClickHouse } from '@circumspect/views'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_LIMITS, engineConfig } from '../../libs/views/src/engine/config'
import { credentialsIn, writePrivately } from '../../libs/views/src/engine/credentials'
import { EngineProcess, freePort } from '../../libs/views/src/engine/engine-process'

/** What ours may not do: read a file. */
const MAY_READ_FILES = '<query>GRANT CREATE TEMPORARY TABLE, FILE ON *.*</query>'

export interface FileEngine {
  readonly client: ClickHouse
  /** Where it reads files from. */
  readonly files: string
  stop(): Promise<void>
}

/** An engine like ours, of the same configuration, whose projector may read files: what the engine can take in by itself. */
export async function startFileEngine(directory: string, childScript: string): Promise<FileEngine> {
  const files = join(directory, 'db', 'user_files')
  mkdirSync(files, { recursive: true })
  const credentials = credentialsIn(directory)
  const config = engineConfig(directory, credentials, DEFAULT_LIMITS)
    .replace('<query>GRANT TABLE ENGINE ON MergeTree</query>', (grant) => MAY_READ_FILES + grant)
    .replace('</clickhouse>', `<user_files_path>${files}/</user_files_path></clickhouse>`)
  writePrivately(join(directory, 'engine.xml'), config)
  const port = await freePort()
  const engine = new EngineProcess(childScript, directory, port)
  await engine.untilAnswering('projector', credentials.projector)
  const client = new ClickHouse(`http://127.0.0.1:${port}`, 'projector', credentials.projector)
  const stop = async () => {
    await client.close()
    await engine.end()
  }
  return { client, files, stop }
}
