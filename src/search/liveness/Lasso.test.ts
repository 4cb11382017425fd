/**
 * Stems against the truth on small random graphs, numbered as a search numbers them; and by hand which of several ways is
 * taken.
 */
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Edges, graphOf } from "../../../test/edges.ts"
import type { FairnessKind } from "../../property/index.ts"
import { FairComponents } from "./FairComponents.ts"
import { entryOf, regionOf, stemTo } from "./Lasso.ts"

/** Units 0 and 2 are those of a fault. */
const program = {
  actions: [
    { name: "work", fault: false },
    { name: "fail", fault: true }
  ],
  fairnessClasses: [{ action: 1 }, { action: 0 }, { action: 1 }]
}
const isFault = (fairnessClass: number) => fairnessClass !== 1

/** A graph as a search leaves it: states numbered level by level, and the fewest faults of a shortest way to each. */
interface Found {
  readonly edges: Edges
  readonly levels: Array<number>
  readonly faults: Uint8Array
}

/** The results of a search of a graph, the first `initial` states of which are initial. */
const found = (edges: Edges, initial: number): Found => {
  const levels = [Array.from({ length: initial }, (_, state) => state)]
  const faults = new Map(levels.flat().map((state) => [state, 0]))
  for (const level of levels) {
    const next = new Map<number, number>()
    for (const [source, target, fairnessClass] of level.flatMap((state) => edges.filter(([from]) => from === state))) {
      const count = faults.get(source)! + (isFault(fairnessClass) ? 1 : 0)
      if (!faults.has(target)) next.set(target, Math.min(count, next.get(target) ?? count))
    }
    for (const [state, count] of next) faults.set(state, count)
    if (next.size > 0) levels.push([...next.keys()])
  }
  const number = new Map([...faults.keys()].map((state, index) => [state, index]))
  return {
    levels: levels.map(({ length }) => length),
    faults: Uint8Array.from(faults.values()),
    edges: edges.flatMap(([source, target, fairnessClass]): Edges =>
      number.has(source) && source !== target ? [[number.get(source)!, number.get(target)!, fairnessClass]] : []
    )
  }
}

const size = 6
const someOf = (most: number) =>
  fc.subarray(
    Array.from({ length: size }, (_, state) => state),
    { maxLength: most }
  )
const edgeLists = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1), fc.nat(2)), { minLength: 8, maxLength: 16 })
const graphs = fc.tuple(edgeLists, fc.constantFrom(1, 2)).map(([edges, initial]) => found(edges, initial))

/** The region of the states but those that are left out, where the property begins in the given ones. */
const regionIn = ({ edges, faults, levels }: Found, begins: ReadonlyArray<number>, without: ReadonlyArray<number>) => {
  const graph = graphOf(faults.length, edges)
  const marks = Uint8Array.from(faults, (_, state) => (begins.includes(state) ? 1 : 0))
  const region = regionOf(graph, program, { levels, faults }, marks, (state) => !without.includes(state))
  return { graph, region }
}

/** By definition: steps and faults of the best way to each state, improved along every edge until nothing improves. */
const bestWays = ({ edges, faults, levels }: Found, begins: ReadonlyArray<number>, without: ReadonlyArray<number>) => {
  const depths = levels.flatMap((count, depth) => Array.from({ length: count }, () => depth))
  const best = new Map<number, readonly [steps: number, faults: number]>()
  const improve = (state: number, steps: number, count: number): boolean => {
    const known = best.get(state) ?? [Infinity, 0]
    const isBetter = steps < known[0] || (steps === known[0] && count < known[1])
    if (without.includes(state) || !isBetter) return false
    best.set(state, [steps, count])
    return true
  }
  for (const state of begins) if (state < faults.length) improve(state, depths[state]!, faults[state]!)
  const improveAll = () =>
    edges.filter(([source, target, fairnessClass]) => {
      const way = best.get(source)
      return way !== undefined && improve(target, way[0] + 1, way[1] + (isFault(fairnessClass) ? 1 : 0))
    })
  while (improveAll().length > 0);
  return best
}

