import type { NamedReport } from '../shared/named'
import { label } from '../shared/labels'
import { bars, drawn, figure, inOrderOfRoles, pointsOf, rowsOf, valuesOf, word, type Pictures, type Row } from './rows'

const OUTCOMES = { referred: 'Referred', before: 'Referred before the school was told', reversed: 'Referred after a decision against', decided_against: 'Decided against', open: 'Neither yet' } as const

/** What became of the cases of each school; how long the other steps took. */
export function timeToReferral(report: NamedReport): Pictures {
  const outcomes = rowsOf(report, 'outcomes')
  const bySchool = outcomes.filter((r) => r.dimension === 'school')
  const steps = rowsOf(report, 'steps')
  const those = bySchool.length > 1 ? bySchool : outcomes.filter((r) => r.dimension === 'all')
  return {
    outcomes: drawn(
      bars({
        title: 'What became of cases where a referral was due',
        unit: 'cases',
        stacked: true,
        series: Object.values(OUTCOMES),
        points: pointsOf(those, (r) => word(r, 'value', report), Object.keys(OUTCOMES)),
      }),
      bars({
        title: 'Median time to referral, of the cases referred',
        unit: 'hours',
        series: ['Median hours'],
        points: pointsOf(those, (r) => word(r, 'value', report), ['median_hours']),
      }),
    ),
    steps: drawn(
      bars({
        title: 'Median time from the first telling to other steps',
        unit: 'hours',
        series: ['Median hours'],
        points: pointsOf(steps, (r) => word(r, 'step', report), ['median_hours']),
      }),
    ),
  }
}

const CARE = {
  risk_assessed: 'Risk assessed',
  named_contact: 'Named contact',
  plan: 'Support or safety plan',
  strategy_meeting: 'Strategy meeting',
  aftercare: 'Aftercare',
  family_told: 'Family told',
} as const

/** For whom what was done, tiers and routes, and what agencies answered. */
export function responses(report: NamedReport): Pictures {
  const roles = inOrderOfRoles(rowsOf(report, 'by-role'))
  const share = (row: Row, key: string) => {
    const [part, whole] = [figure(row, key), figure(row, 'children_in_cases')]
    return part === null || whole === null || whole === 0 ? null : part / whole
  }
  const decisions = rowsOf(report, 'decisions')
  return {
    'by-role': drawn(
      bars({
        title: 'Children in cases for whom it is recorded',
        unit: 'share',
        series: roles.map((r) => word(r, 'role', report)),
        points: Object.entries(CARE).map(([key, name]) => ({ label: name, values: roles.map((r) => share(r, key)) })),
      }),
    ),
    decisions: drawn(
      ...valuesOf(decisions, 'dimension').map((dimension) =>
        bars({
          title: `Cases by ${label(dimension).toLowerCase()}`,
          unit: 'cases',
          series: ['Cases'],
          points: pointsOf(decisions.filter((r) => r.dimension === dimension), (r) => word(r, 'value', report), ['cases']),
        }),
      ),
    ),
    referrals: drawn(
      bars({
        title: 'Referrals and their first answers',
        unit: 'referrals',
        stacked: true,
        series: ['Accepted', 'Declined', 'Not answered'],
        points: pointsOf(rowsOf(report, 'referrals'), (r) => word(r, 'agency', report), ['accepted', 'declined', 'unanswered']),
      }),
    ),
  }
}

/** Which cases have been reviewed, by school; lessons by theme. */
export function reviews(report: NamedReport): Pictures {
  return {
    state: drawn(
      bars({
        title: 'Cases decided, and the review of their circumstances',
        unit: 'cases',
        stacked: true,
        series: ['Reviewed', 'Not yet due', 'Overdue'],
        points: pointsOf(rowsOf(report, 'state'), (r) => word(r, 'school', report), ['cases_reviewed', 'not_yet_due', 'overdue']),
      }),
    ),
  }
}

export function lessons(report: NamedReport): Pictures {
  const rows = rowsOf(report, 'themes')
  const total = (theme: string) => rows.filter((r) => r.theme === theme).reduce((sum, r) => sum + (figure(r, 'lessons') ?? 0), 0)
  const themes = valuesOf(rows, 'theme').sort((a, b) => total(b) - total(a))
  return {
    themes: drawn(
      bars({
        title: 'Lessons by theme',
        unit: 'lessons',
        series: ['Lessons'],
        points: themes.map((theme) => ({ label: label(theme), values: [total(theme)] })),
      }),
    ),
  }
}
