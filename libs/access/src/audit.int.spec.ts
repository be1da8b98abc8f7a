import Database from 'libsql'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, describe, it } from 'vitest'
import { SqliteAuditLog, type AuditEntry } from './audit'

const READ: AuditEntry = { at: '2026-03-20T12:00:00.000Z', account: 'account-1', action: 'read-case', subject: 'case-1' }
const EXPORT: AuditEntry = {
  at: '2026-03-20T12:00:01.000Z',
  account: 'account-1',
  action: 'export-report',
  subject: 'hotspots',
  position: 7,
}

describe('the audit log', () => {
  const directory = mkdtempSync(join(tmpdir(), 'circumspect-test-'))
  const file = join(directory, 'audit.db')
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('keeps who looked at what, in order, over a restart', async () => {
    const log = new SqliteAuditLog(file)
    await log.write(READ)
    await log.write(EXPORT)
    await log.close()
    const again = new SqliteAuditLog(file)
    expect(await again.entries()).toEqual([READ, EXPORT])
    await again.close()
  })

  it.each([
    'UPDATE audit SET account = ?',
    'DELETE FROM audit WHERE account <> ?',
    'REPLACE INTO audit (number, at, account, action, subject) VALUES (1, ?, 1, 1, 1)',
  ])('refuses %s, whoever opens the file', async (sql) => {
    const db = new Database(file)
    expect(() => db.prepare(sql).run('somebody else')).toThrow(/audit log/)
    db.close()
    const log = new SqliteAuditLog(file)
    expect(await log.entries()).toEqual([READ, EXPORT])
    await log.close()
  })
})
