import { definitionOf, riskLevels, type EventType, type RiskRating } from '@circumspect/domain'
import { codeLabel } from '../../recording/model/words'
import { label } from '../../shared/labels'
import { agencyInWords, capital, listed, mannerInWords, mid, type Say } from './say'

const TOLD_BY: Readonly<Record<string, string>> = {
  'child-harmed': 'The child harmed',
  'other-child': 'Another child',
  parent: 'A parent or carer',
  staff: 'A member of staff',
  'alleged-perpetrator': 'The child alleged to have caused harm',
  agency: 'An agency',
  anonymous: 'Somebody, anonymously,',
}
const PROTECTED: Readonly<Record<string, string>> = {
  'safe-space': 'was given a safe space',
  'moved-out-of-class': 'was moved out of a shared class',
  'kept-apart-on-site': 'was kept apart on site',
  'kept-apart-on-transport': 'was kept apart on the way to and from school',
  'more-supervision': 'was supervised more closely',
  'medical-attention': 'had medical attention',
  'trusted-adult-with-child': 'had a trusted adult with them',
  other: 'was protected in another way',
}
const NOT_TOLD: Readonly<Record<string, string>> = {
  'more-risk': 'it would have meant more risk',
  'agency-advice': 'an agency advised against it',
  'child-refusal': 'the child refused',
  other: 'of another reason',
}
const STATEMENT_OF: Readonly<Record<string, string>> = { child: 'a child', staff: 'a member of staff', parent: 'a parent or carer', other: 'another person' }
const OUTCOMES: Readonly<Record<string, string>> = { 'goes-on': 'it goes on', changed: 'it was changed', ended: 'it has ended' }
const RISK_OUTCOMES: Readonly<Record<string, string>> = {
  unchanged: 'the risk is unchanged', lower: 'the risk is lower', higher: 'the risk is higher', ended: 'the risk has ended',
}
const ALLEGED: Readonly<Record<string, string>> = { physical: 'physical harm', emotional: 'emotional harm', financial: 'financial harm' }
const REQUESTED: Readonly<Record<string, string>> = { family: 'of the family', school: 'of the school', 'local-authority': 'of the local authority', other: 'of somebody else' }

/** A part with what comes before it, or nothing. */
const part = (before: string, words: string | undefined): string => (words === undefined || words === '' ? '' : `${before}${words}`)

/** One part of a rating's path, put together as the schemes need it. */
function ratingIn(say: Say): string | undefined {
  const scheme = say.value('rating.scheme')
  if (scheme === undefined) return undefined
  const axes = scheme === 'severity-likelihood' ? ['severity', 'likelihood'] : ['hazard', 'likelihood']
  const at = (when: string) => {
    const values = axes.map((axis) => [axis, say.value(`rating.${when}.${axis}`)] as const)
    return values.every(([, value]) => value !== undefined) ? Object.fromEntries(values) : undefined
  }
  const [before, after] = [at('before'), at('after')]
  const rating = { scheme, before, ...(after && { after }) } as unknown as RiskRating
  const { before: first, after: then } = riskLevels(rating) as Record<string, { product: number; level: string }>
  const most = scheme === 'severity-likelihood' ? 25 : 18
  const words = (rated: Record<string, unknown>, { product, level }: { product: number; level: string }) =>
    `${level} (${axes.map((axis) => `${axis} ${mid(codeLabel(axis, String(rated[axis])))}`).join(' × ')}: ${product} of ${most})`
  return words(before!, first!) + (then && after ? `; after controls ${words(after, then)}` : '')
}

