import type { Me } from '@circumspect/dashboard'
import { Anchor, Container, Group, Text } from '@mantine/core'
import { NavLink, Route, Routes } from 'react-router'
import { AppearanceChoice } from './appearance/appearance-choice'
import { Navigation } from './navigation/navigation'
import { Only, type Needs } from './people/only'
import { useMe } from './people/use-me'
import { Who } from './people/who'
import { RecordedNotice } from './recording/notice'
import { recordingRoutes } from './recording/routes'
import { page } from './shared/page'
import { Loaded } from './shared/states'

const TODAY = page(async () => (await import('./today/today-page')).TodayPage)
const WELCOME = page(async () => (await import('./people/welcome-page')).WelcomePage)

/** The addresses of reading, by what has to be open for them. Only what a page needs is fetched with it. */
const PAGES = {
  figures: [
    ['/overview', page(async () => (await import('./overview/overview-page')).OverviewPage)],
    ['/reports/hotspots', page(async () => (await import('./hotspots/hotspots-page')).HotspotsPage)],
    ['/reports/:name', page(async () => (await import('./reports/report-page')).ReportPage)],
    ['/reports/:name/compare', page(async () => (await import('./compare/compare-page')).ComparePage)],
    ['/annual', page(async () => (await import('./annual/annual-page')).AnnualPage)],
  ],
  cases: [
    ['/reports/:name/cases', page(async () => (await import('./cases/behind-page')).BehindPage)],
    ['/lessons', page(async () => (await import('./lessons/lessons-page')).LessonsPage)],
    ['/cases', page(async () => (await import('./find/find-page')).FindPage)],
    ['/children/:id', page(async () => (await import('./find/child-page')).ChildPage)],
    ['/cases/:id', page(async () => (await import('./cases/case-page')).CasePage)],
    ['/cases/:id/chronology', page(async () => (await import('./cases/chronology-page')).ChronologyPage)],
    ['/cases/:id/review', page(async () => (await import('./reviews/review-page')).ReviewPage)],
  ],
  recording: [
    ['/schools', page(async () => (await import('./schools/schools-page')).SchoolsPage)],
    ['/schools/:id/record/:type', page(async () => (await import('./schools/record-page')).RecordOfSchoolPage)],
  ],
  everySchool: [['/schools/register', page(async () => (await import('./schools/record-page')).RegisterPage)]],
} as const

/** The frame of every page: skip link, navigation, and the filters that go along from page to page. */
export function App() {
  const me = useMe()
  const opens = me.data?.opens
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
            <Group gap="xs">
              {me.data && <Who me={me.data} />}
              {opens?.recording && (
                <NavLink to="/record" className="record-link no-print">
                  Record a concern
                </NavLink>
              )}
            </Group>
          </Group>
          {opens && <Navigation opens={opens} />}
        </Container>
      </header>
      <main id="main" tabIndex={-1}>
        <Container size="lg" py="md">
          <Loaded query={me} what="The page">
            {(whose) => <Pages me={whose} />}
          </Loaded>
        </Container>
      </main>
      <footer className="foot no-print">
        <Container size="lg" py="md">
          <AppearanceChoice />
        </Container>
      </footer>
    </>
  )
}

function Pages({ me }: { me: Me }) {
  return (
    <>
      {me.opens.recording && <RecordedNotice />}
      <Routes>
        <Route path="/" element={me.opens.cases ? TODAY : WELCOME} />
        {(Object.keys(PAGES) as Needs[]).map((needs) => (
          <Route key={needs} element={<Only me={me} needs={needs} />}>
            {PAGES[needs].map(([path, element]) => (
              <Route key={path} path={path} element={element} />
            ))}
            {needs === 'recording' && recordingRoutes}
          </Route>
        ))}
        <Route path="*" element={<NotHere first={me.opens.cases ? 'what is waiting today' : 'your first page'} />} />
      </Routes>
    </>
  )
}

function NotHere({ first }: { first: string }) {
  return (
    <>
      <h1>There is no page at this address</h1>
      <p>
        Go to <Anchor href="/">{first}</Anchor>.
      </p>
    </>
  )
}
