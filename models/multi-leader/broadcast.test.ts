import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { convergence } from "plait/properties/convergence"
import { everyLiveNodeHasIt, everyNodeHasItOnceUp, exactlyTheseHaveIt } from "plait/properties/delivery"
import { noLostWrite } from "plait/properties/no-lost-write"
import { explore } from "../../test/explore-given.ts"
import { type NodesView, Property } from "plait"
import { broadcastModel, type BroadcastState, broadcastWrites } from "./broadcast.ts"

type Settings = Parameters<typeof broadcastModel.system>[0]

const settings: Settings = {
  topology: "all-to-all",
  nodes: 4,
  origin: 1,
  crash: "none",
  down: 0,
  passing: "forward"
}
const everyLiveNode = everyLiveNodeHasIt({ has: broadcastWrites })
const halfSent = Property.reachable<NodesView<BroadcastState>>("the origin is down and some have the write", {
  holds: ({ nodes }) => nodes[1]?.up === false && nodes.some(({ state, up }) => up && state.has)
})

const receivers = (nodes: ReadonlyArray<number>) => exactlyTheseHaveIt({ has: broadcastWrites, write: "write", nodes })

const judge = (changed: Partial<Settings>, ...more: ReadonlyArray<ReturnType<typeof receivers>>) =>
  Effect.map(
    explore(broadcastModel.system({ ...settings, ...changed }), [
      everyLiveNode,
      convergence({ view: broadcastWrites }),
      noLostWrite({ survivors: broadcastWrites }),
      halfSent,
      ...more
    ]),
    ({ properties }) => properties.map(({ verdict }) => verdict)
  )

const everyone = [0, 1, 2, 3]

