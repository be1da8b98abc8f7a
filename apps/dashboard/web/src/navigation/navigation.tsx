import './navigation.css'
import type { Me } from '@circumspect/dashboard'
import { useEffect, useId, useRef, useState } from 'react'
import { NavLink, useLocation } from 'react-router'
import { searchOf, useFilters } from '../shared/filters'
import { entriesFor, isIn, type Entry, type Group } from './entries'

/** Where one can go, in one row; what is chosen goes along from page to page. */
export function Navigation({ opens }: Pick<Me, 'opens'>) {
  return (
    <nav aria-label="Pages">
      <ul className="tabs">
        {entriesFor(opens).map((entry) =>
          'entries' in entry ? <Unfolding key={entry.label} group={entry} /> : <li key={entry.to}><To entry={entry} /></li>,
        )}
      </ul>
    </nav>
  )
}

function To({ entry: { to, label }, onClick }: { entry: Entry; onClick?: () => void }) {
  const search = searchOf(useFilters()[0])
  return (
    <NavLink to={{ pathname: to, search }} end {...(onClick && { onClick })}>
      {label}
    </NavLink>
  )
}

/** A group that a button unfolds; folded again by Escape, and as soon as one goes on elsewhere. */
function Unfolding({ group }: { group: Group }) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLLIElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const { pathname } = useLocation()
  useEffect(() => {
    if (!open) return
    const elsewhere = ({ target }: Event) => !box.current?.contains(target as Node) && setOpen(false)
    const events = ['pointerdown', 'focusin'] as const
    for (const event of events) document.addEventListener(event, elsewhere)
    return () => events.forEach((event) => document.removeEventListener(event, elsewhere))
  }, [open])
  // What had the focus is folded away: it goes to what folds it.
  const fold = () => {
    setOpen(false)
    button.current?.focus()
  }
  return (
    <li ref={box} className="unfolding" onKeyDown={(event) => open && event.key === 'Escape' && fold()}>
      <button
        ref={button}
        type="button"
        aria-expanded={open}
        aria-controls={id}
        {...(isIn(group, pathname) && { 'aria-current': true })}
        onClick={() => setOpen(!open)}
      >
        {group.label}
      </button>
      <ul id={id} hidden={!open}>
        {group.entries.map((entry) => (
          <li key={entry.to}>
            <To entry={entry} onClick={fold} />
          </li>
        ))}
      </ul>
    </li>
  )
}
