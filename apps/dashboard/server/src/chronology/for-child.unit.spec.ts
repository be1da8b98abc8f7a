import { streamId, type Command, type StoredEvent } from '@circumspect/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ASSESSMENT, CHILD_A, CHILD_B, CHILD_C, correction, fact, idOf, INCIDENT, NOW, OTHER_SCHOOL, PLAN, REFERRAL, SCHOOL, withdrawal } from '../../../../../test/support/least-facts'
import { forChild, wholeCase } from './for-child'
import { chronologyOf, type Chronology } from './read-chronology'

const NAMES = { [CHILD_A]: 'Zorvé Quilmark', [CHILD_B]: 'Tellina Yorrick', [CHILD_C]: 'Hask Drumme', [SCHOOL]: 'Example School (made up)', [OTHER_SCHOOL]: 'Another School (made up)' }
const alone = (child: string) => new Set([child])

function recorded(commands: readonly Command[], names: Readonly<Record<string, string>> = NAMES): Chronology {
  const events = commands.map((command, revision): StoredEvent => ({
    ...command, version: 1, recordedAt: NOW, recordedBy: idOf('an account'), school: SCHOOL, stream: streamId('case', idOf('case')), revision,
  }))
  return { ...chronologyOf(idOf('case'), SCHOOL, events), names }
}
const other = idOf('an incident of others')
const involved = (child: string, role: 'alleged-victim' | 'alleged-perpetrator' | 'witness', incident = INCIDENT) =>
  fact('child-involved', { child, role, incident, sex: 'F', yearGroup: '9', ethnicity: 'WBRI', vulnerabilities: ['young-carer'], onRoll: child === CHILD_B ? SCHOOL : OTHER_SCHOOL })
const told = fact('disclosure-made', { child: CHILD_B, summary: 'Zorve hit me. Tellina was there.', toldTo: 'Staff X' })
const CASE_OF_THREE = [
  told,
  fact('incident-recorded'),
  involved(CHILD_A, 'alleged-perpetrator'),
  involved(CHILD_B, 'alleged-victim'),
  fact('act-recorded', { by: CHILD_A, on: CHILD_B }),
  fact('incident-recorded', { incident: other, account: 'Quilmark and Hask alone.' }),
  involved(CHILD_A, 'alleged-perpetrator', other),
  involved(CHILD_C, 'alleged-victim', other),
  fact('risk-assessed', { child: CHILD_B, controls: 'Kept apart from Zorvé Quilmark' }),
  fact('risk-assessed', { child: CHILD_A, assessment: idOf('another assessment'), forWhom: 'alleged-perpetrator' }),
  fact('risk-reviewed', { assessment: ASSESSMENT }),
  fact('risk-reviewed', { assessment: idOf('another assessment') }),
  fact('referral-made', { children: [CHILD_A] }),
  fact('referral-answered', { referral: REFERRAL }),
  fact('safety-plan-agreed', { child: CHILD_B }),
  fact('safety-plan-reviewed', { plan: PLAN }),
  fact('school-finding-recorded', { child: CHILD_A }),
  fact('family-told', { child: CHILD_C }),
  fact('statement-taken', { child: CHILD_A, words: 'I did nothing.' }),
  fact('decision-recorded', { reasons: 'Hask’s family and Z. Quilmark were spoken to.' }),
  fact('chronology-entry-made', { children: [CHILD_B, CHILD_C], detail: 'Both were asked.' }),
]

