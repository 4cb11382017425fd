import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { convergence, strongConvergence } from "plait/properties/convergence"
import { hangsOnce, noOwnAncestor } from "plait/properties/tree"
import { explore } from "../../test/explore-given.ts"
import { type MoveAlgorithm, treeMoveModel, treeShown, type TreeState } from "./tree-move.ts"

const check = (
  algorithm: MoveAlgorithm,
  replicas: number,
  folders: number,
  moves: number,
  order: "unordered" | "ordered"
) =>
  Effect.map(
    explore(treeMoveModel.system({ algorithm, replicas, folders, moves, order }), [
      convergence<TreeState>({ view: treeShown, written: ({ log }) => log.length > 0 }),
      strongConvergence<TreeState>({ view: treeShown }),
      noOwnAncestor<TreeState>({ tree: treeShown }),
      hangsOnce<TreeState>({ tree: treeShown, things: ["A", "B", "C"].slice(0, folders) })
    ]),
    ({ complete, properties }) => ({
      complete,
      verdicts: properties.map(({ verdict }) =>
        verdict._tag === "violated" ? `violated in ${verdict.evidence.steps.length}` : verdict._tag
      ),
      because: properties.map(({ verdict }) => (verdict._tag === "violated" ? verdict.because : ""))
    })
  )

describe("moves in a replicated tree", () => {
  for (const [replicas, folders, moves] of [
    [2, 2, 2],
    [2, 2, 3],
    [2, 3, 2],
    [3, 2, 2]
  ] as const) {
    it.effect(
      `undone and redone by timestamp keep a tree: ${replicas} replicas, ${folders} folders, ${moves} moves`,
      () =>
        Effect.gen(function* () {
          const { complete, verdicts } = yield* check("undo-redo", replicas, folders, moves, "unordered")
          assert.deepStrictEqual([complete, verdicts], [true, ["holds", "holds", "holds", "holds"]])
        })
    )
  }

  // A into B at one replica, B into A at the other, and one arrival.
  it.effect("parents by last write wins converge on two folders inside each other", () =>
    Effect.gen(function* () {
      const { because, verdicts } = yield* check("last-write-wins", 2, 2, 2, "ordered")
      assert.deepStrictEqual(verdicts, ["holds", "holds", "violated in 3", "holds"])
      assert.strictEqual(because[2], "n0 shows A and B inside one another, cut off from the root.")
    })
  )

  // One folder moved at both replicas, and one arrival.
  it.effect("a move made of a deletion and an insertion leaves a folder in two places", () =>
    Effect.gen(function* () {
      const { because, verdicts } = yield* check("delete-insert", 2, 2, 2, "ordered")
      assert.deepStrictEqual(verdicts, ["holds", "holds", "violated in 3", "violated in 3"])
      assert.strictEqual(because[3], "n0 shows A in B and in trash.")
    })
  )

  // Two moves and the arrival of each.
  for (const mutant of ["no-undo", "no-redo"] as const) {
    it.effect(`the mutant ${mutant} diverges`, () =>
      Effect.gen(function* () {
        const { verdicts } = yield* check(mutant, 2, 2, 2, "ordered")
        assert.deepStrictEqual(verdicts, ["violated in 4", "violated in 4", "holds", "holds"])
      })
    )
  }
})
