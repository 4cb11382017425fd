import { Effect, Schema } from "effect"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { searched } from "../../../test/trust/searched.ts"
import { compile, type Program } from "../../engine/index.ts"
import { Choice, WholeState } from "../../model/index.ts"
import type { Search } from "../Search.ts"
import { TransitionGraph } from "./TransitionGraph.ts"

type Edge = readonly [source: number, target: number]

/** Goes from 0 along edges, each an action of its own; the state is the number and its negative, so a step has two edits. */
const graphs = (edges: ReadonlyArray<Edge>) =>
  WholeState.make("graph", {
    variables: { at: WholeState.variable(Schema.Finite, 0), minus: WholeState.variable(Schema.Finite, 0) },
    actions: ({ at, minus }) => ({
      go: WholeState.each(edges, ([source, target]) =>
        Effect.gen(function* () {
          yield* WholeState.when((yield* at.get) === source)
          yield* at.set(target)
          yield* minus.set(0 - target)
        })
      )
    })
  })

const numberOf = (search: Search, program: Program) => (id: number) => {
  search.store.unpack(id)
  return program.snapshot(search.store.current)["at"] as number
}

/** The edges of a whole graph, by the numbers of the model. */
const edgesOf = (search: Search, program: Program, graph: TransitionGraph) => {
  const number = numberOf(search, program)
  return Array.from({ length: graph.states }, (_, state) =>
    Array.from({ length: graph.first[state + 1]! - graph.first[state]! }, (_, index) => {
      const edge = graph.first[state]! + index
      return [number(state), number(graph.targets[edge]!), graph.fairnessClasses[edge]!]
    })
  ).flat()
}

const made = (edges: ReadonlyArray<Edge>) => {
  const program = compile(graphs(edges), [])
  const search = searched(program)
  return { program, search, graph: new TransitionGraph(search, program) }
}

/** By definition: the edges between numbers that are reached from 0, but no loops, in order of source and action. */
const reachedEdges = (edges: ReadonlyArray<Edge>) => {
  const reached = new Set([0])
  for (const number of reached) for (const [source, target] of edges) if (source === number) reached.add(target)
  return [...reached].flatMap((number) =>
    edges.flatMap(([source, target], fairnessClass) =>
      source === number && target !== number ? [[source, target, fairnessClass]] : []
    )
  )
}

describe("a state graph", () => {
  test("has each step between different states, by its source in order of discovery, with its unit", () => {
    const { graph, program, search } = made([
      [0, 1],
      [1, 1],
      [1, 2],
      [0, 2],
      [2, 0],
      [0, 1],
      [3, 0]
    ])
    graph.advance(100)
    expect([graph.states, graph.edges, graph.complete]).toEqual([3, 5, true])
    expect(edgesOf(search, program, graph)).toEqual([
      [0, 1, 0],
      [0, 2, 3],
      [0, 1, 5],
      [1, 2, 2],
      [2, 0, 4]
    ])
  })

  test("is made a few states at a time, and is complete after the last", () => {
    const edges: ReadonlyArray<Edge> = [0, 1, 2, 3].map((source) => [source, source + 1])
    const { graph, program, search } = made(edges)
    const steps = [2, 0, 2, 1, 1].map((count) => {
      graph.advance(count)
      return [graph.next, graph.edges, graph.complete]
    })
    expect(steps).toEqual([
      [2, 2, false],
      [2, 2, false],
      [4, 4, false],
      [5, 4, true],
      [5, 4, true]
    ])
    expect(edgesOf(search, program, graph)).toEqual(edges.map((edge, fairnessClass) => [...edge, fairnessClass]))
  })

  test("has the edges of the definition, of random graphs", () => {
    const number = fc.nat(6)
    for (const edges of fc.sample(fc.array(fc.tuple(number, number), { maxLength: 20 }), { seed: 1, numRuns: 40 })) {
      const { graph, program, search } = made(edges)
      graph.advance(100)
      expect(edgesOf(search, program, graph)).toEqual(reachedEdges(edges))
    }
  })

  test("keeps all edges where there are more than it had room for", () => {
    // From each of 130 states to each other one: 130 · 129 = 16,770 edges, more than 16,384.
    const targets = Array.from({ length: 130 }, (_, target) => target)
    const complete = WholeState.make("complete", {
      variables: { at: WholeState.variable(Schema.Finite, 0) },
      actions: ({ at }) => ({ go: WholeState.each(targets, (target) => at.set(target)) })
    })
    const program = compile(complete, [])
    const search = searched(program)
    const graph = new TransitionGraph(search, program)
    graph.advance(130)
    const number = numberOf(search, program)
    const found = edgesOf(search, program, graph)
    expect(found).toEqual(
      targets.flatMap((state) =>
        targets.filter((target) => target !== number(state)).map((target) => [number(state), target, target])
      )
    )
    expect([graph.edges, graph.targets.length, graph.fairnessClasses.length]).toEqual([16_770, 32_768, 32_768])
  })

  test("of a search that left a state out is refused", () => {
    const program = compile(
      graphs([
        [0, 1],
        [1, 2]
      ]),
      []
    )
    const search = searched(program, 2)
    expect(search.store.count).toBe(2)
    const graph = new TransitionGraph(search, program)
    expect(() => graph.advance(2)).toThrow(new Error("plait's fault: a finished search missed a state"))
  })
})

