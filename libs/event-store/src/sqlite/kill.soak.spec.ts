import { expect, it } from 'vitest'
import { killRepeatedly } from '../../../../test/support/kills'
import { seedOfRun } from '../../../../test/support/seed'

it('loses no acknowledged event under 100 kills', async () => {
  const acknowledged = await killRepeatedly(100, seedOfRun('100 kills of a writer'))
  process.stdout.write(`100 kills of a writer: ${acknowledged} acknowledged events are all there\n`)
  expect(acknowledged).toBeGreaterThan(0)
})
