import { Route } from 'react-router'
import { page } from '../shared/page'

const pages = () => import('./pages')

/** The addresses of recording. Forms bring the schemas of the domain along. */
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
