import { share, type ReportDefinition } from '../definition'
import concentration from './concentration.sql?raw'
import firstToNext from './first-to-next.sql?raw'
import pairs from './pairs.sql?raw'

const DAYS = [30, 90, 365] as const

/** A repeat is a later incident, same child and role, whichever case it was filed in. */
export const repeats: ReportDefinition = {
  name: 'repeats',
  title: 'Repeat behaviour',
  definition:
    'A repeat is a later incident with the same child in the same role, whichever case it was filed in. Each child is followed from the first incident to the next, to the day asked about or to the day the child left. The share within 30, 90 or 365 days is of the children followed that long, or who repeated before. Incidents not known to the day are left out. “Again” is the same child alleged to have caused harm and the same child harmed in a later incident; “persisted” is one after their case was recorded as dealt with; “roles reversed” is a later incident the other way round, counted apart. For the DSL and the headteacher only.',
  tables: [
    {
      name: 'first-to-next',
      title: 'From the first incident to the next',
      sql: firstToNext,
      caseKeys: ['role'],
      finish: (rows) =>
        rows.map((r) => ({ ...r, ...Object.fromEntries(DAYS.map((d) => [`share_${d}`, share(r[`within_${d}_days`], r[`known_at_${d}_days`])])) })),
      columns: [
        { key: 'role', label: 'Role' },
        { key: 'children', label: 'Children', unit: 'children', cases: true },
        { key: 'repeated', label: 'With a later incident', unit: 'children', cases: true },
        ...DAYS.flatMap((d) => [
          { key: `within_${d}_days`, label: `Within ${d} days`, unit: 'children', cases: true },
          { key: `known_at_${d}_days`, label: `Followed ${d} days`, unit: 'children', cases: true },
          { key: `share_${d}`, label: `Share within ${d} days`, unit: 'share' },
        ]),
      ],
    },
    {
      name: 'pairs',
      title: 'The same two children again',
      sql: pairs,
      caseKeys: [],
      columns: [
        { key: 'pairs', label: 'Pairs', unit: 'pairs', cases: true },
        { key: 'again', label: 'Again', unit: 'pairs', cases: true },
        { key: 'persisted', label: 'Persisted after it was dealt with', unit: 'pairs', cases: true },
        { key: 'retaliated', label: 'Later with roles reversed', unit: 'pairs', cases: true },
      ],
    },
    {
      name: 'concentration',
      title: 'Incidents per child alleged to have caused harm',
      sql: concentration,
      caseKeys: ['involvements'],
      columns: [
        { key: 'involvements', label: 'Incidents', unit: 'incidents' },
        { key: 'children', label: 'Children', unit: 'children', cases: true },
      ],
    },
  ],
}
