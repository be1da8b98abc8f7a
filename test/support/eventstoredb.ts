import { startEventStoreDbDouble } from './eventstoredb-double/double'

export interface TestEventStoreDb {
  readonly connectionString: string
  end(): void
}

let said = false

/** The server of EVENTSTORE_URL, or else a double in this process, which is said loudly, once. */
export async function startEventStoreDb(): Promise<TestEventStoreDb> {
  const given = process.env.EVENTSTORE_URL
  if (given !== undefined) return { connectionString: given, end: () => undefined }
  if (!said)
    process.stderr.write(
      '\n*** EventStoreDB: tested against a DOUBLE of the server, over the wire. Set EVENTSTORE_URL (esdb://…) to test against a real one. ***\n',
    )
  said = true
  const double = await startEventStoreDbDouble({ quiet: true })
  return { connectionString: double.url, end: double.stop }
}
