/**
 * The data of the HTML report: cases with their results and traces, the expectations of the baseline, the guarantee
 * matrix of the cases that belong to it, and small state spaces.
 */
import type { CaseResult } from "../../suite/CheckCase.ts"
import type { Guarantee, Matrix } from "../../suite/Matrix.ts"
import type { Walks } from "../../suite/WalkCase.ts"
import type { DrawnGraph } from "../../trace/DrawnGraph.ts"
import type { TraceSummary } from "../../trace/TraceSummary.ts"

/** A case, as the report shows it. */
export interface ShownCase {
  readonly result: CaseResult
  /** The description of the model, and its source. */
  readonly about: string
  readonly source: string
  /** The differences from the baseline, a sentence each. */
  readonly drift: ReadonlyArray<string>
  /** Names of the properties with unexpected results. */
  readonly unexpected: ReadonlySet<string>
  /** The traces that decided its properties. */
  readonly summaries: ReadonlyArray<TraceSummary>
  /** All its states, if they are few. */
  readonly graph: DrawnGraph | undefined
  /** The random walks, if the case was not explored; and the number of all states, if it is known. */
  readonly walked: (Walks & { readonly allDistinct: number | undefined }) | undefined
}

/** The whole report. */
export interface Report {
  /** The program, such as `plait 0.1.0`. */
  readonly by: string
  readonly baseline: string
  /** The call of the command line where the report is written. */
  readonly command: string
  readonly cases: ReadonlyArray<ShownCase>
  readonly matrix: Matrix
  readonly guarantees: ReadonlyArray<Guarantee>
  /** The base64 of the SHA-256 of a text. By it the page allows its own script and no other. */
  readonly digest: (text: string) => string
}
