import { memo, useRef } from 'react'
import {
  Bar,
  BarChart,
  CartesianGrid,
  ComposedChart,
  LabelList,
  Legend,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { useSeenFirst } from '../shared/use-seen-first'
import { SavePicture } from './save-button'
import type { BarPicture, ControlPicture, CurvePicture, FunnelPicture, MatrixPicture, Picture } from './picture'

const TICK = { fill: 'currentColor', fontSize: 13 }
const MARGIN = { top: 8, right: 16, bottom: 4, left: 8 }
const TOOLTIP = { background: 'var(--panel)', border: '1px solid var(--line)', color: 'inherit' }
/** Told apart by more than colour: the legend names them in their order, curves differ in their dashes. */
const colour = (index: number) => `var(--series-${index + 1})`
const DASHES = ['', '8 4', '2 3', '10 3 2 3', '1 5']

/** Draws a picture, and decides nothing. `elsewhere`: its table is on another page. `from`: what it was made from; it can be saved then. */
export function Draw({ picture, elsewhere = false, from }: { picture: Picture; elsewhere?: boolean; from?: string }) {
  const figure = useRef<HTMLElement>(null)
  const { ref, shown } = useSeenFirst(picture)
  if (picture.kind === 'matrix') return <Matrix picture={picture} />
  return (
    <figure className="picture" ref={figure}>
      <figcaption>
        {picture.title} <span className="quiet">({picture.unit})</span>
      </figcaption>
      <div ref={ref} role="img" aria-label={`${picture.inWords} Every figure is in the table ${elsewhere ? 'of the report' : 'below'}.`}>
        <Drawn picture={shown.kind === 'matrix' ? picture : shown} />
      </div>
      {from !== undefined && <SavePicture figure={figure} title={`${picture.title} (${picture.unit})`} from={from} />}
    </figure>
  )
}

const Drawn = memo(function Drawn({ picture }: { picture: Exclude<Picture, MatrixPicture> }) {
  if (picture.kind === 'curve') return <Curve picture={picture} />
  if (picture.kind === 'funnel') return <Funnel picture={picture} />
  if (picture.kind === 'control') return <Control picture={picture} />
  return picture.standing ? <Standing picture={picture} /> : <Lying picture={picture} />
})

const dataOf = (points: readonly { readonly values: readonly (number | null)[] }[]) =>
  points.map(({ values, ...rest }) => ({ ...rest, ...Object.fromEntries(values.map((value, i) => [`s${i}`, value])) }))

const percent = (value: number) => `${Math.round(value * 100)} %`
const shown = (unit: string) => (value: unknown) =>
  typeof value !== 'number' ? '' : unit.startsWith('share') ? percent(value) : value.toLocaleString('en-GB', { maximumFractionDigits: 1 })

const barsOf = ({ series, stacked }: BarPicture) =>
  series.map((name, i) => (
    <Bar
      key={name}
      name={name}
      dataKey={`s${i}`}
      fill={colour(i)}
      stroke="var(--mantine-color-body)"
      isAnimationActive={false}
      {...(stacked && { stackId: 'all' })}
    />
  ))

function Standing({ picture }: { picture: BarPicture }) {
  return (
    <ResponsiveContainer width="100%" height={260}>
      <BarChart data={dataOf(picture.points)} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" tick={TICK} minTickGap={8} />
        <YAxis tick={TICK} width={48} allowDecimals={picture.unit.startsWith('share')} tickFormatter={shown(picture.unit)} />
        <Tooltip contentStyle={TOOLTIP} cursor={{ fill: 'var(--panel)' }} formatter={shown(picture.unit)} isAnimationActive={false} />
        {picture.series.length > 1 && <Legend itemSorter={null} formatter={(name: string) => <span className="legend">{name}</span>} />}
        {barsOf(picture)}
      </BarChart>
    </ResponsiveContainer>
  )
}

function Lying({ picture }: { picture: BarPicture }) {
  const perRow = picture.stacked ? 34 : 16 + 18 * picture.series.length
  return (
    <ResponsiveContainer width="100%" height={64 + perRow * picture.points.length + (picture.series.length > 1 ? 30 : 0)}>
      <BarChart data={dataOf(picture.points)} layout="vertical" margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid horizontal={false} stroke="var(--line)" />
        <XAxis type="number" tick={TICK} allowDecimals={picture.unit.startsWith('share')} tickFormatter={shown(picture.unit)} />
        <YAxis type="category" dataKey="label" tick={TICK} width={150} interval={0} />
        <Tooltip contentStyle={TOOLTIP} cursor={{ fill: 'var(--panel)' }} formatter={shown(picture.unit)} isAnimationActive={false} />
        {picture.series.length > 1 && <Legend itemSorter={null} formatter={(name: string) => <span className="legend">{name}</span>} />}
        {barsOf(picture)}
      </BarChart>
    </ResponsiveContainer>
  )
}

function Curve({ picture }: { picture: CurvePicture }) {
  return (
    <ResponsiveContainer width="100%" height={280}>
      <LineChart data={dataOf(picture.points)} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          type="number"
          dataKey="x"
          domain={[0, 'dataMax']}
          tick={TICK}
          label={{ value: picture.xUnit, position: 'insideBottomRight', offset: -2, fill: 'currentColor', fontSize: 13 }}
        />
        <YAxis domain={[0, 1]} tick={TICK} width={48} tickFormatter={percent} />
        <Tooltip
          contentStyle={TOOLTIP}
          formatter={shown(picture.unit)}
          labelFormatter={(x) => `${picture.straight ? '' : 'By '}${String(x)} ${picture.xUnit}`}
          isAnimationActive={false}
        />
        <Legend itemSorter={null} formatter={(name: string) => <span className="legend">{name}</span>} />
        {picture.series.map((name, i) => (
          <Line
            key={name}
            name={name}
            dataKey={`s${i}`}
            type={picture.straight ? 'linear' : 'stepAfter'}
            stroke={colour(i)}
            strokeWidth={2}
            strokeDasharray={DASHES[i] ?? ''}
            dot={false}
            connectNulls
            isAnimationActive={false}
          />
        ))}
      </LineChart>
    </ResponsiveContainer>
  )
}

const LIMITS = [
  { key: 'low', name: '99.8 % limits', dash: '8 4' },
  { key: 'lower', name: '95 % limits', dash: '2 3' },
  { key: 'upper', name: '', dash: '2 3' },
  { key: 'high', name: '', dash: '8 4' },
] as const

function Funnel({ picture }: { picture: FunnelPicture }) {
  const data = picture.points.map(({ label, x, y, inner, outer }) => ({ label, x, y, low: outer[0], lower: inner[0], upper: inner[1], high: outer[1] }))
  return (
    <ResponsiveContainer width="100%" height={300}>
      <ComposedChart data={data} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" />
        <XAxis
          type="number"
          dataKey="x"
          domain={[0, 'auto']}
          tick={TICK}
          label={{ value: 'cases expected', position: 'insideBottomRight', offset: -2, fill: 'currentColor', fontSize: 13 }}
        />
        <YAxis domain={[0, 'auto']} tick={TICK} width={48} />
        <ReferenceLine y={1} stroke="currentColor" />
        {LIMITS.map(({ key, name, dash }) => (
          <Line
            key={key}
            name={name}
            dataKey={key}
            stroke="var(--series-3)"
            strokeDasharray={dash}
            dot={false}
            legendType={name === '' ? 'none' : 'plainline'}
            isAnimationActive={false}
          />
        ))}
        <Scatter name="Schools" dataKey="y" fill={colour(0)} isAnimationActive={false}>
          <LabelList dataKey="label" position="top" fill="currentColor" fontSize={13} />
        </Scatter>
        <Legend itemSorter={null} formatter={(name: string) => <span className="legend">{name}</span>} />
      </ComposedChart>
    </ResponsiveContainer>
  )
}

function Control({ picture }: { picture: ControlPicture }) {
  const { points, mean, lower, upper } = picture
  const data = points.map(({ label, value, signal }) => ({ label, value, signal: signal ? value : null, mean, lower, upper }))
  return (
    <ResponsiveContainer width="100%" height={280}>
      <ComposedChart data={data} margin={MARGIN} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" tick={TICK} minTickGap={24} />
        <YAxis tick={TICK} width={48} domain={[0, 'auto']} />
        <Tooltip contentStyle={TOOLTIP} formatter={shown(picture.unit)} isAnimationActive={false} />
        <Line name="Cases per 100 school days" dataKey="value" stroke={colour(0)} strokeWidth={2} dot={{ r: 3 }} isAnimationActive={false} />
        <Line name="Mean" dataKey="mean" stroke="var(--series-3)" dot={false} isAnimationActive={false} />
        <Line name="Limits of ordinary variation" dataKey="upper" stroke="var(--series-3)" strokeDasharray="8 4" dot={false} isAnimationActive={false} />
        <Line dataKey="lower" legendType="none" stroke="var(--series-3)" strokeDasharray="8 4" dot={false} isAnimationActive={false} />
        <Scatter name="Signal" dataKey="signal" fill={colour(1)} shape="diamond" isAnimationActive={false} />
        <Legend itemSorter={null} formatter={(name: string) => <span className="legend">{name}</span>} />
      </ComposedChart>
    </ResponsiveContainer>
  )
}

/** The number is always there; the shade only helps to find it. */
function Matrix({ picture }: { picture: MatrixPicture }) {
  const largest = Math.max(5, ...picture.figures.flat())
  return (
    <div className="scroll" role="region" aria-label={picture.title} tabIndex={0}>
      <table className="grid">
        <caption>
          <span>{picture.title}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              {picture.rows} ↓ · {picture.columns} →
            </th>
            {picture.labels.map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {picture.labels.map((label, r) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {picture.figures[r]!.map((figure, c) => (
                <td key={picture.labels[c]} className={figure === 0 ? undefined : `level-${Math.ceil((figure * 5) / largest)}`}>
                  {figure}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
