import type { Me } from '@circumspect/dashboard'
import { Alert } from '@mantine/core'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { useMe } from './use-me'
import { roleInWords, schoolsInWords } from './words'

/** The first page of who looks at figures alone: what there is to read, and what is not here. */
export function WelcomePage() {
  const me = useMe().data
  useEffect(() => {
    document.title = 'Start – Circumspect'
  }, [])
  if (!me) return null
  return (
    <>
      <h1>What is reported, and what is done: {schoolsInWords(me.schools)}</h1>
      {me.opens.figures ? (
        <Readable me={me} />
      ) : (
        <Alert color="gray" variant="outline" title="Nothing can be shown to you here yet" my="md">
          <p>{me.why}</p>
          <p>Until then the safeguarding lead can tell you and your colleagues in person what was found, and what is being done.</p>
        </Alert>
      )}
    </>
  )
}

function Readable({ me }: { me: Me }) {
  return (
    <>
      <p className="lead">You are a {roleInWords(me)}. Here you can read what is reported about child-on-child abuse, what is done about it, and what is learnt.</p>
      <div className="parts">
        <section className="part" aria-label="Annual report">
          <h2>Annual report</h2>
          <p>A school year in one document: what stands out, in words first, then the trends, the responses, the lessons and what came of them.</p>
          <p>
            <Link to="/annual" className="record-link">
              Read the annual report
            </Link>
          </p>
        </section>
        <section className="part" aria-label="The figures as they stand">
          <h2>The figures as they stand</h2>
          <p>What stands out now, and what is waiting for somebody. Each part leads to its figures and to what they mean.</p>
          <p>
            <Link to="/overview" className="record-link">
              Open the overview
            </Link>
          </p>
        </section>
      </div>
      <section className="part" aria-label="How to read them">
        <h2>How to read them</h2>
        <ul>
          <li>They count what was reported. More reports can mean that children are heard; few reports do not mean that little happened.</li>
          <li>A finding is a question to ask the safeguarding lead, not an answer, and not a judgement of a school or of a child.</li>
          <li>There is no case and no child here, and nothing behind a figure: these are for the safeguarding lead and the headteacher.</li>
          <li>If you are worried about a child, tell the safeguarding lead today. Nothing can be reported here.</li>
        </ul>
      </section>
    </>
  )
}
