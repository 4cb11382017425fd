import fc from "fast-check"
import { expect, test } from "vitest"
import { type Edges, graphOf } from "../../../test/edges.ts"
import type { FairnessKind } from "../../property/index.ts"
import { FairComponents } from "./FairComponents.ts"

const states = 5
const fairnessClasses = 3

const scenario = fc.record({
  edges: fc.array(fc.tuple(fc.nat(states - 1), fc.nat(states - 1), fc.nat(fairnessClasses - 1)), { maxLength: 12 }),
  fairnessKinds: fc.tuple(
    ...Array.from({ length: fairnessClasses }, () => fc.constantFrom<FairnessKind>("none", "weak", "strong", "finite"))
  ),
  members: fc.uniqueArray(fc.nat(states - 1), { maxLength: states }),
  wanted: fc.uniqueArray(fc.nat(states - 1), { minLength: 1 })
})

type Scenario = typeof scenario extends fc.Arbitrary<infer S> ? S : never

const isConnected = (edges: Edges, set: ReadonlySet<number>) =>
  [...set].every((start) => {
    const reached = new Set([start])
    for (const state of reached) for (const [from, to] of edges) if (from === state && set.has(to)) reached.add(to)
    return reached.size === set.size
  })

/** By definition: a run may stay in exactly these states, taking each step among them again and again. */
const isFair = ({ edges, fairnessKinds }: Scenario, set: ReadonlySet<number>) => {
  const goingOn = edges.filter(([, , fairnessClass]) => fairnessKinds[fairnessClass] !== "finite")
  if (!isConnected(goingOn, set)) return false
  return fairnessKinds.every((fairnessKind, fairnessClass) => {
    const own = edges.filter((edge) => edge[2] === fairnessClass)
    if (own.some(([from, to]) => set.has(from) && set.has(to))) return true
    const enabling = [...set].filter((state) => own.some(([from]) => from === state)).length
    return fairnessKind === "weak" ? enabling < set.size : fairnessKind !== "strong" || enabling === 0
  })
}

/** The largest fair sets among all subsets of the members that have a state that is wanted. */
const largest = (each: Scenario) => {
  const subsets = Array.from({ length: 2 ** states }, (_, bits) =>
    Array.from({ length: states }, (_, state) => state).filter((state) => bits & (1 << state))
  ).filter((set) => set.some((state) => each.wanted.includes(state)) && set.every((s) => each.members.includes(s)))
  const fair = subsets.filter((set) => isFair(each, new Set(set)))
  return fair.filter((set) => !fair.some((other) => other.length > set.length && set.every((s) => other.includes(s))))
}

test("what is found are the largest sets in which a fair run may stay, of all subsets, that have a wanted state", () => {
  const seen = { none: 0, some: 0 }
  fc.assert(
    fc.property(scenario, (each) => {
      const found = new FairComponents(graphOf(states, each.edges), each.fairnessKinds)
        .find(Int32Array.from(each.members), (state) => each.wanted.includes(state))
        .map(({ members }) => [...members].toSorted((left, right) => left - right).join())
      const truth = largest(each).map((set) => set.join())
      expect(found.toSorted()).toEqual(truth.toSorted())
      seen[truth.length === 0 ? "none" : "some"]++
    }),
    { seed: 1, numRuns: 500 }
  )
  expect(Math.min(seen.none, seen.some)).toBeGreaterThan(50)
})

test("one finder is asked again and again, and the parts it found are told apart by their marks", () => {
  // 0 ⇄ 1 by unit 0 and 2 ⇄ 3 by unit 1; all is fair.
  const graph = graphOf(states, [
    [0, 1, 0],
    [1, 0, 0],
    [2, 3, 1],
    [3, 2, 1]
  ])
  const finder = new FairComponents(graph, ["weak", "strong", "none"])
  for (let time = 0; time < 3; time++) {
    const parts = finder.find(Int32Array.of(0, 1, 2, 3), () => true)
    expect(parts.map(({ members }) => [...members].toSorted().join()).toSorted()).toEqual(["0,1", "2,3"])
    for (const { mark, marks, members } of parts)
      expect([...members].map((state) => marks[state])).toEqual([mark, mark])
  }
})

test("where a strong demand is not met only the states that enable it are left out", () => {
  // 0 ⇄ 1 → 2 → 0 by unit 0, strong and taken. In 2 unit 1 leads out, strong and never taken within; in 1 unit 2 leads
  // out, which demands nothing. So a run may stay in 0 and 1.
  const graph = graphOf(states, [
    [0, 1, 0],
    [1, 0, 0],
    [1, 2, 0],
    [1, 4, 2],
    [2, 4, 1],
    [2, 0, 0]
  ])
  const found = new FairComponents(graph, ["strong", "strong", "none"]).find(Int32Array.of(0, 1, 2), () => true)
  expect(found.map(({ members }) => [...members].toSorted())).toEqual([[0, 1]])
})

test.each([64, 100])("a demand is seen that comes after %i other units, past the room for 64", (others) => {
  // 0 ⇄ 1 by half of the units each way. Then 1 enables one more, which demands strongly and leads out: 0 would be left
  // alone, and there half of the units are enabled for ever and never taken.
  const cycle = Array.from({ length: others }, (_, fairnessClass): [number, number, number] => [
    fairnessClass % 2,
    1 - (fairnessClass % 2),
    fairnessClass
  ])
  const weak = Array.from({ length: others + 1 }, (): FairnessKind => "weak")
  const find = (edges: Edges, fairnessKinds: ReadonlyArray<FairnessKind>) =>
    new FairComponents(graphOf(states, edges), fairnessKinds).find(Int32Array.of(0, 1), () => true)
  expect(find(cycle, weak).map(({ members }) => members.length)).toEqual([2])
  expect(find([...cycle, [1, 2, others]], weak.with(others, "strong"))).toEqual([])
})
