/**
 * A row of the ledger: what one event says, in codes, measures and ids. Sparse: a row gives only the columns its kind has.
 * The columns and their types are those of schema/migrations/0001_ledger.sql; the two are compared when the projector starts.
 */
export interface LedgerRow {
  /** The school of the stream; the nil id for streams about a child, who may move. */
  school: string
  /** The event's type; `correction` and `withdrawal` for what takes facts out of force. */
  kind: string
  /** The id of what the stream is about: the case, the school, the child, the review. */
  stream: string
  /** The revision of the event, and the row's number within it. */
  revision: number
  ordinal: number
  event: string
  /** The first event of the fact, and its revision: the fact's place in the order. */
  fact: string
  place: number
  /** The event this one replaces. */
  supersedes: string
  position: number
  /** Milliseconds since 1970, UTC. */
  recorded: number
  source_recorded: number | null
  occurred_date: string
  /** Minutes since local midnight; -1 where no time is known. */
  minute: number
  precision: string
  earliest: number
  latest: number

  incident: string
  child: string
  other_child: string
  at_school: string
  on_roll: string
  about_case: string
  /** A place the school has named. */
  place_id: string
  /** A referral, assessment, plan, lesson or action. */
  thing: string
  /** The lesson an action comes from. */
  lesson: string
  children: string[]
  /** The incidents that prompted an action. */
  incidents: string[]
  places: string[]

  setting: string
  location_kind: string
  slot: string
  mode: string
  behaviour: string
  behaviours: string[]
  grounds: string[]
  harm: string
  open_to_view: string
  observed: string
  supervised: string
  should_be_supervised: string
  camera: string
  capacity: number

  role: string
  sex: string
  year_group: string
  /** Completed years; -1 where not known. */
  age: number
  sen: string
  need: string
  ethnicity: string
  vulnerabilities: string[]

  /** The one code that matters of a kind with one: the action, the answer, the finding, the theme … */
  code: string
  codes: string[]
  slots: string[]
  agency: string
  agencies: string[]
  tier: number
  number: number
  flag: number
  due: string | null
  from_date: string | null
  to_date: string | null
  minute_from: number
  minute_to: number
  weekdays: number[]
  days: string[]
  school_year: string
  term: string
  pupils: number
  dual_elsewhere: number

  /** The version of the mapping that made the row. */
  mapping: number
}

/** The id of nothing: where a column has no id. */
export const NIL = '00000000-0000-0000-0000-000000000000'

/** What a type of event puts into the columns of its own. */
export type Columns = Partial<LedgerRow>
