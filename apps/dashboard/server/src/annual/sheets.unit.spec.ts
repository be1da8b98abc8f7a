import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { workbook } from '../workbook'
import { annualDocument } from './content'
import { annualFileName } from './file-name'
import { annualInput, NORTH } from './input-for-tests'
import { annualSheets } from './sheets'

const document = annualDocument({ ...annualInput, schools: [NORTH], reports: { ...annualInput.reports, lessons: { ...annualInput.reports.lessons, request: { ...annualInput.reports.lessons.request, schools: [NORTH] } } } })
const sheets = annualSheets(document)
const sheet = (start: string) => sheets.find(({ name }) => name.includes(start))!

describe('the sheets of an annual report', () => {
  it('are what it is about, what was found, each table, what the figures mean and how they were computed', () => {
    expect(sheets[0]!.name).toBe('About')
    expect(sheets[0]!.rows.slice(0, 4)).toEqual([['Report', document.title], ['Of', document.subtitle], ['As known on', document.asOf], ['Store position', 42]])
    expect(sheet('What was found').rows).toContainEqual(['Responses', 'Stands out', 'Found in responses: stands-out.', 'Look at responses.'])
    expect(sheets.slice(-2).map(({ name }) => name)).toEqual(['What the figures mean', 'How this was computed'])
    const tables = document.sections.flatMap(({ parts }) => parts.filter(({ kind }) => kind === 'table'))
    expect(sheets).toHaveLength(tables.length + 4)
    for (const { name } of sheets) expect(name.length).toBeLessThanOrEqual(31)
  })

  it('list themselves: each sheet by its name, with the whole title of its table', () => {
    const [listed] = sheets[0]!.rows.filter(([name]) => name === sheet('Actions').name)
    expect(listed).toEqual([sheet('Actions').name, 'Lessons and actions', 'Actions, and what was reported for each 100 school days before and after'])
  })

  it('hold days as days, shares as shares, figures as figures, texts as texts', () => {
    expect(sheet('Actions').rows).toEqual([['=A member of staff at the corner', { day: '2026-03-02' }, 'Done', 'More reports', 2.5, 0.75, 0.3, 0.01, 1.9, 'Either possible']])
    expect(sheet('This school year').rows[4]).toEqual(['Share referred within 24 hours', { share: 0.6667 }, { share: 0.6667 }])
  })

  it('make the same workbook at another time, with dates that a spreadsheet can reckon with', async () => {
    const bytes = await workbook(sheets)
    await new Promise((resolve) => setTimeout(resolve, 2100))
    expect((await workbook(annualSheets(structuredClone(document)))).equals(bytes)).toBe(true)
    const parts = Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)] as const)
    const [, actions] = parts.find(([name]) => name === `xl/worksheets/sheet${sheets.indexOf(sheet('Actions')) + 1}.xml`)!
    // 2 March 2026, in days since the end of 1899.
    expect(actions).toMatch(/<v>46083<\/v>/)
    expect(parts.find(([name]) => name === 'xl/styles.xml')![1]).toContain('d mmmm yyyy')
  })
})

describe('the name of its file', () => {
  it('says whose, which year, as of when and at which position, in plain letters', () => {
    expect(annualFileName(document)).toBe('circumspect-annual-report-example-trust-made-up-2025-26-as-of-2026-11-20-position-42')
    expect(annualFileName({ ...document, whose: 'Ysgol Tŷ Gŵyr' })).toContain('-ysgol-ty-gwyr-2025-26-')
    expect(annualFileName({ ...document, whose: '学校' })).toContain('report-2025-26')
  })
})
