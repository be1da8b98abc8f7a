import type { ReactNode } from 'react'
import { HeadRow } from '../shared/head-row'
import type { Cell, Sections, SectionTable } from './sections'
import { Fields } from './timeline-view'

/** What the case has come to: decisions, referrals, plans, families, findings. */
export function CaseSections({ sections: { decisions, referrals, plans, families, findings } }: { sections: Sections }) {
  return (
    <>
      <Section id="decisions" title="Decisions">
        {decisions.length === 0 && <p>No decision is recorded yet.</p>}
        {decisions.map(({ when, sentence, said }, i) => (
          <article key={i} className="decision">
            <h3>{sentence}</h3>
            <p className="quiet">{when}</p>
            <Fields said={said} />
          </article>
        ))}
      </Section>
      <Tabled id="referrals" title="Referrals" table={referrals} none="No referral is recorded." />
      <Tabled id="plans" title="Plans, risk assessments and reviews" table={plans} none="No plan and no risk assessment is recorded." />
      <Tabled id="families" title="Families" table={families} none="No child whose family would be told is recorded yet." />
      <Tabled id="findings" title="The school’s findings, for each child" table={findings} none="No child is recorded as alleged to have caused harm, and no finding." />
    </>
  )
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}

function Tabled({ id, title, table: { columns, rows }, none }: { id: string; title: string; table: SectionTable; none: string }) {
  return (
    <Section id={id} title={title}>
      {rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <table className="figures stacking" aria-labelledby={id}>
          <thead>
            <HeadRow columns={columns} />
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                {row.map((cell, at) => (at === 0 ? <th key={at} scope="row"><Said cell={cell} /></th> : <td key={at} data-column={columns[at]}><Said cell={cell} /></td>))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

function Said({ cell: { words, more, badge } }: { cell: Cell }) {
  return (
    <>
      {words}
      {badge !== undefined && <span className="badge">{badge}</span>}
      {more !== undefined && <span className="more">{more}</span>}
    </>
  )
}
