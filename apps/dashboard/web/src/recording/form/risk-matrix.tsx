import { riskLevels, type RiskRating } from '@circumspect/domain'
import { label } from '../../shared/labels'
import { valueAt } from '../model/values'
import { useFilling } from './context'

interface Axis {
  readonly key: string
  readonly name: string
  readonly values: readonly (string | number)[]
}

const SCHEMES: Readonly<Record<string, readonly [Axis, Axis]>> = {
  'severity-likelihood': [
    { key: 'severity', name: 'Severity', values: [1, 2, 3, 4, 5] },
    { key: 'likelihood', name: 'Likelihood', values: [1, 2, 3, 4, 5] },
  ],
  'hazard-likelihood': [
    { key: 'hazard', name: 'Hazard', values: ['minor', 'major'] },
    { key: 'likelihood', name: 'Likelihood', values: ['unlikely', 'possible', 'probable'] },
  ],
}

const SHADES: Readonly<Record<string, number>> = { none: 1, low: 1, minimal: 2, moderate: 3, medium: 3, serious: 4, major: 5, high: 5 }

/** The scheme's own matrix: every cell says its product and level; one is chosen, by mouse or arrow keys. */
export function RiskMatrix({ path }: { path: string }) {
  const { values, set, wrong } = useFilling()
  const scheme = String(valueAt(values, path.replace(/\.(before|after)$/, '.scheme')))
  const [down, across] = SCHEMES[scheme]!
  const chosen = (valueAt(values, path) ?? {}) as Record<string, unknown>
  const missing = wrong.get(`${path}.${down.key}`) ?? wrong.get(`${path}.${across.key}`)
  const words = (v: string | number) => (typeof v === 'number' ? String(v) : label(v))
  return (
    <>
      {missing !== undefined && <p className="said-wrong">Choose one cell of the table.</p>}
      <div className="scroll" tabIndex={-1}>
        <table className="matrix">
          <caption>
            {down.name} down, {across.name.toLowerCase()} across
          </caption>
          <thead>
            <tr>
              <td />
              {across.values.map((a) => (
                <th key={a} scope="col">
                  {words(a)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {down.values.map((d) => (
              <tr key={d}>
                <th scope="row">{words(d)}</th>
                {across.values.map((a) => {
                  const cell = { [down.key]: d, [across.key]: a }
                  const { product, level } = riskLevels({ scheme, before: cell } as unknown as RiskRating).before
                  const checked = chosen[down.key] === d && chosen[across.key] === a
                  return (
                    <td key={a} className={`level-${SHADES[level]!}`}>
                      <label className={checked ? 'chosen' : ''}>
                        <input type="radio" name={path} checked={checked} onChange={() => set(path, cell)} />
                        <span className="spoken">
                          {down.name} {words(d)}, {across.name.toLowerCase()} {words(a)}:{' '}
                        </span>
                        {product} <small>{level}</small>
                      </label>
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
