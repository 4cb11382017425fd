/**
 * Whether a run may use results of earlier ones.
 *
 * `plait verify` does by itself on a person's own machine, where it is run again and again and the baseline stands beside
 * it; `plait check`, which is asked to explore, and any run under CI, whose word others rely on, only where `--cache` says
 * so. It is never done where Node counts lines, nor where handlers are to be run twice: then the search itself is asked
 * for.
 */
import type { Request } from "../arguments.ts"

/** Whether results are reused and kept. */
export const reuses = ({ cache, checkDeterminism, command }: Request, environment: NodeJS.ProcessEnv): boolean => {
  if (checkDeterminism || environment["NODE_V8_COVERAGE"] !== undefined) return false
  return cache ?? (command === "verify" && environment["CI"] === undefined)
}
