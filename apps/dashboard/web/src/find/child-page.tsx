import type { ChildShown } from '@circumspect/dashboard'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { Link, useParams } from 'react-router'
import { get } from '../shared/api'
import { Loaded } from '../shared/states'
import { FoundList } from './found-list'
import { lineOf, rolesInWords, statesInWords, waitingByCase } from './model'

/** `/children/:id`: every case of a child and the role in each. No name stands in the title: titles are kept by the browser. */
export function ChildPage() {
  const { id } = useParams() as { id: string }
  const child = useQuery({
    queryKey: ['child', id],
    queryFn: ({ signal }) => get<ChildShown>(`/api/children/${encodeURIComponent(id)}`, signal),
    gcTime: 0,
  })
  useEffect(() => {
    document.title = 'A child – Circumspect'
  }, [])
  return (
    <>
      <p className="no-print">
        <Link to="/cases">Find another case or child</Link>
      </p>
      <h1>{child.data === undefined ? 'A child' : (child.data.name ?? 'A child whose name is not kept')}</h1>
      <Loaded query={{ ...child, isPlaceholderData: false }} what="This child’s page">
        {(data) => <Shown data={data} />}
      </Loaded>
    </>
  )
}

function Shown({ data: { child, cases, names, total, waiting } }: { data: ChildShown }) {
  const waits = waitingByCase(waiting, names)
  return (
    <>
      <p className="lead">{rolesInWords(child, cases)}</p>
      <p>{statesInWords(cases, waits)}</p>
      <p className="quiet">
        A role is what is alleged in one incident, never what a child is. Read each case before anything is said of the child.
      </p>
      <h2>{total === 1 ? '1 case' : `${total} cases`}, the last told first</h2>
      <FoundList lines={cases.map((one) => lineOf(one, names))} of={child} waits={waits} />
      {total > cases.length && <p>{total - cases.length} more are not shown.</p>}
    </>
  )
}
