import type { Chronology, ChronologyEntry } from '@circumspect/dashboard'
import { codeLabel } from '../recording/model/words'
import { dayInWords } from '../shared/labels'
import { standingIn, valueIn } from './summary'
import { inOrder, whenInWords, worded } from './timeline'
import { agencyInWords, calledIn, capital, listed, mannerInWords, type Said } from './words/say'

/** A table of a case page: what it is of, its columns, and a row for each thing. A cell can have a second, quieter line. */
export interface SectionTable {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}
export interface Cell {
  readonly words: string
  readonly more?: string
  readonly badge?: string
}
export interface DecisionShown {
  readonly when: string
  readonly sentence: string
  readonly said: readonly Said[]
}
export interface Sections {
  readonly decisions: readonly DecisionShown[]
  readonly referrals: SectionTable
  readonly plans: SectionTable
  readonly families: SectionTable
  readonly findings: SectionTable
}

const NONE: Cell = { words: '–' }
type Facts = readonly ChronologyEntry[]
type Called = (id: string) => string

/** What a case has come to, by what a lead asks of it. `today`: YYYY-MM-DD, to tell what is overdue. */
export function prepareSections(chronology: Chronology, today: string): Sections {
  const facts = inOrder(standingIn(chronology))
  const called = calledIn({ ...chronology, entries: facts })
  return {
    decisions: facts
      .filter((e) => e.type === 'decision-recorded')
      .map((entry) => ({ when: whenInWords(entry), ...worded(entry, called, chronology.names) })),
    referrals: referrals(facts, called),
    plans: plans(facts, called, today),
    families: families(facts, called),
    findings: findings(facts, called),
  }
}

const text = (entry: ChronologyEntry, path: string): string | undefined => {
  const value = valueIn(entry, path)
  return typeof value === 'string' ? value : undefined
}
const cell = (words: string, more?: string, badge?: string): Cell => ({ words, ...(more && { more }), ...(badge && { badge }) })
const listAt = ({ fields }: ChronologyEntry, list: string): string[] => fields.filter((f) => f.path.startsWith(`${list}.`)).map((f) => String(f.value))
const childOf = (entry: ChronologyEntry): string | undefined => text(entry, 'child')

/** What was answered: in words, when, with its note. */
const answered = (entry: ChronologyEntry | undefined): Cell =>
  entry === undefined ? NONE : cell(`${codeLabel('answer', text(entry, 'answer')!)}, ${whenInWords(entry)}`, text(entry, 'note'))

function referrals(facts: Facts, called: Called): SectionTable {
  const rows = facts
    .filter((e) => e.type === 'referral-made')
    .map((made) => {
      const of = (type: string) => facts.filter((e) => e.type === type && valueIn(e, 'referral') === valueIn(made, 'referral')).at(-1)
      const [answer, challenge, outcome] = [of('referral-answered'), of('referral-challenged'), of('challenge-answered')]
      const also = listAt(made, 'alsoFor').map(agencyInWords)
      const reached = also.length === 0 ? '' : `and through it ${listed(also)}`
      const children = listAt(made, 'children').map(called)
      const theirs = valueIn(made, 'madeByAgency') === true
      return [
        cell(capital(agencyInWords(text(made, 'agency')!)), reached),
        cell(whenInWords(made), theirs ? 'The agency told the school' : undefined),
        cell(children.length === 0 ? 'No child is named' : listed(children)),
        answer === undefined && !theirs ? cell('No answer yet') : answered(answer),
        challenge === undefined ? NONE : cell(whenInWords(challenge), text(challenge, 'grounds')),
        challenge !== undefined && outcome === undefined ? cell('No answer yet') : answered(outcome),
      ]
    })
  return { columns: ['Referred to', 'When', 'For', 'Answer', 'Challenged', 'Outcome of the challenge'], rows }
}

const PLANS = [
  ['risk-assessed', 'risk-reviewed', 'assessment'],
  ['safety-plan-agreed', 'safety-plan-reviewed', 'plan'],
  ['support-planned', 'support-reviewed', 'plan'],
] as const

