import type { AnnualPart, AnnualSection, AnnualTable } from '@circumspect/dashboard'
import { Draw } from '../pictures/draw'
import { KINDS } from '../shared/kinds'

export function Section({ section: { id, heading, parts } }: { section: AnnualSection }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} tabIndex={-1}>
        {heading}
      </h2>
      {parts.map((part, i) => (
        <Part key={i} part={part} />
      ))}
    </section>
  )
}

function Part({ part }: { part: AnnualPart }) {
  switch (part.kind) {
    case 'heading':
      return <h3>{part.text}</h3>
    case 'text':
      return <p className="words">{part.text}</p>
    case 'terms':
      return (
        <dl className="terms">
          {part.terms.map(({ term, text }) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )
    case 'findings':
      return <Found findings={part.findings} />
    case 'picture':
      return <Draw picture={part.picture} />
    case 'table':
      return <Figures table={part} />
  }
}

function Found({ findings }: { findings: Extract<AnnualPart, { kind: 'findings' }>['findings'] }) {
  return (
    <div className="findings">
      <ul>
        {findings.map(({ kind, text, caution }) => (
          <li key={text} className={kind}>
            <p className="kind">{KINDS[kind]}</p>
            <p>{text}</p>
            {caution !== '' && <p className="quiet">{caution}</p>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Figures({ table: { title, columns, rows } }: { table: AnnualTable }) {
  return (
    <div className="scroll" role="region" aria-label={title} tabIndex={0}>
      <table className="figures">
        <caption>
          <span>{title}</span>
        </caption>
        <thead>
          <tr>
            {columns.map(({ label, numeric }, i) => (
              <th key={i} scope="col" className={numeric ? 'number' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map(({ words }, i) => (
                <td key={i} className={columns[i]!.numeric ? 'number' : undefined}>
                  {words}
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length}>Nothing is recorded for this choice.</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}
