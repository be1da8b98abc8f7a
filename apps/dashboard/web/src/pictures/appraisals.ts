import type { NamedAppraisal } from '../shared/named'
import { label } from '../shared/labels'
import type { ControlPicture, CurvePicture, FunnelPicture, Picture } from './picture'
import { bars, drawn, figure, rowsOf, valuesOf, word, type Row } from './rows'

/** The pictures of what findings rest on. */
export function picturesOfAppraisal(appraisal: NamedAppraisal): Picture[] {
  const rows = (table: string) => rowsOf(appraisal, table)
  return drawn(curve(rows('curve')), ...funnels(rows('funnel'), appraisal), ...shares(rows('shares')), ...control(rows('control-chart')))
}

/** The pictures that only an analyst wants: folded with the tables. */
export const picturesForAnalysts = (appraisal: NamedAppraisal): Picture[] => drawn(lorenz(rowsOf(appraisal, 'lorenz')))

/** A curve for each group, and the line on which they would be if all children had equally many. */
function lorenz(rows: readonly Row[]): CurvePicture {
  const groups = valuesOf(rows, 'of')
  const shares = rows.map((r) => ({ x: Math.round(figure(r, 'subjects')! * 1000) / 10, values: [...groups.map((of) => (r.of === of ? figure(r, 'events') : null)), null] }))
  const alike = [0, 100].map((x) => ({ x, values: [...groups.map(() => null), x / 100] }))
  return {
    kind: 'curve',
    straight: true,
    title: 'How far incidents gather in few children',
    inWords: 'The further a curve is below the straight line, the more of the incidents are of few children.',
    unit: 'share of incidents',
    series: [...groups.map((of) => `Among ${of}`), 'If all had equally many'],
    xUnit: '% of the children, those with fewest incidents first',
    points: rows.length === 0 ? [] : [...shares, ...alike].sort((a, b) => a.x - b.x),
  }
}

function curve(rows: readonly Row[]): CurvePicture {
  const points = rows.map((r) => ({ x: figure(r, 'hours') ?? 0, values: [figure(r, 'referred'), figure(r, 'decided_against')] }))
  const day = points.findLast((p) => p.x <= 24)?.values[0] ?? 0
  return {
    kind: 'curve',
    title: 'Share of cases referred, and decided against, by the time since the first telling',
    inWords: `Share of cases referred by the time since the first telling. Within 24 hours: ${Math.round(day * 100)} %.`,
    unit: 'share of cases',
    series: ['Referred', 'Decided against'],
    xUnit: 'hours',
    points,
  }
}

/** One for each group of schools that are compared with one another; two make no funnel. */
function funnels(rows: readonly Row[], { names }: NamedAppraisal): FunnelPicture[] {
  return valuesOf(rows, 'phase').flatMap((phase) => {
    const those = rows.filter((r) => r.phase === phase).sort((a, b) => figure(a, 'expected')! - figure(b, 'expected')!)
    if (those.length < 3) return []
    const furthest = those.reduce((a, b) => (Math.abs(Math.log(figure(b, 'ratio')! || 0.01)) > Math.abs(Math.log(figure(a, 'ratio')! || 0.01)) ? b : a))
    return [{
      kind: 'funnel',
      title: `Cases told against what peers tell for the same roll: ${label(phase).toLowerCase()} schools`,
      inWords: `The school furthest from its peers has ${figure(furthest, 'ratio')!.toLocaleString('en-GB', { maximumFractionDigits: 2 })} times the cases expected.`,
      unit: 'cases told over cases expected',
      points: those.map((r) => ({
        label: word(r, 'school', { names }),
        x: figure(r, 'expected')!,
        y: figure(r, 'ratio')!,
        inner: [figure(r, 'lower_95')!, figure(r, 'upper_95')!] as const,
        outer: [figure(r, 'lower_998')!, figure(r, 'upper_998')!] as const,
      })),
    } satisfies FunnelPicture]
  })
}

function shares(rows: readonly Row[]): Picture[] {
  const roles = valuesOf(rows, 'role')
  return [
    bars({
      title: 'Children with a later incident in the same role',
      unit: 'share',
      series: roles.map(label),
      points: valuesOf(rows, 'days').map((days) => ({
        label: `Within ${days} days`,
        values: roles.map((role) => figure(rows.find((r) => r.role === role && String(r.days) === days), 'share')),
      })),
    }),
  ]
}

function control(rows: readonly Row[]): ControlPicture[] {
  const [first] = rows
  if (!first) return []
  const signals = rows.filter((r) => r.signal !== null).length
  return [
    {
      kind: 'control',
      title: 'Ordinary variation and signals: cases for each 100 school days',
      inWords: signals === 0 ? 'No point is a signal.' : `${signals} of ${rows.length} points are signals.`,
      unit: 'per 100 school days',
      mean: figure(first, 'mean')!,
      lower: Math.max(0, figure(first, 'lower')!),
      upper: figure(first, 'upper')!,
      points: rows.map((r) => ({ label: String(r.period), value: figure(r, 'rate')!, signal: r.signal !== null })),
    },
  ]
}
