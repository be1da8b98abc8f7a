import { definitionOf, definitionsFor, flag, instant, leavesOf, parseCommand, WITHDRAWAL } from '@circumspect/domain'
import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { fullData, optionsOf as unionOptions } from '../../../../../../test/support/full-data'
import { DAY_EXPECTED } from '../../shared/day'
import { TIME_EXPECTED } from '../../shared/time'
import type { Field } from './field'
import { fieldsOf, shapeOf, UnshownFieldError } from './fields-of'
import { fieldAt, problemsBefore } from './problems'
import { GROUPS, nextSteps } from './menu'
import { isTask } from './tasks'
import { opening, valueAt, withValue } from './values'
import { isWorded } from './words'

const OF_CASE = definitionsFor('case').map((d) => d.type)
const TYPES = [...new Set([...OF_CASE, ...definitionsFor('school').map((d) => d.type)])]

/** Every place of a form where something can be filled in, as the schema writes its path. */
function pathsOf(fields: readonly Field[], prefix = ''): string[] {
  return fields.flatMap((field): string[] => {
    const path = prefix + field.key
    if (field.kind === 'group') return pathsOf(field.fields, `${path}.`)
    if (field.kind === 'list') return pathsOf(field.item, `${path}.*.`)
    if (field.kind === 'union') return [`${path}.${field.by}`, ...field.options.flatMap((o) => pathsOf(o.fields, `${path}.`))]
    return [field.kind === 'choices' || field.kind === 'things' || field.kind === 'dates' ? `${path}.*` : path]
  })
}

describe('the form of each type of event', () => {
  it.each(TYPES)('%s asks for every field of its schema', (type) => {
    const schema = definitionOf(type)!.data
    expect(new Set(pathsOf(fieldsOf(type)))).toEqual(new Set(leavesOf(schema).map((leaf) => leaf.path)))
  })

  it.each(TYPES)('%s has words for each of its fields', (type) => {
    const bare = pathsOf(fieldsOf(type)).filter((path) => !isWorded(`${type}.${path.replaceAll('.*', '')}`))
    expect(bare).toEqual([])
  })

  it.each(TYPES)('%s is filled in with everything it knows and is then taken', (type) => {
    const schema = definitionOf(type)!.data
    for (let option = 0; option < unionOptions(schema); option++) {
      const data = fullData(schema, option)
      const command = { id: crypto.randomUUID(), type, occurredAt: { date: '2026-03-02', precision: 'day' }, reason: 'Why', data }
      expect(parseCommand(definitionOf(type)!.stream, command)).toHaveProperty('command')
      expect(problemsBefore(fieldsOf(type), command)).toEqual([])
    }
  })

  it('refuses what no form can show, rather than leave it out', () => {
    for (const schema of [z.strictObject({ at: instant() }), z.record(z.string(), flag())])
      expect(() => shapeOf(schema, 'some-type')).toThrow(UnshownFieldError)
    expect(() => fieldsOf('no-such-type')).toThrow(UnshownFieldError)
  })

  it.each(TYPES.filter((type) => type !== WITHDRAWAL))('%s says what a person does with it', (type) => {
    expect(isTask(type)).toBe(true)
  })

  it('stands in exactly one group of the menu', () => {
    const listed = GROUPS.flatMap((group) => group.types)
    expect([...listed].sort()).toEqual(OF_CASE.filter((type) => type !== WITHDRAWAL).sort())
  })
})

describe('what is filled in', () => {
  it('opens with ids of its own for new things, and with what is meant where nothing is said', () => {
    const values = opening(fieldsOf('incident-recorded'), () => 'an id')
    expect(values).toMatchObject({ incident: 'an id', harm: 'not-known', furtherBehaviours: [] })
    expect(values).not.toHaveProperty('behaviour')
    expect(opening(fieldsOf('support-planned'), () => 'an id')).toMatchObject({ plan: 'an id', needs: [{}] })
  })

  it('is changed at a path, and taken away', () => {
    const values = withValue({ needs: [{ area: 'family' }] }, 'needs.0.action', 'A visit')
    expect(values).toEqual({ needs: [{ area: 'family', action: 'A visit' }] })
    expect(withValue(values, 'needs.0.area', undefined)).toEqual({ needs: [{ action: 'A visit' }] })
    expect(valueAt(withValue({}, 'rating.before.severity', 3), 'rating.before.severity')).toBe(3)
  })
})