/** An entry as one sentence, for each type there is. */
export const SENTENCES: Readonly<Partial<Record<EventType, (say: Say) => string>>> = {
  'disclosure-made': (say) => {
    const who = say.value('child') === undefined ? (TOLD_BY[String(say.value('reportedBy'))] ?? 'Somebody') : say.child()
    say.value('reportedBy')
    return `${capital(who)} told${part(' ', say.words('toldTo')) || ' what had happened'}${part(', ', say.words('toldWhere'))}`
  },
  'concern-noticed': (say) => `${TOLD_BY[String(say.value('reportedBy'))] ?? 'Somebody'} noticed a cause for concern${part(' and told ', say.words('toldTo'))}`,
  'concern-taken-up': () => 'The designated safeguarding lead took it up',
  'wishes-recorded': (say) => {
    const consent = say.value('consent')
    const said = consent === 'given' ? 'agrees' : consent === 'refused' ? 'does not agree' : 'was not asked to agree'
    const unnamed = say.value('anonymityAsked') === true ? ', and asked not to be named' : ''
    return `${say.child()} ${said} that this is shared${unnamed}`
  },
  'protective-action-taken': (say) => `${say.child()} ${PROTECTED[String(say.value('action'))]!}${part(', by ', say.words('by'))}`,
  'professional-notified': (say) => (say.value('professional') === 'other' ? 'Another professional was told' : `The ${say.code('professional')!} was told`),
  'family-told': (say) => `The family of ${say.child()} was told ${mannerInWords(String(say.value('manner')))}${part(', by ', say.words('by'))}`,
  'family-not-told': (say) => `The family of ${say.child()} was not told, because ${NOT_TOLD[String(say.value('because'))]!}`,
  'evidence-secured': (say) => `Evidence was secured: ${say.code('evidence')!}`,
  'statement-taken': (say) => {
    const of = STATEMENT_OF[String(say.value('of'))]!
    return `A statement was taken from ${say.value('child') === undefined ? of : say.child()}${part(', by ', say.words('takenBy'))}`
  },
  'agency-agreement-recorded': (say) => {
    const may = (path: string, what: string) => `${what} may ${say.value(path) === true ? '' : 'not '}`
    const agreed = [`${may('mayInterview', 'children')}be interviewed`, `${may('mayTellFamilies', 'families')}be told`, `${may('maySanction', 'the school')}sanction`]
    return `It was agreed with ${agencyInWords(String(say.value('agency')))}: ${listed(agreed)}`
  },
  'incident-recorded': (say) => {
    const behaviours = [String(say.value('behaviour')), ...say.codes('furtherBehaviours')].map((code) => ALLEGED[code] ?? mid(codeLabel('behaviour', code)))
    const slot = say.code('slot')
    const which = capital(say.called(String(say.value('incident'))))
    return `${which === 'The incident' ? 'What is alleged' : `${which}, as alleged`}: ${listed(behaviours)}, ${where(say)}${part(', time of day: ', slot)}`
  },
  'child-involved': (say) => {
    const role = mid(label(String(say.value('role'))))
    return `${say.child()} is recorded in ${say.called(String(say.value('incident')))} as ${role === 'witness' ? 'a witness' : `the ${role}`}`
  },
  'act-recorded': (say) => {
    const [by, on, incident] = [say.child('by'), say.child('on'), say.called(String(say.value('incident')))]
    return `${by} is said to have acted on ${on} in ${incident}${part(': ', listed(say.all('behaviours')))}`
  },
  'incident-appraised': (say) => `What is known of the circumstances of ${say.called(String(say.value('incident')))} was written down`,
  'behaviour-assessed': (say) => {
    say.value('incident')
    const scale =
      say.value('tool.scheme') === 'traffic-light'
        ? `with the traffic-light tool for ${say.code('tool.ageBand')!}: ${say.code('tool.colour')!}`
        : `on Hackett’s continuum: ${say.code('tool.level')!}`
    return `The behaviour of ${say.child()} was assessed ${scale}`
  },
  'risk-assessed': (say) => {
    const [as, child] = [say.code('forWhom')!, say.value('child')]
    const whom = child === undefined ? as : `${say.child()}${as.startsWith('child') ? `, the ${as}` : ''}`
    return `Risk was assessed for ${whom}: ${ratingIn(say)!}`
  },
  'risk-reviewed': (say) => {
    const rating = ratingIn(say)
    return `${capital(say.called(String(say.value('assessment'))))} was reviewed: ${RISK_OUTCOMES[String(say.value('outcome'))]!}${part(', now ', rating)}`
  },
  'decision-recorded': (say) => `It was decided, at tier ${say.words('tier') ?? 'not known'}: ${listed(say.all('routes'))}`,
  'agency-consulted': (say) => `Advice was asked of ${agencyInWords(String(say.value('agency')))}`,
  'referral-made': (say) => {
    const agency = agencyInWords(String(say.value('agency')))
    const also = listed(say.codes('alsoFor').map(agencyInWords))
    const children = listed(say.codes('children').map((id) => say.called(id)))
    if (say.value('madeByAgency') === true) return `${capital(agency)} told the school, so that no referral by the school was needed${part(', for ', children)}`
    return `A referral was made to ${agency}${part(', and through it to ', also)}${part(', for ', children)}`
  },
  'referral-answered': (say) => `${capital(say.called(String(say.value('referral'))))} was ${say.code('answer')!}`,
  'referral-challenged': (say) => `The school challenged that ${say.called(String(say.value('referral')))} was declined`,
  'challenge-answered': (say) => `After the challenge, ${say.called(String(say.value('referral')))} was ${say.value('answer') === 'declined' ? 'declined again' : 'accepted'}`,
  'strategy-meeting-held': (say) => `A strategy meeting for ${say.child()} was held with ${listed(say.codes('agencies').map(agencyInWords))}`,
  'school-action-recorded': (say) => `On the school’s checklist, ${say.code('action')!}: ${say.value('done') === true ? 'done' : 'not done'}`,
  'named-contact-assigned': (say) => `${say.words('contact') ?? 'Somebody'} is the named contact of ${say.child()}`,
  'professional-involved': (say) => `${capital(agencyInWords(String(say.value('agency'))))} became involved with ${say.child()}`,
  'vulnerabilities-recorded': (say) => {
    const known = listed(say.all('vulnerabilities'))
    return known === '' ? `No vulnerability of ${say.child()} is known` : `Vulnerabilities of ${say.child()}: ${known}`
  },
  'support-planned': (say) => `Support was planned for ${say.child()}${part(', with ', listed(say.codes('agencies').map(agencyInWords)))}`,
  'support-reviewed': (say) => `${capital(say.called(String(say.value('plan'))))} was reviewed${part(': ', OUTCOMES[String(say.value('outcome'))])}`,
  'safety-plan-agreed': (say) => `A safety plan was agreed for ${say.child()}`,
  'safety-plan-reviewed': (say) => `${capital(say.called(String(say.value('plan'))))} was reviewed${part(': ', OUTCOMES[String(say.value('outcome'))])}`,
  'aftercare-reviewed': (say) => {
    const well = say.value('childSaysAllIsWell')
    return `${say.child()} was asked how things are${well === 'yes' ? ', and says that all is well' : well === 'no' ? ', and says that not all is well' : ''}`
  },
  'school-finding-recorded': (say) => {
    const incident = say.value('incident')
    return `The school’s finding for ${say.child()}${incident === undefined ? '' : `, in ${say.called(String(incident))}`}: ${say.code('finding')!}`
  },
  'consequence-imposed': (say) => {
    const days = say.value('schoolDays')
    const length = days === undefined ? '' : `, for ${String(days)} school ${days === 1 ? 'day' : 'days'}`
    return `Consequence for ${say.child()}: ${say.code('consequence')!}${length}, with support alongside`
  },
  'criminal-process-updated': (say) => `The criminal process concerning ${say.child()}: ${say.code('stage')!}`,
  'information-shared': (say) => `Information${say.value('child') === undefined ? '' : ` about ${say.child()}`} was shared with ${say.words('with') ?? 'somebody'}`,
  'information-transferred': (say) => {
    const [sent, received] = [say.value('fileSent') === true, say.value('receiptConfirmed') === true]
    const file = !sent ? 'the child protection file has not been sent' : received ? 'the child protection file was sent and its receipt confirmed' : 'the child protection file was sent, its receipt not confirmed'
    return `${say.child()} moved to ${say.words('to') ?? 'another school'}, at the request ${REQUESTED[String(say.value('requestedBy'))]!}; ${file}`
  },
  'chronology-entry-made': (say) => {
    const children = listed(say.codes('children').map((id) => say.called(id)))
    return `A note in the chronology${part(', about ', children)}`
  },
  'case-dealt-with': () => 'The case was dealt with',
  'case-closed': () => 'The case was closed',
  'case-reopened': () => 'The case was opened again',
  'fact-withdrawn': (say) => {
    say.value('event')
    return say.value('effect') === 'restored' ? 'An entry that had been taken back was put back' : 'An entry was taken back'
  },
}

/** `at North corridor`; `on site, in a corridor`; `online`. */
function where(say: Say): string {
  const mode = say.value('mode') === 'both' ? 'in person and online' : say.code('mode')!
  const place = say.words('place')
  const [setting, kind] = [String(say.value('setting')), String(say.value('locationKind'))]
  const at = say.value('atSchool') === undefined ? '' : ` of ${say.words('atSchool')!}`
  if (place !== undefined) return `${mode}, at ${place}${at}`
  const words = [setting === 'unknown' ? 'place not known' : mid(codeLabel('setting', setting)), kind === 'other' ? '' : mid(codeLabel('locationKind', kind))]
  return [mode, ...words.filter((w) => w !== '' && w !== mode)].join(', ') + at
}

/** The sentence of an entry; what is newer than these pages is called by its title. */
export const sentenceOf = (type: string, say: Say): string => {
  const make = SENTENCES[type as EventType]
  return `${capital(make ? make(say) : (definitionOf(type)?.title ?? 'An entry'))}.`
}
