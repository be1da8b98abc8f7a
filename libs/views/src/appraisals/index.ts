import type { Appraisal, ReportName } from '../report'
import type { AppraisalDefinition, AppraisalInput } from './definition'
import { hotspots } from './hotspots/appraise'
import { lessons } from './lessons/appraise'
import { patterns } from './patterns/appraise'
import { repeats } from './repeats/appraise'
import { reporting } from './reporting/appraise'
import { responses } from './responses/appraise'
import { timeToReferral } from './time-to-referral/appraise'
import { trend } from './trend/appraise'

/** Reports without one have no findings of their own. */
export const appraisals: Partial<Record<ReportName, AppraisalDefinition>> = { hotspots, lessons, patterns, repeats, reporting, responses, 'time-to-referral': timeToReferral, trend }

/** Works an appraisal out of its input. */
export type Appraiser = (name: ReportName, input: AppraisalInput) => Promise<Pick<Appraisal, 'findings' | 'tables'>>

/** In this thread. */
export const appraiseHere: Appraiser = (name, input) => Promise.resolve(appraisals[name]?.appraise(input) ?? { findings: [], tables: [] })
