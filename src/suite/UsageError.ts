/**
 * A request that names something that does not exist or is not possible. A plain class with a tag, so that the command
 * line can answer `--help` and refuse a flag without loading effect, which takes half a second.
 */

/** An error of a request, with advice on the right one. */
export class UsageError extends Error {
  readonly _tag = "UsageError"
  readonly problem: string
  /** Text to type instead; empty if there is none. */
  readonly advice: string

  constructor({ advice, problem }: { readonly problem: string; readonly advice: string }) {
    super(advice === "" ? problem : `${problem}\n  ${advice}`)
    this.name = "UsageError"
    this.problem = problem
    this.advice = advice
  }
}
