import { expect, it } from 'vitest'
import { fuzzIngest } from '../../../../test/support/fuzz-ingest'

it('answers 10,000 bodies with a success or a problem of the sender', async () => {
  const statuses = await fuzzIngest(10_000)
  for (const status of [200, 201, 202, 400, 404, 409, 415, 422]) expect(statuses[status], `none was answered ${status}`).toBeGreaterThan(0)
})
