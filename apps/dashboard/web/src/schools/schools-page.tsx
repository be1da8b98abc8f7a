import type { SchoolName } from '@circumspect/dashboard'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { REGISTERING } from '../people/only'
import { useRegisters } from '../people/use-me'
import { taskOf } from '../recording/model/tasks'
import { useSchools } from '../shared/api'
import { HeadRow } from '../shared/head-row'
import { label } from '../shared/labels'
import { Loaded } from '../shared/states'
import { FACTS, firstNeeds, REGISTER } from './facts'

/** `/schools`: which there are, their places, and what can be recorded of them. */
export function SchoolsPage() {
  const schools = useSchools()
  const registers = useRegisters()
  useEffect(() => {
    document.title = 'Schools and places – Circumspect'
  }, [])
  return (
    <>
      <h1>Schools and places</h1>
      <p className="lead">
        A case is filed at a school, and happens at one of its places. Changes hold from the day you give: what was counted before stays as
        it was.
      </p>
      <Loaded query={{ ...schools, isPlaceholderData: false }} what="The schools">
        {(all) => (
          <>
            {all.length === 0 && <p>No school is registered yet. {registers ? 'An import registers its schools by itself; without one, begin here.' : REGISTERING}</p>}
            {all.map((school) => (
              <School key={school.id} school={school} />
            ))}
            {registers && (
              <p>
                <Link className="record-link" to="/schools/register">
                  {taskOf(REGISTER)}
                </Link>
              </p>
            )}
          </>
        )}
      </Loaded>
    </>
  )
}

function School({ school }: { school: SchoolName }) {
  const { id, name, phase, trust, places } = school
  return (
    <section className="part" aria-labelledby={`school-${id}`}>
      <h2 id={`school-${id}`}>{name}</h2>
      <p className="quiet">{[phase === '' ? '' : label(phase), trust?.name ?? ''].filter((part) => part !== '').join(' · ')}</p>
      {firstNeeds(school).map((need) => (
        <p key={need}>{need}</p>
      ))}
      {places.length > 0 && (
        <details>
          <summary>{places.length === 1 ? '1 place' : `${places.length} places`}</summary>
          <div className="scroll" role="region" aria-label={`Places of ${name}`} tabIndex={0}>
            <table className="figures">
              <caption>
                <span>Places of {name}</span>
              </caption>
              <thead>
                <HeadRow columns={['Place', 'Kind', 'Where']} />
              </thead>
              <tbody>
                {places.map((place) => (
                  <tr key={place.id}>
                    <th scope="row">{place.name}</th>
                    <td>{label(place.kind)}</td>
                    <td>{label(place.setting)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
      <details className="no-print">
        <summary>Record something of {name}</summary>
        <ul className="steps">
          {FACTS.map((type) => (
            <li key={type}>
              <Link to={`/schools/${id}/record/${type}`}>{taskOf(type)}</Link>
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}
