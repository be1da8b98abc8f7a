import { REFERRAL_DUE } from '@circumspect/domain'
import type { Column } from '../../report'
import { hours, share, type ReportDefinition, type Row } from '../definition'
import agencies from './agencies.sql?raw'
import outcomes from './outcomes.sql?raw'
import steps from './steps.sql?raw'

const inHours = (rows: Row[]): Row[] => rows.map((r) => ({ ...r, median_hours: hours(r.median_ms), p90_hours: hours(r.p90_ms) }))

const withShares = (rows: Row[]): Row[] =>
  inHours(rows).map((r) => {
    const afterTelling = Number(r.due) - Number(r.before)
    return {
      ...r,
      share_24_hours: share(r.within_24_hours, afterTelling - Number(r.too_coarse)),
      share_one_school_day: share(r.within_one_school_day, afterTelling),
    }
  })

const quantiles: Column[] = [
  { key: 'timed', label: 'Timed to the hour', unit: 'cases' },
  { key: 'median_hours', label: 'Median hours', unit: 'hours' },
  { key: 'p90_hours', label: '90th centile, hours', unit: 'hours' },
]

/** Hours from the first disclosure or concern to the first referral to social care or police, among cases where one was due. */
export const timeToReferral: ReportDefinition = {
  name: 'time-to-referral',
  title: 'Time to referral',
  definition:
    'Among cases where a referral to social care or the police was due by the behaviour or the harm recorded, by the date of the first disclosure or concern: the time from that to the first such referral; one made through social care counts for both. A referral that came before the school was told is counted apart, and so is one made after a decision against it. Cases with a decision against, and cases still open on the day asked about, have no time yet; medians and centiles here are of the cases referred (exact, interpolated), so they look better than they are while cases are open. Facts not known to the hour enter no measure in hours and are counted. Behaviour is as first recorded. School days follow the school’s terms and the bank holidays.',
  tables: [
    {
      name: 'outcomes',
      title: 'What became of cases where a referral was due',
      sql: outcomes,
      caseKeys: ['dimension', 'value'],
      params: { due_behaviours: REFERRAL_DUE },
      finish: withShares,
      columns: [
        { key: 'dimension', label: 'By' },
        { key: 'value', label: 'Value' },
        { key: 'due', label: 'Referral due', unit: 'cases', cases: true },
        { key: 'before', label: 'Referred before the school was told', unit: 'cases', cases: true },
        { key: 'referred', label: 'Referred', unit: 'cases', cases: true },
        { key: 'reversed', label: 'Referred after a decision against', unit: 'cases', cases: true },
        { key: 'decided_against', label: 'Decided against', unit: 'cases', cases: true },
        { key: 'open', label: 'Neither yet', unit: 'cases', cases: true },
        { key: 'too_coarse', label: 'Referred, not timed to the hour', unit: 'cases', cases: true },
        ...quantiles,
        { key: 'within_24_hours', label: 'Within 24 hours', unit: 'cases', cases: true },
        { key: 'share_24_hours', label: 'Share within 24 hours', unit: 'share' },
        { key: 'within_one_school_day', label: 'Within one school day', unit: 'cases', cases: true },
        { key: 'share_one_school_day', label: 'Share within one school day', unit: 'share' },
      ],
    },
    {
      name: 'agencies',
      title: 'First referral to each agency, of all cases',
      sql: agencies,
      caseKeys: ['agency'],
      finish: inHours,
      columns: [
        { key: 'agency', label: 'Agency' },
        { key: 'cases', label: 'Cases referred', unit: 'cases', cases: true },
        ...quantiles,
        { key: 'within_24_hours', label: 'Within 24 hours', unit: 'cases', cases: true },
      ],
    },
    {
      name: 'steps',
      title: 'Time from the first telling to other steps (the agency’s answer: from the referral)',
      sql: steps,
      caseKeys: ['step'],
      finish: inHours,
      columns: [
        { key: 'step', label: 'Step' },
        { key: 'cases', label: 'Cases told', unit: 'cases' },
        { key: 'done', label: 'Cases with this step', unit: 'cases', cases: true },
        ...quantiles,
      ],
    },
  ],
}
