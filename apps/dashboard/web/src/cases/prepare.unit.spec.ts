import type { PrintedChronology } from '@circumspect/dashboard'
import { WAITING } from '@circumspect/views'
import { describe, expect, it } from 'vitest'
import { CHILD_A, CHILD_B, idOf, SCHOOL } from '../../../../../test/support/least-facts'
import { KINDS } from '../today/prepare'
import { leftOutInWords, preparePrinted, titleOf } from './printed'
import { prepareSections } from './sections'
import { prepareSummary } from './summary'
import { prepareTimeline } from './timeline'
import { caseOf, entry } from './told-for-tests'
import { prepareWaiting } from './waiting'

const corrected = () => {
  const first = entry(0, 'disclosure-made', { summary: 'As it was heard first.' }, { id: idOf('first') }, { state: 'corrected' })
  const second = entry(1, 'disclosure-made', { summary: 'Better.' }, { id: idOf('second'), supersedes: first.id, reason: 'Misheard.' }, { state: 'corrected', recordedAt: '2026-03-03T23:30:00.000Z' })
  const third = entry(2, 'disclosure-made', { summary: 'As it was meant.' }, { id: idOf('third'), supersedes: second.id, reason: 'Asked again' }, { recordedAt: '2026-04-01T23:30:00.000Z' })
  return [first, second, third]
}

describe('a timeline', () => {
  it('goes day by day in the order in which things happened, not in which they were recorded', () => {
    const days = prepareTimeline(
      caseOf([
        entry(0, 'disclosure-made', {}, { at: '2026-03-03T10:45' }),
        entry(1, 'incident-recorded', { slot: 'lunch' }, { at: { date: '2026-03-02', precision: 'slot', zone: 'Europe/London' } }),
        entry(2, 'concern-taken-up', {}, { at: '2026-03-03T09:10' }),
        entry(3, 'professional-notified', {}, { at: { date: '2026-02-01', precision: 'month', zone: 'Europe/London' } }),
        entry(4, 'evidence-secured', {}, { at: { date: '2026-03-09', precision: 'unknown', zone: 'Europe/London' } }),
      ]),
    )
    expect(days.map(({ day, entries }) => [day, entries.map((e) => e.time)])).toEqual([
      ['In February 2026', ['']],
      ['2 March 2026', ['lunch']],
      ['3 March 2026', ['09:10', '10:45']],
      ['Date not known, no later than 9 March 2026', ['']],
    ])
  })

  it('shows an entry once, as it stands, with every former version and why it was corrected', () => {
    const [shown] = prepareTimeline(caseOf(corrected())).flatMap((d) => d.entries)
    expect(prepareTimeline(caseOf(corrected())).flatMap((d) => d.entries)).toHaveLength(1)
    expect(shown!.said).toContainEqual(expect.objectContaining({ words: 'As it was meant.' }))
    // The day is the one here: half past eleven in the evening in UTC is past midnight in summer.
    expect(shown!.changes.map(({ kind, on, because, former }) => [kind, on, because, former!.said[0]!.words])).toEqual([
      ['corrected', '3 March 2026', 'Misheard.', 'As it was heard first.'],
      ['corrected', '2 April 2026', 'Asked again', 'Better.'],
    ])
  })

  it('says that an entry was taken back, and why, and that it was put back', () => {
    const taken = entry(1, 'concern-taken-up', {}, { id: idOf('taken') }, { state: 'withdrawn' })
    const back = entry(2, 'fact-withdrawn', { event: taken.id }, { id: idOf('back'), reason: 'In the wrong case' })
    const shown = (more: typeof back[] = [], state: 'withdrawn' | 'holds' = 'withdrawn') =>
      prepareTimeline(caseOf([entry(0, 'disclosure-made'), { ...taken, state }, back, ...more])).flatMap((d) => d.entries)[1]!
    expect(shown()).toMatchObject({ holds: false, changes: [{ kind: 'withdrawn', on: '3 March 2026', because: 'In the wrong case' }] })
    const restored = shown([entry(3, 'fact-withdrawn', { event: back.id, effect: 'restored' }, { reason: 'It was right' })], 'holds')
    expect(restored).toMatchObject({ holds: true, changes: [{ kind: 'withdrawn' }, { kind: 'restored', because: 'It was right' }] })
  })
})

