import type { Difference } from './difference'
import type { ImportProblem } from './read-csv'

export interface GoneFact {
  readonly case: string
  readonly event: string
  readonly type: string
}

export interface ImportResult {
  readonly mode: 'preview' | 'import'
  readonly rows: number
  readonly cases: { readonly new: number; readonly changed: number; readonly unchanged: number; readonly leftOut: number }
  readonly facts: { readonly new: number; readonly changed: number; readonly unchanged: number }
  /** What earlier files of this source said and this one does not: nothing is done about it. */
  readonly gone: {
    /** Cases of which the file has no row any more. */
    readonly cases: readonly string[]
    /** Facts gone from cases that the file still has. */
    readonly facts: number
    readonly list: readonly GoneFact[]
  }
  /** Changes of the file not taken over, because the fact has been corrected or withdrawn here since. */
  readonly keptAsCorrectedHere: number
  /** Facts of the file not recorded, because the child they are about has been erased. */
  readonly keptErased: number
  readonly problems: readonly ImportProblem[]
}

/** Adds up what an import does. */
export class Tally {
  private readonly cases = { new: 0, changed: 0, unchanged: 0, leftOut: 0 }
  private readonly facts = { new: 0, changed: 0, unchanged: 0 }
  private readonly gone: GoneFact[] = []
  private readonly problems: ImportProblem[] = []
  private corrected = 0
  private erased = 0

  leftOut(problems: readonly ImportProblem[]): void {
    this.cases.leftOut++
    this.note(problems)
  }

  note(problems: readonly ImportProblem[]): void {
    for (const problem of problems) this.problems.push(problem)
  }

  taken(caseId: string, { added, changed, unchanged, gone, corrected, erased }: Difference): void {
    this.facts.new += added
    this.facts.changed += changed
    this.facts.unchanged += unchanged
    this.corrected += corrected
    this.erased += erased
    for (const fact of gone) this.gone.push({ case: caseId, event: fact.current, type: fact.type })
    if (changed > 0 || (added > 0 && unchanged + corrected + erased > 0)) this.cases.changed++
    else if (added > 0) this.cases.new++
    else this.cases.unchanged++
  }

  result(mode: ImportResult['mode'], rows: number, goneCases: readonly string[]): ImportResult {
    return {
      mode,
      rows,
      cases: this.cases,
      facts: this.facts,
      gone: { cases: goneCases, facts: this.gone.length, list: this.gone },
      keptAsCorrectedHere: this.corrected,
      keptErased: this.erased,
      problems: this.problems.sort((a, b) => a.row - b.row || (a.column < b.column ? -1 : 1)),
    }
  }
}
