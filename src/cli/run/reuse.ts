/**
 * The reuse of results of earlier runs.
 *
 * `plait verify` reuses results by default on the machine of a developer, where it runs often and has the baseline as a
 * check. `plait check`, whose purpose is to explore, and every run under CI, on whose results others rely, do so only
 * with `--cache`. Results are never reused while Node measures line coverage, nor with `--check-determinism`: both need
 * the search itself.
 */
import type { Request } from "../arguments.ts"

/** True if results are reused and stored. */
export const reuses = ({ cache, checkDeterminism, command }: Request, environment: NodeJS.ProcessEnv): boolean => {
  if (checkDeterminism || environment["NODE_V8_COVERAGE"] !== undefined) return false
  return cache ?? (command === "verify" && environment["CI"] === undefined)
}