describe('the top of a case', () => {
  const line = (entries: ReturnType<typeof entry>[], term: string) => prepareSummary(caseOf(entries)).lines.find((l) => l.term === term)
  const told = entry(0, 'disclosure-made', { child: CHILD_B })

  it('says how it stands, and that nobody has taken it up', () => {
    expect(line([told], 'State')!.words).toBe('Open')
    expect(line([told], 'Told (a disclosure)')!.words).toBe('2 March 2026: Child B told what had happened.')
    expect(line([told], 'Taken up')).toMatchObject({ words: 'Nobody has taken it up yet.', alert: true })
    expect(line([told, entry(1, 'concern-taken-up', {}, { at: '2026-03-03T09:10' })], 'Taken up')!.words).toBe('3 March 2026, 09:10')
    const closed = [told, entry(1, 'case-dealt-with'), entry(2, 'case-closed', {}, { at: '2026-03-04' })]
    expect(line(closed.slice(0, 2), 'State')!.words).toBe('Dealt with on 2 March 2026, not closed')
    expect(line(closed, 'State')!.words).toBe('Closed on 4 March 2026')
    const again = [...closed, entry(3, 'case-reopened', {}, { at: '2026-03-05' })]
    expect(line(again, 'State')!.words).toBe('Open again, on 5 March 2026')
    expect(line([...again, entry(4, 'case-dealt-with', {}, { at: '2026-03-06' })], 'State')!.words).toBe('Dealt with on 6 March 2026, not closed')
  })

  it('says who is in which role in which incident, what was corrected left out', () => {
    const other = idOf('other')
    const entries = [
      told,
      entry(1, 'incident-recorded'),
      entry(2, 'incident-recorded', { incident: other }),
      entry(3, 'child-involved', { yearGroup: '8', age: 13, senProvision: 'K' }),
      entry(4, 'child-involved', { incident: other, role: 'alleged-victim', yearGroup: 'R' }),
      entry(5, 'child-involved', { child: CHILD_B, role: 'witness' }, {}, { state: 'corrected' }),
    ]
    const [a, b] = prepareSummary(caseOf(entries)).children
    expect(a!.roles).toEqual(['Child alleged to have caused harm in incident 1', 'Child harmed in incident 2'])
    expect(a!.about).toBe('Boy, Reception')
    expect(b).toMatchObject({ name: 'Child B', roles: [], about: '' })
    expect(line(entries, 'Incident 2, as alleged')!.words).toMatch(/^2 March 2026: physical harm/)
  })
})

describe('what a case has come to', () => {
  const sections = (...entries: ReturnType<typeof entry>[]) => prepareSections(caseOf(entries), '2026-03-20')
  const rows = (table: { rows: readonly (readonly { words: string; more?: string; badge?: string }[])[] }) =>
    table.rows.map((row) => row.map(({ words, more, badge }) => [words, more, badge].filter((p) => p !== undefined).join(' | ')))

  it('has a referral in one row, from its making to the outcome of the challenge', () => {
    const made = entry(0, 'referral-made', { children: [CHILD_A, CHILD_B], alsoFor: ['police'] })
    expect(rows(sections(made).referrals)).toEqual([['Children’s social care | and through it the police', '2 March 2026', 'Child A and Child B', 'No answer yet', '–', '–']])
    const whole = [made, entry(1, 'referral-answered', { note: 'Threshold' }), entry(2, 'referral-challenged'), entry(3, 'challenge-answered')]
    expect(rows(sections(...whole).referrals)[0]!.slice(3)).toEqual(['Declined, 2 March 2026 | Threshold', '2 March 2026 | Why we disagree', 'Accepted, 2 March 2026'])
    expect(rows(sections(...whole.slice(0, 3)).referrals)[0]![5]).toBe('No answer yet')
    expect(rows(sections(entry(0, 'referral-made', { madeByAgency: true })).referrals)[0]![3]).toBe('–')
  })

  it('has plans, assessments and aftercare with when each is to be reviewed, and says what is overdue', () => {
    const table = sections(
      entry(0, 'risk-assessed', { reviewDue: '2026-03-19' }),
      entry(1, 'safety-plan-agreed', { reviewDue: '2026-03-19' }),
      entry(2, 'safety-plan-reviewed', { nextDue: '2026-03-20', outcome: 'changed' }),
      entry(3, 'support-planned', { plan: idOf('support') }),
      entry(4, 'support-reviewed', { plan: idOf('support'), outcome: 'ended' }),
      entry(5, 'aftercare-reviewed', {}),
    ).plans
    expect(rows(table)).toEqual([
      ['Risk assessment for Child B', '2 March 2026', '–', '19 March 2026 | overdue'],
      ['Safety plan for Child B', '2 March 2026', '2 March 2026: changed', '20 March 2026'],
      ['Support plan for Child A', '2 March 2026', '2 March 2026: ended', 'Ended'],
      ['Aftercare of Child B', '2 March 2026', '2 March 2026', 'No day is set'],
    ])
  })

  it('has a row for each family and each finding that would be there, recorded or not', () => {
    const involved = [entry(0, 'incident-recorded'), entry(1, 'child-involved'), entry(2, 'child-involved', { child: CHILD_B, role: 'alleged-victim' })]
    expect(rows(sections(...involved).families)).toEqual([['Child A', 'Not recorded yet', '–'], ['Child B', 'Not recorded yet', '–']])
    expect(rows(sections(...involved).findings)).toEqual([['Child A', 'None yet', '–', '–']])
    const after = [...involved, entry(3, 'family-not-told'), entry(4, 'family-told', { child: CHILD_A }), entry(5, 'school-finding-recorded', { reasons: 'Why' }), entry(6, 'consequence-imposed')]
    expect(rows(sections(...after).families)[0]).toEqual(['Child A', 'Not told: an agency advised against it; then told face to face', '2 March 2026; 2 March 2026'])
    expect(rows(sections(...after).findings)).toEqual([['Child A', 'Established on the balance of probabilities | 2 March 2026; Why', 'Restorative work', '–']])
  })

  it('has decisions with their reasons, and the agencies not involved with why', () => {
    const { decisions } = sections(entry(0, 'decision-recorded', { agenciesNotInvolved: [{ agency: 'police', reason: 'No offence' }, { agency: 'early-help', reason: 'Refused' }] }))
    expect(decisions[0]!.sentence).toBe('It was decided, at tier 1: managed internally.')
    expect(decisions[0]!.said.map((s) => [s.term, s.words.replaceAll('\n', '; ')])).toEqual([['Reasons', 'Why'], ['Not involved, and why', 'Police: No offence; Early help: Refused']])
  })
})

