import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { workbook, type WorkbookSheet } from './workbook'

const sheets: WorkbookSheet[] = [
  { name: 'Places: on/site [2026]', head: ['Place', 'Incidents'], rows: [['=HYPERLINK("x")', 3], ['Corridor <north> & hall', null]] },
  { name: 'A name that is much longer than a sheet of a workbook can have', head: ['One'], rows: [[1.5]] },
  { name: 'A name that is much longer than a sheet of a workbook can hold', rows: [['Words']] },
]
const partsOf = (bytes: Uint8Array) => Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]))

describe('a workbook', () => {
  it('is the same bytes for the same sheets, whenever it is made', async () => {
    const first = await workbook(sheets)
    await new Promise((resolve) => setTimeout(resolve, 2100))
    expect((await workbook(sheets)).equals(first)).toBe(true)
  })

  it('keeps numbers as numbers and texts as texts, formulas too', async () => {
    const parts = partsOf(await workbook(sheets))
    const all = Object.values(parts).join('')
    expect(all).not.toContain('<f>')
    expect(all).toContain('HYPERLINK')
    expect(all).toContain('Corridor &lt;north&gt; &amp; hall')
    expect(Object.entries(parts).find(([name]) => /sheet1\.xml$/.test(name))![1]).toMatch(/<c [^>]*><v>3<\/v>/)
  })

  it('names each sheet once, as Excel takes it', async () => {
    const parts = partsOf(await workbook(sheets))
    const names = [...Object.entries(parts).find(([name]) => name.endsWith('workbook.xml'))![1].matchAll(/<sheet [^>]*name="([^"]+)"/g)].map((m) => m[1])
    expect(names[0]).toBe('Places  on site  2026')
    expect(new Set(names).size).toBe(3)
    expect(names.every((name) => name!.length <= 31)).toBe(true)
  })
})
