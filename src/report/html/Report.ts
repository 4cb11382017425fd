/**
 * What the HTML report shows, as data: cases with their results and traces, what the baseline expects, the guarantee
 * matrix of the cases that have a place in it, and small state spaces.
 */
import type { CaseResult } from "../../suite/CheckCase.ts"
import type { Guarantee, Matrix } from "../../suite/Matrix.ts"
import type { Walks } from "../../suite/WalkCase.ts"
import type { DrawnGraph } from "../../trace/DrawnGraph.ts"
import type { TraceSummary } from "../../trace/TraceSummary.ts"

/** A case as the report shows it. */
export interface ShownCase {
  readonly result: CaseResult
  /** What the model is, and where it comes from. */
  readonly about: string
  readonly source: string
  /** How it differs from the baseline, a sentence each. */
  readonly drift: ReadonlyArray<string>
  /** Names of the properties that did not come out as expected. */
  readonly unexpected: ReadonlySet<string>
  /** The traces that decided its properties. */
  readonly summaries: ReadonlyArray<TraceSummary>
  /** All its states, where they are few. */
  readonly graph: DrawnGraph | undefined
  /** How it was walked at random, if it was not explored; and how many states there are, if that is known. */
  readonly walked: (Walks & { readonly allDistinct: number | undefined }) | undefined
}

/** The whole report. */
export interface Report {
  /** Such as `plait 0.1.0`. */
  readonly by: string
  readonly baseline: string
  /** How the command line is called where the report is written. */
  readonly command: string
  readonly cases: ReadonlyArray<ShownCase>
  readonly matrix: Matrix
  readonly guarantees: ReadonlyArray<Guarantee>
  /** The base64 of a text's SHA-256, by which the page allows its own script and no other. */
  readonly digest: (text: string) => string
}
