import { expect, it } from 'vitest'
import { damageTheFile } from '../../../../test/support/damage'
import { seedOfRun } from '../../../../test/support/seed'

it('gives no other events than were recorded, with a bit flipped at 250 places of the file', async () => {
  const found = await damageTheFile(250, seedOfRun('damage at 250 places'))
  process.stdout.write(`damage at 250 places: ${JSON.stringify(found)}\n`)
  for (const count of Object.values(found)) expect(count).toBeGreaterThan(0)
})
