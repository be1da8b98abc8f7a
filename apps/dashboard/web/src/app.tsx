import { Anchor, Container, Group, Text } from '@mantine/core'
import { Link, NavLink, Route, Routes } from 'react-router'
import { AppearanceChoice } from './appearance/appearance-choice'
import { RecordedNotice } from './recording/notice'
import { recordingRoutes } from './recording/routes'
import { searchOf, useFilters } from './shared/filters'
import { page } from './shared/page'

/** The reports in the order of the questions people ask, with short names for the navigation. */
const REPORTS = [
  ['/', 'Today'],
  ['/cases', 'Find'],
  ['/overview', 'Overview'],
  ['/reports/hotspots', 'Places and times'],
  ['/reports/patterns', 'Patterns'],
  ['/reports/repeats', 'Repeats'],
  ['/reports/time-to-referral', 'Time to referral'],
  ['/reports/responses', 'Responses'],
  ['/reports/reviews', 'Reviews'],
  ['/reports/lessons', 'Lessons'],
  ['/reports/reporting', 'Reporting itself'],
  ['/reports/trend', 'Trend'],
  ['/lessons', 'Lessons learnt'],
  ['/annual', 'Annual report'],
] as const

/** The addresses of reading. Only what a page needs is fetched with it. */
const PAGES = [
  ['/', page(async () => (await import('./today/today-page')).TodayPage)],
  ['/overview', page(async () => (await import('./overview/overview-page')).OverviewPage)],
  ['/reports/hotspots', page(async () => (await import('./hotspots/hotspots-page')).HotspotsPage)],
  ['/reports/:name', page(async () => (await import('./reports/report-page')).ReportPage)],
  ['/reports/:name/compare', page(async () => (await import('./compare/compare-page')).ComparePage)],
  ['/reports/:name/cases', page(async () => (await import('./cases/behind-page')).BehindPage)],
  ['/lessons', page(async () => (await import('./lessons/lessons-page')).LessonsPage)],
  ['/cases', page(async () => (await import('./find/find-page')).FindPage)],
  ['/children/:id', page(async () => (await import('./find/child-page')).ChildPage)],
  ['/annual', page(async () => (await import('./annual/annual-page')).AnnualPage)],
  ['/cases/:id', page(async () => (await import('./cases/case-page')).CasePage)],
  ['/cases/:id/chronology', page(async () => (await import('./cases/chronology-page')).ChronologyPage)],
  ['/cases/:id/review', page(async () => (await import('./reviews/review-page')).ReviewPage)],
  ['/schools', page(async () => (await import('./schools/schools-page')).SchoolsPage)],
  ['/schools/register', page(async () => (await import('./schools/record-page')).RegisterPage)],
  ['/schools/:id/record/:type', page(async () => (await import('./schools/record-page')).RecordOfSchoolPage)],
] as const

/** The frame of every page: skip link, navigation, and the filters that go along from page to page. */
export function App() {
  const search = searchOf(useFilters()[0])
  return (
    <>
      <a className="skip" href="#main">
        Skip to the figures
      </a>
      <header className="frame">
        <Container size="lg">
          <Group justify="space-between" gap="xs" py="sm">
            <Text fw={700} size="lg">
              Circumspect
            </Text>
            <NavLink to="/record" className="record-link no-print">
              Record a concern
            </NavLink>
          </Group>
          <nav aria-label="Pages">
            <ul className="tabs">
              {REPORTS.map(([to, label]) => (
                <li key={to}>
                  <NavLink to={{ pathname: to, search }} end>
                    {label}
                  </NavLink>
                </li>
              ))}
            </ul>
          </nav>
        </Container>
      </header>
      <main id="main" tabIndex={-1}>
        <Container size="lg" py="md">
          <RecordedNotice />
          <Routes>
            {PAGES.map(([path, element]) => (
              <Route key={path} path={path} element={element} />
            ))}
            {recordingRoutes}
            <Route path="*" element={<NotHere />} />
          </Routes>
        </Container>
      </main>
      <footer className="foot no-print">
        <Container size="lg" py="md">
          <p>
            <Link to="/schools">Schools and places</Link>
          </p>
          <AppearanceChoice />
        </Container>
      </footer>
    </>
  )
}

function NotHere() {
  return (
    <>
      <h1>There is no page at this address</h1>
      <p>
        Go to <Anchor href="/">what is waiting today</Anchor>.
      </p>
    </>
  )
}
