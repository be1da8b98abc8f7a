import { benjaminiHochberg, fisherExact, wilson, type Fisher } from '@circumspect/statistics'
import type { Finding, Table } from '../../report'
import type { Row } from '../../reports/definition'
import type { AppraisalDefinition } from '../definition'
import { chanceInWords, counted, FALSE_SHARE, figure, percent } from '../words'

const CARE = {
  risk_assessed: 'a risk assessment',
  named_contact: 'a named contact',
  plan: 'a support or safety plan',
  strategy_meeting: 'a strategy meeting',
  aftercare: 'aftercare',
  family_told: 'a family told',
} as const
type Care = keyof typeof CARE

interface Share {
  readonly with: number
  readonly of: number
}
interface Compared {
  readonly care: Care
  readonly harmed: Share
  readonly alleged: Share
  readonly test: Fisher
  q: number
}

/** Children in cases in each of the two roles: below this many a difference says nothing. */
const LEAST_CHILDREN = 10

/** Parity: does a child get the same response whichever role it is in? */
export const responses: AppraisalDefinition = {
  questions: {},
  appraise({ report }) {
    const rows = report.tables.find((t) => t.name === 'by-role')!.rows as readonly Row[]
    const of = (role: string) => rows.find((r) => r.role === role)
    const [harmed, alleged] = [of('alleged-victim'), of('alleged-perpetrator')]
    if (!harmed || !alleged || Math.min(Number(harmed.children_in_cases), Number(alleged.children_in_cases)) < LEAST_CHILDREN) return { findings: [few], tables: [] }
    const compared = (Object.keys(CARE) as Care[]).map((care) => compare(care, harmed, alleged))
    benjaminiHochberg(compared.map((c) => c.test.p)).forEach((q, i) => (compared[i]!.q = q))
    const found = compared.filter((c) => c.q <= FALSE_SHARE)
    return { findings: found.length === 0 ? [same] : found.map(difference), tables: [table(compared)] }
  },
}

function compare(care: Care, harmed: Row, alleged: Row): Compared {
  const share = (row: Row): Share => ({ with: Number(row[care]), of: Number(row.children_in_cases) })
  const [h, a] = [share(harmed), share(alleged)]
  return { care, harmed: h, alleged: a, test: fisherExact([[h.with, h.of - h.with], [a.with, a.of - a.with]]), q: 1 }
}

const HOW = `Children in cases with and without it, by role: Fisher's exact test, Benjamini–Hochberg over ${Object.keys(CARE).length} responses, named below ${FALSE_SHARE}; shares with Wilson's interval (95 %). A child in two cases counts in both.`

const shareOf = ({ with: part, of }: Share): string => `${percent(part / of)} of ${of}`

function difference({ care, harmed, alleged, q }: Compared): Finding {
  const [more, fewer] = harmed.with / harmed.of > alleged.with / alleged.of ? ['children harmed', 'children alleged to have caused harm'] : ['children alleged to have caused harm', 'children harmed']
  const [high, low] = more === 'children harmed' ? [harmed, alleged] : [alleged, harmed]
  return {
    code: 'parity',
    kind: 'stands-out',
    text: `${CARE[care].replace(/^./, (c) => c.toUpperCase())} is recorded for ${more} (${shareOf(high)}) more often than for ${fewer} (${shareOf(low)}). ${chanceInWords(q)}`,
    caution: 'Both are children who need support. It can also be that it was given and not recorded: look at cases without it.',
    how: HOW,
  }
}

const same: Finding = {
  code: 'no-difference',
  kind: 'ordinary',
  text: 'Children harmed and children alleged to have caused harm are recorded with the same responses about equally often.',
  caution: 'That says nothing of whether it was enough for either.',
  how: HOW,
}

const few: Finding = {
  code: 'few-children',
  kind: 'unsure',
  text: `Fewer than ${counted(LEAST_CHILDREN, 'child', 'children')} in either role: too few to compare what they were given.`,
  caution: 'Look at each child instead.',
  how: HOW,
}

function table(compared: readonly Compared[]): Table {
  const role = (name: string, label: string) => [
    { key: `${name}_share`, label, unit: 'share' },
    { key: `${name}_lower`, label: 'from', unit: 'share' },
    { key: `${name}_upper`, label: 'to', unit: 'share' },
  ]
  const cells = (name: string, share: Share) => {
    const { lower, upper } = wilson(share.with, share.of)
    return { [`${name}_share`]: figure(share.with / share.of), [`${name}_lower`]: figure(lower), [`${name}_upper`]: figure(upper) }
  }
  return {
    name: 'parity',
    title: 'What is recorded for children in each role',
    columns: [{ key: 'care', label: 'Response' }, ...role('harmed', 'Children harmed'), ...role('alleged', 'Children alleged to have caused harm'), { key: 'odds_ratio', label: 'Odds ratio', unit: 'ratio' }, { key: 'q', label: 'q-value', unit: 'q' }],
    rows: compared.map((c) => ({ care: c.care.replaceAll('_', '-'), ...cells('harmed', c.harmed), ...cells('alleged', c.alleged), odds_ratio: figure(c.test.oddsRatio, 2), q: figure(c.q) })),
  }
}
