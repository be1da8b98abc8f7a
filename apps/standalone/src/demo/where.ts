import type { Chance } from './chance'
import { PLANTED } from './planted'
import type { DemoSchool } from './school'

/** Where an incident happened and at what time by the clock. */
export interface Where {
  readonly time: string
  readonly data: Readonly<Record<string, string>>
}

const OFF_SITE = [
  { setting: 'journey', locationKind: 'bus', mode: 'in-person' },
  { setting: 'journey', locationKind: 'walk', mode: 'in-person' },
  { setting: 'community', locationKind: 'park', mode: 'in-person' },
  { setting: 'online-only', locationKind: 'other', mode: 'online' },
] as const

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** On site by the capacity of places and the minutes of slots; some off site; in the planted corridor as often as is planted. */
export function whereAndWhen(chance: Chance, school: DemoSchool, planted: boolean): Where {
  const { plan } = school
  const { corridor } = PLANTED
  if (planted && plan.key === corridor.school && chance.is(corridor.share)) return onSite(chance, school, corridor.place, corridor.slot)
  if (chance.is(0.15)) {
    const off = chance.pick(OFF_SITE)
    return { time: clock(chance.whole(16 * 60, 20 * 60)), data: { ...off, supervised: 'no', shouldBeSupervised: 'not-known', openToView: 'not-known' } }
  }
  const place = chance.weighted(Object.fromEntries(plan.places.map((p) => [p.key, p.capacity])))
  return onSite(chance, school, place)
}

function onSite(chance: Chance, { plan, places }: DemoSchool, key: string, slot?: string): Where {
  const periods = plan.day.filter((p) => slot === undefined || p.slot === slot)
  const period = periods[Number(chance.weighted(Object.fromEntries(periods.map((p, i) => [String(i), minutes(p.to) - minutes(p.from)]))))]!
  const place = plan.places.find((p) => p.key === key)!
  return {
    time: clock(chance.whole(minutes(period.from), minutes(period.to) - 1)),
    data: {
      place: places.get(key)!,
      setting: 'on-site',
      locationKind: place.kind,
      mode: 'in-person',
      supervised: place.supervised,
      shouldBeSupervised: 'yes',
      openToView: place.openToView,
    },
  }
}
