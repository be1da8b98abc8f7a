import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { childFor, RefusedError } from '../api'
import type { Field } from '../model/field'
import { idOf, useFilling } from './context'
import { ThingInput } from './thing-input'

const UPN = /^[A-Z]\d{11}[\dA-Z]$/

/** A child of this case, or another, found by UPN or added. Name and UPN go to the vault, in no address and no event. */
export function ChildInput({ field, path }: { field: Extract<Field, { kind: 'thing' }>; path: string }) {
  const { things } = useFilling()
  const [open, setOpen] = useState(false)
  const none = (things.child ?? []).length === 0
  return (
    <div className="child-input">
      {!none && <ThingInput field={field} path={path} />}
      {none && !open && <NoChild field={field} path={path} />}
      {open ? (
        <AddChild path={path} done={() => setOpen(false)} />
      ) : (
        <Button variant="default" size="xs" onClick={() => setOpen(true)}>
          Find or add a child
        </Button>
      )}
    </div>
  )
}

function NoChild({ field, path }: { field: Field; path: string }) {
  const { wrong } = useFilling()
  return (
    <div id={idOf(path)} tabIndex={-1}>
      <p className="question-label">{field.optional ? `${field.label} (optional)` : field.label}</p>
      {wrong.get(path) !== undefined && <p className="said-wrong">{wrong.get(path)}</p>}
      <p className="quiet">No child is named in this case yet.</p>
    </div>
  )
}

function AddChild({ path, done }: { path: string; done: () => void }) {
  const { set, addChild } = useFilling()
  const [name, setName] = useState('')
  const [upn, setUpn] = useState('')
  const [problem, setProblem] = useState('')
  const [waiting, setWaiting] = useState(false)
  const add = async () => {
    const [called, number] = [name.trim(), upn.replaceAll(/\s/g, '').toUpperCase()]
    if (called === '') return setProblem('Give the name by which you know the child.')
    if (number !== '' && !UPN.test(number))
      return setProblem('A UPN is a letter, 11 digits, and a digit or letter. Leave it empty if you do not have it.')
    setWaiting(true)
    try {
      const child = await childFor(called, number)
      addChild(child, called)
      set(path, child)
      done()
    } catch (error) {
      setWaiting(false)
      setProblem(error instanceof RefusedError ? error.message : 'This did not work. Try again.')
    }
  }
  return (
    <div className="item" role="group" aria-label="Find or add a child">
      <TextInput
        label="Name of the child"
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
        autoComplete="off"
        error={problem}
      />
      <TextInput
        label="UPN (optional)"
        description="With it, a child already on record is found and not added again."
        value={upn}
        onChange={(e) => setUpn(e.currentTarget.value)}
        autoComplete="off"
      />
      <div className="row">
        <Button onClick={() => void add()} loading={waiting}>
          Use this child
        </Button>
        <Button variant="default" onClick={done}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
