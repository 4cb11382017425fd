import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { noLostWrite } from "plait/properties/no-lost-write"
import { explore } from "../../src/search/Explorer.ts"
import { Clocks, Workload } from "plait"
import { homeLeaderSystem } from "./home-leader-store.ts"
import { homeWrites } from "./home-replica.ts"
import { Put } from "./probes.ts"

/** The least that can lose a write: one client at the old home, another at the new one. */
const workload = Workload.sessions([
  [{ at: 0, operation: Put.make({ key: "x", write: "a" }) }],
  [{ at: 1, operation: Put.make({ key: "x", write: "b" }) }]
])

interface Setting {
  /** The least real time a message takes. */
  readonly latency: number
  /** By how much the new home assumes that two clocks differ. */
  readonly assumed: number
}

/** True if no run in which any two clocks differ by at most `skew` loses an acknowledged write. */
const keepsWrites = ({ assumed, latency, skew }: Setting & { readonly skew: number }) =>
  Effect.gen(function* () {
    // The shortest lease in which a write is acknowledged: it reaches a replica, and the answer the home.
    const end = 2 * latency + 1
    const system = homeLeaderSystem({
      rehoming: "lease",
      answers: "writes replicated",
      lease: { end, assumed },
      mutant: "none",
      fault: "none",
      clocks: Clocks.skewed({ skew, latency, horizon: end + assumed + latency }),
      workload
    })
    const { complete, properties } = yield* explore(system, [noLostWrite({ survivors: homeWrites })])
    assert.isTrue(complete)
    const verdict = properties[0]?.verdict
    if (verdict?._tag === "violated") return false
    assert.strictEqual(verdict?._tag, "holds")
    return true
  })

/**
 * A write is lost if it is acknowledged after n2 has answered the new home that it had none. The new home sends its
 * query no earlier than `end + assumed - skew`, which arrives at n2 `latency` later; a write that reaches n2 only then
 * is acknowledged another `latency` later, and before `end`. So skew ≥ assumed + 1 + 2 · latency. More skew allows all
 * runs that less does.
 */
describe("the least skew that makes a lease lose an acknowledged write", () => {
  for (const [latency, assumed] of [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0]
  ] as const) {
    const least = assumed + 1 + 2 * latency
    it.effect(`is ${least} where ${assumed} is assumed and a message takes ${latency}`, () =>
      Effect.gen(function* () {
        const kept = yield* Effect.forEach([least - 1, least], (skew) => keepsWrites({ latency, assumed, skew }))
        assert.deepStrictEqual(kept, [true, false])
      })
    )
  }
})
