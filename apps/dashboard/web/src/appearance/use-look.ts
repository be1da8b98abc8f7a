import { useSyncExternalStore } from 'react'
import { appearanceFrom, lookOf, type Appearance, type Look } from './appearance'

const KEPT_AS = 'circumspect-appearance'
const MEDIA = { dark: '(prefers-color-scheme: dark)', contrast: '(prefers-contrast: more)', print: 'print' } as const
const CHANGED = 'circumspect-appearance-changed'

/** Storage can be refused, as in a private window: then what is chosen lasts as long as the page. */
let chosenHere: Appearance | undefined
function chosen(): Appearance {
  if (chosenHere !== undefined) return chosenHere
  try {
    return appearanceFrom(localStorage.getItem(KEPT_AS))
  } catch {
    return 'device'
  }
}

/** Keeps what is chosen for this browser; every open tab follows. */
export function choose(appearance: Appearance): void {
  chosenHere = appearance
  try {
    localStorage.setItem(KEPT_AS, appearance)
  } catch {
    // Said above.
  }
  window.dispatchEvent(new Event(CHANGED))
}

function watch(changed: () => void): () => void {
  const elsewhere = ({ key }: StorageEvent) => {
    if (key !== KEPT_AS) return
    chosenHere = undefined
    changed()
  }
  const lists = Object.values(MEDIA).map((query) => matchMedia(query))
  for (const list of lists) list.addEventListener('change', changed)
  window.addEventListener(CHANGED, changed)
  window.addEventListener('storage', elsewhere)
  return () => {
    for (const list of lists) list.removeEventListener('change', changed)
    window.removeEventListener(CHANGED, changed)
    window.removeEventListener('storage', elsewhere)
  }
}

const matches = (query: string) => matchMedia(query).matches
const lookNow = (): Look => lookOf(chosen(), { dark: matches(MEDIA.dark), contrast: matches(MEDIA.contrast), print: matches(MEDIA.print) })

/** What this browser's person has chosen. */
export const useAppearance = (): Appearance => useSyncExternalStore(watch, chosen)

/** How the page looks now; changes with the choice, with the device, and while it is printed. */
export function useLook(): Look {
  const scheme = useSyncExternalStore(watch, () => lookNow().scheme)
  const contrast = useSyncExternalStore(watch, () => lookNow().contrast)
  return { scheme, contrast }
}
