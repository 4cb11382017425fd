/**
 * `verify`: a test per property of a system, and one that it never deadlocks, all judged by one exploration that the
 * first of them starts.
 *
 * The search is limited to ten seconds unless `limits` sets another limit, so that it ends before the time limit of a
 * test runner. A limit that ends a search fails the tests of the properties it left undecided, with a message that
 * names the limit; with `allowIncomplete` these tests are skipped with the same message. They never pass. If vitest
 * itself ends the test (a failure elsewhere under `bail`, Ctrl-C), the search ends with it, none of its tests passes,
 * and the reason that vitest shows includes the progress of the search.
 */
import { Effect } from "effect"
import { describe, test } from "vitest"
import { group } from "../report/text/table.ts"
import { explore, type Progress } from "../search/Explorer.ts"
import type { Exploration, PropertyResult } from "../search/Exploration.ts"
import { type Limits, limitsFrom } from "../search/Limits.ts"
import { oneOf } from "../model/Checked.ts"
import type { System } from "../model/index.ts"
import type { Property, VerdictTag } from "../property/index.ts"
import { judgedOf } from "../property/no-deadlock.ts"
import { describeResult, isUnexplained, UnexpectedVerdict } from "./failure.ts"

/** Options of `verify`. */
export interface VerifyOptions {
  /** Budgets of the search; the time limit is ten seconds unless it is given here. */
  readonly limits?: Partial<Limits>
  /**
   * Verdicts of properties that are expected not to hold (or, for a reachability property, not to be reached), by the
   * property's name, such as `{ "no write is lost": "violated" }`. A property that holds nevertheless fails its test.
   */
  readonly expected?: { readonly [property: string]: VerdictTag }
  /** Skips the tests of properties that a limit left undecided. Without it they fail; they never pass. */
  readonly allowIncomplete?: boolean
  /** Runs each distinct handler call twice and refuses the model if the two differ. */
  readonly checkDeterminism?: boolean
}

/** Time limit of a search whose test sets none. */
const TIME_MILLIS = 10_000

/** Verdicts that can be expected. */
const tags: ReadonlyArray<VerdictTag> = ["holds", "violated", "reached", "unreached", "vacuous", "failed"]

/** Time for the work after a search: replaying its traces. */
const REPLAY_MILLIS = 5000

/**
 * Registers a `describe` for the system, with a test for each property, and one for “no deadlock”.
 *
 * **Details** The system is explored once, when the first of the tests runs. Throws if two properties have the same
 * name, `expected` names a property that is not there or a verdict that does not exist, or a limit is not a number.
 *
 * @example
 * ```ts
 * import { growOnlySetModel } from "plait/models/crdt/grow-only-set"
 * import { convergence } from "plait/properties/convergence"
 * import { verify } from "plait/vitest"
 *
 * verify(growOnlySetModel.system({ replicas: 2, operations: 2 }), [
 *   convergence<ReadonlySet<number>>({ view: (elements) => elements, written: (elements) => elements.size > 0 })
 * ])
 * ```
 */
export const verify = <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>,
  options: VerifyOptions = {}
): void => {
  if (properties.length === 0) throw new RangeError(`verify: no property is claimed of ${system.name}`)
  const judged = judgedOf(system, properties)
  const names = judged.map(({ name }) => name)
  const site = new Error("where verify was called")
  Error.captureStackTrace(site, verify)
  const pinned = new Map(Object.entries(options.expected ?? {}))
  refuse(system.name, names, [...pinned.keys()])
  for (const [name, verdict] of pinned) {
    if (verdict === "inconclusive") {
      const advice = "allowIncomplete: true skips the tests of what a limit leaves undecided"
      throw new RangeError(`verify: “${name}” cannot be expected to be undecided; ${advice}`)
    }
    oneOf({ of: "verify", name: `the verdict expected of “${name}”` }, verdict, tags)
  }
  const { timeMillis = TIME_MILLIS } = options.limits ?? {}
  const limits = limitsFrom("verify", { ...options.limits, timeMillis })
  const { allowIncomplete = false } = options
  const checkDeterminism = options.checkDeterminism ?? false
  let exploration: Promise<Exploration> | undefined
  describe(system.name, () => {
    for (const [index, { kind, name }] of judged.entries()) {
      const expected = pinned.get(name) ?? (kind === "reachable" ? "reached" : "holds")
      const title = pinned.has(name) ? `${name} (expected: ${expected})` : name
      test(title, { timeout: limits.timeMillis + REPLAY_MILLIS }, async ({ signal, skip }) => {
        const begin = (): Promise<Exploration> => {
          const onProgress = tellOnAbort(system.name, signal)
          return Effect.runPromise(explore(system, properties, { limits, checkDeterminism, signal, onProgress }))
        }
        exploration ??= begin()
        const found = await exploration
        const verdict = found.properties[index]?.verdict
        if (allowIncomplete && verdict?._tag === "inconclusive" && verdict.why !== "interrupted")
          skip(`not decided: ${verdict.why}`)
        judge(found, index, expected, site)
      })
    }
  })
}

/** Adds the progress of a search to the reason of its end, the only text that vitest shows for such a test. */
const tellOnAbort = (system: string, signal: AbortSignal): ((progress: Progress) => void) => {
  let last: Progress | undefined
  const tell = (): void => {
    const reason: unknown = signal.reason
    if (last === undefined || !(reason instanceof Error)) return
    const { depth, distinct } = last
    reason.message += ` ${system} was not explored to its end: ${group(distinct)} states, depth ${depth}.`
  }
  signal.addEventListener("abort", tell, { once: true })
  return (progress) => (last = progress)
}

const refuse = (system: string, names: ReadonlyArray<string>, expected: ReadonlyArray<string>): void => {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new RangeError(`verify: two properties of ${system} are named “${twice}”`)
  const stray = expected.find((name) => !names.includes(name))
  if (stray === undefined) return
  const there = names.map((name) => `“${name}”`).join(", ")
  throw new RangeError(`verify: a verdict is expected of “${stray}”, but the properties of ${system} are ${there}`)
}

const judge = (exploration: Exploration, index: number, expected: VerdictTag, site: Error): void => {
  const result = exploration.properties[index]
  if (result === undefined || (result.verdict._tag === expected && !isUnexplained(result))) return
  const { verdict } = result satisfies PropertyResult
  const cause = verdict._tag === "failed" ? { cause: verdict.thrown } : undefined
  throw new UnexpectedVerdict(describeResult(exploration, result, expected), site, cause)
}
