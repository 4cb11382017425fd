import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { explore } from "../../test/explore-given.ts"
import { Property } from "plait"
import { ringModel, type RingView } from "./ring.ts"

const missing = (nodes: number) =>
  Property.invariant<RingView>("once the net is empty every node has the write", {
    premise: ({ net, sent }) => sent && net.length === 0,
    holds: ({ applied, net, sent }) => !sent || net.length > 0 || applied.size === nodes
  })
const ends = Property.reachable<RingView>("the message is passed on no more", {
  holds: ({ net, sent }) => sent && net.length === 0
})
const empties = Property.eventually<RingView>("the net empties for good", {
  holds: ({ net }) => net.length === 0,
  stable: true
})

const check = (nodes: number, policy: "none" | "dedupe" | "origin" | "visited", crash: number) =>
  Effect.map(explore(ringModel.system({ nodes, policy, crash }), [missing(nodes), ends, empties]), (found) => ({
    distinct: found.distinct,
    quiescent: found.quiescent,
    verdicts: found.properties.map(({ verdict }) => verdict)
  }))

describe("ring", () => {
  // TLC on Ring.tla: 6 and 8 states, and the property that the net empties is violated.
  for (const [nodes, distinct] of [
    [3, 6],
    [4, 8]
  ] as const) {
    it.effect(`without a rule a message circles ${nodes} nodes for ever`, () =>
      Effect.gen(function* () {
        const found = yield* check(nodes, "none", 0)
        assert.deepStrictEqual([found.distinct, found.quiescent], [distinct, 0])
        // The write and a first round, in which the set of nodes that have it grows; then round after round.
        const circling = found.verdicts[2]
        assert(circling?._tag === "violated")
        assert.deepStrictEqual([circling.evidence.loop, circling.evidence.steps.length], [nodes, 2 * nodes])
        assert.deepStrictEqual(
          found.verdicts.map(({ _tag }) => _tag),
          ["vacuous", "unreached", "violated"]
        )
      })
    )
  }

  // TLC on Ring.tla: 5 states for 3 nodes, 6 for 4, one more than the sends and the write: n + 2.
  for (const policy of ["dedupe", "origin", "visited"] as const) {
    for (const nodes of [3, 4]) {
      it.effect(`${policy} reaches all ${nodes} nodes and stops`, () =>
        Effect.gen(function* () {
          const found = yield* check(nodes, policy, 0)
          assert.deepStrictEqual([found.distinct, found.quiescent], [nodes + 2, 1])
          assert.deepStrictEqual(
            found.verdicts.map(({ _tag }) => _tag),
            ["holds", "reached", "holds"]
          )
        })
      )
    }
    for (const crash of [2, 3]) {
      // The write, then one step for each node up to the one that is down; TLC's depth is one more.
      it.effect(`${policy} leaves nodes without the write after ${crash} steps when node ${crash} is down`, () =>
        Effect.gen(function* () {
          const [verdict] = (yield* check(3, policy, crash)).verdicts
          assert(verdict?._tag === "violated")
          assert.strictEqual(verdict.evidence.steps.length, crash)
        })
      )
    }
  }
})
