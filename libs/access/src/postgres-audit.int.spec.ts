import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newSchema, postgresThere, startPostgres, type TestPostgres } from '../../../test/support/postgres'
import type { AuditEntry } from './audit'
import { AuditUnavailableError, ForeignAuditError, PostgresAuditLog } from './postgres-audit'

const READ: AuditEntry = { at: '2026-03-20T12:00:00.000Z', account: 'account-1', action: 'read-case', subject: 'case-1' }
const EXPORT: AuditEntry = { ...READ, at: '2026-03-20T12:00:01.000Z', action: 'export-report', subject: 'hotspots', position: 7 }

describe.skipIf(!postgresThere())('the audit log on PostgreSQL', () => {
  const schema = newSchema()
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.end())
  const open = () => PostgresAuditLog.open({ url: postgres.url, schema })

  it('keeps who looked at what, in order, over a restart, for several who open it at once', async () => {
    const logs = await Promise.all(Array.from({ length: 4 }, open))
    await logs[0]!.write(READ)
    await logs[1]!.write(EXPORT)
    for (const log of logs) await log.close()
    const again = await open()
    expect(await again.entries()).toEqual([READ, EXPORT])
    await again.close()
    await expect(again.write(READ)).rejects.toThrow(AuditUnavailableError)
  })

  it.each(["UPDATE audit SET account = 'other'", 'DELETE FROM audit', 'TRUNCATE audit'])('refuses %s, whoever connects', async (sql) => {
    const client = new pg.Client({ connectionString: postgres.url, options: `-c search_path=${schema}` })
    await client.connect()
    await expect(client.query(sql)).rejects.toThrow('the audit log is never changed or cut')
    await client.end()
    const log = await open()
    expect(await log.entries()).toEqual([READ, EXPORT])
    await log.close()
  })

  it('takes over another log, going on where it was cut off, and never behind entries of its own', async () => {
    const into = () => PostgresAuditLog.open({ url: postgres.url, schema: other })
    const other = newSchema()
    const entries = Array.from({ length: 2500 }, (_, i) => ({ ...(i % 2 === 0 ? READ : EXPORT), subject: `subject-${i}` }))
    const log = await into()
    await log.takeOver(entries.slice(0, 1200))
    await log.takeOver(entries)
    await log.takeOver(entries)
    expect(await log.entries()).toEqual(entries)
    await log.write(READ)
    await expect(log.takeOver(entries)).rejects.toThrow(ForeignAuditError)
    await expect(log.takeOver([EXPORT, ...entries, READ])).rejects.toThrow(ForeignAuditError)
    expect(await log.entries()).toHaveLength(2501)
    await log.close()
  })
})
