import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { convergence, strongConvergence } from "plait/properties/convergence"
import { noCausalInversion, noLostWrite } from "plait/properties/no-lost-write"
import { explore } from "../../src/search/Explorer.ts"
import { Clocks, type NodesView, Property } from "plait"
import { lwwModel, lwwShown, type LwwState, lwwSystem } from "./multi-leader-lww.ts"

const properties = [
  convergence({ view: lwwShown }),
  noLostWrite({ survivors: lwwShown }),
  noCausalInversion({ survivors: lwwShown }),
  strongConvergence({ view: lwwShown })
]
const overwritten = Property.reachable<NodesView<LwwState>>("every replica shows the second write", {
  holds: ({ nodes }) => nodes.every(({ state }) => state.held?.write === "second")
})

const settings = {
  topology: "all-to-all",
  replicas: 2,
  timestamps: "wall",
  tie: "higher-replica",
  writes: "causal",
  skew: 0
} as const
type Settings = Parameters<typeof lwwModel.system>[0]

const judge = (changed: Partial<Settings>) =>
  Effect.map(explore(lwwModel.system({ ...settings, ...changed }), [...properties, overwritten]), ({ properties }) => {
    const [converges, lost, inversion, strong, reached] = properties.map(({ verdict }) => verdict)
    return { converges, lost, inversion, strong, reached }
  })

describe("multi-leader last write wins", () => {
  for (const topology of ["ring", "star", "all-to-all", "chain"] as const) {
    for (const timestamps of ["wall", "lamport", "hybrid", "client"] as const) {
      it.effect(`${timestamps} timestamps over ${topology} converge and lose one of two concurrent writes`, () =>
        Effect.gen(function* () {
          const found = yield* judge({ topology, timestamps, replicas: 3, writes: "concurrent" })
          assert.strictEqual(found.converges?._tag, "holds")
          assert.strictEqual(found.strong?._tag, "holds")
          assert.strictEqual(found.reached?._tag, "reached")
          assert(found.lost?._tag === "violated")
          // Two writes and every delivery: 2 each on a mesh or tree of 3, one more each on a ring, dropped at the origin.
          assert.strictEqual(found.lost.evidence.steps.length, topology === "ring" ? 8 : 6)
          assert.match(found.lost.because, /concurrent with it \(L1\)/)
        })
      )
    }
  }

  // TLC, 2 replicas, latency 1: the second clock behind by 0 and 1 loses nothing (a tie goes to the higher replica), by 2 it does.
  for (const [offset, expected] of [
    [0, "holds"],
    [-1, "holds"],
    [-2, "violated"]
  ] as const) {
    it.effect(`a clock ${-offset} behind: the property that no write loses to its cause is ${expected}`, () =>
      Effect.gen(function* () {
        const clocks = Clocks.offset([0, offset], { latency: 1, horizon: 3, unique: true })
        const judged = yield* explore(lwwSystem({ ...settings, clocks, ahead: 0 }), properties)
        const [converges, lost, inversion] = judged.properties.map(({ verdict }) => verdict)
        assert.strictEqual(converges?._tag, "holds")
        assert.strictEqual(lost?._tag, expected)
        assert.strictEqual(inversion?._tag, expected)
        if (inversion?._tag !== "violated" || lost?._tag !== "violated") return
        // The first write, its arrival, the second write: lost where it was written. TLC's depth 5 splits off a tick.
        assert.strictEqual(inversion.evidence.steps.length, 3)
        assert.match(lost.because, /which it followed from \(L2\)/)
      })
    )
  }

  const leastSkewThatLoses = (changed: Partial<Settings>) =>
    Effect.gen(function* () {
      for (let skew = 0; skew <= 5; skew++) {
        const { inversion } = yield* judge({ ...changed, skew })
        if (inversion?._tag === "violated") return skew
        assert.strictEqual(inversion?._tag, "holds")
      }
      return undefined
    })

  // A later write is at least the latency (1) later: it loses when the skew exceeds that, or equals it and a tie goes to the older.
  for (const [timestamps, tie, skew] of [
    ["wall", "higher-replica", 2],
    ["wall", "lower-replica", 1],
    ["client", "higher-replica", 2],
    ["client", "lower-replica", 1],
    ["lamport", "higher-replica", undefined],
    ["lamport", "lower-replica", undefined],
    // "second" is the larger value, so that a tie goes to the later write here.
    ["wall", "larger-value", 2],
    ["hybrid", "higher-replica", undefined],
    ["hybrid", "lower-replica", undefined]
  ] as const) {
    const property =
      skew === undefined ? "no skew loses a causally later write" : `the least skew that loses one is ${skew}`
    it.effect(`${timestamps} timestamps, ties to the ${tie}: ${property}`, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* leastSkewThatLoses({ timestamps, tie }), skew)
      })
    )
  }

  for (const [timestamps, expected] of [
    ["wall", "holds"],
    ["lamport", "holds"],
    ["client", "violated"]
  ] as const) {
    it.effect(
      `${timestamps} timestamps without skew: a write loses on arrival to one the replica knew is ${expected === "holds" ? "impossible" : "possible"}`,
      () =>
        Effect.gen(function* () {
          const { inversion } = yield* judge({ timestamps, writes: "concurrent" })
          assert.strictEqual(inversion?._tag, expected)
          // The second write, its arrival at the first client's replica, the first write, stamped while offline.
          if (inversion?._tag === "violated") assert.strictEqual(inversion.evidence.steps.length, 3)
        })
    )
  }

  it.effect("a tie broken by arrival is caught: replicas diverge without any skew", () =>
    Effect.gen(function* () {
      const { converges, strong } = yield* judge({ tie: "arrival", writes: "concurrent" })
      assert(converges?._tag === "violated")
      assert(strong?._tag === "violated")
      // Both write at one moment and each takes the other's write.
      assert.strictEqual(converges.evidence.steps.length, 4)
    })
  )
})
