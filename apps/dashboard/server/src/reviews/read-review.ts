import { livingOf, replay, streamId, type StreamState } from '@circumspect/domain'
import type { EventStore } from '@circumspect/event-store'
import type { Vault } from '@circumspect/identity'
import { isKnownAt } from '../names'

interface Where {
  readonly places: readonly string[]
  readonly locationKinds: readonly string[]
  readonly slots: readonly string[]
}

export interface LessonShown extends Where {
  readonly lesson: string
  readonly theme: string
  readonly wholeTrust: boolean
  readonly learnt: string
  readonly on: string
}

export interface ActionShown extends Where {
  readonly action: string
  /** The event that says so now: what a change replaces. */
  readonly event: string
  readonly lesson: string | null
  readonly what: string
  readonly owner: string
  readonly due: string
  readonly howWeShallKnow: string
  readonly expected: string
  readonly promptedBy: readonly string[]
  readonly agreed: string
  readonly done: { readonly on: string; readonly note: string | null } | null
  readonly followed: readonly { readonly on: string; readonly followUp: string; readonly found: string }[]
}

/** A review of circumstances as it stands: corrections in their places, what was taken back left out. */
export interface ReviewShown {
  readonly review: string
  readonly school: string
  readonly revision: number
  readonly reviewed: readonly {
    readonly on: string
    /** None where a school reviews a place or a pattern. */
    readonly case: string | null
    readonly known: string | null
    readonly couldHaveBeenDifferent: string
    readonly hasToChange: string
  }[]
  readonly lessons: readonly LessonShown[]
  readonly actions: readonly ActionShown[]
}

const ERASED = 'Words erased'

/** Reads reviews, their words opened with the vault. */
export class ReviewReader {
  /** @param knownAt what was recorded after this instant is left out; ISO 8601 */
  constructor(
    private readonly store: EventStore,
    private readonly vault: Vault,
    private readonly knownAt?: string,
  ) {}

  /** The id under which this case's circumstances are reviewed here: the same for the same case, so that sending twice makes one. */
  async idFor(caseId: string): Promise<string> {
    return (await this.vault.idMaker())('review-of-circumstances', caseId)
  }

  /** Undefined where nothing is recorded under this id. */
  async read(review: string): Promise<ReviewShown | undefined> {
    const stream = streamId('review', review)
    const known = (await this.store.readStream(stream)).filter(isKnownAt(this.knownAt))
    const opened = await Promise.all(known.map((event) => this.vault.open(stream, event)))
    return opened[0] && shown(review, opened[0].school, replay(opened))
  }
}

const shown = (review: string, school: string, state: StreamState): ReviewShown => ({
  review,
  school,
  revision: state.revision,
  reviewed: livingOf(state, 'circumstances-reviewed').map(({ occurredAt, data }) => ({
    on: occurredAt.date,
    case: data.case ?? null,
    known: data.known ?? null,
    couldHaveBeenDifferent: data.couldHaveBeenDifferent ?? ERASED,
    hasToChange: data.hasToChange ?? ERASED,
  })),
  lessons: livingOf(state, 'lesson-recorded').map(({ occurredAt, data }) => ({
    lesson: data.lesson,
    theme: data.theme,
    wholeTrust: data.wholeTrust,
    learnt: data.learnt ?? ERASED,
    on: occurredAt.date,
    ...whereOf(data),
  })),
  actions: actionsOf(state),
})

function actionsOf(state: StreamState): ActionShown[] {
  const [done, followed] = [livingOf(state, 'action-completed'), livingOf(state, 'action-followed')]
  return livingOf(state, 'action-agreed').map(({ current, occurredAt, data }) => {
    const completed = done.find((fact) => fact.data.action === data.action)
    return {
      action: data.action,
      event: current,
      lesson: data.lesson ?? null,
      what: data.what ?? ERASED,
      owner: data.owner ?? ERASED,
      due: data.due,
      howWeShallKnow: data.howWeShallKnow ?? ERASED,
      expected: data.expected,
      promptedBy: data.promptedBy,
      agreed: occurredAt.date,
      ...whereOf(data),
      done: completed ? { on: completed.occurredAt.date, note: completed.data.note ?? null } : null,
      followed: followed
        .filter((fact) => fact.data.action === data.action)
        .map((fact) => ({ on: fact.occurredAt.date, followUp: fact.data.followUp, found: fact.data.found ?? ERASED })),
    }
  })
}

const whereOf = ({ places, locationKinds, slots }: Where): Where => ({ places, locationKinds, slots })
