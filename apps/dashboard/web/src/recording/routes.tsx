import { lazy, Suspense, type ComponentType } from 'react'
import { Route } from 'react-router'

/** A page that is loaded when somebody records: forms bring the schemas of the domain along. */
function page(load: () => Promise<ComponentType>) {
  const Loaded = lazy(async () => ({ default: await load() }))
  return (
    <Suspense fallback={<p role="status">Opening the form …</p>}>
      <Loaded />
    </Suspense>
  )
}

const pages = () => import('./pages')

/** The addresses of recording. */
export const recordingRoutes = [
  <Route key="start" path="/record" element={page(async () => (await import('./start-page')).StartPage)} />,
  <Route key="menu" path="/cases/:id/record" element={page(async () => (await import('./menu-page')).MenuPage)} />,
  <Route key="record" path="/cases/:id/record/:type" element={page(async () => (await pages()).RecordPage)} />,
  <Route key="correct" path="/cases/:id/entries/:event/correct" element={page(async () => (await pages()).CorrectPage)} />,
  <Route
    key="withdraw"
    path="/cases/:id/entries/:event/withdraw"
    element={page(async () => (await import('./withdraw-page')).WithdrawPage)}
  />,
]
