import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { convergence } from "plait/properties/convergence"
import { listsHoldWhatIsDue } from "plait/properties/list-contents"
import {
  insertedWhereAsked,
  noInterleaving,
  readsAgreePairwise,
  readsFollowOneOrder
} from "plait/properties/list-intention"
import { explore } from "../../test/explore-given.ts"
import { fugue, fugueModel, fugueShown } from "./fugue.ts"
import type { ListAlgorithm, ListNode, NodeName, Place } from "./list-node.ts"
import { authorOf, type ListState } from "./replicated-list.ts"
import { rga, rgaModel, rgaShown } from "./rga.ts"

const pair = { replicas: 2, inserts: 2, deletes: 0, delivery: "causal", mutant: "none" } as const

const algorithms = [
  { name: "rga", system: rgaModel.system, shown: rgaShown },
  { name: "fugue", system: fugueModel.system, shown: fugueShown }
] as const

/** Convergence, the weak and the strong order, insertion where asked, no interleaving, contents. */
const judge = (system: ReturnType<typeof rgaModel.system>, shown: (state: ListState) => ReadonlyArray<string>) =>
  Effect.map(
    explore(system, [
      convergence<ListState>({ view: shown, written: ({ vector }) => vector.some((count) => count > 0) }),
      readsAgreePairwise,
      readsFollowOneOrder,
      insertedWhereAsked<ListState>(shown),
      noInterleaving<ListState>({ shown, author: authorOf }),
      listsHoldWhatIsDue()
    ]),
    ({ complete, properties }) => ({
      complete,
      verdicts: properties.map(({ verdict }) =>
        verdict._tag === "violated" ? `violated in ${verdict.evidence.steps.length}` : verdict._tag
      ),
      because: properties.map(({ verdict }) => (verdict._tag === "violated" ? verdict.because : ""))
    })
  )

const allHold = ["holds", "holds", "holds", "holds", "holds", "holds"]

describe("replicated lists", () => {
  for (const { name, shown, system } of algorithms) {
    for (const parts of [
      { ...pair, inserts: 3, typing: "forward" },
      { ...pair, deletes: 1, typing: "forward" },
      { ...pair, replicas: 3, inserts: 1, typing: "anywhere" },
      { ...pair, inserts: 1, deletes: 1, typing: "anywhere" }
    ] as const) {
      const { deletes, inserts, replicas, typing } = parts
      it.effect(
        `${name}: ${replicas} users, ${inserts} insertions and ${deletes} deletions each, ${typing}: all hold`,
        () =>
          Effect.gen(function* () {
            const { complete, verdicts } = yield* judge(system(parts), shown)
            assert.deepStrictEqual([complete, verdicts], [true, allHold])
          })
      )
    }

    // Two insertions at one replica, and the second arrives: three steps to a list without it. Quiescence takes all four
    // insertions and their arrivals.
    it.effect(`${name}: an element that arrives before the one it stands beside is lost in any order`, () =>
      Effect.gen(function* () {
        const { verdicts } = yield* judge(system({ ...pair, typing: "forward", delivery: "any-order" }), shown)
        assert.deepStrictEqual(verdicts, ["violated in 8", ...allHold.slice(2), "violated in 3"])
      })
    )
  }

  it.effect("rga: what two users type backward is interleaved, though one order agrees with every list", () =>
    Effect.gen(function* () {
      // a1, then a2 before it, b1, and its arrival: by their numbers b1 stands between them.
      const { because, verdicts } = yield* judge(rgaModel.system({ ...pair, inserts: 3, typing: "backward" }), rgaShown)
      assert.deepStrictEqual(verdicts, [...allHold.slice(0, 4), "violated in 4", "holds"])
      assert.strictEqual(
        because[4],
        "n0 shows a2 b1 a1: b1 was typed without knowing a2 and a1, and stands between them."
      )
    })
  )

  for (const deletes of [0, 1]) {
    it.effect(`fugue: what two users type backward stays together, with ${deletes} deletions each`, () =>
      Effect.gen(function* () {
        const inserts = 3 - deletes
        const found = yield* judge(fugueModel.system({ ...pair, inserts, deletes, typing: "backward" }), fugueShown)
        assert.deepStrictEqual(found.verdicts, allHold)
      })
    )
  }
})

