import { describe, expect, it } from 'vitest'
import { alternateRiskRatio, gatedRiskRatio, publishGate, riskRatio } from './disproportionality'

describe('the gate of a ratio', () => {
  it('is open from 10 in the cell and 30 on roll', () => {
    expect(publishGate({ cell: 10, roll: 30 })).toEqual({ open: true })
  })

  it('says which number falls short, and never the number', () => {
    expect(publishGate({ cell: 9, roll: 30 })).toEqual({
      open: false,
      short: ['cell'],
      why: 'No ratio is given: fewer than 10 children in the cell.',
    })
    expect(publishGate({ cell: 3, roll: 29 })).toMatchObject({
      short: ['cell', 'roll'],
      why: 'No ratio is given: fewer than 10 children in the cell, and fewer than 30 children of the group on roll.',
    })
  })

  it('takes other thresholds', () => {
    expect(publishGate({ cell: 5, roll: 20 }, { cell: 5, roll: 20 }).open).toBe(true)
    expect(() => publishGate({ cell: 5, roll: 20 }, { cell: -1, roll: 20 })).toThrow('gate.cell')
  })

  it('refuses more in the cell than on roll', () => {
    expect(() => publishGate({ cell: 31, roll: 30 })).toThrow('group.cell must be at most the children on roll (30)')
  })
})

describe('risk ratio', () => {
  it('is 5.625 for 15 of 60 against 40 of 900, and 5.0 against 5 %', () => {
    expect(riskRatio({ cell: 15, roll: 60 }, { cell: 40, roll: 900 })).toBeCloseTo(5.625, 12)
    expect(alternateRiskRatio({ cell: 15, roll: 60 }, 0.05)).toBe(5)
  })

  it('has a defined answer where nobody is in a cell, and refuses nobody on roll', () => {
    expect(riskRatio({ cell: 0, roll: 60 }, { cell: 0, roll: 900 })).toBeNull()
    expect(riskRatio({ cell: 0, roll: 60 }, { cell: 4, roll: 900 })).toBe(0)
    expect(riskRatio({ cell: 4, roll: 60 }, { cell: 0, roll: 900 })).toBe(Infinity)
    expect(() => riskRatio({ cell: 1, roll: 60 }, { cell: 0, roll: 0 })).toThrow('comparison.roll')
    expect(() => alternateRiskRatio({ cell: 1, roll: 60 }, 5)).toThrow('populationRisk')
  })

  it('passes the gate as the regulation has it: none, alternate, or the ratio itself', () => {
    const group = { cell: 15, roll: 60 }
    expect(gatedRiskRatio(group, { cell: 40, roll: 900 })).toMatchObject({ kind: 'ratio', ratio: expect.closeTo(5.625, 12) as number })
    expect(gatedRiskRatio(group, { cell: 4, roll: 900 }, 0.05)).toMatchObject({ kind: 'alternate', ratio: 5 })
    expect(gatedRiskRatio(group, { cell: 4, roll: 900 })).toEqual({
      kind: 'withheld',
      why: 'No ratio is given: fewer than 10 children in the cell (among those compared with).',
    })
    expect(gatedRiskRatio({ cell: 4, roll: 60 }, { cell: 40, roll: 900 }, 0.05).kind).toBe('withheld')
    expect(gatedRiskRatio({ cell: 0, roll: 60 }, { cell: 0, roll: 900 }, 0.05, { cell: 0, roll: 0 }).kind).toBe('withheld')
  })
})
