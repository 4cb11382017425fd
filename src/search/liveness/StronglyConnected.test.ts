import fc from "fast-check"
import { expect, test } from "vitest"
import { type Edges, graphOf } from "../../../test/edges.ts"
import { insideEdge, type Part, StronglyConnected } from "./StronglyConnected.ts"

const states = 7
const fairnessClasses = 3

/** Edges as [source, target, unit], and a part: which states are in it, and which units are left out. */
const scenario = fc.record({
  edges: fc.array(fc.tuple(fc.nat(states - 1), fc.nat(states - 1), fc.nat(fairnessClasses - 1)), { maxLength: 16 }),
  members: fc.uniqueArray(fc.nat(states - 1), { maxLength: states }),
  without: fc.uniqueArray(fc.nat(fairnessClasses - 1))
})

const partOf = (edges: Edges, members: ReadonlyArray<number>, without: ReadonlyArray<number>, mark: number): Part => ({
  graph: graphOf(states, edges),
  members: Int32Array.from(members),
  // The others are marked too, as those of earlier parts are.
  marks: Int32Array.from({ length: states }, (_, state) => (members.includes(state) ? mark : mark - 1)),
  mark,
  without: Uint8Array.from({ length: fairnessClasses }, (_, fairnessClass) => (without.includes(fairnessClass) ? 1 : 0))
})

/** By definition: two states are in one component when each leads to the other within the part. */
const defined = (edges: Edges, members: ReadonlyArray<number>, without: ReadonlyArray<number>) => {
  const inside = edges.filter(
    ([source, target, fairnessClass]) =>
      members.includes(source) && members.includes(target) && !without.includes(fairnessClass)
  )
  const reach = (start: number) => {
    const reached = new Set([start])
    for (const state of reached) for (const [source, target] of inside) if (source === state) reached.add(target)
    return reached
  }
  const from = new Map(members.map((state) => [state, reach(state)]))
  const leads = (source: number, target: number) => from.get(source)!.has(target)
  const components = members.map((state) =>
    members
      .filter((other) => leads(state, other) && leads(other, state))
      .toSorted((left, right) => left - right)
      .join()
  )
  return { leads, components: new Set(components) }
}

test("components are the classes of states that lead to each other within a part, successors first", () => {
  const connected = new StronglyConnected(states)
  let mark = 1
  fc.assert(
    fc.property(scenario, ({ edges, members, without }) => {
      const found: Array<ReadonlyArray<number>> = []
      // The work arrays are those of the parts before.
      connected.components(partOf(edges, members, without, ++mark), (component) =>
        found.push([...component].toSorted((left, right) => left - right))
      )
      const truth = defined(edges, members, without)
      expect(found.map((component) => component.join()).toSorted()).toEqual([...truth.components].toSorted())
      for (const [index, component] of found.entries()) {
        const later = found.slice(index + 1).flat()
        expect(later.filter((state) => truth.leads(component[0]!, state))).toEqual([])
      }
    }),
    { numRuns: 300 }
  )
})

test("an edge is inside where its target has the part's mark and its unit is not left out", () => {
  const part = partOf(
    [
      [0, 1, 0],
      [0, 2, 0],
      [0, 1, 1]
    ],
    [0, 1],
    [1],
    5
  )
  expect([0, 1, 2].map((edge) => insideEdge(part, edge))).toEqual([true, false, false])
})
