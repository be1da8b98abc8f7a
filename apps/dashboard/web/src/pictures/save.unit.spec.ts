import { describe, expect, it } from 'vitest'
import { linesOf } from './save'

describe('lines', () => {
  it('fit the width, word by word', () => {
    expect(linesOf('one two three', 400)).toEqual(['one two three'])
    const lines = linesOf('what was reported by place and time slot in the school year', 144)
    expect(lines.every((line) => line.length <= 20)).toBe(true)
    expect(lines.join(' ')).toBe('what was reported by place and time slot in the school year')
  })

  it('never lose a word that is longer than a line', () => {
    expect(linesOf('a-word-that-is-longer-than-a-line b', 10)).toEqual(['a-word-that-is-longer-than-a-line', 'b'])
  })
})
