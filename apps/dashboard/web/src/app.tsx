import { Anchor, Container, Group, Text } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { NavLink, Route, Routes } from 'react-router'
import { BehindPage } from './cases/behind-page'
import { CasePage } from './cases/case-page'
import { HotspotsPage } from './hotspots/hotspots-page'
import { OverviewPage } from './overview/overview-page'
import { RecordedNotice } from './recording/notice'
import { recordingRoutes } from './recording/routes'
import { ReportPage } from './reports/report-page'
import { searchOf, useFilters } from './shared/filters'

/** Forms bring the schemas of the domain along: only when they are asked for. */
const ReviewPage = lazy(() => import('./reviews/review-page').then((m) => ({ default: m.ReviewPage })))
const ComparePage = lazy(() => import('./compare/compare-page').then((m) => ({ default: m.ComparePage })))
const LessonsPage = lazy(() => import('./lessons/lessons-page').then((m) => ({ default: m.LessonsPage })))

/** The reports in the order of the questions people ask, with short names for the navigation. */
const REPORTS = [
  ['/', 'Overview'],
  ['/reports/hotspots', 'Places and times'],
  ['/reports/patterns', 'Patterns'],
  ['/reports/repeats', 'Repeats'],
  ['/reports/time-to-referral', 'Time to referral'],
  ['/reports/responses', 'Responses'],
  ['/reports/reviews', 'Reviews'],
  ['/reports/lessons', 'Lessons'],
  ['/reports/reporting', 'Reporting itself'],
  ['/reports/trend', 'Trend'],
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
          <nav aria-label="Reports">
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
            <Route path="/" element={<OverviewPage />} />
            <Route path="/reports/hotspots" element={<HotspotsPage />} />
            <Route path="/reports/:name" element={<ReportPage />} />
            <Route
              path="/reports/:name/compare"
              element={
                <Suspense fallback={<p role="status">Loading …</p>}>
                  <ComparePage />
                </Suspense>
              }
            />
            <Route path="/reports/:name/cases" element={<BehindPage />} />
            <Route path="/cases/:id" element={<CasePage />} />
            <Route
              path="/lessons"
              element={
                <Suspense fallback={<p role="status">Loading …</p>}>
                  <LessonsPage />
                </Suspense>
              }
            />
            <Route
              path="/cases/:id/review"
              element={
                <Suspense fallback={<p role="status">Loading …</p>}>
                  <ReviewPage />
                </Suspense>
              }
            />
            {recordingRoutes}
            <Route path="*" element={<NotHere />} />
          </Routes>
        </Container>
      </main>
    </>
  )
}

function NotHere() {
  return (
    <>
      <h1>There is no page at this address</h1>
      <p>
        Go to the <Anchor href="/">overview</Anchor>.
      </p>
    </>
  )
}
