import { expect, it } from 'vitest'
import { fuzzIngest } from '../../../../test/support/fuzz-ingest'

it('answers whatever is sent with a success or a problem of the sender', async () => {
  const statuses = await fuzzIngest(300)
  for (const status of [201, 400, 415, 422]) expect(statuses[status], `none was answered ${status}`).toBeGreaterThan(0)
})
