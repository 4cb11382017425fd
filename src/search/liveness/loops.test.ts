/**
 * Loops held to what fairness demands, on small random graphs; and by hand which way they go.
 */
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Edges, graphOf } from "../../../test/edges.ts"
import type { FairnessKind } from "../../property/index.ts"
import { FairComponents } from "./FairComponents.ts"
import { type Edge, loopThrough } from "./Lasso.ts"

const size = 6
const all = Int32Array.from({ length: size }, (_, state) => state)
const edgeLists = fc
  .array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.nat(2)), { minLength: 8, maxLength: 16 })
  // A step that changes nothing is no edge.
  .map((edges): Edges => edges.filter(([source, target]) => source !== target))
const fairnessKindLists = fc.tuple(
  ...Array.from({ length: 3 }, () => fc.constantFrom<FairnessKind>("none", "weak", "strong", "finite"))
)

/** The defects of a loop, by the words of src/property/Eventually.ts. */
const faultsOf = (
  edges: Edges,
  entry: number,
  loop: ReadonlyArray<Edge>,
  fairnessKinds: ReadonlyArray<FairnessKind>
) => {
  const visited = [entry, ...loop.map(({ to }) => to)]
  const taken = new Set(loop.map(({ fairnessClass }) => fairnessClass))
  const isEnabled = (fairnessClass: number) => (state: number) =>
    edges.some(([from, _, of]) => from === state && of === fairnessClass)
  const owing = fairnessKinds.flatMap((fairnessKind, fairnessClass) => {
    if (fairnessKind === "finite") return taken.has(fairnessClass) ? ["it stops, and is taken"] : []
    if (taken.has(fairnessClass)) return []
    if (fairnessKind === "weak")
      return visited.every(isEnabled(fairnessClass)) ? ["it stays enabled, and is never taken"] : []
    return fairnessKind === "strong" && visited.some(isEnabled(fairnessClass))
      ? ["it is enabled now and then, never taken"]
      : []
  })
  const isClosed = visited.at(-1) === entry && loop.every(({ from }, index) => from === visited[index])
  const isReal = loop.every(({ from, to, fairnessClass }) =>
    edges.some((edge) => edge[0] === from && edge[1] === to && edge[2] === fairnessClass)
  )
  return [...owing, ...(isClosed ? [] : ["it does not close"]), ...(isReal ? [] : ["it takes no edge"])]
}

test("from every state of a fair part a loop goes back to it that is fair, stays in the part and meets what is wanted", () => {
  const seen = { still: 0, short: 0, long: 0 }
  fc.assert(
    fc.property(edgeLists, fairnessKindLists, fc.subarray([...all]), (edges, fairnessKinds, wanted) => {
      const isWanted = (state: number) => wanted.includes(state)
      for (const part of new FairComponents(graphOf(size, edges), fairnessKinds).find(all, isWanted)) {
        for (const entry of part.members) {
          const loop = loopThrough(entry, part, fairnessKinds, isWanted)
          expect(faultsOf(edges, entry, loop, fairnessKinds)).toEqual([])
          expect([entry, ...loop.map(({ to }) => to)].filter((state) => !part.members.includes(state))).toEqual([])
          expect([entry, ...loop.map(({ to }) => to)].some(isWanted)).toBe(true)
          seen[loop.length === 0 ? "still" : loop.length < 4 ? "short" : "long"]++
        }
      }
    }),
    { numRuns: 100, seed: 1 }
  )
  expect(Math.min(seen.still, seen.short, seen.long)).toBeGreaterThan(20)
})

