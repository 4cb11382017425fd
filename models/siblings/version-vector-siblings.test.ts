import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { convergence } from "plait/properties/convergence"
import { verdictsAreCausality } from "plait/properties/happens-before"
import { noLostWrite } from "plait/properties/no-lost-write"
import { explore } from "../../test/explore-given.ts"
import { type NodesView, Property } from "plait"
import { siblingsModel, type SiblingsState, siblingWrites, type VectorMutant } from "./version-vector-siblings.ts"

const twoSiblings = Property.reachable<NodesView<SiblingsState>>("a replica keeps two siblings", {
  holds: ({ nodes }) => nodes.some(({ state }) => state.siblings.length > 1)
})

const check = (replicas: number, writes: number, duplicate: number, mutant: VectorMutant) =>
  Effect.map(
    explore(siblingsModel.system({ replicas, writes, duplicate, mutant }), [
      verdictsAreCausality,
      convergence<SiblingsState>({ view: siblingWrites }),
      noLostWrite<SiblingsState>({ survivors: siblingWrites }),
      twoSiblings
    ]),
    (found) => ({
      complete: found.complete,
      distinct: found.distinct,
      verdicts: found.properties.map(({ verdict }) =>
        verdict._tag === "violated" || verdict._tag === "reached"
          ? `${verdict._tag} in ${verdict.evidence.steps.length}`
          : verdict._tag
      )
    })
  )

describe("version vector siblings", () => {
  // State counts: this explorer's own, with the memory of the four properties, against drift; no published ones exist.
  for (const [replicas, writes, duplicate, distinct] of [
    [2, 2, 0, 193],
    [2, 2, 1, 985],
    [3, 1, 0, 557]
  ] as const) {
    // Two writes at two replicas and one delivery: three steps to the first pair of siblings.
    it.effect(`${replicas} replicas, ${writes} writes each, ${duplicate} duplicates: the vectors are exact`, () =>
      Effect.gen(function* () {
        const found = yield* check(replicas, writes, duplicate, "none")
        assert.deepStrictEqual(
          [found.complete, found.distinct, found.verdicts],
          [true, distinct, ["holds", "holds", "holds", "reached in 3"]]
        )
      })
    )
  }

  // The second write at a replica gets its predecessor's vector: two steps.
  it.effect("a replica that forgets to increment misjudges its own second write", () =>
    Effect.gen(function* () {
      const found = yield* check(2, 2, 0, "forgets")

      // Four writes and their four deliveries: at the end each replica shows its own first write alone.
      assert.deepStrictEqual(found.verdicts, ["violated in 2", "violated in 8", "violated in 8", "unreached"])
    })
  )

  // A write, its duplication by the network, and two deliveries.
  it.effect("≥ in place of > takes a version that arrives twice for its own successor", () =>
    Effect.gen(function* () {
      const found = yield* check(2, 1, 1, "not-strict")

      assert.strictEqual(found.verdicts[0], "violated in 4")
    })
  )
})
