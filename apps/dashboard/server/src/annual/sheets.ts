import { KINDS } from '../../../web/src/shared/kinds'
import type { WorkbookCell, WorkbookSheet } from '../workbook'
import type { AnnualCell, AnnualDocument, AnnualPart, AnnualSection, AnnualTable } from './model'
import { isDay } from './parts'

type Of<K extends AnnualPart['kind']> = Extract<AnnualPart, { kind: K }>
const partsOf = <K extends AnnualPart['kind']>({ parts }: AnnualSection, kind: K): Of<K>[] => parts.filter((part): part is Of<K> => part.kind === kind)

/**
 * The annual report as sheets: about it, what was found, a sheet for each table, what the figures mean, how they were computed. The same
 * document gives the same sheets.
 */
export function annualSheets(document: AnnualDocument): WorkbookSheet[] {
  const tables = document.sections.flatMap((section, s) =>
    partsOf(section, 'table').map((table, n) => ({ section: section.heading, title: table.title, sheet: tableSheet(`${s + 1}.${n + 1} ${table.title}`, table) })),
  )
  return [
    about(document, tables.map(({ section, title, sheet }) => [sheet.name, section, title])),
    found(document),
    ...tables.map(({ sheet }) => sheet),
    ...document.sections.filter((section) => partsOf(section, 'terms').length > 0).map(terms),
  ]
}

function about({ title, subtitle, asOf, position, sections }: AnnualDocument, contents: readonly (readonly string[])[]): WorkbookSheet {
  return {
    name: 'About',
    rows: [
      ['Report', title],
      ['Of', subtitle],
      ['As known on', asOf],
      ['Store position', position],
      ...sections.flatMap((section) => partsOf(section, 'text').map(({ text }) => [section.heading, text])),
      [null],
      ['Sheet', 'Section', 'Table'],
      ...contents,
    ],
  }
}

/** The summary says again what its sections say: left out here. */
function found({ sections }: AnnualDocument): WorkbookSheet {
  return {
    name: 'What was found',
    head: ['Section', 'How sure', 'What was found', 'To be read with it'],
    rows: sections
      .filter(({ id }) => id !== 'summary')
      .flatMap((section) => partsOf(section, 'findings').flatMap(({ findings }) => findings.map(({ kind, text, caution }) => [section.heading, KINDS[kind], text, caution]))),
  }
}

const tableSheet = (name: string, { columns, rows }: AnnualTable): WorkbookSheet => ({
  // As Excel takes names: short, without its own signs.
  name: name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31).trim(),
  head: columns.map(({ label }) => label),
  rows: rows.map((row) => row.map(typed)),
})

function typed({ value, share }: AnnualCell): WorkbookCell {
  if (isDay(value)) return { day: value }
  return share && typeof value === 'number' ? { share: value } : value
}

const terms = (section: AnnualSection): WorkbookSheet => ({
  name: section.heading,
  rows: partsOf(section, 'terms').flatMap(({ terms: all }) => all.map(({ term, text }) => [term, text])),
})
