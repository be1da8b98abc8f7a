import type { Lessons, SharedLesson } from '@circumspect/dashboard'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { Link } from 'react-router'
import { ActionCard } from '../reviews/action-card'
import { whereInWords } from '../shared/where'
import '../reviews/reviews.css'
import { get, useFindings, useSchools } from '../shared/api'
import { FilterBar, searchOf, useFilters, type Filters } from '../shared/filters'
import { dayInWords, label } from '../shared/labels'
import { Loaded } from '../shared/states'
import { beforeAfter, countsInWords, prepareLessons, type ActionOf, type LessonOf, type ThemeShown } from './prepare'

const useLessons = ({ school, from, to }: Filters) => {
  const query = new URLSearchParams(Object.entries({ school, from, to }).filter(([, value]) => value !== '')).toString()
  return useQuery({ queryKey: ['lessons', query], queryFn: ({ signal }) => get<Lessons>(`/api/lessons?${query}`, signal), placeholderData: (before) => before })
}
const useShared = () => useQuery({ queryKey: ['lessons-shared'], queryFn: ({ signal }) => get<readonly SharedLesson[]>('/api/lessons/shared', signal) })

/** What was learnt, over cases and schools: what is agreed, done and overdue, and what was reported before and after. */
export function LessonsPage() {
  const [filters, change] = useFilters()
  const schools = useSchools()
  const lessons = useLessons(filters)
  useEffect(() => {
    document.title = 'Lessons learnt – Circumspect'
  }, [])
  return (
    <>
      <h1>Lessons learnt</h1>
      <Loaded query={schools} what="The schools">
        {(all) => <FilterBar schools={all} filters={filters} onChange={change} periodOf="day of the review" />}
      </Loaded>
      {filters.asOf !== '' && <p className="quiet">Lessons and actions are shown as they stand now; only what was reported before and after is as known on {dayInWords(filters.asOf)}.</p>}
      <Loaded query={lessons} what="Lessons and actions">
        {(data) => <Learnt lessons={data} filters={filters} />}
      </Loaded>
      <Shared />
    </>
  )
}

const today = () => new Intl.DateTimeFormat('en-CA', { dateStyle: 'short' }).format(new Date())

/** Of what is overdue, as much is open at once. */
const FIRST = 3

interface Shown {
  readonly names: Lessons['names']
  /** What was reported before and after, by action. */
  readonly compared: ReadonlyMap<string, string>
}

function Learnt({ lessons, filters }: { lessons: Lessons; filters: Filters }) {
  const { overdue, themes, counts, lessons: number } = useMemo(() => prepareLessons(lessons, today()), [lessons])
  const findings = useFindings('lessons', filters)
  const shown = { names: lessons.names, compared: useMemo(() => beforeAfter(findings.data), [findings.data]) }
  if (themes.length === 0) return <p>No lesson and no action is recorded for this choice. Lessons are recorded in the review of circumstances of a case.</p>
  return (
    <>
      <p role="status" className="lead">
        {number === 1 ? '1 lesson' : `${number} lessons`}
        {countsInWords(counts) === '' ? '.' : `; actions: ${countsInWords(counts)}.`}
      </p>
      {lessons.more && <p className="quiet">Only the last 500 reviews are shown. Choose a school or a shorter period to see the others.</p>}
      {overdue.length > 0 && (
        <>
          <h2>Overdue</h2>
          {overdue.slice(0, FIRST).map((one) => (
            <Action key={one.action.action} one={one} heading="h3" {...shown} />
          ))}
          {overdue.length > FIRST && (
            <details>
              <summary>{overdue.length - FIRST} more that are overdue</summary>
              {overdue.slice(FIRST).map((one) => (
                <Action key={one.action.action} one={one} heading="h3" {...shown} />
              ))}
            </details>
          )}
        </>
      )}
      <h2>By theme</h2>
      {themes.map((theme) => (
        <Theme key={theme.theme} theme={theme} {...shown} />
      ))}
      <p className="quiet">
        What is reported before and after an action is counted where it applies: in the 365 days before it was agreed, without the incidents that prompted it, and since it was done.{' '}
        <Link to={`/reports/lessons${searchOf(filters)}`}>The figures, and how they were computed</Link>
      </p>
    </>
  )
}

function Theme({ theme: { theme, lessons, actions, counts }, ...shown }: Shown & { theme: ThemeShown }) {
  const name = theme === '' ? 'Actions from no lesson' : label(theme)
  return (
    <details>
      <summary>
        <strong>{name}</strong>
        {lessons.length > 0 && `: ${lessons.length === 1 ? '1 lesson' : `${lessons.length} lessons`}`}
        {countsInWords(counts) !== '' && `; actions: ${countsInWords(counts)}`}
      </summary>
      {lessons.map((lesson) => (
        <Lesson key={lesson.lesson.lesson} one={lesson} {...shown} />
      ))}
      {actions.map((one) => (
        <Action key={one.action.action} one={one} heading="h3" {...shown} />
      ))}
    </details>
  )
}

function Lesson({ one: { lesson, review, actions }, ...shown }: Shown & { one: LessonOf }) {
  const [reviewed] = review.reviewed
  return (
    <article className="lesson" aria-label={`Lesson of ${dayInWords(lesson.on)}`}>
      <h3>{lesson.learnt}</h3>
      <p className="quiet">
        {shown.names[review.school] ?? 'School'}, {dayInWords(lesson.on)}. {whereInWords(lesson, shown.names)}.{lesson.wholeTrust && ' Shared within the trust.'}{' '}
        {reviewed?.case && <Link to={`/cases/${reviewed.case}/review`}>The review</Link>}
      </p>
      {actions.map((action) => (
        <Action key={action.action.action} one={action} heading="h4" {...shown} />
      ))}
    </article>
  )
}

function Action({ one: { action, review }, names, compared, heading }: Shown & { one: ActionOf; heading: 'h3' | 'h4' }) {
  const words = compared.get(action.action)
  return (
    <ActionCard action={action} review={review} names={names} heading={heading}>
      <p className="quiet">{names[review.school] ?? 'School'}</p>
      {words !== undefined && <p>{words}</p>}
    </ActionCard>
  )
}

/** Lessons of the trust's schools that were marked for all of it, without where they are from. */
function Shared() {
  const shared = useShared()
  return (
    <>
      <h2>Shared within the trust</h2>
      <p className="quiet">
        Lessons whose author chose to share them: their words, their theme, and the kinds of place and times of the day. Not the case, the school, the place, the day or the actions.
      </p>
      <Loaded query={{ ...shared, isPlaceholderData: false }} what="Shared lessons">
        {(all) =>
          all.length === 0 ? (
            <p>No lesson has been shared yet.</p>
          ) : (
            <ul>
              {all.map(({ theme, learnt, locationKinds, slots }) => (
                <li key={theme + learnt}>
                  <strong>{label(theme)}</strong>: {learnt} <span className="quiet">{whereInWords({ places: [], locationKinds, slots }, {})}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}
