import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { noCausalInversion, noLostWrite } from "plait/properties/no-lost-write"
import { realTimeOrder } from "plait/properties/real-time-order"
import { explore } from "../../src/search/Explorer.ts"
import { commitWaitModel, commitWaitShown as survivors } from "./commit-wait.ts"
import { lwwModel, lwwShown } from "./multi-leader-lww.ts"

type Settings = Parameters<typeof commitWaitModel.system>[0]

const judge = (changed: Partial<Settings>) => {
  const system = commitWaitModel.system({ skew: 1, wait: "full", shows: "after-wait", ...changed })
  const properties = [realTimeOrder({ survivors }), noCausalInversion({ survivors }), noLostWrite({ survivors })]
  return Effect.map(explore(system, properties), ({ complete, properties }) => {
    assert.isTrue(complete)
    const [realTime, inversion, lost] = properties.map(({ verdict }) => verdict)
    return { realTime, inversion, lost }
  })
}

describe("commit wait", () => {
  for (const skew of [0, 1, 2]) {
    it.effect(
      `with skew ${skew} the full wait keeps real time and causality, and concurrent writes are still lost`,
      () =>
        Effect.gen(function* () {
          const { inversion, lost, realTime } = yield* judge({ skew })
          assert.deepStrictEqual([realTime?._tag, inversion?._tag, lost?._tag], ["holds", "holds", "violated"])
        })
    )

    it.effect(`with skew ${skew} a write without a wait wins over one that began after it was over`, () =>
      Effect.gen(function* () {
        const { realTime } = yield* judge({ skew, wait: "none" })
        assert(realTime?._tag === "violated")
        // Two writes, two arrivals.
        assert.strictEqual(realTime.evidence.steps.length, 4)
        assert.match(realTime.because, /was acknowledged before (first|second) was invoked, and won over it \(L4\)/)
      })
    )
  }

  for (const skew of [1, 2]) {
    it.effect(`with skew ${skew} a wait one tick too short is caught: the later write meets the timestamp again`, () =>
      Effect.gen(function* () {
        const { inversion, realTime } = yield* judge({ skew, wait: "short" })
        assert(realTime?._tag === "violated")
        // Two writes, the end of each wait, two arrivals.
        assert.strictEqual(realTime.evidence.steps.length, 6)
        assert.strictEqual(realTime.because, "second was acknowledged before first was invoked, and won over it (L4).")
        // A write is shown no earlier than the skew after it, and a message takes 1 more.
        assert.strictEqual(inversion?._tag, "holds")
      })
    )

    it.effect(
      `with skew ${skew} a write shown before its wait is over is caught: what follows from it loses to it`,
      () =>
        Effect.gen(function* () {
          const { inversion, realTime } = yield* judge({ skew, shows: "at-once" })
          assert.deepStrictEqual([realTime?._tag, inversion?._tag], ["holds", "violated"])
        })
    )
  }
})

describe("the real-time order of unconnected writes, without skew", () => {
  // A logical clock knows nothing of a write it has not heard of; physical clocks invert two writes in one tick.
  for (const timestamps of ["wall", "lamport", "hybrid", "client"] as const) {
    it.effect(`${timestamps} timestamps do not keep it`, () =>
      Effect.gen(function* () {
        const parts = {
          topology: "all-to-all",
          replicas: 2,
          skew: 0,
          writes: "concurrent",
          tie: "higher-replica"
        } as const
        const { properties } = yield* explore(lwwModel.system({ ...parts, timestamps }), [
          realTimeOrder({ survivors: lwwShown })
        ])
        const verdict = properties[0]?.verdict
        assert(verdict?._tag === "violated")
        assert.strictEqual(verdict.evidence.steps.length, 4)
      })
    )
  }
})