test("a step leaves what it does not set as it is, whatever the number of its action", () => {
  // Action 0 sets the second variable, and slot 0 holds more than that number by then.
  const apart = WholeState.make("apart", {
    variables: { first: WholeState.variable(Schema.Finite, 0), second: WholeState.variable(Schema.Finite, 0) },
    actions: ({ first, second }) => ({
      second: WholeState.action(second.set(1)),
      first: WholeState.action(first.set(1)),
      third: WholeState.action(Effect.andThen(first.set(2), second.set(2)))
    })
  })
  const program = compile(apart, [])
  const search = searched(program)
  const graph = new TransitionGraph(search, program)
  graph.advance(100)
  const shown = (id: number) => {
    search.store.unpack(id)
    return Object.values(program.snapshot(search.store.current)).join("")
  }
  const edges = Array.from({ length: graph.states }, (_, id) => {
    const targets = graph.targets.subarray(graph.first[id], graph.first[id + 1])
    return `${shown(id)}: ${[...targets].map(shown).join(" ")}`
  })
  expect(edges).toEqual(["00: 01 10 22", "01: 11 22", "10: 11 22", "22: 21 12", "11: 22", "21: 11 22", "12: 11 22"])
})

test("all steps of a state, those that change nothing included, are in the order in which the program has them", () => {
  const turns = WholeState.make("turns", {
    variables: { at: WholeState.variable(Schema.Finite, 0), other: WholeState.variable(Schema.Finite, 0) },
    actions: ({ at, other }) => ({
      stay: WholeState.action(at.set(0)),
      go: WholeState.action(Effect.flatMap(Choice.among([1, 0, 2]), (target) => at.set(target))),
      both: WholeState.action(Effect.andThen(at.set(2), other.set(2)))
    })
  })
  const program = compile(turns, [])
  const search = searched(program)
  const graph = new TransitionGraph(search, program)
  const number = numberOf(search, program)
  const steps = graph.ordinals(0).map(({ target, fairnessClass }) => [fairnessClass, target, number(target)])
  expect(steps.map(([fairnessClass, , at]) => [fairnessClass, at])).toEqual([
    [0, 0],
    [1, 1],
    [1, 0],
    [1, 2],
    [2, 2]
  ])
  // Two of them lead back to state 0; the last two lead to different states, with and without `other`.
  expect(steps.map(([, target]) => target === 0)).toEqual([true, false, true, false, false])
  expect(new Set(steps.map(([, target]) => target)).size).toBe(4)
})
