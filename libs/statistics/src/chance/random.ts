import { ArgumentError } from '../argument-error'

/** Chance, from a seed: the same seed gives the same numbers on every machine. */
export interface Random {
  /** A whole number, 0 to 2³² − 1. */
  next(): number
  /** A number in [0, 1) with 53 random bits. */
  real(): number
  /** A whole number, 0 to `bound` − 1, without bias (rejection); `bound` from 1 to 2³². */
  below(bound: number): number
  /** A generator of its own for another purpose: its next 2⁶⁴ numbers share none with this one's. */
  split(): Random
}

/**
 * xoshiro128** 1.1 (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators"), its state filled from the seed
 * by splitmix32, so that neighbouring seeds give unrelated streams. `split` hands out the present place in the sequence and moves
 * this generator on by the published jump of 2⁶⁴ steps.
 *
 * @param seed a whole number, 0 to 2³² − 1; anything else is refused
 */
export function seededRandom(seed: number): Random {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) throw new ArgumentError('seed', `must be a whole number from 0 to 4294967295, not ${seed}`)
  const word = splitmix32(seed)
  return fromState([word(), word(), word(), word()])
}

/** The generator at a given state of four 32-bit words, not all zero: what the published test vectors start from. */
export function fromState(state: readonly [number, number, number, number]): Random {
  const s = Int32Array.from(state, (word) => word | 0)
  const next = () => step(s)
  return {
    next,
    real: () => ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992,
    below: (bound) => below(bound, next),
    split: () => {
      const here = fromState([s[0]!, s[1]!, s[2]!, s[3]!])
      jump(s)
      return here
    },
  }
}

function step(s: Int32Array): number {
  const s1 = s[1]!
  const x = Math.imul(s1, 5)
  const result = Math.imul((x << 7) | (x >>> 25), 9)
  const s2 = s[2]! ^ s[0]!
  const s3 = s[3]! ^ s1
  s[1] = s1 ^ s2
  s[0] = s[0]! ^ s3
  s[2] = s2 ^ (s1 << 9)
  s[3] = (s3 << 11) | (s3 >>> 21)
  return result >>> 0
}

const JUMP = [0x8764000b, 0xf542d2d3, 0x6fa035c3, 0x77f2db5b]

function jump(s: Int32Array): void {
  const sum = new Int32Array(4)
  for (const word of JUMP) {
    for (let bit = 0; bit < 32; bit++) {
      if ((word >>> bit) & 1) for (let i = 0; i < 4; i++) sum[i] = sum[i]! ^ s[i]!
      step(s)
    }
  }
  s.set(sum)
}

function below(bound: number, next: () => number): number {
  if (!Number.isInteger(bound) || bound < 1 || bound > 4294967296) throw new ArgumentError('bound', `must be a whole number from 1 to 4294967296, not ${bound}`)
  if (bound > MULTIPLIES_EXACTLY) return belowByRemainder(bound, next)
  // Lemire 2019: the product's upper 32 bits are the answer, and only a small lower part could be uneven.
  for (;;) {
    const product = next() * bound
    const answer = Math.floor(product / 4294967296)
    const rest = product - answer * 4294967296
    if (rest >= bound || rest >= 4294967296 % bound) return answer
  }
}

/** Up to here a 32-bit number times the bound is exact in a double. */
const MULTIPLIES_EXACTLY = 2 ** 21

function belowByRemainder(bound: number, next: () => number): number {
  const fair = 4294967296 - (4294967296 % bound)
  let drawn = next()
  while (drawn >= fair) drawn = next()
  return drawn % bound
}

function splitmix32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
}
