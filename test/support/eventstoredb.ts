import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { startEventStoreDbDouble } from './eventstoredb-double/double'

export interface TestEventStoreDb {
  readonly connectionString: string
  end(): Promise<void>
}

let said = false

/** The server of EVENTSTORE_URL; else one of its own in Docker; else a double in this process, which is said loudly, once. */
export async function startEventStoreDb(): Promise<TestEventStoreDb> {
  const given = process.env.EVENTSTORE_URL
  return given === undefined ? startEmptyEventStoreDb() : { connectionString: given, end: () => Promise.resolve() }
}

/** A server that nothing has been written to: one of its own in Docker, or else a double, which is said loudly, once. */
export async function startEmptyEventStoreDb(): Promise<TestEventStoreDb> {
  if (dockerThere()) return startInDocker()
  if (!said)
    process.stderr.write(
      '\n*** EventStoreDB: tested against a DOUBLE of the server, over the wire. Set EVENTSTORE_URL (esdb://…), or have Docker run, to test against a real one. ***\n',
    )
  said = true
  const double = await startEventStoreDbDouble({ quiet: true })
  return { connectionString: double.url, end: () => Promise.resolve(double.stop()) }
}

/** Is there an engine to ask? Looked for where it listens, so that a computer without one is not asked to wait. */
function dockerThere(): boolean {
  const sockets = ['/var/run/docker.sock', join(process.env.XDG_RUNTIME_DIR ?? '/nowhere', 'docker.sock'), join(homedir(), '.docker/run/docker.sock')]
  return process.env.DOCKER_HOST !== undefined || sockets.some((socket) => existsSync(socket))
}

interface Composed {
  readonly services: { readonly eventstore: { readonly image: string; readonly environment: Readonly<Record<string, string>> } }
}

/**
 * Starts the very image that docker-compose.yml runs, with the same settings, by Testcontainers: on a port of its own, and waits until it says
 * over HTTP that it is healthy. Its companion container (Ryuk) removes it even where this process is killed.
 */
async function startInDocker(): Promise<TestEventStoreDb> {
  const { image, environment } = (parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as Composed).services.eventstore
  const { GenericContainer, Wait } = await import('testcontainers')
  const container = await new GenericContainer(image)
    .withEnvironment({ ...environment, EVENTSTORE_MEM_DB: 'true' })
    .withExposedPorts(2113)
    .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCodeMatching((status) => status < 300))
    .start()
  const end = async () => void (await container.stop())
  return { connectionString: `esdb://${container.getHost()}:${container.getMappedPort(2113)}?tls=false`, end }
}
