import type { FeedEvent } from '@circumspect/domain'
import { applySchema, DATABASES, LedgerWriter, toRows, type ClickHouse } from '@circumspect/views'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { schoolsElsewhere } from '../../libs/views/src/ledger/mapping'
import { NativeBlocks } from '../../libs/views/src/ledger/native'
import { startFileEngine } from './file-engine'
import type { FeedGenerator } from './generator'
import { figure, median, perSecond, type Measured } from './table'
import { BATCH, NOW, type Batches, type Views } from './views'

const ROUNDS = 3

interface Mapped {
  readonly upTo: number
  readonly ledger: ReturnType<NativeBlocks['encode']>
  readonly timeline: unknown[][]
  readonly elsewhere: unknown[][]
}

/** Loads all that the generator makes through the projection; the time of making it is not counted. Then folds it. */
export async function loadViews(views: Views, generator: FeedGenerator, progress: (events: number) => void): Promise<Measured[]> {
  const writer = new LedgerWriter(views.projector, DATABASES.ledger)
  let spent = 0
  for (const batch of generator.batches(BATCH)) {
    const start = performance.now()
    await take(writer, batch)
    spent += performance.now() - start
    progress(generator.position)
  }
  const folding = performance.now()
  await views.facts.refresh(generator.schools.map((s) => s.id), generator.position - 1)
  const folded = (performance.now() - folding) / 1000
  return [
    { section: 'projection', what: 'taking in the whole feed', figure: perSecond((generator.position / spent) * 1000), against: `${figure(spent / 1000)} s, making the events not counted` },
    { section: 'projection', what: 'folding all of it into facts', figure: `${figure(folded)} s`, against: `${perSecond(generator.position / folded)} events` },
  ]
}

async function take(writer: LedgerWriter, batch: FeedEvent[]): Promise<void> {
  await writer.write(batch)
  await writer.advance(0, batch.at(-1)!.position, NOW)
}

/** The same events three ways into empty tables: projected; mapped beforehand; mapped beforehand and read by the engine from a file. */
export async function compareProjection(views: Views, sample: Batches, directory: string, childScript: string): Promise<Measured[]> {
  const batches = [...sample]
  const events = batches.reduce((sum, batch) => sum + batch.length, 0)
  const columns = await views.projector.query<{ name: string; type: string; fallback: string }>(
    "SELECT name, type, default_expression AS fallback FROM system.columns WHERE database = 'circumspect' AND table = 'ledger' ORDER BY position",
  )
  const blocks = new NativeBlocks(columns.map((c) => ({ ...c, fallback: Number(c.fallback) })))
  const mapped = batches.map((batch) => mapOf(batch, blocks))
  const files = await startFileEngine(join(directory, 'file-engine'), childScript)
  await applySchema(files.client, 'circumspect')
  mapped.forEach(({ ledger }, i) => writeFileSync(join(files.files, `batch-${i}`), ledger.block))
  const rates = { projected: [] as number[], mapped: [] as number[], file: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    rates.projected.push(await rate(views.projector, events, async (database) => {
      const writer = new LedgerWriter(views.projector, database)
      for (const batch of batches) await take(writer, batch)
    }))
    rates.mapped.push(await rate(views.projector, events, async (database) => {
      for (const each of mapped) await insertMapped(views.projector, database, each)
    }))
    await files.client.command('TRUNCATE TABLE ledger', {}, { database: 'circumspect' })
    const start = performance.now()
    for (let i = 0; i < mapped.length; i++)
      await files.client.command(`INSERT INTO ledger (${mapped[i]!.ledger.columns.join(', ')}) SELECT * FROM file('${join(files.files, `batch-${i}`)}', Native)`, {}, { database: 'circumspect' })
    rates.file.push((events / (performance.now() - start)) * 1000)
  }
  await files.stop()
  const [projected, inserted, read] = [median(rates.projected), median(rates.mapped), median(rates.file)]
  return [
    {
      section: 'projection', what: 'projection rate', figure: `${figure(projected / inserted)} × (${perSecond(projected)})`,
      against: `inserting the same rows, mapped and encoded beforehand, through the same client (${perSecond(inserted)})`, aim: '≥ 0.8 ×', reached: projected / inserted >= 0.8,
    },
    {
      section: 'projection', what: 'projection rate', figure: `${figure(projected / read)} ×`,
      against: `the engine reading the same rows from a local file (${perSecond(read)})`, aim: '≥ 0.4 ×', reached: projected / read >= 0.4,
    },
  ]
}

async function rate(client: ClickHouse, events: number, run: (database: string) => Promise<void>): Promise<number> {
  const database = 'circumspect_bench'
  await applySchema(client, database)
  const start = performance.now()
  await run(database)
  const spent = performance.now() - start
  await client.command(`DROP DATABASE ${database} SYNC`)
  return (events / spent) * 1000
}

function mapOf(batch: FeedEvent[], blocks: NativeBlocks): Mapped {
  return {
    upTo: batch.at(-1)!.position,
    ledger: blocks.encode(batch.flatMap(toRows)),
    timeline: batch.map((e) => [e.position, Date.parse(e.recordedAt)]),
    elsewhere: batch.flatMap((e) => schoolsElsewhere(e).map((school) => [school, e.school, e.position])),
  }
}

async function insertMapped(client: ClickHouse, database: string, { upTo, ledger, timeline, elsewhere }: Mapped): Promise<void> {
  await Promise.all([
    client.insertBlock('ledger', ledger.columns, ledger.block, { database }),
    client.insert('timeline', ['position', 'recorded'], timeline, { database }),
    client.insert('elsewhere', ['counts_at', 'filed', 'position'], elsewhere, { database }),
  ])
  await client.insert('progress', ['partition', 'position', 'taken'], [[0, upTo, NOW.getTime()]], { database })
}
