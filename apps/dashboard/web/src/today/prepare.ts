import type { Waiting, WaitingGroup, WaitingItem } from '@circumspect/views'
import { dayInWords, label } from '../shared/labels'

type Names = Readonly<Record<string, string>>

interface Kind {
  readonly title: string
  /** Why it is here, where the title does not say it. */
  readonly why: string
  /** What does it: the words of the link, and the form. */
  readonly act: string
  readonly form: string
}

/** What each kind of waiting thing is called, and where it is done. */
export const KINDS: Readonly<Record<Waiting, Kind>> = {
  'take-up': { title: 'Concerns nobody has taken up', why: '', act: 'Take it up', form: 'record/concern-taken-up' },
  referral: {
    title: 'A referral neither made nor decided against',
    why: 'By the behaviour or the harm recorded, social care or the police have to be asked, or the reason why not recorded.',
    act: 'Record the referral',
    form: 'record/referral-made',
  },
  'risk-assessment': {
    title: 'Risk not assessed',
    why: 'Where sexual violence is alleged, risk is assessed always and at once.',
    act: 'Assess risk',
    form: 'record/risk-assessed',
  },
  'risk-again': {
    title: 'Risk to be assessed again',
    why: 'There is news of a criminal process since risk was last looked at.',
    act: 'Review the risk',
    form: 'record/risk-reviewed',
  },
  answer: {
    title: 'Referrals not answered',
    why: 'If no answer comes, ask again, or challenge.',
    act: 'Record the answer',
    form: 'record/referral-answered',
  },
  family: { title: 'Families not told, and no reason recorded', why: '', act: 'Record that they were told', form: 'record/family-told' },
  'safety-review': { title: 'Safety plans to be reviewed', why: '', act: 'Review the plan', form: 'record/safety-plan-reviewed' },
  'risk-review': { title: 'Risk assessments to be reviewed', why: '', act: 'Review the risk', form: 'record/risk-reviewed' },
  'support-review': { title: 'Support plans to be reviewed', why: '', act: 'Review the plan', form: 'record/support-reviewed' },
  aftercare: {
    title: 'Children to be asked how they are',
    why: 'Aftercare goes on even where a child says that all is well.',
    act: 'Record it',
    form: 'record/aftercare-reviewed',
  },
  circumstances: { title: 'Circumstances not yet reviewed', why: '', act: 'Review the circumstances', form: 'review' },
  action: { title: 'Actions to be done', why: '', act: 'Say what was done', form: 'review' },
}

export interface Line {
  readonly key: string
  /** The case's page; none for an action of a review of no case. */
  readonly open: string | undefined
  readonly opens: string
  /** Which child, agency or action; empty where the case is all. */
  readonly about: string
  readonly school: string
  readonly due: string
  readonly overdue: boolean
  readonly act: string
  readonly to: string
}

export interface Group {
  readonly what: Waiting
  readonly title: string
  readonly why: string
  readonly total: number
  readonly overdue: number
  readonly lines: readonly Line[]
}

const schoolDays = (n: number) => (n === 1 ? '1 school day' : `${n} school days`)

/** `due 3 March 2026, 4 school days ago` */
export function dueInWords({ due, late }: Pick<WaitingItem, 'due' | 'late'>, today: string): string {
  if (due === today) return 'due today'
  if (due < today) return late === 0 ? `due ${dayInWords(due)}` : `due ${dayInWords(due)}, ${schoolDays(late)} ago`
  return late === 0 ? `due ${dayInWords(due)}` : `due ${dayInWords(due)}, in ${schoolDays(-late)}`
}

const BEGAN: Partial<Record<Waiting, string>> = {
  answer: 'Referral of',
  circumstances: 'Decided',
  action: 'Agreed',
  'risk-again': 'News of',
  'safety-review': 'Last looked at',
  'risk-review': 'Last looked at',
  'support-review': 'Last looked at',
  aftercare: 'Last asked',
}

function lineOf(item: WaitingItem, names: Names, today: string, school: boolean): Line {
  const { what, since, child, thing, agency } = item
  const about = [
    child === null ? '' : (names[child] ?? 'a child'),
    agency === '' ? '' : label(agency),
    what === 'action' && thing ? (names[thing] ?? '') : '',
  ]
  const base = item.case === null ? undefined : `/cases/${item.case}`
  return {
    key: `${what} ${item.case ?? ''} ${child ?? ''} ${thing ?? ''}`,
    open: base,
    opens: `${BEGAN[what] ?? 'Told'} ${dayInWords(since)}`,
    about: about.filter((part) => part !== '').join(', '),
    school: school ? (names[item.school] ?? 'A school') : '',
    due: dueInWords(item, today),
    overdue: item.due < today,
    act: KINDS[what].act,
    to: base === undefined ? '/lessons' : `${base}/${KINDS[what].form}`,
  }
}

/** What is drawn: each kind with its lines, as they came. */
export function prepareToday(groups: readonly WaitingGroup[], names: Names, today: string, severalSchools: boolean): Group[] {
  return groups.map(({ what, total, items }) => {
    const lines = items.map((item) => lineOf(item, names, today, severalSchools))
    return { what, title: KINDS[what].title, why: KINDS[what].why, total, overdue: lines.filter((line) => line.overdue).length, lines }
  })
}

/** The alert: how many concerns nobody has taken up, and since when. */
export function notTakenUp(group: WaitingGroup): string {
  const [oldest] = [...group.items].sort((a, b) => (a.since < b.since ? -1 : 1))
  const since = oldest === undefined ? '' : ` ${group.total === 1 ? 'It was' : 'The oldest was'} told on ${dayInWords(oldest.since)}.`
  return group.total === 1 ? `Nobody has taken up 1 concern.${since}` : `Nobody has taken up ${group.total} concerns.${since}`
}
