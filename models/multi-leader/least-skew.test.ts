import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { noCausalInversion } from "plait/properties/no-lost-write"
import { explore } from "../../src/search/Explorer.ts"
import { Clocks } from "plait"
import { lwwShown, lwwSystem } from "./multi-leader-lww.ts"

interface Setting {
  /** The least real time a message takes. */
  readonly latency: number
  /** Winner of a tie: replica 0 writes first, replica 1 the write that follows from it. */
  readonly tie: "lower-replica" | "higher-replica"
}

/** True if every run of two replicas whose wall clocks differ by at most `skew` keeps the causally later write. */
const keepsLaterWrite = ({ latency, skew, tie }: Setting & { readonly skew: number }) =>
  Effect.gen(function* () {
    const system = lwwSystem({
      topology: "all-to-all",
      replicas: 2,
      timestamps: "wall",
      tie,
      writes: "causal",
      ahead: 0,
      clocks: Clocks.skewed({ skew, latency, horizon: 2 * latency + 1 })
    })
    const { complete, properties } = yield* explore(system, [noCausalInversion({ survivors: lwwShown })])
    assert.isTrue(complete)
    const verdict = properties[0]?.verdict
    if (verdict?._tag === "violated") return false
    assert.strictEqual(verdict?._tag, "holds")
    return true
  })

/**
 * For each skew from 0 to `most` whether the later write is kept; the first that loses it is the least skew. What follows from a
 * write is stamped at least `latency` later in real time, and at least `latency - skew` later by the clocks: it can lose
 * iff skew > latency, or skew = latency and a tie goes to the older writer.
 */
const keptBySkew = (setting: Setting, most: number) =>
  Effect.forEach(
    Array.from({ length: most + 1 }, (_each, skew) => skew),
    (skew) => keepsLaterWrite({ ...setting, skew })
  )

describe("the least skew that loses a causally later write", () => {
  for (const latency of [1, 2, 3]) {
    for (const [tie, least] of [
      ["lower-replica", latency],
      ["higher-replica", latency + 1]
    ] as const) {
      const older = tie === "lower-replica" ? "older" : "newer"
      it.effect(`is ${least} where a message takes ${latency} and a tie goes to the ${older} writer`, () =>
        Effect.gen(function* () {
          const kept = yield* keptBySkew({ latency, tie }, 5)
          assert.strictEqual(kept.indexOf(false), least)
          // More skew allows all that less does.
          assert.deepStrictEqual(
            kept,
            kept.map((_each, skew) => skew < least)
          )
        })
      )
    }
  }
})
