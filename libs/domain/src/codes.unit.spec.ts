import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { definitionOf, eventTypes } from './catalogue'
import * as codes from './codes'
import { leavesOf } from './leaves'

/** Every code of every field and version that was ever accepted. `UPDATE=1` adds new ones, and never takes one away. */
const KEPT = resolve(import.meta.dirname, '../fixtures/codes.json')
type Codes = Record<string, Record<string, string[]>>

const codesNow = (): Codes =>
  Object.fromEntries(
    eventTypes.map((type) => {
      const { version, data } = definitionOf(type)!
      const lists = leavesOf(data).flatMap(({ path, schema }) =>
        schema instanceof z.ZodEnum ? [[path, schema.options.map(String)] as const] : [],
      )
      return [`${type}.v${version}`, Object.fromEntries(lists)]
    }),
  )

function together(a: Codes, b: Codes): Codes {
  const union = structuredClone(a)
  for (const [type, fields] of Object.entries(b))
    for (const [path, list] of Object.entries(fields)) (union[type] ??= {})[path] = [...new Set([...(union[type]![path] ?? []), ...list])]
  return union
}

const kept = (): Codes => (existsSync(KEPT) ? (JSON.parse(readFileSync(KEPT, 'utf8')) as Codes) : {})
if (process.env['UPDATE']) writeFileSync(KEPT, `${JSON.stringify(together(kept(), codesNow()), null, 1)}\n`)

describe('the codes', () => {
  it('once accepted stay accepted, for stores are full of them', () => {
    const now = codesNow()
    for (const [type, fields] of Object.entries(kept()).filter(([type]) => type in now))
      for (const [path, list] of Object.entries(fields))
        expect({ type, path, codes: now[type]![path] }).toEqual({ type, path, codes: expect.arrayContaining(list) as unknown })
  })

  it('are all on the list of those kept', () => {
    expect(together(kept(), codesNow()), 'Run this test with UPDATE=1 to add the new ones.').toEqual(kept())
  })

  it('are in kebab-case, each once in its list', () => {
    const lists = Object.entries(codes).filter(([, list]) => Array.isArray(list)) as [string, readonly string[]][]
    expect(lists.length).toBeGreaterThan(40)
    for (const [name, list] of lists) {
      expect(new Set(list).size, name).toBe(list.length)
      if (['YEAR_GROUPS', 'SEXES', 'SEN_PROVISIONS', 'PRIMARY_NEEDS', 'ETHNICITIES'].includes(name)) continue // As the DfE's data standard writes them.
      for (const code of list) expect(code, name).toMatch(/^[a-z0-9]+([-.][a-z0-9]+)*$/)
    }
  })
})

/** The code lists of the domain, as they were read from the documents. */
const WANTED: [string, readonly string[], string][] = [
  [
    'behaviour',
    codes.BEHAVIOURS,
    `physical bullying online-bullying prejudice-related-bullying emotional financial coercive-control sexual-violence.rape
    sexual-violence.assault-by-penetration sexual-violence.sexual-assault sexual-violence.causing-sexual-activity-without-consent
    sexual-harassment.comments sexual-harassment.jokes-taunts sexual-harassment.physical-behaviour sexual-harassment.displaying-images
    sexual-harassment.unwanted-messages sexual-harassment.exploitation-coercion-threats image-sharing.consensual image-sharing.non-consensual
    image-sharing.unwanted-explicit-content upskirting harmful-sexual-behaviour.language harmful-sexual-behaviour.role-play
    harmful-sexual-behaviour.touching relationship-abuse initiation-hazing hate-crime criminal-exploitation sexual-exploitation gang-serious-violence
    radicalisation`,
  ],
  ['mode', codes.MODES, 'in-person online both'],
  [
    'prejudice ground',
    codes.PREJUDICE_GROUNDS,
    `race-ethnicity religion-belief sex-gender sexual-orientation gender-identity disability-sen care-adopted
    young-carer home-circumstances appearance other`,
  ],
  ['setting', codes.SETTINGS, 'on-site journey community home online-only other-school unknown'],
  [
    'kind of location on site',
    codes.KINDS_OF_SETTING['on-site'],
    `classroom corridor stairs toilets changing-room playground field dining-hall sports-hall
    swimming library computer-room cloakroom school-gate boarding inclusion-unit other`,
  ],
  ['kind of location on a journey', codes.KINDS_OF_SETTING.journey, 'bus walk train car other'],
  ['kind of location in the community', codes.KINDS_OF_SETTING.community, 'home street park shop transport-hub other'],
  ['time slot', codes.TIME_SLOTS, 'arrival registration lesson lesson-change break lunch departure journey out-of-hours unknown'],
  ['year group', codes.YEAR_GROUPS, 'E1 E2 N1 N2 R 1 2 3 4 5 6 7 8 9 10 11 12 13 14 X'],
  ['primary need', codes.PRIMARY_NEEDS, 'SPLD MLD SLD PMLD SEMH SLCN HI VI MSI PD ASD DS OTH NSA'],
  [
    'vulnerability',
    codes.VULNERABILITIES,
    `disability eal medical mental-health looked-after previously-looked-after domestic-abuse experienced-abuse
    significant-harm-risk criminal-exploitation-risk sexual-exploitation-risk missing young-carer lgbtq-or-perceived social-isolation`,
  ],
  [
    'agency',
    codes.AGENCIES,
    `police childrens-social-care early-help camhs health youth-offending specialist-sexual-violence education-lead external-support
    internal-support`,
  ],
  [
    'lesson theme',
    codes.LESSON_THEMES,
    `supervision environment policy training curriculum reporting-culture recording information-sharing timeliness support
    online-safety transport multi-agency`,
  ],
  ['age band', codes.AGE_BANDS, '5-9 9-13 13-17'],
  ['colour', codes.COLOURS, 'green amber red'],
  ['Hackett level', codes.HACKETT_LEVELS, 'normal inappropriate problematic abusive violent'],
  ['finding', codes.FINDINGS, 'established not-established unfounded false-or-malicious pending'],
  ['consequence', codes.CONSEQUENCES, 'restorative-work internal-exclusion suspension permanent-exclusion managed-move education-off-site'],
  ['criminal stage', codes.CRIMINAL_STAGES, 'reported bail-conditions charged no-further-action not-guilty caution conviction'],
]

