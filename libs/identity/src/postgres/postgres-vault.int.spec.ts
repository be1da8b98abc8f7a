import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe } from 'vitest'
import { describeVault } from '../../../../test/contracts/vault'
import { dumpOf, newSchema, postgresThere, restored, startPostgres, type TestPostgres } from '../../../../test/support/postgres'
import { PostgresVault } from './postgres-vault'

const master = randomBytes(32).toString('base64')

describe.skipIf(!postgresThere())('on PostgreSQL', () => {
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.end())

  describeVault('PostgreSQL', async () => {
    const schema = newSchema()
    const open = () => PostgresVault.open({ url: postgres.url, schema, connections: 4 }, master)
    let vault = await open()
    return {
      vault,
      reopen: async () => {
        await vault.close()
        return (vault = await open())
      },
      copy: async () => {
        const copy = restored(postgres.url, dumpOf(postgres.url, schema), schema)
        return PostgresVault.open({ url: postgres.url, schema: copy, connections: 4 }, master)
      },
      end: () => vault.close(),
    }
  })
})
