import { describe, expect, it } from 'vitest'
import { Answers } from './answers'

describe('answers that are kept', () => {
  const lists = (most: number) => {
    const asked: string[] = []
    const answers = new Answers<string[]>((list) => list.length, most)
    const get = (key: string, length = 1) =>
      answers.get(key, () => {
        asked.push(key)
        return length < 0 ? Promise.reject(new Error('not now')) : Promise.resolve(Array.from({ length }, () => key))
      })
    return { answers, asked, get }
  }

  it('are found each time where nothing says what they depend on', async () => {
    const answers = new Answers<string[]>((list) => list.length)
    let times = 0
    const find = () => Promise.resolve([String(++times)])
    expect([await answers.get(undefined, find), await answers.get(undefined, find), answers.size]).toEqual([['1'], ['2'], 0])
  })

  it('are found once, also when asked for at the same time', async () => {
    const { asked, get } = lists(10)
    const [one, same] = await Promise.all([get('a', 2), get('a', 2)])
    expect(same).toBe(one)
    expect(await get('a', 2)).toBe(one)
    expect(asked).toEqual(['a'])
  })

  it('are never more than may be kept: the one that was not asked for longest goes first', async () => {
    const { answers, asked, get } = lists(5)
    for (const key of ['a', 'b', 'a', 'c']) await get(key, 2)
    expect(answers.size).toBe(4)
    await get('a', 2)
    await get('b', 2)
    expect(asked).toEqual(['a', 'b', 'c', 'b'])
  })

  it('are not kept where one is larger than all that may be', async () => {
    const { answers, asked, get } = lists(5)
    await get('a', 2)
    expect(await get('large', 6)).toHaveLength(6)
    expect(answers.size).toBe(2)
    await get('a', 2)
    await get('large', 6)
    expect(asked).toEqual(['a', 'large', 'large'])
  })

  it('are asked for again where that failed', async () => {
    const { answers, get } = lists(5)
    await expect(get('a', -1)).rejects.toThrow('not now')
    expect(await get('a', 1)).toEqual(['a'])
    expect(answers.size).toBe(1)
  })
})