describe('the lists of the documents', () => {
  it.each(WANTED)('%s: whole', (_, list, wanted) => {
    expect([...list]).toEqual(wanted.split(/\s+/))
  })

  it('who reported, with what an import may not know', () => {
    expect([...codes.REPORTED_BY]).toEqual([
      'child-harmed',
      'other-child',
      'parent',
      'staff',
      'alleged-perpetrator',
      'agency',
      'anonymous',
      'not-known',
    ])
  })

  it('sex and SEN provision as the DfE writes them, and unknown', () => {
    expect([...codes.SEXES]).toEqual(['F', 'M', 'unknown'])
    expect([...codes.SEN_PROVISIONS]).toEqual(['N', 'K', 'E', 'unknown'])
  })
})

describe('the reason codes of the DfE', () => {
  it('stand for behaviours, and behaviours for codes', () => {
    for (const wanted of ['PP', 'BU', 'TB', 'RA', 'LG', 'DS', 'SM', 'SB', 'MB'])
      expect(codes.BEHAVIOURS).toContain(codes.DFE_REASON_CODES[wanted])
    for (const [behaviour, code] of Object.entries(codes.DFE_REASON_OF)) {
      expect(codes.BEHAVIOURS).toContain(behaviour)
      expect(Object.keys(codes.DFE_REASON_CODES)).toContain(code)
    }
    expect(codes.SEXUAL_VIOLENCE.every((b) => codes.DFE_REASON_OF[b] === 'SM')).toBe(true)
  })

  it('that speak of a prejudice say which', () => {
    for (const [code, behaviour] of Object.entries(codes.DFE_REASON_CODES))
      expect(code in codes.DFE_REASON_GROUNDS, code).toBe(behaviour === 'prejudice-related-bullying')
    for (const grounds of Object.values(codes.DFE_REASON_GROUNDS))
      for (const ground of grounds) expect(codes.PREJUDICE_GROUNDS).toContain(ground)
  })
})

describe('behaviours for which a referral is due', () => {
  it('are behaviours, the always reported among them', () => {
    for (const behaviour of [...codes.REFERRAL_DUE, ...codes.ALWAYS_TO_POLICE, ...codes.SEXUAL_HARASSMENT])
      expect(codes.BEHAVIOURS).toContain(behaviour)
    expect(codes.REFERRAL_DUE).toEqual(expect.arrayContaining([...codes.SEXUAL_VIOLENCE]))
    expect([...codes.ALWAYS_TO_POLICE]).toEqual([
      'sexual-violence.rape',
      'sexual-violence.assault-by-penetration',
      'sexual-violence.sexual-assault',
    ])
    expect(codes.SEXUAL_HARASSMENT).toHaveLength(6)
  })
})