describe("mutants of replicated lists", () => {
  const order = ["violated in 8", "violated in 4", "violated in 4", "holds", "holds", "holds"]
  const rgaMutant = (mutant: "no-skip" | "no-tombstones", deletes: number) =>
    judge(rgaModel.system({ ...pair, deletes, typing: "forward", mutant }), rgaShown)
  const fugueMutant = (typing: "forward" | "backward", mutant: "right-only" | "arrival-order" | "no-tombstones") =>
    judge(fugueModel.system({ ...pair, deletes: mutant === "no-tombstones" ? 1 : 0, typing, mutant }), fugueShown)

  // One insertion each and both arrivals, four steps, show both orders; quiescence takes all eight.
  it.effect("rga without skipping higher identifiers, and fugue with siblings as they arrive, diverge", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual((yield* rgaMutant("no-skip", 0)).verdicts, order)
      assert.deepStrictEqual((yield* fugueMutant("forward", "arrival-order")).verdicts, order)
    })
  )

  // Six operations and the arrival of each: twelve steps to quiescence.
  it.effect("without tombstones what refers to a deleted element finds no place, and lists diverge", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* rgaMutant("no-tombstones", 1)).verdicts[0], "violated in 12")

      // In Fugue, a2 hangs on a1: two insertions and the deletion of a1 take it off the list.
      const { because, verdicts } = yield* fugueMutant("forward", "no-tombstones")
      assert.deepStrictEqual([verdicts[0], verdicts[5]], ["violated in 12", "violated in 3"])
      assert.strictEqual(
        because[5],
        'n0 reads "" without a2, which nobody it knows of has deleted. n0 has known since step 2 that a2 was inserted.'
      )
    })
  )

  it.effect("fugue without left children puts an element elsewhere, and interleaves", () =>
    Effect.gen(function* () {
      const { because, verdicts } = yield* fugueMutant("backward", "right-only")
      assert.deepStrictEqual(verdicts, [...allHold.slice(0, 3), "violated in 2", "violated in 4", "holds"])
      assert.strictEqual(because[3], "a2 was inserted at place 0, however the list is a1 a2.")
    })
  )
})

/** Four elements of one user, each after or before the last, typed without hearing of anybody. */
const run = (algorithm: ListAlgorithm, replica: number, element: string, forward: boolean): ReadonlyArray<ListNode> => {
  const typed: Array<ListNode> = []
  let nodes: ReadonlyArray<ListNode> = []
  for (const count of [1, 2, 3, 4]) {
    const after: NodeName | null = forward ? (typed.at(-1)?.name ?? null) : null
    const node = { name: { count, replica }, element, ...algorithm.place(nodes, after), deleted: false }
    nodes = algorithm.integrate(nodes, node)
    typed.push(node)
  }
  return typed
}

const merged = (algorithm: ListAlgorithm, forward: boolean, first: string, second: string): string =>
  algorithm
    .document(
      [...run(algorithm, 0, first, forward), ...run(algorithm, 1, second, forward)].reduce(
        (nodes, node) => algorithm.integrate(nodes, node),
        [] as ReadonlyArray<ListNode>
      )
    )
    .map(({ element }) => element)
    .join("")

// c2 is typed right after a1 and right before c1. It hangs on the one to its left, and b1 sorts between the two subtrees.
describe("three users of fugue", () => {
  it("one who types between a stranger's element and an own one may find a third user's there", () => {
    const algorithm = fugue("none")
    const typed = (replica: number, count: number, element: string, place: Place): ListNode => ({
      name: { count, replica },
      element,
      ...place,
      deleted: false
    })
    const front: Place = { parent: null, side: "right" }
    const [a1, b1, c1] = ["a1", "b1", "c1"].map((element, user) => typed(user, 1, element, front))
    assert(a1 !== undefined && b1 !== undefined && c1 !== undefined)
    const seen = algorithm.integrate([c1], a1)
    const c2 = typed(2, 3, "c2", algorithm.place(seen, a1.name))

    const shown = algorithm.document([c2, b1].reduce(algorithm.integrate, seen)).map(({ element }) => element)

    assert.deepStrictEqual(shown, ["a1", "c2", "b1", "c1"])
  })
})

// Observed of released libraries, two users and four characters each: forward all keep runs together; backward
// Automerge 3.5.0, delta-crdts 0.10.3 and json-joy 17.67 alternate, and Yjs and Loro 1.17.1 keep them together.
describe("runs of four characters", () => {
  for (const [first, second] of [
    ["a", "b"],
    ["b", "a"]
  ] as const) {
    it(`typed by ${first} and ${second} at one place are mixed by rga backward only, and by fugue never`, () => {
      const results = [rga("none"), fugue("none")].map((algorithm) =>
        [true, false].map((forward) => merged(algorithm, forward, first, second))
      )
      const [one, other] = [first.repeat(4), second.repeat(4)]
      assert.deepStrictEqual(results, [
        [other + one, (second + first).repeat(4)],
        [one + other, one + other]
      ])
    })
  }
})