function plans(facts: Facts, called: Called, today: string): SectionTable {
  const rows = PLANS.flatMap(([begins, reviews, key]) =>
    facts
      .filter((e) => e.type === begins)
      .map((begun) => {
        const id = String(valueIn(begun, key))
        const last = facts.filter((e) => e.type === reviews && valueIn(e, key) === id).at(-1)
        const outcome = last && text(last, 'outcome')
        const due = outcome === 'ended' ? undefined : last ? text(last, 'nextDue') : text(begun, 'reviewDue')
        return [
          cell(capital(called(id)).replace(/^The /, '').replace(/^./, (c) => c.toUpperCase())),
          cell(whenInWords(begun)),
          last === undefined ? NONE : cell(`${whenInWords(last)}: ${codeLabel('outcome', outcome!).toLowerCase()}`, text(last, 'note')),
          dueCell(due, outcome === 'ended', today),
        ]
      }),
  )
  const aftercare = [...new Set(facts.filter((e) => e.type === 'aftercare-reviewed').map((e) => childOf(e)!))].map((child) => {
    const asked = facts.filter((e) => e.type === 'aftercare-reviewed' && childOf(e) === child)
    const last = asked.at(-1)!
    return [cell(`Aftercare of ${called(child)}`), cell(whenInWords(asked[0]!)), cell(whenInWords(last), text(last, 'note')), dueCell(text(last, 'nextDue'), false, today)]
  })
  return { columns: ['What', 'Made', 'Last reviewed', 'Next review'], rows: [...rows, ...aftercare] }
}

function dueCell(due: string | undefined, ended: boolean, today: string): Cell {
  if (ended) return cell('Ended')
  return due === undefined ? cell('No day is set') : cell(dayInWords(due), undefined, due < today ? 'overdue' : undefined)
}

/** Children in a role that calls for it, and any other of whom something is recorded. */
function families(facts: Facts, called: Called): SectionTable {
  const wanted = facts.filter((e) => e.type === 'child-involved' && valueIn(e, 'role') !== 'witness').map((e) => childOf(e)!)
  const said = facts.filter((e) => e.type === 'family-told' || e.type === 'family-not-told')
  const rows = [...new Set([...wanted, ...said.map((e) => childOf(e)!)])].map((child) => {
    const own = said.filter((e) => childOf(e) === child)
    if (own.length === 0) return [cell(called(child)), cell('Not recorded yet'), NONE]
    const lines = own.map((e) => (e.type === 'family-told' ? `Told ${mannerInWords(text(e, 'manner')!)}` : `Not told: ${codeLabel('because', text(e, 'because')!).toLowerCase()}`))
    const last = own.at(-1)!
    return [cell(called(child)), cell(capital(lines.map((line) => line.charAt(0).toLowerCase() + line.slice(1)).join('; then ')), text(last, 'detail') ?? text(last, 'note')), cell(own.map(whenInWords).join('; '))]
  })
  return { columns: ['Family of', 'Whether told', 'When'], rows }
}

function findings(facts: Facts, called: Called): SectionTable {
  const involved = facts.filter((e) => e.type === 'child-involved' && valueIn(e, 'role') === 'alleged-perpetrator').map((e) => childOf(e)!)
  const found = facts.filter((e) => e.type === 'school-finding-recorded')
  const rows = [...new Set([...involved, ...found.map((e) => childOf(e)!)])].flatMap((child) => {
    const of = (type: string) => facts.filter((e) => e.type === type && childOf(e) === child)
    const consequences = of('consequence-imposed').map((e) => codeLabel('consequence', text(e, 'consequence')!))
    const stage = of('criminal-process-updated').at(-1)
    const after = [
      consequences.length === 0 ? NONE : cell(listed(consequences)),
      stage === undefined ? NONE : cell(codeLabel('stage', text(stage, 'stage')!), whenInWords(stage)),
    ]
    const own = of('school-finding-recorded')
    if (own.length === 0) return [[cell(called(child)), cell('None yet'), ...after]]
    return own.map((e) => {
      const incident = text(e, 'incident')
      const whole = [incident === undefined ? '' : capital(called(incident)), whenInWords(e), text(e, 'reasons') ?? ''].filter((part) => part !== '').join('; ')
      return [cell(called(child)), cell(codeLabel('finding', text(e, 'finding')!), whole), ...after]
    })
  })
  return { columns: ['Child', 'The school’s finding', 'Consequences', 'Criminal process'], rows }
}
