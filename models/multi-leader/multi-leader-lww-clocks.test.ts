import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { strongConvergence } from "plait/properties/convergence"
import { noCausalInversion } from "plait/properties/no-lost-write"
import { explore } from "../../test/explore-given.ts"
import { Clocks, System, Topology, Workload } from "plait"
import { lwwReplica, lwwShown, Put, type Tie, type Timestamps } from "./multi-leader-lww.ts"

const properties = [strongConvergence({ view: lwwShown }), noCausalInversion({ survivors: lwwShown })]

/** Two replicas, three writes each, three ticks (real time 0, 1, 2), a message takes one. */
const judge = (timestamps: Timestamps, tie: Tie, offset: number, unique: boolean) =>
  Effect.gen(function* () {
    const writes = (replica: number) =>
      [1, 2, 3].map((each) => Put.make({ write: `${replica}.${each}`, clientTime: 0, after: null }))
    const system = System.make("last write wins, two replicas", {
      machine: lwwReplica(timestamps, tie),
      topology: Topology.allToAll(2),
      ...(timestamps === "wall" || timestamps === "hybrid"
        ? { clocks: Clocks.offset([0, offset], { latency: 1, horizon: 2, unique }) }
        : {}),
      workload: Workload.script([writes(0), writes(1)])
    })
    const found = yield* explore(system, properties)
    assert.isTrue(found.complete)
    return found.properties.map(({ verdict }) => verdict._tag)
  })

// Computed with TLC for two replicas, three ticks, at most one write per replica and tick, latency 1.
const table = [
  { timestamps: "wall", offset: 0, convergence: "holds", inversion: "holds" },
  { timestamps: "wall", offset: -1, convergence: "holds", inversion: "holds" },
  { timestamps: "wall", offset: -2, convergence: "holds", inversion: "violated" },
  { timestamps: "lamport", offset: -2, convergence: "holds", inversion: "holds" },
  { timestamps: "hybrid", offset: 0, convergence: "holds", inversion: "holds" },
  { timestamps: "hybrid", offset: -1, convergence: "holds", inversion: "holds" },
  { timestamps: "hybrid", offset: -2, convergence: "holds", inversion: "holds" }
] as const

describe("which clock fixes what", () => {
  for (const { convergence, inversion, offset, timestamps } of table) {
    it.effect(
      `${timestamps}, second clock ${-offset} behind: convergence ${convergence}, order of causes ${inversion}`,
      () =>
        Effect.gen(function* () {
          assert.deepStrictEqual(yield* judge(timestamps, "higher-replica", offset, timestamps === "wall"), [
            convergence,
            inversion
          ])
        })
    )
  }

  it.effect("ties broken by arrival diverge without skew", () =>
    Effect.gen(function* () {
      const [convergence] = yield* judge("wall", "arrival", 0, true)
      assert.strictEqual(convergence, "violated")
    })
  )

  it.effect("ties that go to the larger value converge even with two writes in one tick at one replica", () =>
    Effect.gen(function* () {
      const [convergence] = yield* judge("wall", "larger-value", 0, false)
      assert.strictEqual(convergence, "holds")
    })
  )

  it.effect("two writes in one tick at one replica diverge without skew", () =>
    Effect.gen(function* () {
      const [convergence] = yield* judge("wall", "higher-replica", 0, false)
      assert.strictEqual(convergence, "violated")
    })
  )
})