describe('what waits in a case', () => {
  it('is said in the words of Today, the most urgent first', () => {
    const item = { school: SCHOOL, case: idOf('case'), thing: null, agency: '', review: null, since: '2026-03-02', due: '2026-03-03', late: 2 }
    const groups = [{ what: 'family' as const, total: 1, items: [{ ...item, what: 'family' as const, child: CHILD_A }] }]
    const lines = prepareWaiting({ position: 1, day: '2026-03-05', groups, upToDate: true, names: {} }, { [CHILD_A]: 'Child A' })
    expect(lines).toMatchObject([{ what: KINDS.family.title, about: 'Child A', due: 'due 3 March 2026, 2 school days ago', overdue: true, to: `/cases/${idOf('case')}/record/family-told` }])
    expect(WAITING).toContain('family')
  })
})

describe('the printed chronology', () => {
  const printed = (entries: ReturnType<typeof entry>[], more: Partial<PrintedChronology> = {}): PrintedChronology => ({
    ...caseOf(entries), for: null, at: '2026-03-20T12:00:00Z', corrected: 0, takenBack: 0, leftOut: 0, masked: 0, withoutName: 0, ...more,
  })

  it('has what happened and what was done, by whom, on what it rests, when it was recorded', () => {
    const [told, note, referral] = preparePrinted(
      printed([
        entry(0, 'disclosure-made', { child: CHILD_B, toldTo: 'Staff X', summary: 'What was said' }, { id: idOf('told') }),
        entry(1, 'chronology-entry-made', { detail: 'A door was broken', action: 'It was mended', responsible: 'The caretaker', document: 'Shelf 3' }),
        entry(2, 'referral-made', {}, { supersedes: idOf('x'), reason: 'Another agency' }),
      ]),
    )
    expect(told).toMatchObject({ happened: ['Child B told Staff X.', 'What was said or seen: What was said; In the child’s own words: No'], done: [], reference: [idOf('told').slice(0, 8)], recorded: ['3 Mar 2026, 10:00'] })
    expect(note).toMatchObject({ happened: ['A note in the chronology.', 'Detail: A door was broken'], done: ['It was mended'], by: 'The caretaker' })
    expect(note!.reference[0]).toBe('Shelf 3')
    expect(referral!.done).toEqual(['A referral was made to children’s social care.', 'Corrected on 3 March 2026, because: Another agency'])
  })

  it('says for whom it is and what is not in it', () => {
    expect(titleOf(printed([]))).toBe('The whole case')
    const masked = printed([], { for: CHILD_A, masked: 2, leftOut: 1, withoutName: 1, corrected: 1, takenBack: 2 })
    expect(titleOf(masked)).toBe('For Child A')
    expect(leftOutInWords(masked).join(' ')).toMatch(/^1 entry is left out.* 2 other children are called .* Of 1 other child no name is kept.* 1 entry is shown as corrected.* 2 entries were taken back and are not printed\.$/)
  })
})
