export { DASHBOARD_STATUSES, DashboardModule } from './dashboard.module'
export type { Chronology, ChronologyEntry, ChronologyField } from './cases.controller'
export type { PlaceName, SchoolName } from './names'
export type { DashboardPorts } from './ports'
