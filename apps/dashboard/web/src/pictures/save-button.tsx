import { Button } from '@mantine/core'
import { useState, type RefObject } from 'react'
import { useLeaving } from '../shared/api'
import { pngOf, saveAs } from './save'

interface Props {
  readonly figure: RefObject<HTMLElement | null>
  readonly title: string
  /** What the picture was made from: it stands below it in the file. */
  readonly from: string
}

/** Saves the picture above as a file; nothing where files are switched off. */
export function SavePicture({ figure, title, from }: Props) {
  const [said, setSaid] = useState('')
  if (useLeaving().data?.allowed !== true) return null
  const save = async () => {
    try {
      saveAs(
        await pngOf(figure.current!, title, from),
        `circumspect-${title
          .toLowerCase()
          .replaceAll(/[^a-z0-9]+/g, '-')
          .slice(0, 80)}.png`,
      )
      setSaid('Saved.')
    } catch {
      setSaid('This browser could not make the picture. The figures are in the table.')
    }
  }
  return (
    <p className="no-print">
      <Button variant="default" size="compact-sm" onClick={() => void save()} aria-label={`Save as a picture (PNG): ${title}`}>
        Save as a picture (PNG)
      </Button>{' '}
      <span role="status">{said}</span>
    </p>
  )
}
