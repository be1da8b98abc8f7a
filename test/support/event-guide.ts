import {
  definitionsFor, leavesOf, WITHDRAWAL, type EventDefinition, type EventType, type SchemaLeaf, type StreamKind,
} from '@circumspect/domain'

/** The records that the source documents name, and the events each has become. */
export const RECORDS: readonly (readonly [record: string, events: readonly EventType[]])[] = [
  [
    'Initial response record',
    [
      'disclosure-made',
      'concern-noticed',
      'concern-taken-up',
      'wishes-recorded',
      'protective-action-taken',
      'professional-notified',
      'family-told',
      'family-not-told',
    ],
  ],
  [
    'The incident: where, when, what, who was involved, who acted on whom',
    ['incident-recorded', 'child-involved', 'act-recorded', 'incident-appraised'],
  ],
  ['Statements of students and staff', ['statement-taken']],
  ['What agencies agree may be asked, told and done', ['agency-agreement-recorded', 'evidence-secured']],
  ['Traffic-light tool; Hackett continuum', ['behaviour-assessed']],
  ['Individual risk assessment', ['risk-assessed', 'risk-reviewed']],
  ['Safety plan and risk assessment', ['safety-plan-agreed', 'safety-plan-reviewed', 'risk-assessed', 'risk-reviewed']],
  ['Checklist of actions taken by the school', ['school-action-recorded']],
  ['Serious incident chronology', ['chronology-entry-made']],
  [
    'Ongoing support records, one for each child',
    [
      'support-planned',
      'support-reviewed',
      'vulnerabilities-recorded',
      'professional-involved',
      'named-contact-assigned',
      'aftercare-reviewed',
    ],
  ],
  ['Decision flow chart', ['decision-recorded', 'agency-consulted']],
  ['Referrals and professional challenge', ['referral-made', 'referral-answered', 'referral-challenged', 'challenge-answered']],
  ['Separate strategy meetings', ['strategy-meeting-held']],
  [
    "The school's conclusion, and consequences",
    ['school-finding-recorded', 'consequence-imposed', 'case-dealt-with', 'case-closed', 'case-reopened'],
  ],
  ['The criminal process', ['criminal-process-updated']],
  ['Sharing and transfer of information', ['information-shared', 'information-transferred']],
  [
    'Review of circumstances; lessons-learnt pro forma',
    ['circumstances-reviewed', 'lesson-recorded', 'action-agreed', 'action-completed', 'action-followed'],
  ],
  [
    'Places, timetable, terms, roll',
    ['school-registered', 'school-described', 'place-named', 'place-changed', 'timetable-set', 'terms-set', 'roll-counted'],
  ],
  ['Places in the community', ['community-place-alerted']],
  ['Policy, its days and its review', ['policy-set', 'policy-reviewed']],
  ['Pupil voice, training, curriculum, assemblies', ['prevention-activity-recorded']],
  ['What a school records at all', ['recording-scope-declared']],
  ['A child on roll; records of one child', ['child-enrolled', 'child-left', 'child-linked', 'child-unlinked']],
  ['Corrections', [WITHDRAWAL]],
]

const STREAMS: readonly (readonly [kind: StreamKind, heading: string, about: string])[] = [
  ['case', 'A case', 'One disclosure or concern and all that follows.'],
  ['school', 'A school', 'What a school says of itself.'],
  ['child', 'A child', 'What is known of a child beyond one case: no name and no date of birth.'],
  ['review', 'A review', 'The review of circumstances, its lessons and actions, which outlive a case.'],
]

const fields = (leaves: readonly SchemaLeaf[]): string => leaves.map((l) => `\`${l.path}\``).join(', ') || '–'

function row(definition: EventDefinition, kind: StreamKind): string {
  const leaves = leavesOf(definition.data)
  const cells = [
    `\`${definition.type}\` v${definition.version}`,
    definition.title,
    fields(leaves.filter((l) => l.meta.field !== 'text')),
    fields(leaves.filter((l) => l.meta.field === 'text')),
    ...(kind === 'case' ? [definition.afterClosing ? 'yes' : 'no'] : []),
  ]
  return `| ${cells.join(' | ')} |`
}

function section([kind, heading, about]: (typeof STREAMS)[number]): string {
  const head = [
    'Event',
    'What it records',
    'Travels: codes, measures, ids',
    'Stays, encrypted: texts',
    ...(kind === 'case' ? ['After closing'] : []),
  ]
  const rows = definitionsFor(kind).filter((d) => d.type !== WITHDRAWAL || kind === 'case')
  return `## ${heading}\n\n${about}\n\n| ${head.join(' | ')} |\n|${'---|'.repeat(head.length)}\n${rows.map((d) => row(d, kind)).join('\n')}\n`
}

/** docs/events.md, made from the catalogue. */
export function eventGuide(): string {
  const records = RECORDS.map(([record, types]) => `| ${record} | ${types.map((t) => `\`${t}\``).join(', ')} |`).join('\n')
  return [
    '# The events\n',
    'Made from the catalogue in `libs/domain`; a test fails where it differs (`UPDATE=1 npx vitest run --project unit libs/domain/src/guide` writes it anew).',
    'Why events look like this: [adr/0001-event-format.md](adr/0001-event-format.md). `*` stands for each element of a list.',
    '`fact-withdrawn` is at home on every stream.\n',
    ...STREAMS.map(section),
    `## Where each record of the documents is kept\n\n| Record | Events |\n|---|---|\n${records}\n`,
  ].join('\n')
}
