import { expect, it } from 'vitest'
import { damageTheFile } from '../../../../test/support/damage'
import { seedOfRun } from '../../../../test/support/seed'

it('gives no other events than were recorded, with a bit flipped at 20480 places of the file', async () => {
  const found = await damageTheFile(20480, seedOfRun('damage at 20480 places'))
  process.stdout.write(`damage at 20480 places: ${JSON.stringify(found)}\n`)
  for (const count of Object.values(found)) expect(count).toBeGreaterThan(0)
})
