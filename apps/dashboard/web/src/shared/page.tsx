import { lazy, Suspense, type ComponentType } from 'react'

/** A page whose script is fetched when somebody opens it. */
export function page(load: () => Promise<ComponentType>) {
  const Page = lazy(async () => ({ default: await load() }))
  return (
    <Suspense fallback={<p role="status">Opening the page …</p>}>
      <Page />
    </Suspense>
  )
}
