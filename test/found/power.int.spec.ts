import { describe, expect, it } from 'vitest'
import { powerOf } from './power'

const INCIDENTS = 120
const SCHOOLS = 40

describe('the power to find a hot spot', () => {
  it('grows with what there is to find', () => {
    const shares = [0.015, 0.03, 0.06]
    const power = shares.map((share, i) => powerOf(share, INCIDENTS, SCHOOLS, 100 + i))
    process.stdout.write(
      `Power, a corridor at lesson change in a school with ${INCIDENTS} incidents (${SCHOOLS} schools each): ${shares.map((s, i) => `${s * 100} % of the incidents: found in ${Math.round(power[i]! * 100)} %`).join('; ')}\n`,
    )
    expect([...power].sort((a, b) => a - b)).toEqual(power)
    expect(power.at(-1)).toBeGreaterThan(0.9)
  })
})
