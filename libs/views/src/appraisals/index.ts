import type { Appraisal, ReportName } from '../report'
import type { AppraisalDefinition, AppraisalInput } from './definition'
import { hotspots } from './hotspots/appraise'
import { lessons } from './lessons/appraise'
import { patterns } from './patterns/appraise'
import { repeats } from './repeats/appraise'
import { reporting } from './reporting/appraise'
import { responses } from './responses/appraise'
import { reviews } from './reviews/appraise'
import { timeToReferral } from './time-to-referral/appraise'
import { trend } from './trend/appraise'

/** What can be said of each report. */
export const appraisals: Record<ReportName, AppraisalDefinition> = { hotspots, lessons, patterns, repeats, reporting, responses, reviews, 'time-to-referral': timeToReferral, trend }

/** Works an appraisal out of its input. */
export type Appraiser = (name: ReportName, input: AppraisalInput) => Promise<Pick<Appraisal, 'findings' | 'tables'>>

/** In this thread. */
export const appraiseHere: Appraiser = (name, input) => Promise.resolve(appraisals[name].appraise(input))
