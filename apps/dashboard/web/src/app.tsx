import { Anchor, Container, Group, Text } from '@mantine/core'
import { NavLink, Route, Routes, useLocation } from 'react-router'
import { HotspotsPage } from './hotspots/hotspots-page'
import { ReportPage } from './reports/report-page'

/** The reports in the order of the questions people ask, with short names for the navigation. */
const REPORTS = [
  ['/', 'Places and times'],
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
  const { search } = useLocation()
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
            <Text size="sm" c="var(--quiet)" className="screen-only">
              What was reported, where and when
            </Text>
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
          <Routes>
            <Route path="/" element={<HotspotsPage />} />
            <Route path="/reports/:name" element={<ReportPage />} />
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
        Go to <Anchor href="/">places and times</Anchor>.
      </p>
    </>
  )
}
