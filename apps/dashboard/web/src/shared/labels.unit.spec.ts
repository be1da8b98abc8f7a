import { describe, expect, it } from 'vitest'
import { cellInWords, dayInWords, label } from './labels'

const ID = '00000000-0000-4000-8000-00000000bbbb'

describe('words for people', () => {
  it('never make a label of a child', () => {
    expect(label('alleged-perpetrator')).toBe('Child alleged to have caused harm')
    expect(label('alleged-victim')).toBe('Child harmed')
  })

  it('are made of codes that have none of their own', () => {
    expect(label('sports-hall')).toBe('Sports hall')
    expect(label('sexual-violence.sexual-assault')).toBe('Sexual violence: sexual assault')
  })

  it('are dates as they are written in England', () => {
    expect(dayInWords('2018-01-03')).toBe('3 January 2018')
    expect(cellInWords('2018-01-03', {})).toBe('3 January 2018')
    expect(cellInWords('2018-01', {})).toBe('January 2018')
    expect(cellInWords('202526', {})).toBe('2025/26')
  })

  it('tell what is not known from none', () => {
    expect(cellInWords(null, {})).toBe('–')
    expect(cellInWords(0, {})).toBe('0')
  })

  it('are numbers as they are written, and no more digits than mean something', () => {
    expect(cellInWords(12345.678901, {})).toBe('12,345.68')
    expect(cellInWords(56.4444, {}, 'hours')).toBe('56.4')
    expect(cellInWords(0.6364, {}, 'share')).toBe('63.6 %')
    expect(cellInWords(1, {}, 'share')).toBe('100 %')
  })

  it('are names for ids', () => {
    expect(cellInWords(ID, { [ID]: 'North corridor' })).toBe('North corridor')
    expect(cellInWords(ID, {})).toBe(ID)
  })
})
