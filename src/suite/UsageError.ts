/**
 * A request that names something that does not exist or cannot be. A plain class with a tag, so that the command line
 * can answer `--help` and refuse a flag without loading effect, which takes half a second.
 */

/** What is wrong with a request, and what to type instead. */
export class UsageError extends Error {
  readonly _tag = "UsageError"
  readonly problem: string
  /** What to type instead; empty where nothing helps. */
  readonly advice: string

  constructor({ advice, problem }: { readonly problem: string; readonly advice: string }) {
    super(advice === "" ? problem : `${problem}\n  ${advice}`)
    this.name = "UsageError"
    this.problem = problem
    this.advice = advice
  }
}
