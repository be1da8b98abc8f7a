import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { describeLeases } from '../../../../test/contracts/leases'
import { openSqliteLeases } from './sqlite-leases'

const directory = mkdtempSync(join(tmpdir(), 'circumspect-leases-'))
afterAll(() => rmSync(directory, { recursive: true }))

describeLeases('SQLite', async () => openSqliteLeases(join(directory, 'vault.db')))
