import type { AnnualDocument, SchoolName } from '@circumspect/dashboard'
import { Alert, NativeSelect } from '@mantine/core'
import { useEffect } from 'react'
import { useLeaving, useSchools } from '../shared/api'
import { DateField } from '../shared/date-field'
import { useFilters } from '../shared/filters'
import { schoolYears } from '../shared/school-years'
import { Loaded } from '../shared/states'
import { useAddress } from '../shared/use-address'
import './annual.css'
import { useAnnual, type AnnualChoice } from './api'
import { SaveReport } from './save-report'
import { Section } from './section'

/** The annual report for governors and for the trust's board: chosen, read, and printed. */
export function AnnualPage() {
  const leaving = useLeaving()
  const schools = useSchools()
  useEffect(() => {
    document.title = 'Annual report – Circumspect'
  }, [])
  return (
    <Loaded query={leaving} what="The annual report">
      {(switched) =>
        switched.allowed ? (
          <Loaded query={schools} what="The schools">
            {(all) => <Chosen schools={all} />}
          </Loaded>
        ) : (
          <>
            <h1>Annual report</h1>
            <Alert color="gray" variant="outline" title="Switched off here" my="md">
              {switched.why}
            </Alert>
          </>
        )
      }
    </Loaded>
  )
}

function Chosen({ schools }: { schools: readonly SchoolName[] }) {
  const [filters, change] = useFilters()
  const [params, changeAddress] = useAddress()
  const choice: AnnualChoice = { year: params.get('year') ?? '', school: filters.school, asOf: filters.asOf }
  const annual = useAnnual(choice, true)
  return (
    <>
      <h1>{annual.data?.title ?? 'Annual report'}</h1>
      <form className="filters no-print" aria-label="Choose the report" onSubmit={(e) => e.preventDefault()}>
        <NativeSelect label="School year" value={choice.year || String(annual.data?.year ?? '')} onChange={(e) => changeAddress({ year: e.currentTarget.value })} data={yearsOf(choice.year, annual.data)} />
        <NativeSelect
          label="Report of"
          value={choice.school}
          onChange={(e) => change({ school: e.currentTarget.value })}
          data={[{ value: '', label: schools.length === 1 ? schools[0]!.name : `All ${schools.length} schools together` }, ...(schools.length === 1 ? [] : schools.map(({ id, name }) => ({ value: id, label: name })))]}
        />
        <DateField label="As known on" description="what was recorded later is left out" value={choice.asOf} onChange={(asOf) => change({ asOf })} />
      </form>
      {annual.isPending && <p className="quiet">It is made from every report of the year and of the years before: this can take a minute.</p>}
      <Loaded query={annual} what="The annual report">
        {(report) => (
          <>
            <SaveReport key={`${report.year} ${report.asOf} ${filters.school}`} report={report} school={filters.school} />
            <Report report={report} />
          </>
        )}
      </Loaded>
    </>
  )
}

/** The last five school years; the one of the report too, where it is another. */
function yearsOf(chosen: string, report: AnnualDocument | undefined): { value: string; label: string }[] {
  const recent = schoolYears(new Date()).map(({ name, from }) => ({ value: from.slice(0, 4), label: name }))
  const shown = report && { value: String(report.year), label: report.schoolYear }
  const all = shown && !recent.some(({ value }) => value === shown.value) ? [...recent, shown] : recent
  return chosen === '' && !report ? [{ value: '', label: 'The last' }, ...all] : all
}

function Report({ report }: { report: AnnualDocument }) {
  return (
    <article className="annual" aria-label={report.title}>
      <p className="lead">{report.subtitle}</p>
      <nav aria-label="Sections of the report" className="contents">
        <ol>
          {report.sections.map(({ id, heading }) => (
            <li key={id}>
              <a href={`#${id}`}>{heading}</a>
            </li>
          ))}
        </ol>
      </nav>
      {report.sections.map((section) => (
        <Section key={section.id} section={section} />
      ))}
      <p className="quiet">
        Computed from the record up to store position {report.position}.
      </p>
    </article>
  )
}
