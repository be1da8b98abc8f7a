import { Chance } from '../../apps/standalone/src/demo/chance'

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** Seeded chance whose ids cost little: millions of them are made. */
export class QuickChance extends Chance {
  override id(): string {
    const [a, b, c, d] = [this.bits(), this.bits(), this.bits(), this.bits()]
    return `${hex(a)}-${hex(b).slice(0, 4)}-4${hex(b).slice(5)}-8${hex(c).slice(1, 4)}-${hex(c).slice(4)}${hex(d)}`
  }

  private bits = (): number => Math.floor(this.next() * 4_294_967_296)
}

const hex = (n: number): string => HEX[n >>> 24]! + HEX[(n >>> 16) & 255]! + HEX[(n >>> 8) & 255]! + HEX[n & 255]!
