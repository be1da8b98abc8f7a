import { Button } from '@mantine/core'
import { useState } from 'react'

/** The address of exactly these figures: as known on the day they were asked for, where no other day was chosen. */
export function linkToThis(address: string, at: string | undefined): string {
  const url = new URL(address)
  if (!url.searchParams.has('asOf') && at !== undefined) url.searchParams.set('asOf', at.slice(0, 10))
  return url.href
}

/** Copies a link to what is shown. Who opens it has to be let in; it holds no name. `at`: when the figures were asked for, ISO 8601. */
export function CopyLink({ at }: { at: string | undefined }) {
  const [said, setSaid] = useState('')
  const copy = async () => {
    const link = linkToThis(location.href, at)
    try {
      await navigator.clipboard.writeText(link)
      setSaid('The link is copied.')
    } catch {
      setSaid(`This browser does not let a page copy. The link is: ${link}`)
    }
  }
  return (
    <>
      <Button variant="default" size="compact-md" onClick={() => void copy()}>
        Copy a link to this view
      </Button>{' '}
      <span role="status">{said}</span>
    </>
  )
}
