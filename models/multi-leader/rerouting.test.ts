import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { everyLiveNodeHasIt } from "plait/properties/delivery"
import { explore } from "../../src/search/Explorer.ts"
import { type NodesView, Property } from "plait"
import { reroutingModel, type ReroutingState, reroutingWrites } from "./rerouting.ts"

type Settings = Parameters<typeof reroutingModel.system>[0]

const settings: Settings = { shape: "ring", nodes: 4, origin: 0, gone: 2, answer: "resend", stop: "seen" }

const ends = Property.eventually<NodesView<ReroutingState>>("the net empties for good", {
  holds: ({ nodes }) => nodes.every(({ inbox }) => inbox.length === 0),
  stable: true
})

const judge = (changed: Partial<Settings>) => {
  const values = { ...settings, ...changed }
  const among = Array.from({ length: values.nodes }, (_, node) => node).filter((node) => node !== values.gone)
  const properties = [everyLiveNodeHasIt({ has: reroutingWrites, among }), ends]
  return Effect.map(explore(reroutingModel.system(values), properties), ({ complete, properties }) => {
    assert.isTrue(complete)
    const [reaches, empties] = properties.map(({ verdict }) => verdict)
    return { reaches, empties }
  })
}

describe("going round a node that crashed", () => {
  for (const gone of [0, 1, 2, 3]) {
    for (const origin of [0, 1, 2, 3]) {
      it.effect(`a ring that skips node ${gone} brings a write at ${origin} to all others`, () =>
        Effect.gen(function* () {
          const { empties, reaches } = yield* judge({ gone, origin })
          assert.deepStrictEqual([reaches?._tag, empties?._tag], ["holds", "holds"])
        })
      )
    }
  }

  for (const origin of [0, 1, 2, 3]) {
    it.effect(`a star whose hub is replaced brings a write at ${origin} to all others`, () =>
      Effect.gen(function* () {
        const { empties, reaches } = yield* judge({ shape: "star", gone: 0, origin })
        assert.deepStrictEqual([reaches?._tag, empties?._tag], ["holds", "holds"])
      })
    )
  }

  for (const [shape, gone, origin, steps] of [
    // Write, arrival at 1, which already sends to 2; the order; 2 crashes with the write in its inbox.
    ["ring", 2, 0, 4],
    // The hub crashes, leaf 2 writes into the void, and three orders come.
    ["star", 0, 2, 5]
  ] as const) {
    for (const answer of ["switch", "stay"] as const) {
      it.effect(`${shape}: a node that answers the order by ${answer} is caught: what was under way is lost`, () =>
        Effect.gen(function* () {
          const { reaches } = yield* judge({ shape, gone, origin, answer })
          assert(reaches?._tag === "violated")
          assert.strictEqual(reaches.evidence.steps.length, steps)
        })
      )
    }
  }

  it.effect("an origin tag stops a write as long as its origin is in the ring", () =>
    Effect.gen(function* () {
      const { empties, reaches } = yield* judge({ stop: "origin" })
      assert.deepStrictEqual([reaches?._tag, empties?._tag], ["holds", "holds"])
    })
  )

  it.effect("with its origin skipped, nobody stops a write that only its origin would: MySQL's endless events", () =>
    Effect.gen(function* () {
      const { empties } = yield* judge({ stop: "origin", gone: 0, origin: 0 })
      assert(empties?._tag === "violated")
      // Write, arrivals at 1 and 2, the ring closed at 3, the arrival there, and the loop 1, 2, 3.
      assert.strictEqual(empties.evidence.steps.length, 8)
      const seen = yield* judge({ stop: "seen", gone: 0, origin: 0 })
      assert.strictEqual(seen.empties?._tag, "holds")
    })
  )
})
