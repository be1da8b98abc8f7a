import { afterAll, beforeAll, describe } from 'vitest'
import { describeLeases } from '../../../../test/contracts/leases'
import { newSchema, postgresThere, startPostgres, type TestPostgres } from '../../../../test/support/postgres'
import { openPostgresLeases } from './postgres-leases'

describe.skipIf(!postgresThere())('on PostgreSQL', () => {
  const schema = newSchema()
  let postgres: TestPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.end())
  describeLeases('PostgreSQL', () => openPostgresLeases({ url: postgres.url, schema, connections: 2 }))
})
