import { kaplanMeier, medianTime, survivalAt } from '@circumspect/statistics'
import type { Table } from '../../report'
import type { Row } from '../../reports/definition'
import { figure } from '../words'

const HOUR = 3_600_000
const WEEK = 168 * HOUR

/** How long agencies take to answer: Kaplan–Meier, unanswered referrals counted for as long as they have been waiting. */
export function answersByAgency(rows: readonly Row[]): Table[] {
  const timed = rows.filter((r) => r.ms !== null)
  const agencies = [...new Set(timed.map((r) => String(r.agency)))].sort()
  if (agencies.length === 0) return []
  const hours = (ms: number | null) => (ms === null ? null : figure(ms / HOUR, 1))
  return [{
    name: 'by-agency',
    title: 'From a referral to the first answer, by agency',
    columns: [
      { key: 'agency', label: 'Agency' },
      { key: 'referrals', label: 'Referrals, timed', unit: 'referrals' },
      { key: 'unanswered', label: 'Not answered yet', unit: 'referrals' },
      { key: 'median', label: 'Median hours', unit: 'hours' },
      { key: 'median_lower', label: 'from', unit: 'hours' },
      { key: 'median_upper', label: 'to', unit: 'hours' },
      { key: 'within_a_week', label: 'Answered within a week', unit: 'share' },
    ],
    rows: agencies.map((agency) => {
      const own = timed.filter((r) => r.agency === agency).flatMap((r) => Array.from({ length: Number(r.referrals) }, () => ({ time: Number(r.ms), event: Number(r.answered) === 1 })))
      const curve = kaplanMeier(own)
      const { time, lower, upper } = medianTime(curve)
      const week = survivalAt(curve, WEEK)
      return {
        agency, referrals: own.length, unanswered: own.filter((o) => !o.event).length, median: hours(time), median_lower: hours(lower), median_upper: hours(upper),
        within_a_week: figure(week === null ? null : 1 - week.survival),
      }
    }),
  }]
}
