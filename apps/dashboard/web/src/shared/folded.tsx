import { useState, type ReactNode } from 'react'

/** What begins closed and is long: made when it is opened for the first time, and kept from then on. */
export function Folded({ summary, children }: { summary: ReactNode; children: () => ReactNode }) {
  const [opened, setOpened] = useState(false)
  return (
    <details onToggle={(event) => event.currentTarget.open && setOpened(true)}>
      <summary>{summary}</summary>
      {opened && children()}
    </details>
  )
}
