/** plait in a vitest suite: `verify` registers tests, and importing this file adds the matchers to `expect`. */
import { expect } from "vitest"
import { toBeViolated, toHold, toReach, type ViolatedOptions } from "./matchers.ts"

export { UnexpectedVerdict } from "./failure.ts"
export type { ViolatedOptions } from "./matchers.ts"
export { verify, type VerifyOptions } from "./verify.ts"

expect.extend({ toHold, toBeViolated, toReach })

declare module "vitest" {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * Applies to results of `explore`: the search was complete, and every property, or the named one, is true in every
     * state.
     */
    toHold(property?: string): R
    /**
     * Applies to results of `explore` or `replay`: every property, or the named one, is violated, by a trace of so many
     * steps.
     */
    toBeViolated(options?: ViolatedOptions): R
    /** Applies to results of `explore`: every reachability property, or the named one, is reached. */
    toReach(property?: string): R
  }
}
