import { ALWAYS_TO_POLICE, SEXUAL_HARASSMENT, STATUTORY, type Behaviour, type Role } from '../codes'
import { refuse, type Refusal } from './refusal'
import { kindRefusal, type Rules } from './rule'
import { isClosed, livingOf, when, type Fact, type StreamState } from './state'

type Involvement = Fact<'child-involved'>

const involvements = (state: StreamState, incident: string): Involvement[] =>
  livingOf(state, 'child-involved').filter((f) => f.data.incident === incident)

const isInvolved = (state: StreamState, incident: string, child: string, role: Role): boolean =>
  involvements(state, incident).some((f) => f.data.child === child && f.data.role === role)

const behavioursOf = (state: StreamState): Behaviour[] =>
  livingOf(state, 'incident-recorded').flatMap((f) => [f.data.behaviour, ...f.data.furtherBehaviours])

/** The answer that stands on a referral before a given place in the order. */
const answerBefore = (state: StreamState, referral: string, revision: number) =>
  livingOf(state, 'referral-answered', 'challenge-answered')
    .filter((f) => f.data.referral === referral && f.revision < revision)
    .at(-1)?.data.answer

/** Police and social care are left out of the gravest behaviours only with a recorded reason (Leicester PRU 2025). */
function decisionRefusal(state: StreamState, fact: Fact<'decision-recorded'>): Refusal | undefined {
  const { routes, agenciesNotInvolved, internalManagementTest: test } = fact.data
  const behaviours = behavioursOf(state)
  if (behaviours.some((b) => ALWAYS_TO_POLICE.includes(b))) {
    const silent = STATUTORY.find((a) => !(routes as readonly string[]).includes(a) && !agenciesNotInvolved.some((n) => n.agency === a))
    if (silent)
      return refuse(
        'missing-field',
        `Rape, assault by penetration and sexual assault go to the police and to social care. Choose that route, or say under agencies not involved why ${silent} is left out.`,
        'data.agenciesNotInvolved',
      )
  }
  const internalOnly = routes.every((r) => r === 'managed-internally' || r === 'behaviour-policy')
  const harassment = behaviours.some((b) => SEXUAL_HARASSMENT.includes(b))
  if (internalOnly && harassment && !(test?.oneOff && test.noOffence && test.noEarlyHelpNeeded))
    return refuse(
      'missing-field',
      'Sexual harassment is managed internally only where it was a one-off, no offence was committed and no early help is needed. Confirm all three, or choose another route.',
      'data.internalManagementTest',
    )
  return undefined
}

export const caseRules: Rules = {
  'concern-taken-up': {
    always: (state, fact) =>
      livingOf(state, 'concern-taken-up')[0]?.id === fact.id
        ? undefined
        : refuse('already-recorded', 'The case has been taken up already.', 'type'),
  },
  'incident-recorded': {
    always(state, fact) {
      const { setting, locationKind } = fact.data
      const misplaced = kindRefusal(setting, locationKind, 'data.locationKind')
      if (misplaced) return misplaced
      const told = livingOf(state, 'disclosure-made', 'concern-noticed')
      if (told.length > 0 && told.every((t) => when(fact).earliest > when(t).latest))
        return refuse(
          'out-of-order',
          'The incident comes after every disclosure and concern of this case. Check the dates, or record first what told of it.',
          'occurredAt',
        )
      return undefined
    },
  },
  'child-involved': {
    always: (state, fact) =>
      involvements(state, fact.data.incident).find((f) => f.data.child === fact.data.child && f.data.role === fact.data.role)?.id ===
      fact.id
        ? undefined
        : refuse('already-recorded', 'This child is recorded in this role in this incident already. Correct that record.', 'data.child'),
  },
  'act-recorded': {
    always(state, fact) {
      const { incident, by, on } = fact.data
      if (by === on) return refuse('not-allowed-now', 'An act is of one child on another.', 'data.on')
      if (!isInvolved(state, incident, by, 'alleged-perpetrator'))
        return refuse(
          'unknown-reference',
          'This child is not recorded in this incident as alleged to have caused harm. Record that first.',
          'data.by',
        )
      if (!isInvolved(state, incident, on, 'alleged-victim'))
        return refuse('unknown-reference', 'This child is not recorded in this incident as harmed. Record that first.', 'data.on')
      const first = livingOf(state, 'act-recorded').find((f) => f.data.incident === incident && f.data.by === by && f.data.on === on)
      return first?.id === fact.id ? undefined : refuse('already-recorded', 'This act is recorded already. Correct that record.', 'data')
    },
  },
  'statement-taken': {
    always: (_, fact) =>
      fact.data.of === 'child' && fact.data.child === undefined
        ? refuse('missing-field', 'Say which child gave this statement.', 'data.child')
        : undefined,
  },
  'risk-assessed': {
    always: (_, fact) =>
      fact.data.forWhom.startsWith('alleged') && fact.data.child === undefined
        ? refuse('missing-field', 'Say which child the risk assessment is for.', 'data.child')
        : undefined,
  },
  'decision-recorded': { whenRecorded: decisionRefusal },
  'referral-challenged': {
    always: (state, fact) =>
      answerBefore(state, fact.data.referral, fact.revision) === 'declined'
        ? undefined
        : refuse('not-allowed-now', 'Only a referral that was declined can be challenged. Record the answer first.', 'data.referral'),
  },
  'challenge-answered': {
    always: (state, fact) =>
      livingOf(state, 'referral-challenged').some((f) => f.data.referral === fact.data.referral && f.revision < fact.revision)
        ? undefined
        : refuse('not-allowed-now', 'This referral has not been challenged. Record the challenge first.', 'data.referral'),
  },
  'support-reviewed': {
    always: (state, fact) =>
      livingOf(state, 'support-planned').some((f) => f.data.plan === fact.data.plan)
        ? undefined
        : refuse('unknown-reference', 'This is not a plan of support. Record a review of a safety plan as such.', 'data.plan'),
  },
  'safety-plan-reviewed': {
    always: (state, fact) =>
      livingOf(state, 'safety-plan-agreed').some((f) => f.data.plan === fact.data.plan)
        ? undefined
        : refuse('unknown-reference', 'This is not a safety plan. Record a review of a plan of support as such.', 'data.plan'),
  },
  'information-transferred': {
    always: (_, fact) =>
      fact.data.receiptConfirmed && !fact.data.fileSent
        ? refuse('missing-field', 'Receipt is of a file that was sent. Record that it was sent.', 'data.fileSent')
        : undefined,
  },
  'case-reopened': {
    whenRecorded: (_, fact, before) =>
      isClosed(before) || before.facts.has(fact.id) ? undefined : refuse('not-allowed-now', 'The case is open.', 'type'),
  },
}