describe('a chronology for one child', () => {
  const printed = forChild(recorded(CASE_OF_THREE), CHILD_B, alone, NOW)
  const types = printed.entries.map((e) => e.type)

  it('leaves out what is about other children alone, with what follows from it, and counts it', () => {
    expect(types).toEqual([
      'disclosure-made', 'incident-recorded', 'child-involved', 'child-involved', 'act-recorded', 'risk-assessed', 'risk-reviewed',
      'safety-plan-agreed', 'safety-plan-reviewed', 'decision-recorded', 'chronology-entry-made',
    ])
    expect(printed.leftOut).toBe(CASE_OF_THREE.length - types.length)
    expect(printed.masked).toBe(2)
    expect(printed.withoutName).toBe(0)
  })

  it('calls the others the same throughout, in fields and in words', () => {
    const text = (type: string, path: string) => printed.entries.find((e) => e.type === type)!.fields.find((f) => f.path === path)!.value
    const { by, on } = Object.fromEntries(printed.entries.find((e) => e.type === 'act-recorded')!.fields.map((f) => [f.path, f.value]))
    expect([printed.names[String(by)], printed.names[String(on)]]).toEqual(['Another child A', 'Tellina Yorrick'])
    expect(text('disclosure-made', 'summary')).toBe('Another child A hit me. Tellina was there.')
    expect(text('risk-assessed', 'controls')).toBe('Kept apart from Another child A')
    expect(text('decision-recorded', 'reasons')).toBe('Another child B’s family and Another child A were spoken to.')
  })

  it('says of another child only the role in an incident of both', () => {
    const [first] = printed.entries.filter((e) => e.type === 'child-involved')
    expect(first!.fields.map((f) => f.path)).toEqual(['incident', 'child', 'role'])
    expect(JSON.stringify(printed)).not.toContain('Another School')
  })

  it('does not say who told, where that child asked not to be named', () => {
    const wish = fact('wishes-recorded', { child: CHILD_B, anonymityAsked: true })
    const paths = (child: string) => forChild(recorded([...CASE_OF_THREE, wish]), child, alone, NOW).entries[0]!.fields.map((f) => f.path)
    expect(paths(CHILD_A)).not.toContain('child')
    expect(paths(CHILD_A)).not.toContain('reportedBy')
    expect(paths(CHILD_B)).toContain('child')
  })

  it('shows what stands: corrections with their reasons, masked too; what was replaced or taken back is counted', () => {
    const taken = fact('concern-taken-up')
    const facts = [...CASE_OF_THREE, taken, correction(told as never, { summary: 'As it was meant.' }, { reason: 'Misheard by Zorvé.' }), withdrawal(taken.id)]
    const after = forChild(recorded(facts), CHILD_B, alone, NOW)
    expect(after).toMatchObject({ corrected: 1, takenBack: 1, leftOut: printed.leftOut })
    expect(after.entries.find((e) => e.type === 'disclosure-made')).toMatchObject({ reason: 'Misheard by Another child A.' })
    expect(after.entries.some((e) => e.type === 'concern-taken-up' || e.type === 'fact-withdrawn')).toBe(false)
    expect(JSON.stringify(after)).not.toContain('hit me')
  })

  it('takes two records of one child for one, and says where no name is kept', () => {
    const same = (child: string) => (child === CHILD_A || child === CHILD_C ? new Set([CHILD_A, CHILD_C]) : new Set([child]))
    expect(forChild(recorded(CASE_OF_THREE), CHILD_B, same, NOW).masked).toBe(1)
    const { [CHILD_C]: _erased, ...kept } = NAMES
    expect(forChild(recorded(CASE_OF_THREE, kept), CHILD_B, alone, NOW).withoutName).toBe(1)
  })

  it('whole, masks nobody', () => {
    const whole = wholeCase(recorded(CASE_OF_THREE), NOW)
    expect(whole).toMatchObject({ for: null, leftOut: 0, masked: 0 })
    expect(whole.entries).toHaveLength(CASE_OF_THREE.length)
    expect(whole.entries[0]).not.toHaveProperty('data')
  })
})

describe('whatever a case holds', () => {
  const children = [CHILD_A, CHILD_B, CHILD_C]

  it('nothing that is sent has the name or the id of another child', () => {
    const some = fc.subarray(CASE_OF_THREE.slice(1)).map((rest) => [told, ...rest])
    fc.assert(
      fc.property(some, fc.constantFrom(...children), (facts, child) => {
        const chronology = recorded(facts)
        fc.pre(chronology.children.includes(child))
        const sent = JSON.stringify(forChild(chronology, child, alone, NOW)).toLowerCase()
        for (const one of chronology.children.filter((c) => c !== child)) {
          expect(sent).not.toContain(one)
          for (const word of NAMES[one]!.toLowerCase().split(' ')) expect(sent).not.toMatch(new RegExp(`\\b${word.slice(0, 4)}`))
        }
      }),
    )
  })

  it('every entry is there or counted as left out', () => {
    fc.assert(
      fc.property(fc.subarray(CASE_OF_THREE), fc.constantFrom(...children), (facts, child) => {
        const { entries, leftOut } = forChild(recorded(facts), child, alone, NOW)
        expect(entries.length + leftOut).toBe(facts.length)
      }),
    )
  })
})
