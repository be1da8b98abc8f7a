import type { ReportName } from '@circumspect/views'
import type { NamedReport } from '../shared/named'
import { patterns, repeats } from './people'
import { reporting, trend } from './reporting'
import { lessons, responses, reviews, timeToReferral } from './responses'
import type { Pictures } from './rows'

const PREPARE: Partial<Record<ReportName, (report: NamedReport) => Pictures>> = {
  patterns, repeats, 'time-to-referral': timeToReferral, responses, reviews, lessons, reporting, trend,
}

/** The pictures of a report, made from its figures alone. */
export const picturesOf = (report: NamedReport): Pictures => PREPARE[report.report]?.(report) ?? {}
