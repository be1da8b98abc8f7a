import type { Mark, Marks } from '@circumspect/event-store'
import type { Checkpoints } from '@circumspect/feed'
import { z } from 'zod'

/** So many marks are kept: dense at the end, where most ask, sparse before. */
const MOST = 64

const number = z.string().regex(/^\d+$/).transform(BigInt)
const saved = z.array(z.object({ position: z.int(), commit: number, prepare: number }))

/**
 * Marks that outlive a process, so that a restarted one does not count from the first event: shared by all, as one checkpoint. A mark is
 * true for ever and can be found again, so one that is lost to another writer is no harm.
 */
export class KeptMarks implements Marks {
  private marks: Promise<readonly Mark[]> | undefined

  constructor(
    private readonly checkpoints: Checkpoints,
    private readonly name = 'marks in the log',
  ) {}

  async before(position: number): Promise<Mark | undefined> {
    this.marks ??= this.read().then(({ marks }) => marks)
    return (await this.marks).findLast((mark) => mark.position < position)
  }

  async keep(mark: Mark): Promise<void> {
    const { version, marks } = await this.read()
    if (marks.some(({ position }) => position === mark.position)) return
    const all = thinned([...marks, mark].sort((a, b) => a.position - b.position))
    await this.checkpoints.write(this.name, version, JSON.stringify(all.map(({ position, commit, prepare }) => ({ position, commit: String(commit), prepare: String(prepare) }))), 0)
    this.marks = Promise.resolve(all)
  }

  private async read(): Promise<{ version: number; marks: readonly Mark[] }> {
    const { version, value } = await this.checkpoints.read(this.name)
    return { version, marks: value === undefined ? [] : saved.parse(JSON.parse(value)) }
  }
}

/** One fewer where there are too many: without the one that leaves the smallest gap for its distance from the end. */
export function thinned(marks: readonly Mark[]): readonly Mark[] {
  if (marks.length <= MOST) return marks
  const end = marks.at(-1)!.position
  const cost = (i: number) => (marks[i + 1]!.position - marks[i - 1]!.position) / (end - marks[i]!.position + 1)
  let least = 1
  for (let i = 2; i < marks.length - 1; i++) if (cost(i) < cost(least)) least = i
  return marks.filter((_, i) => i !== least)
}
