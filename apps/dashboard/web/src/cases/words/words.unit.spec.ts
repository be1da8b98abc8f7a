import { definitionOf, definitionsFor, leavesOf, type Command } from '@circumspect/domain'
import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { fullData, optionsOf } from '../../../../../../test/support/full-data'
import { CHILD_A, CHILD_B, DAY, fact, factsBefore, idOf } from '../../../../../../test/support/least-facts'
import { codeLabel } from '../../recording/model/words'
import { worded } from '../timeline'
import { caseOf, entry, entryOf } from '../told-for-tests'
import { calledIn } from './say'
import { SENTENCES } from './sentences'
import { termOf } from './terms'

const OF_CASE = definitionsFor('case')
const RAW = /[0-9a-f]{8}-[0-9a-f]{4}|undefined|null|\[object|(^|[\s:,(])[a-z]+(-[a-z]+)+\.[a-z]|\b[a-z]+[A-Z]/
/** Codes with a hyphen that stand as they are: words of the language have hyphens too. */
const HYPHENED = new Set(['face-to-face', 'role-play', 'one-off', 'traffic-light'])

const codesOf = (type: string): string[] =>
  leavesOf(definitionOf(type)!.data).flatMap(({ schema }) => (schema instanceof z.ZodEnum ? schema.options.map(String) : [])).filter((code) => /[-.]/.test(code) && !HYPHENED.has(code))

describe('each type of event of a case', () => {
  it.each(OF_CASE.map((d) => d.type))('%s has a sentence, terms for all it says, and no code, id or name of a field in either', (type) => {
    expect(Object.keys(SENTENCES)).toContain(type)
    const schema = definitionOf(type)!.data
    const before = factsBefore(type as never).map((command, i) => entryOf(command, i))
    for (let option = 0; option < optionsOf(schema); option++) {
      const command = { id: idOf(type), type, occurredAt: { date: DAY, zone: 'Europe/London', precision: 'day' }, data: fullData(schema, option) } as unknown as Command
      const one = entryOf(command, before.length)
      const told = caseOf([...before, one])
      const { sentence, said } = worded(one, calledIn(told), told.names)
      expect(sentence).toMatch(/^[A-Z“].*\.$/s)
      for (const words of [sentence, ...said.flatMap((s) => [s.term, s.words])].map((w) => w.replace(/Words of [\w.]+/g, ''))) {
        expect(words, type).not.toMatch(RAW)
        for (const code of codesOf(type)) expect(words, type).not.toContain(code)
      }
      expect(said.map((s) => s.term)).not.toContain('Also recorded')
    }
  })

  it.each(OF_CASE.map((d) => d.type))('%s has a term for each of its fields and words for each of its codes', (type) => {
    for (const { path, schema } of leavesOf(definitionOf(type)!.data)) {
      const whole = `${type}.${path.replaceAll('.*', '')}`
      expect(termOf(whole), whole).toBeDefined()
      if (!(schema instanceof z.ZodEnum)) continue
      for (const code of schema.options.map(String)) {
        const words = codeLabel(whole, code)
        // An abbreviation that people do not say, a range without its words, a word in small letters.
        expect(words, `${whole}: ${code}`).toMatch(/^[A-Z“\d]/)
        if (!['CAMHS', 'CCTV'].includes(words)) expect(words, `${whole}: ${code}`).not.toMatch(/^[A-Z0-9]{1,5}$|^\d+ \d+$/)
      }
    }
  })
})

describe('a sentence', () => {
  const say = (...entries: ReturnType<typeof entry>[]) => {
    const told = caseOf(entries)
    return worded(entries.at(-1)!, calledIn(told), told.names).sentence
  }

  it.each([
    [entry(0, 'disclosure-made', { child: CHILD_B, toldTo: 'Staff X' }), 'Child B told Staff X.'],
    [entry(0, 'disclosure-made', { reportedBy: 'parent' }), 'A parent or carer told what had happened.'],
    [entry(0, 'wishes-recorded', { consent: 'refused', anonymityAsked: true }), 'Child B does not agree that this is shared, and asked not to be named.'],
    [entry(0, 'protective-action-taken', { action: 'moved-out-of-class', by: 'Staff X' }), 'Child B was moved out of a shared class, by Staff X.'],
    [entry(0, 'professional-notified'), 'The headteacher was told.'],
    [entry(0, 'family-not-told'), 'The family of Child A was not told, because an agency advised against it.'],
    [entry(0, 'incident-recorded', { mode: 'both', furtherBehaviours: ['bullying'] }), 'What is alleged: physical harm and bullying, in person and online, on site, corridor.'],
    [entry(0, 'incident-recorded', { setting: 'online-only', locationKind: 'other', mode: 'online', slot: 'unknown' }), 'What is alleged: physical harm, online.'],
    [entry(0, 'behaviour-assessed'), 'The behaviour of Child A was assessed with the traffic-light tool for 9 to 13 years: amber: of concern.'],
    [entry(0, 'risk-assessed'), 'Risk was assessed for Child B, the child harmed: serious (severity 3 × likelihood 4: 12 of 25).'],
    [entry(0, 'decision-recorded', { routes: ['police', 'childrens-social-care'], tier: 4 }), 'It was decided, at tier 4: report to the police and referral to children’s social care.'],
    [entry(0, 'referral-made', { agency: 'childrens-social-care', alsoFor: ['police'], children: [CHILD_A] }), 'A referral was made to children’s social care, and through it to the police, for Child A.'],
    [entry(0, 'agency-agreement-recorded', { mayTellFamilies: true }), 'It was agreed with the police: children may not be interviewed, families may be told and the school may not sanction.'],
    [entry(0, 'school-finding-recorded', { finding: 'false-or-malicious' }), 'The school’s finding for Child A: false or malicious.'],
    [entry(0, 'consequence-imposed', { consequence: 'suspension', schoolDays: 1 }), 'Consequence for Child A: suspension, for 1 school day, with support alongside.'],
    [entry(0, 'information-transferred'), 'Child A moved to The next school, at the request of the family; the child protection file was sent, its receipt not confirmed.'],
  ] as const)('%#: reads well', (one, sentence) => expect(say(one)).toBe(sentence))

  it('calls what it speaks of by what it is, and by its day or number where there are several', () => {
    const [first, second] = [idOf('first'), idOf('second')]
    expect(say(entry(0, 'incident-recorded'), entry(1, 'child-involved'))).toBe('Child A is recorded in the incident as the child alleged to have caused harm.')
    const incidents = [entry(0, 'incident-recorded', { incident: first }), entry(1, 'incident-recorded', { incident: second })]
    expect(say(...incidents, entry(2, 'act-recorded', { incident: second }))).toBe('Child A is said to have acted on Child B in incident 2.')
    const referrals = [entry(0, 'referral-made', { referral: first }), entry(1, 'referral-made', { referral: second }, { at: '2026-03-05' })]
    expect(say(...referrals, entry(2, 'referral-answered', { referral: second }))).toBe('The referral to children’s social care of 5 March 2026 was declined.')
  })

  it('leaves beneath it what it has not said, what nobody knows in one line', () => {
    const one = entryOf(fact('incident-recorded', { account: 'A long account. '.repeat(8), observed: 'yes' }), 0)
    const told = caseOf([one])
    expect(worded(one, calledIn(told), told.names).said).toEqual([
      { term: 'Seen by somebody', words: 'Yes', long: false },
      { term: 'Account', words: 'A long account. '.repeat(8).trim(), long: true },
      { term: 'Not known', words: 'harm known of, place open to view, place supervised, should have been supervised', long: false },
    ])
  })
})