describe('a list of codes', () => {
  it('has the words of one code', () => {
    const labels = (type: string, path: string) => (fieldAt(fieldsOf(type), path) as Extract<Field, { kind: 'choices' }>).options.map((o) => o.label)
    expect(labels('prevention-activity-recorded', 'yearGroups')).toEqual(labels('child-involved', 'yearGroup'))
    expect(labels('strategy-meeting-held', 'agencies')).toEqual(labels('referral-made', 'agency'))
    expect(labels('community-place-alerted', 'kind')).toEqual(labels('incident-recorded', 'locationKind'))
  })
})

describe('a tier', () => {
  it('is chosen by what it means, and sent as its number', () => {
    const field = fieldAt(fieldsOf('decision-recorded'), 'tier') as Extract<Field, { kind: 'choice' }>
    expect(field).toMatchObject({ kind: 'choice', numbers: true })
    expect(field.options.map(({ value }) => Number(value))).toEqual([1, 2, 3, 4])
    expect(field.options[1]!.label).toBe('Tier 2: early help')
  })
})

describe('problems', () => {
  const send = (type: string, data: object) => {
    const command = { id: crypto.randomUUID(), type, occurredAt: { precision: 'day' }, data }
    return problemsBefore(fieldsOf(type), command)
  }

  it('stand at their fields, in words', () => {
    expect(Object.fromEntries(send('decision-recorded', { routes: [] }).map((p) => [p.field, p.message]))).toEqual({
      'occurredAt.date': 'Give the date, for example 3 March 2026.',
      'data.routes': 'Choose at least one.',
      'data.tier': 'Choose one.',
      'data.reasons': 'Write something here.',
    })
  })

  it('say how a day and a time are written where they could not be read, needed or not', () => {
    const command = { id: crypto.randomUUID(), type: 'safety-plan-reviewed', occurredAt: { date: '31 June', time: '2:30', precision: 'minute' }, data: { nextDue: '31 June' } }
    expect(problemsBefore(fieldsOf(command.type), command)).toEqual(
      expect.arrayContaining([
        { field: 'occurredAt.date', message: DAY_EXPECTED },
        { field: 'occurredAt.time', message: TIME_EXPECTED },
        { field: 'data.nextDue', message: DAY_EXPECTED },
      ]),
    )
    const untimed = { ...command, occurredAt: { date: '2026-03-03', precision: 'minute' } }
    expect(problemsBefore(fieldsOf(command.type), untimed)).toContainEqual({ field: 'occurredAt.time', message: 'Give the time, for example 14:30.' })
  })

  it('of a number say from where to where it goes', () => {
    const data = { child: crypto.randomUUID(), consequence: 'suspension', schoolDays: 900, supportAlongside: 'A named contact' }
    expect(send('consequence-imposed', data)).toContainEqual({ field: 'data.schoolDays', message: 'Give a whole number from 0 to 200.' })
  })

  it('are found inside groups, lists and unions', () => {
    const label = (type: string, path: string) => fieldAt(fieldsOf(type), path)?.label
    expect(label('decision-recorded', 'agenciesNotInvolved.0.reason')).toBe('Reason')
    expect(label('risk-assessed', 'rating.before.severity')).toBe('Severity, 1 to 5')
    expect(label('risk-assessed', 'rating.scheme')).toBe('Rating')
    expect(label('risk-assessed', 'nothing')).toBeUndefined()
  })
})

describe('what usually comes next', () => {
  const types = (...recorded: string[]) => nextSteps(recorded.map((type) => ({ type, data: {} })))

  it('goes along the life of a case', () => {
    expect(types('disclosure-made')[0]).toBe('concern-taken-up')
    expect(types('disclosure-made', 'concern-taken-up')).toContain('incident-recorded')
    expect(types('disclosure-made', 'concern-taken-up')).not.toContain('child-involved')
    expect(types('disclosure-made', 'incident-recorded')).toContain('child-involved')
    expect(types('disclosure-made', 'referral-made')).toContain('referral-answered')
    expect(types('disclosure-made', 'case-closed')).toEqual(['case-reopened'])
    expect(types('disclosure-made', 'case-closed', 'case-reopened')).not.toContain('case-reopened')
  })
})
