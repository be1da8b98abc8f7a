import { SqliteEventStore } from '@circumspect/event-store'
import { DirectFeed } from '@circumspect/feed'
import { Projector } from '@circumspect/projector'
import { ClickHouseReports, REPORT_NAMES, type Databases } from '@circumspect/views'
import { randomUUID } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Chance } from '../../apps/standalone/src/demo/chance'
import { fillWithDemo } from '../../apps/standalone/src/demo/fill'
import { credentialsIn } from '../../libs/views/src/engine/credentials'
import { useClickHouse } from '../support/clickhouse'
import { inPortions } from '../support/in-portions'
import { kafkaThere, startKafka, type TestKafka } from '../support/kafka'
import { openKafkaPath } from '../support/kafka-feed'
import type { ProjectorChild } from '../support/projector-child'
import { buildAndFork, type Forked } from '../support/run-ts'
import { openHistory, until } from '../support/service'

const NOW = new Date('2026-11-20T18:00:00Z')
const PARTITIONS = 3
/** Events of one request of the relay. */
const PORTION = 40
/** After so long without a sign of life a projector's partitions, and its right to fold, go to others; ms. */
const SESSION = 1500

/** What there is while a fault happens. */
interface Running {
  readonly chance: Chance
  readonly kafka: TestKafka
  readonly projectors: Forked[]
  readonly another: () => Promise<Forked>
  readonly killEngine: () => void
  /** Ends the relay and everything it remembers, and starts another. */
  readonly forgetfulRelay: () => Promise<void>
}

/** What can go wrong while events are on their way. Where the relay is killed is told beforehand: it does it itself. */
const FAULTS: Readonly<Record<string, (running: Running) => Promise<void>>> = {
  'the relay killed between acknowledgement and checkpoint': () => Promise.resolve(),
  'a projector killed, and another started': async ({ projectors, another }) => {
    const [first] = projectors
    first!.child.kill('SIGKILL')
    await first!.ended
    await another()
  },
  'a projector held up for longer than its session': async ({ projectors }) => {
    const [first] = projectors
    first!.child.kill('SIGSTOP')
    await sleep(3 * SESSION)
    first!.child.kill('SIGCONT')
  },
  'the broker killed, and started again': async ({ kafka, chance }) => {
    await kafka.stop('SIGKILL')
    await sleep(chance.whole(0, 2000))
    await kafka.start()
  },
  'ClickHouse killed in the middle of inserts': async ({ killEngine, chance }) => {
    for (let i = 0; i < 3; i++) {
      killEngine()
      await sleep(chance.whole(300, 2000))
    }
  },
  'the disk of the checkpoint lost': ({ forgetfulRelay }) => forgetfulRelay(),
}

/** Every fault, as often as asked, on a real broker and a real ClickHouse: afterwards the reports equal those of a projection nobody disturbed. */
export function describeFaults(times: number, firstSeed: number): void {
  describe.runIf(kafkaThere())('events on their way through Kafka', { timeout: 300_000 }, () => {
    const clickhouse = useClickHouse()
    let kafka: TestKafka
    let original: string
    let expected: string
    let head: number
    let schools: string[]

    beforeAll(async () => {
      kafka = await startKafka()
      original = mkdtempSync(join(tmpdir(), 'circumspect-original-'))
      const history = await openHistory()
      await fillWithDemo(history, { today: '2026-11-20', share: 0.08 })
      head = await history.store.head()
      schools = (await history.store.readAll(0, 100_000)).filter((e) => e.type === 'school-registered').map((e) => e.school)
      await history.store.close()
      copyFileSync(join(history.directory, 'history.db'), join(original, 'history.db'))
      await history.vault.close()
      expected = await undisturbed()
    })
    afterAll(async () => {
      await kafka.end()
      rmSync(original, { recursive: true, force: true })
    })

    async function undisturbed(): Promise<string> {
      const store = new SqliteEventStore(join(original, 'history.db'))
      const databases = { ledger: 'circumspect_undisturbed', facts: 'circumspect_undisturbed_facts' }
      const unexpected = ({ reason }: { reason: string }) => expect.fail(reason)
      const projector = new Projector({ feed: new DirectFeed(store, unexpected), clickhouse: clickhouse.projector(), databases, now: () => NOW, log: () => undefined })
      await projector.start()
      const all = await answers(databases)
      await projector.stop()
      await store.close()
      return all
    }

    /** Every report at the head of the history, as text. */
    async function answers(databases: Databases): Promise<string> {
      const reports = new ClickHouseReports(clickhouse.reader(), databases, () => NOW)
      await until(`the views are at ${head}`, async () => (await reports.watermark().catch(() => -1)) >= head)
      const all: string[] = []
      for (const name of REPORT_NAMES) all.push(JSON.stringify(await reports.run(name, { schools })))
      return all.join('\n')
    }

    const seeds = Array.from({ length: times }, (_, i) => firstSeed + i)
    for (const fault of Object.keys(FAULTS)) it.each(seeds)(`${fault}: nothing is missing, nothing counts twice (seed %i)`, (seed) => disturbed(fault, seed))

    async function disturbed(fault: string, seed: number): Promise<void> {
      const chance = new Chance(seed)
      const directory = mkdtempSync(join(tmpdir(), 'circumspect-faults-'))
      copyFileSync(join(original, 'history.db'), join(directory, 'history.db'))
      const topic = `events-${randomUUID()}`
      const ledger = `circumspect_faults_${randomUUID().slice(0, 8)}`
      const databases = { ledger, facts: `${ledger}_facts` }
      const where = { broker: kafka.broker, partitions: PARTITIONS, topic, directory }
      const projectors: Forked[] = []
      try {
        if (fault.startsWith('the relay killed')) {
          const relay = await buildAndFork('test/support/relay-child.ts', [kafka.broker, String(PARTITIONS), topic, directory, String(chance.whole(2, 6)), String(PORTION)])
          expect((await relay.ended).signal, relay.stderr()).toBe('SIGKILL')
        }
        let path = openKafkaPath(where)
        const send = () => path.relay({ source: inPortions(path.store, PORTION), leaseFor: SESSION })
        send()
        const another = async () => {
          const given: ProjectorChild = {
            broker: kafka.broker, topic, group: `views-${topic}`, session: SESSION, url: clickhouse.engine().url, databases,
            password: credentialsIn(clickhouse.directory).projector, leases: join(directory, 'projectors.db'),
          }
          const child = await buildAndFork('test/support/projector-child.ts', [JSON.stringify(given)])
          projectors.push(child)
          child.child.send('begin')
          await child.said('following')
          return child
        }
        await until('the topic is there', async () => path.relays[0]!.status().position >= 0)
        await another()
        await another()
        await sleep(chance.whole(0, 800))
        const forgetfulRelay = async () => {
          await path.close()
          for (const file of ['leases.db', 'leases.db-wal', 'leases.db-shm']) rmSync(join(directory, file), { force: true })
          path = openKafkaPath(where)
          send()
        }
        const killEngine = () => {
          // It may be starting again from the last time.
          const pid = clickhouse.engine().pid()
          if (pid !== undefined) process.kill(pid, 'SIGKILL')
        }
        await FAULTS[fault]!({ chance, kafka, projectors, another, killEngine, forgetfulRelay })
        const all = await answers(databases)
        expect(all).toBe(expected)
        await path.close()
      } finally {
        for (const { child, ended } of projectors) {
          child.kill('SIGKILL')
          await ended
        }
        rmSync(directory, { recursive: true, force: true })
      }
    }
  })
}
