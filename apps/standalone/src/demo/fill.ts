import { ENGLISH_BANK_HOLIDAYS, parseCommand, parseStream, streamId, type Command, type StreamId } from '@circumspect/domain'
import { Recorder, RecordingClock } from '@circumspect/ingest'
import { Temporal } from 'temporal-polyfill'
import type { History } from '../history'
import { Chance } from './chance'
import { DemoCase, type DemoChild, type DemoSchool } from './case'
import { reviewSteps } from './review'
import { BEHAVIOUR_WEIGHTS, command, DAY, onDay, PLACES, TERMS } from './school'

const ACCOUNT = '00000000-0000-4000-8000-00000000d000'
const FROM = '2025-09-01'
const CASES = 60
const YEARS = ['7', '8', '9', '10', '11'] as const

/**
 * Fills an empty store with a made-up school and a year of cases, through the same rules as everything else. The same seed, the same
 * school.
 */
export async function fillWithDemo({ store, vault }: Pick<History, 'store' | 'vault'>, seed = 20250901): Promise<void> {
  const chance = new Chance(seed)
  let simulated = new Date(`${FROM}T06:00:00Z`)
  const recorder = new Recorder(store, vault, new RecordingClock(() => simulated))
  const school = await openSchool(chance, vault)
  const record = (stream: StreamId, commands: readonly Command[]) =>
    recorder.record(
      stream,
      commands.map((c) => checked(stream, c)),
      { recordedBy: ACCOUNT, school: school.id },
    )

  await record(streamId('school', school.id), schoolFacts(chance, school))
  const cases = Array.from({ length: CASES }, () => new DemoCase(chance, school, chance.id(), schoolDay(chance)))
  const steps = [...cases.flatMap((c) => c.steps), ...cases.flatMap((c) => reviewSteps(chance, c))]
  // Sorting keeps the order of what happens at one instant.
  for (const { stream, at, commands } of steps.sort((a, b) => a.at.epochMilliseconds - b.at.epochMilliseconds)) {
    simulated = new Date(at.epochMilliseconds + 1000)
    await record(stream, commands)
  }
}

/** Everything goes through the schemas, which also fill in what is left out. */
function checked(stream: StreamId, given: Command): Command {
  const parsed = parseCommand(parseStream(stream).kind, given)
  if ('problems' in parsed) throw new Error(`The demonstration is wrong: ${given.type} ${JSON.stringify(parsed.problems)}`)
  return parsed.command
}

async function openSchool(chance: Chance, vault: History['vault']): Promise<DemoSchool> {
  const children: DemoChild[] = []
  for (const [index, yearGroup] of YEARS.entries())
    for (let n = 1; n <= 16; n++) {
      const name = `Child ${String.fromCharCode(65 + index)}${n}`
      const id = await vault.childFor([{ issuer: 'demo', scheme: 'number', value: name }], { name })
      children.push({ id, yearGroup, age: 11 + index, sex: n % 2 === 0 ? 'F' : 'M', sen: chance.weighted({ N: 8, K: 2, E: 0.6 }) })
    }
  return { id: chance.id(), places: new Map(PLACES.map((p) => [p.key, chance.id()])), children }
}

function schoolFacts(chance: Chance, school: DemoSchool): Command[] {
  const at = onDay(FROM)
  const groups = YEARS.flatMap((yearGroup) =>
    (['F', 'M'] as const).flatMap((sex) => [
      { sex, yearGroup, senProvision: 'N', pupils: 76 },
      { sex, yearGroup, senProvision: 'K', pupils: 11 },
      { sex, yearGroup, senProvision: 'E', pupils: 3 },
    ]),
  )
  return [
    command(chance, 'school-registered', at, { name: 'Example High School (made up)', phase: 'secondary', from: FROM }),
    ...PLACES.map((p) =>
      command(chance, 'place-named', at, {
        place: school.places.get(p.key)!,
        name: p.name,
        setting: p.setting,
        kind: p.kind,
        openToView: p.openToView,
        supervised: p.supervised,
      }),
    ),
    command(chance, 'timetable-set', at, { from: FROM, periods: DAY.map((p) => ({ ...p, weekdays: [1, 2, 3, 4, 5] })) }),
    command(chance, 'terms-set', at, { schoolYear: '202526', terms: TERMS }),
    command(chance, 'policy-set', at, { from: FROM }),
    command(chance, 'recording-scope-declared', at, { behaviours: Object.keys(BEHAVIOUR_WEIGHTS), system: 'circumspect', since: FROM }),
    command(chance, 'roll-counted', at, { schoolYear: '202526', term: 'autumn', censusDate: FROM, groups }),
  ]
}

/** A weekday in one of the terms. */
function schoolDay(chance: Chance): string {
  for (;;) {
    const term = chance.pick(TERMS)
    const from = Temporal.PlainDate.from(term.from)
    const day = from.add({ days: chance.whole(0, from.until(term.to).days) })
    if (day.dayOfWeek <= 5 && !ENGLISH_BANK_HOLIDAYS.includes(day.toString())) return day.toString()
  }
}