describe("broadcast with a crash", () => {
  for (const topology of ["ring", "star", "all-to-all", "chain"] as const) {
    for (const origin of everyone) {
      it.effect(`a write at ${origin} reaches all of a ${topology} when nothing crashes`, () =>
        Effect.gen(function* () {
          const found = yield* judge({ topology, origin }, receivers(everyone))
          assert.deepStrictEqual(
            found.map(({ _tag }) => _tag),
            ["holds", "holds", "holds", "unreached", "holds"]
          )
        })
      )
    }
  }

  // The arc rule: from the origin up to the node before the one that is down.
  const arc = (origin: number, down: number): ReadonlyArray<number> =>
    origin === down ? [] : [origin, ...arc((origin + 1) % 4, down)]

  for (const origin of everyone) {
    for (const down of everyone.filter((node) => node !== origin)) {
      it.effect(`ring: with node ${down} down, exactly the arc from ${origin} to before it has the write`, () =>
        Effect.gen(function* () {
          const reached = arc(origin, down).toSorted((a, b) => a - b)
          const found = yield* judge({ topology: "ring", crash: "down", origin, down }, receivers(reached))
          assert.strictEqual(found[4]?._tag, "holds")
          assert.strictEqual(found[0]?._tag, reached.length === 3 ? "holds" : "violated")
        })
      )

      it.effect(`all-to-all: with node ${down} down, a write at ${origin} reaches all others`, () =>
        Effect.gen(function* () {
          const others = everyone.filter((node) => node !== down)
          const found = yield* judge({ crash: "down", origin, down }, receivers(others))
          assert.deepStrictEqual([found[0]?._tag, found[4]?._tag], ["holds", "holds"])
        })
      )
    }
  }

  it.effect("star: without its hub a leaf's write stays on that leaf", () =>
    Effect.gen(function* () {
      const found = yield* judge({ topology: "star", crash: "down", origin: 1, down: 0 }, receivers([1]))
      assert.deepStrictEqual([found[0]?._tag, found[4]?._tag], ["violated", "holds"])
    })
  )

  it.effect("star: with a leaf down only that leaf misses the write", () =>
    Effect.gen(function* () {
      const found = yield* judge({ topology: "star", crash: "down", origin: 1, down: 2 }, receivers([0, 1, 3]))
      assert.deepStrictEqual([found[0]?._tag, found[4]?._tag], ["holds", "holds"])
    })
  )

  it.effect("all-to-all: an origin that crashes in mid-broadcast leaves the others different for ever", () =>
    Effect.gen(function* () {
      const [everyLive, converges, lost, reached] = yield* judge({ crash: "mid-broadcast" })
      assert(everyLive?._tag === "violated")
      assert(converges?._tag === "violated")
      // Acknowledged only after the last message left, so what was acknowledged is somewhere.
      assert.strictEqual(lost?._tag, "holds")
      // The write, interrupted by the crash, and one delivery.
      assert.strictEqual(everyLive.evidence.steps.length, 2)
      assert.strictEqual(everyLive.because, "n2, n3 will never have write.")
      assert.strictEqual(reached?._tag, "reached")
    })
  )

  it.effect("all-to-all: relaying repairs that, though the write may die with its origin", () =>
    Effect.gen(function* () {
      const [everyLive, converges, , reached] = yield* judge({ crash: "mid-broadcast", passing: "relay" })
      assert.deepStrictEqual([everyLive?._tag, converges?._tag, reached?._tag], ["holds", "holds", "reached"])
    })
  )

  for (const topology of ["ring", "star", "chain"] as const) {
    it.effect(`${topology}: a node that keeps the write to itself is caught`, () =>
      Effect.gen(function* () {
        const [everyLive] = yield* judge({ topology, passing: "keep" })
        assert.strictEqual(everyLive?._tag, "violated")
      })
    )
  }

  const onceUp = everyNodeHasItOnceUp({ has: broadcastWrites })
  const others = (passing: "forward" | "relay" | "catch-up") => ({ crash: "recovering" as const, passing })

  // One crash or one cut link leaves connected what has two ways between any two nodes, as long as both are used.
  for (const [topology, anyMoment, cut] of [
    ["ring", "violated", "violated"],
    ["two-way-ring", "holds", "holds"],
    ["star", "violated", "violated"],
    ["chain", "violated", "violated"],
    // A mesh has other ways round a cut link, but a node that passes nothing on does not use them.
    ["all-to-all", "holds", "violated"]
  ] as const) {
    it.effect(`${topology}, any node crashes at any moment: that all live nodes get the write is ${anyMoment}`, () =>
      Effect.gen(function* () {
        const [everyLive] = yield* judge({ topology, crash: "any-moment" })
        assert.strictEqual(everyLive?._tag, anyMoment)
      })
    )

    it.effect(`${topology}, any one link is cut: that all nodes get the write is ${cut}`, () =>
      Effect.gen(function* () {
        const [everyLive] = yield* judge({ topology, crash: "cut-link" })
        assert.strictEqual(everyLive?._tag, cut)
      })
    )

    it.effect(`${topology}: a node that comes back and asks nobody misses what was sent meanwhile`, () =>
      Effect.gen(function* () {
        const found = yield* judge({ topology, ...others("forward") }, onceUp)
        assert.strictEqual(found[4]?._tag, "violated")
      })
    )

    it.effect(
      `${topology}: a node that comes back and asks its neighbours ${topology === "ring" ? "asks the wrong one" : "gets the write"}`,
      () =>
        Effect.gen(function* () {
          const found = yield* judge({ topology, ...others("catch-up") }, onceUp)
          assert.strictEqual(found[4]?._tag, topology === "ring" ? "violated" : "holds")
        })
    )
  }

  it.effect("all-to-all: relaying goes round a cut link", () =>
    Effect.gen(function* () {
      const [everyLive] = yield* judge({ crash: "cut-link", passing: "relay" })
      assert.strictEqual(everyLive?._tag, "holds")
    })
  )

  it.effect("all-to-all: relaying does not help a node that was down for every copy", () =>
    Effect.gen(function* () {
      const found = yield* judge(others("relay"), onceUp)
      assert.strictEqual(found[4]?._tag, "violated")
    })
  )
})
