import { expect, it } from 'vitest'
import { killRepeatedly } from '../../../../test/support/kills'
import { seedOfRun } from '../../../../test/support/seed'

it('loses no acknowledged event under 5 kills', async () => {
  const acknowledged = await killRepeatedly(5, seedOfRun('5 kills of a writer'))
  process.stdout.write(`5 kills of a writer: ${acknowledged} acknowledged events are all there\n`)
  expect(acknowledged).toBeGreaterThan(0)
})
