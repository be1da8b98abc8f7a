import { parseCommand, parseStream, type Command, type StreamId } from '@circumspect/domain'
import { Recorder, RecordingClock } from '@circumspect/ingest'
import type { History } from '../history'
import { schoolDays, yearsUpTo, type DemoYear } from './calendar'
import { DemoCase, type DemoStep } from './case'
import { Chance } from './chance'
import { PLANTED } from './planted'
import { reviewSteps } from './review'
import { DemoSchool, type DemoChild } from './school'
import { schoolSteps } from './school-facts'
import { TRUST } from './trust'
import { closingSteps, newConcerns } from './unfinished'
import { whereAndWhen } from './where'

const ACCOUNT = '00000000-0000-4000-8000-00000000d000'
const SEED = 20250902

export interface DemoOptions {
  readonly seed?: number
  /** The last day that is told of. */
  readonly today?: string
  /** Whether there is something to find; else all is by chance. */
  readonly planted?: boolean
  /** Of the cases that there would be. */
  readonly share?: number
  /** Told what has been recorded so far, of all. */
  readonly progress?: (recorded: number, of: number) => void
}

/**
 * Fills an empty store with a made-up trust: six schools, three school years and the one that is on, through the same rules as
 * everything else. The same seed and day, the same trust, but for the random ids of its children.
 */
export async function fillWithDemo({ store, vault }: Pick<History, 'store' | 'vault'>, options: DemoOptions = {}): Promise<void> {
  const makeChild = (name: string) => vault.childFor([{ issuer: 'demo', scheme: 'number', value: name }], { name })
  await recordAll(await trustSteps(makeChild, options), { store, vault }, options.progress ?? (() => undefined))
}

/** Everything that is told of the trust, in the order in which it was recorded. */
export async function trustSteps(makeChild: (name: string) => Promise<string>, options: DemoOptions = {}): Promise<DemoStep[]> {
  const { seed = SEED, today = new Date().toISOString().slice(0, 10), planted = true, share = 1 } = options
  const chance = new Chance(seed)
  const years = yearsUpTo(today)
  // Of its own, so that what is open now moves nothing that was told before.
  const later = new Chance(seed + 1)
  const steps: DemoStep[] = []
  for (const [index, plan] of TRUST.entries()) {
    const school = new DemoSchool(plan, chance, planted)
    await school.enrol(years, makeChild)
    steps.push(...schoolSteps(chance, school, years, today))
    const cases = casesOf(chance, school, years, today, planted, share)
    for (const told of cases) steps.push(...told.steps, ...reviewSteps(chance, told))
    if (!planted || share !== 1) continue
    steps.push(...cases.flatMap((told) => closingSteps(later, told, today)))
    steps.push(...newConcerns(later, school, index, years.flatMap((year) => schoolDays(year, today))))
  }
  // Sorting keeps the order of what happens at one instant.
  return steps.filter(({ at }) => at.toPlainDate().toString() <= today).sort((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds)
}

function casesOf(chance: Chance, school: DemoSchool, years: readonly DemoYear[], today: string, planted: boolean, share: number): DemoCase[] {
  const cases: DemoCase[] = []
  const pairs = new Set<string>()
  const quiet = planted && school.plan.key === PLANTED.quiet.school ? PLANTED.quiet.share : 1
  for (const year of years) {
    const days = schoolDays(year, today)
    const perDay = (school.pupils * school.plan.rate * quiet * share) / 190
    for (const date of days)
      for (let left = perDay; left > 0; left--) {
        if (left < 1 && !chance.is(left)) break
        const by = school.pupil(chance, year.starts, 'other')
        const on = other(chance, school, year.starts, by, pairs)
        cases.push(new DemoCase(chance, { school, year: year.starts, date, where: whereAndWhen(chance, school, planted), by, on, planted }))
      }
  }
  return planted && school.plan.key === PLANTED.pair.school ? [...cases, ...samePair(chance, school, years.at(-2)!)] : cases
}

/** Somebody near in age; no two children meet twice by chance, so that a pair that does is one that was planted. */
function other(chance: Chance, school: DemoSchool, year: number, by: DemoChild, pairs: Set<string>): DemoChild {
  for (;;) {
    const on = school.pupil(chance, year, 'harmed', by)
    const pair = [by.id, on.id].sort().join()
    if (pairs.has(pair)) continue
    pairs.add(pair)
    return on
  }
}

/** The planted pair: dealt with, and then again. */
function samePair(chance: Chance, school: DemoSchool, year: DemoYear): DemoCase[] {
  const by = school.pupil(chance, year.starts, 'other')
  const on = school.pupil(chance, year.starts, 'harmed', by)
  const dates = [`${year.starts}-10-06`, `${year.starts + 1}-01-14`, `${year.starts + 1}-03-11`].slice(0, 1 + PLANTED.pair.again)
  return dates.map((date, i) => new DemoCase(chance, { school, year: year.starts, date, where: whereAndWhen(chance, school, false), by, on, planted: true, isDealtWith: i === 0 }))
}

/** Records everything in the order of the simulated clock, a day at a time: the store takes many streams' events in one go. */
async function recordAll(inOrder: readonly DemoStep[], { store, vault }: Pick<History, 'store' | 'vault'>, progress: (recorded: number, of: number) => void): Promise<void> {
  let simulated = new Date(0)
  const recorder = new Recorder(store, vault, new RecordingClock(() => simulated))
  for (let done = 0; done < inOrder.length; ) {
    const day = ofOneDay(inOrder, done)
    simulated = new Date(day.at(-1)!.at.epochMilliseconds + 1000)
    await Promise.all([...byStream(day)].map(([stream, of]) => record(recorder, stream, of)))
    done += day.length
    progress(done, inOrder.length)
  }
}

function record(recorder: Recorder, stream: StreamId, steps: readonly DemoStep[]): Promise<unknown> {
  const commands = steps.flatMap((step) => step.commands).map((c) => checked(stream, c))
  return recorder.record(stream, commands, { recordedBy: ACCOUNT, school: steps[0]!.school })
}

function ofOneDay(steps: readonly DemoStep[], from: number): DemoStep[] {
  const day = steps[from]!.at.toPlainDate().toString()
  const end = steps.findIndex(({ at }, i) => i > from && at.toPlainDate().toString() !== day)
  return steps.slice(from, end < 0 ? steps.length : end)
}

function byStream(steps: readonly DemoStep[]): Map<StreamId, DemoStep[]> {
  const streams = new Map<StreamId, DemoStep[]>()
  for (const step of steps) streams.set(step.stream, [...(streams.get(step.stream) ?? []), step])
  return streams
}

/** Everything goes through the schemas, which also fill in what is left out. */
export function checked(stream: StreamId, given: Command): Command {
  const parsed = parseCommand(parseStream(stream).kind, given)
  if ('problems' in parsed) throw new Error(`The demonstration is wrong: ${given.type} ${JSON.stringify(parsed.problems)}`)
  return parsed.command
}
