import { Bar, BarChart, CartesianGrid, ResponsiveContainer, XAxis, YAxis } from 'recharts'
import type { WeekdayBar } from './prepare'

/** Bars by weekday, with the same figures as a table beside them. */
export function WeekdayChart({ bars }: { bars: readonly WeekdayBar[] }) {
  const most = bars.reduce((a, b) => (b.incidents > a.incidents ? b : a))
  const highest = `Most were reported on a ${most.weekday}: ${most.incidents}.`
  const inWords = `Incidents on site by weekday. ${highest} The table beside has every figure.`
  return (
    <div className="bars">
      <figure style={{ margin: 0 }} role="img" aria-label={inWords}>
        <ResponsiveContainer width="100%" height={220}>
          <BarChart data={[...bars]} margin={{ top: 8, right: 8, bottom: 0, left: -16 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="weekday" tick={{ fill: 'currentColor', fontSize: 13 }} tickFormatter={(d: string) => d.slice(0, 3)} />
            <YAxis allowDecimals={false} tick={{ fill: 'currentColor', fontSize: 13 }} />
            <Bar dataKey="incidents" fill="var(--bar)" isAnimationActive={false} />
          </BarChart>
        </ResponsiveContainer>
      </figure>
      <table className="figures">
        <caption>By weekday</caption>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.weekday}>
              <th scope="row">{bar.weekday}</th>
              <td className="number">{bar.incidents}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
