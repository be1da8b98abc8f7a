import { describe, expect, it } from 'vitest'
import { annualDocument } from './content'
import { annualInput, NORTH } from './input-for-tests'
import type { AnnualPart, AnnualTable } from './model'

const document = annualDocument(annualInput)
const section = (id: string) => document.sections.find((s) => s.id === id)!
const tables = (parts: readonly AnnualPart[]) => parts.filter((p): p is AnnualTable => p.kind === 'table')
const wordsOf = ({ rows }: AnnualTable) => rows.map((row) => row.map(({ words }) => words))

describe('the annual report', () => {
  it('has a section for each question of a board, in order', () => {
    expect(document.title).toBe('Annual report on child-on-child abuse: Example Trust (made up), 2025/26')
    expect(document.subtitle).toBe('School year 2025/26, 1 September 2025 to 31 August 2026, as known on 20 November 2026 at 12:00')
    expect(document.sections.map(({ id }) => id)).toEqual(['summary', 'trends', 'patterns', 'places', 'responses', 'lessons', 'reporting', 'definitions', 'computed'])
  })

  it('opens with the counts and with all that stands out, once', () => {
    const [counts, found] = section('summary').parts
    expect(counts).toMatchObject({ text: expect.stringMatching(/^In the school year 2025\/26, 9 cases were told \(the year before: 7\), with 10 incidents that were not found unfounded or false\. .+ due in 3 cases \(the year before: 3\)\. .+; in 2 cases the review is overdue\. 2 lessons were recorded, and 1 action was agreed, of which 1 is done\.$/) as string })
    expect(found!.kind === 'findings' && found!.findings.map((f) => f.text)).toEqual(
      ['trend', 'patterns', 'hotspots', 'time-to-referral', 'responses', 'reviews', 'lessons', 'reporting'].map((name) => `Found in ${name}: stands-out.`),
    )
  })

  it('sets this year beside the years before, without years before the first record', () => {
    const [compared] = tables(section('trends').parts)
    expect(compared!.columns.map(({ label }) => label)).toEqual(['Figure', '2024/25', '2025/26'])
    expect(wordsOf(compared!).slice(0, 6)).toEqual([
      ['Cases told', '7', '9'],
      ['Incidents in them', '8', '10'],
      ['Cases told by the child harmed', '2', '2'],
      ['Cases where a referral was due', '3', '3'],
      ['Share referred within 24 hours', '66.7 %', '66.7 %'],
      ['Median hours to referral, of those referred', '5.3', '5.3'],
    ])
    expect(compared!.rows[4]![1]!.value).toBe(0.6667)
  })

  it('says where the year is not over', () => {
    const early = annualDocument({ ...annualInput, asOf: '2026-03-01T12:00:00.000Z' })
    expect(early.subtitle).toContain('(not over yet)')
    expect(early.sections[1]!.parts).toContainEqual({ kind: 'text', text: expect.stringContaining('is not over') as string })
    expect(section('trends').parts).not.toContainEqual({ kind: 'text', text: expect.stringContaining('is not over') as string })
  })

  it('names things, keeps figures as figures and days as days', () => {
    const request = { ...annualInput.reports.lessons.request, schools: [NORTH] }
    const lessons = { ...annualInput.reports.lessons, request }
    const of = annualDocument({ ...annualInput, schools: [NORTH], reports: { ...annualInput.reports, lessons } })
    const actions = tables(of.sections.find((s) => s.id === 'lessons')!.parts).find(({ title }) => title.startsWith('Actions, and what was reported'))!
    expect(wordsOf(actions)).toEqual([['=A member of staff at the corner', '2 March 2026', 'Done', 'More reports', '2.5', '0.75', '0.3', '0.01', '1.9', 'Either possible']])
    expect(actions.rows[0]!.map(({ value }) => value)).toEqual(['=A member of staff at the corner', '2026-03-02', 'Done', 'More reports', 2.5, 0.75, 0.3, 0.01, 1.9, 'Either possible'])
  })

  it('has the words of lessons meant for the whole trust, and says where there are none', () => {
    const inWords = (lessons: typeof annualInput.lessons) => annualDocument({ ...annualInput, lessons }).sections.find(({ id }) => id === 'lessons')!.parts
    const [words] = tables(inWords(annualInput.lessons)).filter(({ title }) => title === 'Lessons in words')
    expect(wordsOf(words!)).toEqual([['Supervision', 'Stairs – lunch', 'Somebody has to stand where two year groups meet.']])
    expect(inWords([])).toContainEqual({ kind: 'text', text: expect.stringContaining('none stands here in words') as string })
  })

  it('says what is recorded and in no figure', () => {
    const termOf = (parked: typeof annualInput.parked) => {
      const [about] = annualDocument({ ...annualInput, parked }).sections.find(({ id }) => id === 'computed')!.parts
      return about!.kind === 'terms' ? about!.terms.find(({ term }) => term === 'Recorded, and in no figure')?.text : undefined
    }
    expect(termOf([])).toBe('Nothing: every event up to the position could be carried into the figures.')
    expect(termOf([{ reason: 'incident-recorded has version 9, which is not known here', events: 2 }])).toMatch(/^2: incident-recorded has version 9, which is not known here\. They are kept/)
  })

  it('lists groups as people do, with both roles in a row, and tiers as tiers', () => {
    const [bySex] = tables(section('patterns').parts)
    expect(bySex!.columns.map(({ label }) => label).slice(0, 4)).toEqual(['Sex', 'Pupils on roll', 'Children harmed', 'Harmed, for each 1,000'])
    expect(wordsOf(bySex!)).toEqual([['Girl', '100', '4', '40', '0', '–']])
  })

  it('counts the actions of several schools, and leaves each to the report of its school', () => {
    const all = tables(section('lessons').parts)
    expect(wordsOf(all.find(({ title }) => title === 'Actions agreed, by school')!)).toEqual([['Example North (made up)', '1', '1', '0', '0']])
    expect(wordsOf(all.find(({ title }) => title === 'Lessons by theme')!)).toEqual([['Supervision', '2']])
    expect(JSON.stringify(document)).not.toContain('member of staff')
  })

  it('says nothing of pairs of children, of single cases or of children who repeat', () => {
    const all = JSON.stringify(document.sections)
    expect(all).not.toContain('Table pairs')
    expect(all).not.toContain('a case"')
    expect(all).not.toContain('young-carer')
    expect(section('computed').parts[0]).toMatchObject({ terms: expect.arrayContaining([expect.objectContaining({ term: 'Not in this report' })]) as object })
  })

  it('has a table beside every picture', () => {
    for (const { heading, parts } of document.sections) {
      let table = true
      for (const part of parts) {
        if (part.kind === 'heading') expect(table, heading).toBe(true)
        if (part.kind === 'picture') table = false
        if (part.kind === 'table') table = true
      }
      expect(table, heading).toBe(true)
    }
  })

  it('says from what, as of when and how it was computed', () => {
    const all = JSON.stringify(section('computed'))
    for (const words of ['Example North (made up); Ysgol', '2026-11-20T12:00:00.000Z', '42: every event', 'Method of hotspots.', 'Method of trend.']) expect(all).toContain(words)
    expect(JSON.stringify(section('definitions'))).toContain('What reporting means.')
    expect(JSON.stringify(document.sections)).not.toContain(NORTH)
  })

  it('is the same for the same results', () => {
    expect(JSON.stringify(annualDocument(structuredClone(annualInput)))).toBe(JSON.stringify(document))
  })
})
