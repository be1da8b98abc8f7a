import type { CaseReview, Chronology, ReviewShown } from '@circumspect/dashboard'
import { useEffect, useMemo } from 'react'
import { Link, useParams } from 'react-router'
import { useChronology, useSchools } from '../shared/api'
import { dayInWords, label } from '../shared/labels'
import { Loaded } from '../shared/states'
import { ActionCard } from './action-card'
import { useCaseReview } from './api'
import { KnownAround, KnownOfCase } from './known'
import { whereInWords } from '../shared/where'
import { ReviewForm } from './review-form'
import './reviews.css'

/** The review of the circumstances of a case: what is known, what could have been different, what is learnt and agreed. */
export function ReviewPage() {
  const { id } = useParams() as { id: string }
  const chronology = useChronology(id)
  const review = useCaseReview(id)
  const data = useMemo(() => chronology.data && review.data && ([chronology.data, review.data] as const), [chronology.data, review.data])
  useEffect(() => {
    document.title = 'Review of circumstances – Circumspect'
  }, [])
  const query = { data, error: chronology.error ?? review.error, isPlaceholderData: false, refetch: () => Promise.all([chronology.refetch(), review.refetch()]) }
  return (
    <>
      <p className="no-print">
        <Link to={`/cases/${id}`}>The case</Link>
      </p>
      <h1>Review of circumstances</h1>
      <Loaded query={query} what="The review">
        {([known, found]) => <Review chronology={known} review={found} />}
      </Loaded>
    </>
  )
}

function Review({ chronology, review }: { chronology: Chronology; review: CaseReview }) {
  const schools = useSchools()
  const school = schools.data?.find((s) => s.id === review.school)
  const childNames = chronology.children.map((child) => chronology.names[child]).filter((name) => name !== undefined)
  return (
    <>
      <p className="lead">
        {chronology.names[chronology.school] ?? 'School'}. After any harm the school asks what could have been done differently and what has to change. It is about
        circumstances, not about blame.
      </p>
      <KnownOfCase chronology={chronology} />
      <KnownAround review={review} />
      {review.reviews.map((one) => (
        <Reviewed key={one.review} of={review.case} review={one} names={review.names} />
      ))}
      <ReviewForm review={review} school={school} childNames={childNames} />
    </>
  )
}

/** What was reviewed, learnt and agreed so far. */
function Reviewed({ of, review, names }: { of: string; review: ReviewShown; names: CaseReview['names'] }) {
  return (
    <section aria-label="What was reviewed">
      {review.reviewed
        .filter((one) => one.case === of)
        .map(({ on, known, couldHaveBeenDifferent, hasToChange }) => (
          <div key={on + hasToChange}>
            <h2>Reviewed on {dayInWords(on)}</h2>
            <dl className="reviewed">
              {known !== null && <Said term="What was known" words={known} />}
              <Said term="What could have been done differently" words={couldHaveBeenDifferent} />
              <Said term="What has to change" words={hasToChange} />
            </dl>
          </div>
        ))}
      {review.lessons.length > 0 && <h3>Lessons</h3>}
      {review.lessons.map((lesson) => (
        <p key={lesson.lesson}>
          <strong>{label(lesson.theme)}</strong>: {lesson.learnt}{' '}
          <span className="quiet">
            {whereInWords(lesson, names)}
            {lesson.wholeTrust && '; shared within the trust'}
          </span>
        </p>
      ))}
      {review.actions.length > 0 && <h3>Actions</h3>}
      {review.actions.map((action) => (
        <ActionCard key={action.action} action={action} review={review} names={names} />
      ))}
    </section>
  )
}

const Said = ({ term, words }: { term: string; words: string }) => (
  <div>
    <dt>{term}</dt>
    <dd>{words}</dd>
  </div>
)
