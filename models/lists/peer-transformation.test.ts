import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { convergence } from "plait/properties/convergence"
import { listsHoldWhatIsDue } from "plait/properties/list-contents"
import { readsAgreePairwise, readsFollowOneOrder } from "plait/properties/list-intention"
import { explore } from "../../test/explore-given.ts"
import { initialList, peerList, type PeerState, peerTransformationModel } from "./peer-transformation.ts"

const check = (parts: Parameters<typeof peerTransformationModel.system>[0]) =>
  Effect.map(
    explore(peerTransformationModel.system(parts), [
      convergence<PeerState>({ view: peerList, written: ({ applied }) => applied.length > 0 }),
      readsAgreePairwise,
      readsFollowOneOrder,
      listsHoldWhatIsDue(initialList(parts.initial))
    ]),
    ({ properties }) =>
      properties.map(({ verdict }) =>
        verdict._tag === "violated" ? [verdict.evidence.steps.length, verdict.because] : verdict._tag
      )
  )

describe("transformation among peers", () => {
  for (const [peers, edits, initial] of [
    [2, 1, 2],
    [2, 2, 0],
    [3, 1, 0]
  ] as const) {
    it.effect(`${peers} peers with ${edits} edits each of a list of ${initial} converge`, () =>
      Effect.gen(function* () {
        assert.deepStrictEqual(yield* check({ peers, edits, initial, mutant: "none" }), [
          "holds",
          "holds",
          "holds",
          "holds"
        ])
      })
    )
  }

  it.effect("three peers diverge where one deletes what the others insert around", () =>
    Effect.gen(function* () {
      // No message is in flight only after three edits and two arrivals of each: nine steps. At the peer that deletes,
      // both insertions arrive after five; a second peer shows the other order after six.
      assert.deepStrictEqual(yield* check({ peers: 3, edits: 1, initial: 1, mutant: "none" }), [
        [9, 'Nothing is left to happen, and yet n0 shows ["b","a"], n1 shows ["b","a"], n2 shows ["a","b"].'],
        [6, "a has been read before b, and b before a."],
        [5, "Lists have been read with 1 before a, a before b, b before 1: no one order agrees with them all."],
        "holds"
      ])
    })
  )

  it.effect("a deletion that shifts no insertion is read in two orders as soon as it meets one", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* check({ peers: 2, edits: 1, initial: 2, mutant: "no-shift" }), [
        [4, 'Nothing is left to happen, and yet n0 shows ["a","2"], n1 shows ["2","a"].'],
        [3, "2 has been read before a, and a before 2."],
        [3, "Lists have been read with 2 before a, a before 2: no one order agrees with them all."],
        "holds"
      ])
    })
  )

  it.effect("insertions at one place without priorities diverge between two peers", () =>
    Effect.gen(function* () {
      const [converged] = yield* check({ peers: 2, edits: 1, initial: 1, mutant: "no-priority" })
      assert.deepStrictEqual(converged, [
        4,
        'Nothing is left to happen, and yet n0 shows ["a","b","1"], n1 shows ["b","a","1"].'
      ])
    })
  )

  it.effect("where two delete one character and its neighbour goes with it, all converge on too little", () =>
    Effect.gen(function* () {
      // Two deletions and the arrival of one.
      assert.deepStrictEqual(yield* check({ peers: 2, edits: 1, initial: 2, mutant: "deletes-twice" }), [
        "holds",
        "holds",
        "holds",
        [3, 'n0 reads "" without 2, which nobody it knows of has deleted.']
      ])
    })
  )
})