test("every state of a region has the fewest steps, then the fewest faults, of all ways, and a stem to show them", () => {
  const seen = { stems: 0, faults: 0, late: 0 }
  fc.assert(
    fc.property(graphs, someOf(size), someOf(2), (each, begins, without) => {
      const { graph, region } = regionIn(each, begins, without)
      const truth = bestWays(each, begins, without)
      expect([...region.members].toSorted()).toEqual([...truth.keys()].toSorted())
      for (let state = 0; state < graph.states; state++) {
        const [steps, faults] = truth.get(state) ?? [-1, 0]
        expect([region.distance[state], region.faults[state]]).toEqual([steps, faults])
        if (steps === -1) continue
        const { begin, edges } = stemTo(graph, region, state)
        // From a state where the property begins, along edges of the graph and states of the region, to the state.
        expect(begins).toContain(begin)
        expect([begin, ...edges.map(({ to }) => to)]).toEqual([...edges.map(({ from }) => from), state])
        expect(edges.filter(({ from, to }) => without.includes(from) || without.includes(to))).toEqual([])
        for (const { from, to, fairnessClass } of edges) expect(each.edges).toContainEqual([from, to, fairnessClass])
        expect(edges.length).toBe(steps - truth.get(begin)![0])
        expect(edges.filter(({ fairnessClass }) => isFault(fairnessClass)).length).toBe(faults - truth.get(begin)![1])
        seen.stems += edges.length > 1 ? 1 : 0
        seen.faults += faults > 0 ? 1 : 0
        seen.late += truth.get(begin)![0] > 0 ? 1 : 0
      }
    }),
    { numRuns: 100, seed: 1 }
  )
  expect(Math.min(seen.stems, seen.faults, seen.late)).toBeGreaterThan(20)
})

test("a system without faults has a region without them", () => {
  const { edges, levels } = found([[0, 1, 1]], 1)
  const region = regionOf(graphOf(2, edges), program, { levels, faults: undefined }, Uint8Array.of(1, 0), () => true)
  expect([[...region.distance], [...region.faults]]).toEqual([
    [0, 1],
    [0, 0]
  ])
})

describe("of ways that are as good", () => {
  test("the first is kept", () => {
    const diamond = found(
      [
        [0, 1, 1],
        [0, 2, 1],
        [1, 3, 1],
        [2, 3, 1]
      ],
      1
    )
    const { graph, region } = regionIn(diamond, [0], [])
    expect(stemTo(graph, region, 3)).toEqual({
      begin: 0,
      edges: [
        { from: 0, to: 1, fairnessClass: 1 },
        { from: 1, to: 3, fairnessClass: 1 }
      ]
    })
  })
  test("the one that begins later is kept, where the property begins again on the way", () => {
    const line = found(
      [
        [0, 1, 1],
        [1, 2, 1]
      ],
      1
    )
    const { graph, region } = regionIn(line, [0, 1], [])
    expect(stemTo(graph, region, 2)).toEqual({ begin: 1, edges: [{ from: 1, to: 2, fairnessClass: 1 }] })
  })
})

const fairnessKindLists = fc.tuple(
  ...Array.from({ length: 3 }, () => fc.constantFrom<FairnessKind>("none", "weak", "strong", "finite"))
)

test("a run enters fair parts at their nearest state, of those with the fewest faults, of those the first found", () => {
  const seen = { none: 0, several: 0 }
  fc.assert(
    fc.property(graphs, fairnessKindLists, someOf(size), (each, fairnessKinds, wanted) => {
      const { graph, region } = regionIn(each, [0], [])
      const parts = new FairComponents(graph, fairnessKinds).find(region.members, (state) => wanted.includes(state))
      const nearest = parts
        .flatMap(({ members }) => [...members])
        .map((state) => [region.distance[state]!, region.faults[state]!, state] as const)
        .toSorted((left, right) => left[0] - right[0] || left[1] - right[1] || left[2] - right[2])
      const entry = entryOf(region, parts)
      expect(entry?.state).toBe(nearest[0]?.[2])
      expect(entry?.part).toBe(entry && parts.find(({ members }) => members.includes(entry.state)))
      if (entry === undefined) seen.none++
      if (nearest.length > 1) seen.several++
    }),
    { numRuns: 100, seed: 1 }
  )
  expect(Math.min(seen.none, seen.several)).toBeGreaterThan(20)
})

test("of states that are as near with as few faults a run enters the one found first, wherever it stands in a part", () => {
  const { graph, region } = regionIn(
    found(
      [
        [0, 1, 1],
        [0, 2, 1],
        [1, 2, 1],
        [2, 1, 1]
      ],
      1
    ),
    [0],
    []
  )
  const part = { graph, marks: new Int32Array(3), mark: 0, without: new Uint8Array(3) }
  const parts = [[2, 1], [1, 2], [2]].map((members) => ({ ...part, members: Int32Array.from(members) }))
  expect(parts.map((each) => entryOf(region, [each])?.state)).toEqual([1, 1, 2])
})
