import type { AnnualDocument } from '@circumspect/dashboard'
import { Alert, Button, Loader } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { saveAs } from '../pictures/save'
import { getFile } from '../shared/api'
import { annualFileAddress } from './api'

const FILES = { pdf: { button: 'Download PDF', what: 'PDF' }, xlsx: { button: 'Download workbook (XLSX)', what: 'workbook' } } as const
type Ending = keyof typeof FILES
type State = { readonly is: 'idle' } | { readonly is: 'making'; readonly ending: Ending } | { readonly is: 'saved'; readonly name: string } | { readonly is: 'failed'; readonly ending: Ending; readonly why: string }

/** The report that is shown, as a file. It is made when it is asked for, which takes some seconds: so it says what it is doing. */
export function SaveReport({ report, school }: { report: AnnualDocument; school: string }) {
  const [state, setState] = useState<State>({ is: 'idle' })
  const asked = useRef<AbortController>(undefined)
  useEffect(() => () => asked.current?.abort(), [])
  const save = async (ending: Ending) => {
    // A second press while it is being made is no second file. The button stays where the keyboard is.
    if (state.is === 'making') return
    const { signal } = (asked.current = new AbortController())
    setState({ is: 'making', ending })
    try {
      const { blob, name } = await getFile(annualFileAddress(ending, report, school), signal)
      if (signal.aborted) return
      saveAs(blob, name)
      setState({ is: 'saved', name })
    } catch (error) {
      if (!signal.aborted) setState({ is: 'failed', ending, why: error instanceof Error ? error.message : '' })
    }
  }
  return (
    <div className="save-report no-print">
      {(['pdf', 'xlsx'] as const).map((ending) => (
        <Button key={ending} variant="default" aria-disabled={state.is === 'making'} onClick={() => void save(ending)}>
          {FILES[ending].button}
        </Button>
      ))}
      <p role="status">{said(state)}</p>
      {state.is === 'failed' && (
        <Alert color="gray" variant="outline" role="alert" title={`The ${FILES[state.ending].what} could not be made now`}>
          {state.why} Nothing was saved. Press the button to try again.
        </Alert>
      )}
    </div>
  )
}

function said(state: State) {
  if (state.is === 'saved') return `Saved as ${state.name}`
  if (state.is !== 'making') return ''
  return (
    <>
      <Loader size="sm" aria-hidden /> Making the {FILES[state.ending].what}; this can take some seconds …
    </>
  )
}
