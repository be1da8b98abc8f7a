import type { EventType } from '../catalogue'
import { refuse } from './refusal'
import { kindRefusal, type Rules } from './rule'
import { livingOf, when, type Fact, type StreamState } from './state'

/**
 * Refuses a second fact of the same type about the same `key`: two that stand side by side would leave it open which holds.
 * A change of mind is a correction.
 */
const onceFor =
  <T extends EventType>(type: T, key: (fact: Fact<T>) => string, message: string, field: string) =>
  (state: StreamState, fact: Fact<T>) =>
    livingOf(state, type).find((f) => key(f) === key(fact))?.id === fact.id ? undefined : refuse('already-recorded', message, field)

/** The first two periods of a timetable that share a minute of a weekday, as the index of the later one. */
function overlapping(fact: Fact<'timetable-set'>): number {
  const { periods } = fact.data
  return periods.findIndex((p, i) =>
    periods.slice(0, i).some((q) => q.weekdays.some((d) => p.weekdays.includes(d)) && p.from < q.to && q.from < p.to),
  )
}

/** The link of a child that holds: the last linking, unless an unlinking of the same pair came after it. */
export function linkNow(state: StreamState, before = Infinity): string | undefined {
  const last = livingOf(state, 'child-linked', 'child-unlinked')
    .filter((f) => f.revision < before)
    .at(-1)
  return last?.type === 'child-linked' ? (last as Fact<'child-linked'>).data.sameAs : undefined
}

export const schoolAndChildRules: Rules = {
  'school-registered': {
    always: onceFor(
      'school-registered',
      () => 'one',
      'This school is registered already. Record a change of name, number, phase or trust instead.',
      'type',
    ),
  },
  'school-described': {
    always: onceFor(
      'school-described',
      (f) => f.data.from,
      'A change of the school from this day is recorded already. Correct that record.',
      'data.from',
    ),
  },
  'policy-set': {
    always: onceFor('policy-set', (f) => f.data.from, 'A policy from this day is recorded already. Correct that record.', 'data.from'),
  },
  'recording-scope-declared': {
    always: onceFor(
      'recording-scope-declared',
      (f) => f.data.since,
      'What is recorded since this day is declared already. Correct that record.',
      'data.since',
    ),
  },
  'place-named': { always: (_, fact) => kindRefusal(fact.data.setting, fact.data.kind, 'data.kind') },
  'place-changed': {
    always: (state, fact) =>
      kindRefusal(fact.data.setting, fact.data.kind, 'data.kind') ??
      onceFor(
        'place-changed',
        (f) => `${f.data.place} ${f.data.from}`,
        'A change of this place from this day is recorded already. Correct that record.',
        'data.from',
      )(state, fact),
  },
  'community-place-alerted': { always: (_, fact) => kindRefusal(fact.data.setting, fact.data.kind, 'data.kind') },
  'roll-counted': {
    always(state, fact) {
      const over = fact.data.groups.findIndex((g) => g.dualElsewhere > g.pupils)
      if (over >= 0)
        return refuse('not-allowed-now', 'More pupils are counted elsewhere than there are.', `data.groups.${over}.dualElsewhere`)
      return onceFor(
        'roll-counted',
        (f) => `${f.data.schoolYear} ${f.data.term}`,
        'The roll of this term is counted already. Correct that count.',
        'data.term',
      )(state, fact)
    },
  },
  'terms-set': {
    always(state, fact) {
      const { terms, schoolYear } = fact.data
      const wrong = terms.findIndex((t, i) => i > 0 && t.from <= terms[i - 1]!.to)
      if (wrong >= 0)
        return refuse('out-of-order', 'Terms follow each other. This one starts before the last has ended.', `data.terms.${wrong}.from`)
      const starts = Number(schoolYear.slice(0, 4))
      const outside = terms.findIndex((t) => t.from < `${starts}-08-01` || t.to > `${starts + 1}-08-31`)
      if (outside >= 0)
        return refuse('out-of-order', `This term is not in the school year ${schoolYear}. Check its dates.`, `data.terms.${outside}.from`)
      return onceFor(
        'terms-set',
        (f) => f.data.schoolYear,
        'The terms of this school year are set already. Correct them.',
        'data.schoolYear',
      )(state, fact)
    },
  },
  'timetable-set': {
    always(state, fact) {
      const wrong = overlapping(fact)
      if (wrong >= 0) return refuse('not-allowed-now', 'Two periods overlap on the same weekday.', `data.periods.${wrong}`)
      return onceFor(
        'timetable-set',
        (f) => f.data.from,
        'A timetable from this day is set already. Correct that one.',
        'data.from',
      )(state, fact)
    },
  },
  'child-linked': {
    whenRecorded(_, fact, before, context) {
      if (linkNow(before) !== undefined && !before.facts.has(fact.id))
        return refuse('already-recorded', 'This record is linked to another already. Unlink it first.', 'data.sameAs')
      return context.canonicalChild(fact.data.sameAs) === context.subject || fact.data.sameAs === context.subject
        ? refuse('not-allowed-now', 'These records are of one child already.', 'data.sameAs')
        : undefined
    },
  },
  'child-unlinked': {
    always: (state, fact) =>
      linkNow(state, fact.revision) === fact.data.from
        ? undefined
        : refuse('not-allowed-now', 'This record is not linked to that child.', 'data.from'),
  },
  'child-enrolled': {
    always: onceFor(
      'child-enrolled',
      (f) => `${f.data.at} ${f.data.from}`,
      'The child came on this roll that day already. Correct that record.',
      'data.from',
    ),
  },
  'child-left': {
    always: (state, fact) =>
      livingOf(state, 'child-enrolled').some((f) => f.data.at === fact.data.from && f.data.from <= fact.data.on)
        ? undefined
        : refuse('out-of-order', 'The child has not come on the roll of this school by then. Record that first.', 'data.on'),
  },
}

export const reviewRules: Rules = {
  'action-completed': {
    always: onceFor('action-completed', (f) => f.data.action, 'This action is completed already.', 'data.action'),
  },
  'action-followed': {
    always(state, fact) {
      const agreed = livingOf(state, 'action-agreed').find((f) => f.data.action === fact.data.action)
      return agreed && when(fact).latest < when(agreed).earliest
        ? refuse('out-of-order', 'This was looked at before the action was agreed.', 'occurredAt')
        : undefined
    },
  },
}
