import { describe, expect, it } from 'vitest'
import { APPEARANCES, appearanceFrom, lookOf } from './appearance'

const plain = { dark: false, contrast: false, print: false }

describe('appearance', () => {
  it('follows the device unless something else is chosen', () => {
    expect(lookOf('device', plain)).toEqual({ scheme: 'light', contrast: 'ordinary' })
    expect(lookOf('device', { ...plain, dark: true, contrast: true })).toEqual({ scheme: 'dark', contrast: 'more' })
    expect(lookOf('light', { ...plain, dark: true, contrast: true })).toEqual({ scheme: 'light', contrast: 'ordinary' })
    expect(lookOf('contrast-dark', plain)).toEqual({ scheme: 'dark', contrast: 'more' })
  })

  it('prints in dark ink on white, with the contrast that was chosen', () => {
    for (const chosen of APPEARANCES) expect(lookOf(chosen, { ...plain, dark: true, print: true }).scheme).toBe('light')
    expect(lookOf('contrast-dark', { ...plain, print: true }).contrast).toBe('more')
  })

  it('takes anything unknown that was kept for the device’s own', () => {
    expect(appearanceFrom(null)).toBe('device')
    expect(appearanceFrom('sepia')).toBe('device')
    expect(appearanceFrom('contrast')).toBe('contrast')
  })
})