describe("a loop", () => {
  const cases: ReadonlyArray<{
    readonly property: string
    readonly edges: Edges
    readonly fairnessKinds: ReadonlyArray<FairnessKind>
    readonly wanted: ReadonlyArray<number>
    readonly path: ReadonlyArray<number>
  }> = [
    {
      property: "has no step where nothing is owed and the run is where it should be",
      edges: [
        [0, 1, 0],
        [1, 0, 1]
      ],
      fairnessKinds: ["none", "none", "none"],
      wanted: [0],
      path: [0]
    },
    {
      property: "goes the shortest way to what is wanted, and back",
      edges: [
        [0, 1, 0],
        [1, 2, 0],
        [2, 3, 0],
        [0, 2, 1],
        [3, 0, 0]
      ],
      fairnessKinds: ["none", "none", "none"],
      wanted: [3],
      path: [0, 2, 3, 0]
    },
    {
      property: "takes what stays enabled, where that is nearer than a state that does not enable it",
      edges: [
        [0, 1, 1],
        [1, 0, 1],
        [0, 2, 0],
        [2, 3, 0],
        [3, 0, 0]
      ],
      fairnessKinds: ["none", "weak", "none"],
      wanted: [0],
      path: [0, 1, 0]
    },
    {
      property: "goes to a state that does not enable what stays enabled, where that is nearer",
      edges: [
        [0, 1, 0],
        [0, 4, 1],
        [1, 0, 0],
        [2, 0, 0]
      ],
      fairnessKinds: ["none", "weak", "none"],
      wanted: [0],
      path: [0, 1, 0]
    },
    {
      property: "passes by states that enable what stays enabled, though they are as near",
      edges: [
        [0, 1, 0],
        [0, 2, 0],
        [0, 4, 1],
        [1, 0, 0],
        [1, 4, 1],
        [2, 0, 0],
        [3, 4, 1]
      ],
      fairnessKinds: ["none", "weak", "none"],
      wanted: [0],
      path: [0, 2, 0]
    },
    {
      property: "must take what is owed strongly, as passing a state that does not enable it is not enough",
      edges: [
        [0, 1, 0],
        [1, 0, 0],
        [1, 2, 0],
        [2, 3, 1],
        [3, 0, 0]
      ],
      fairnessKinds: ["none", "strong", "none"],
      wanted: [2],
      path: [0, 1, 2, 3, 0]
    },
    {
      property: "leaves alone what is owed strongly and never enabled on the way",
      edges: [
        [0, 1, 0],
        [1, 0, 0],
        [1, 2, 0],
        [2, 3, 1],
        [3, 0, 0]
      ],
      fairnessKinds: ["none", "strong", "none"],
      wanted: [1],
      path: [0, 1, 0]
    },
    {
      property: "meets one demand after the other, each from where it is",
      edges: [
        [0, 1, 0],
        [1, 0, 1],
        [1, 2, 2],
        [2, 1, 0]
      ],
      fairnessKinds: ["weak", "strong", "strong"],
      wanted: [0],
      path: [0, 1, 0, 1, 2, 1, 0]
    },
    {
      property: "does not take what stops, though that would be nearer",
      edges: [
        [0, 2, 0],
        [0, 1, 1],
        [1, 2, 1],
        [2, 0, 1]
      ],
      fairnessKinds: ["finite", "none", "none"],
      wanted: [2],
      path: [0, 1, 2, 0]
    }
  ]
  test.each(cases)("$property", ({ edges, path, fairnessKinds, wanted }) => {
    const isWanted = (state: number) => wanted.includes(state)
    const [part] = new FairComponents(graphOf(5, edges), fairnessKinds).find(Int32Array.of(0, 1, 2, 3), isWanted)
    const loop = part === undefined ? [] : loopThrough(0, part, fairnessKinds, isWanted)
    expect([0, ...loop.map(({ to }) => to)]).toEqual(path)
    expect(loop.slice(1).map(({ from }) => from)).toEqual(path.slice(1, -1))
  })
})

test("a part that is not fair has no loop, and that is said", () => {
  // From 1 nothing leads back.
  const graph = graphOf(2, [[0, 1, 0]])
  const part = { graph, members: Int32Array.of(0, 1), marks: Int32Array.of(1, 1), mark: 1, without: new Uint8Array(1) }
  expect(() => loopThrough(0, part, ["weak"], () => true)).toThrow(
    new Error("plait's fault: a fair part has no way to what fairness demands")
  )
})
