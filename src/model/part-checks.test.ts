/**
 * Numbers, node identities and choices that are not possible: the constructor that is handed one refuses it, with its
 * name, the argument, the value and what is allowed.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { refusalOf } from "../../test/programs.ts"
import { compile } from "../engine/index.ts"
import { Clocks } from "./Clocks.ts"
import { Faults } from "./Faults.ts"
import { Machine } from "./Machine.ts"
import { Network } from "./Network.ts"
import { System, type SystemParts } from "./System.ts"
import { Topology } from "./Topology.ts"
import { WholeState } from "./WholeState.ts"
import { Workload } from "./Workload.ts"

const Add = Schema.TaggedStruct("Add", {})
const add = Add.make({})
const machine = Machine.make("m", { state: Schema.Finite, operations: [Add], initial: () => 0 }).handlers({
  Add: (state) => Effect.succeed(state + 1)
})

/** A value that no compiler has looked at. */
const any = (value: unknown): never => value as never

const notCounts: ReadonlyArray<[unknown, string]> = [
  [-1, "-1"],
  [1.5, "1.5"],
  [Number.NaN, "NaN"],
  [Infinity, "Infinity"],
  [-Infinity, "-Infinity"],
  [2 ** 53, "9007199254740992"],
  ["1", '"1"'],
  [null, "null"],
  [1n, "1n"],
  [true, "true"],
  [[1], "[1]"],
  [{}, "an object"]
]

describe("what is to be counted", () => {
  const counts: ReadonlyArray<[string, string, (value: never) => unknown]> = [
    ["Network.unordered", "lose", (lose) => Network.unordered({ lose })],
    ["Network.ordered", "duplicate", (duplicate) => Network.ordered({ duplicate })],
    ["Network.unordered", "cut", (cut) => Network.unordered({ cut })],
    ["Faults.crash", "atMost", (atMost) => Faults.crash({ atMost })],
    ["Faults.crash", "recoveries", (recoveries) => Faults.crash({ recoveries })],
    ["Faults.crash", "a node in nodes", (node) => Faults.crash({ nodes: [node] })],
    ["Faults.down", "a node in the nodes that are down", (node) => Faults.down([node])],
    ["Clocks.perfect", "horizon", (horizon) => Clocks.perfect({ horizon })],
    ["Clocks.skewed", "skew", (skew) => Clocks.skewed({ horizon: 1, skew })],
    ["Clocks.drifting", "skew", (skew) => Clocks.drifting({ horizon: 1, skew })],
    ["Clocks.perfect", "latency", (latency) => Clocks.perfect({ horizon: 1, latency })],
    ["Clocks.offset", "stepsBack", (stepsBack) => Clocks.offset([0], { horizon: 1, stepsBack })],
    ["Workload.drawn", "the total", (total) => Workload.drawn(total, [add])],
    ["Workload.drawn", "a node in nodes", (node) => Workload.drawn(1, [add], { nodes: [node] })],
    [
      "Workload.sessions",
      "a node in the node of a session's step",
      (node) => Workload.sessions([[{ at: [node], operation: add }]])
    ],
    ["WholeState.family", "size", (size) => WholeState.family(size, Schema.Finite, 0)]
  ]

  test.each(counts)("%s takes whole numbers of at least 0 as %s, and nothing else", (of, name, make) => {
    for (const [value, written] of notCounts) {
      const problem = `${of}: ${name} is ${written}, but it takes a whole number of at least 0`
      expect(() => make(any(value))).toThrow(new RangeError(problem))
    }
    expect(() => make(any(0))).not.toThrow()
  })

  test("copies in flight may be unbounded too", () => {
    expect(Network.unordered({ copies: Infinity }).copies).toBe(Infinity)
    expect(() => Network.ordered({ copies: -1 })).toThrow(
      new RangeError(
        "Network.ordered: copies is -1, but it takes a whole number of at least 0, or Infinity for no bound"
      )
    )
  })

  test("an option that is undefined has its default", () => {
    expect(Network.unordered(any({ lose: undefined }))).toEqual(Network.unordered())
    expect(Faults.crash(any({ atMost: undefined }))).toEqual(Faults.crash())
  })

  test.each<[string, number]>([
    ["allToAll", 1],
    ["ring", 2],
    ["star", 2],
    ["chain", 2],
    ["graph", 1]
  ])("Topology.%s takes at least %i nodes", (name, least) => {
    const make = (size: unknown) => Topology[name as "graph"](any(size), [])
    for (const [value, written] of [...notCounts, [least - 1, String(least - 1)] as const]) {
      const problem = `Topology.${name}: size is ${written}, but it takes a whole number of at least ${least}`
      expect(() => make(value)).toThrow(new RangeError(problem))
    }
    expect(make(least).size).toBe(least)
  })
})

describe("an argument that is not possible is refused", () => {
  const model = (variables: object, faults: unknown) => () =>
    WholeState.make("w", { variables: any(variables), actions: () => ({ go: [] }), faults: any(faults) })
  const x = { x: WholeState.variable(Schema.Finite, 0) }

  test.each<[string, () => unknown]>([
    [
      'Network.unordered: an option is named "loose", but it takes lose, duplicate, cut, heal, copies',
      () => Network.unordered(any({ loose: 1 }))
    ],
    ["Network.ordered: the argument is null, but it takes options", () => Network.ordered(any(null))],
    ["Network.unordered: heal is 1, but it takes true or false", () => Network.unordered({ heal: any(1) })],
    ['Faults.crash: midHandler is "no", but it takes true or false', () => Faults.crash({ midHandler: any("no") })],
    ["Faults.crash: nodes is 1, but it takes a list", () => Faults.crash({ nodes: any(1) })],
    ["Faults.crash: nodes has 1 twice, but it takes each value once", () => Faults.crash({ nodes: [1, 0, 1] })],
    [
      'Faults.crash: an option is named "most", but it takes atMost, recoveries, nodes, midHandler, inFlight',
      () => Faults.crash(any({ most: 1 }))
    ],
    [
      "Clocks.skewed: skew is undefined, but it takes a whole number of at least 0",
      () => Clocks.skewed(any({ horizon: 1 }))
    ],
    ["Clocks.offset: an offset is 0.5, but it takes a whole number", () => Clocks.offset([0, 0.5], { horizon: 1 })],
    ["Clocks.perfect: unique is 1, but it takes true or false", () => Clocks.perfect({ horizon: 1, unique: any(1) })],
    [
      "Topology.graph: a link from 0 to 3 names node 3, but it takes nodes of the system, 0 to 2",
      () => Topology.graph(3, [[0, 3]])
    ],
    [
      'Topology.graph: a link from "1" to 0 names node "1", but it takes nodes of the system, 0 to 2',
      () => Topology.graph(3, [[any("1"), 0]])
    ],
    [
      "Topology.graph: a link goes from n1 to itself, but it takes pairs of two different nodes",
      () => Topology.graph(2, [[1, 1]])
    ],
    ["Topology.graph: a link is [0], but it takes pairs of nodes", () => Topology.graph(2, [any([0])])],
    [
      'Topology.graph: links has "n0 to n1" twice, but it takes each value once',
      () =>
        Topology.graph(2, [
          [0, 1],
          [0, 1]
        ])
    ],
    [
      "Topology.graph: forwarding at n1 of what n0 sent names 2, but it takes neighbours of n1: n0",
      () =>
        Topology.graph(
          3,
          [
            [0, 1],
            [1, 0],
            [2, 1]
          ],
          { forwarding: () => [2] }
        )
    ],
    [
      "Topology.graph: forwarding at n1 of what n0 sent names 0, but it takes neighbours of n1: none, since it has no neighbours",
      () => Topology.graph(2, [[0, 1]], { forwarding: () => [0] })
    ],
    [
      "Topology.graph: forwarding at n1 of what n0 sent has 0 twice, but it takes each value once",
      () =>
        Topology.graph(
          2,
          [
            [0, 1],
            [1, 0]
          ],
          { forwarding: () => [0, 0] }
        )
    ],
    [
      "Topology.graph: forwarding at n1 of what n0 sent is 0, but it takes a list",
      () =>
        Topology.graph(
          2,
          [
            [0, 1],
            [1, 0]
          ],
          { forwarding: () => any(0) }
        )
    ],
    ["Workload.drawn: the operations are none, but it takes one to draw", () => Workload.drawn(1, [])],
    ["Workload.drawn: nodes are none, but it takes one to draw at", () => Workload.drawn(1, [add], { nodes: [] })],
    ["Workload.script: an operation is null, but it takes values with a _tag", () => Workload.script([[any(null)]])],
    [
      "Workload.anyOrder: the operations of a node is an object, but it takes a list",
      () => Workload.anyOrder([any(add)])
    ],
    [
      "Workload.sessions: the node of a session's step is none of an empty list, but it takes a node, or a list of at least one",
      () => Workload.sessions([[{ at: [], operation: add }]])
    ],
    [
      "Workload.sessions: an operation is undefined, but it takes values with a _tag",
      () => Workload.sessions([[any({ at: 0 })]])
    ],
    [
      'WholeState.make("w"): variable "x" has no initial value, but it takes at least one',
      model({ x: WholeState.variable(Schema.Finite) }, [])
    ],
    [
      'WholeState.make("w"): variable "x" has no initial value, but it takes at least one',
      model({ x: WholeState.family(2, Schema.Finite) }, [])
    ],
    [
      'WholeState.make("w"): variable "constructor" has no initial value, but it takes at least one',
      () =>
        WholeState.make("w", {
          variables: { constructor: WholeState.variable(Schema.Unknown) },
          actions: () => ({ go: [] }),
          initial: any([{}])
        })
    ],
    [
      'WholeState.make("w"): faults names "gone", which is no action, but it takes actions: "go"',
      model(x, ["go", "gone"])
    ],
    ['WholeState.make("w"): faults is "go", but it takes a list', model(x, "go")],
    [
      'WholeState.make("w"): variables has "x[0]" twice, but it takes each value once',
      model({ "x[0]": x.x, x: WholeState.family(1, Schema.Finite, 0) }, [])
    ]
  ])("%s", (problem, make) => {
    expect(make).toThrow(new RangeError(problem))
  })
})

describe("a part made by hand is refused all the same", () => {
  const parts = { machine, topology: Topology.allToAll(2), workload: Workload.script([[add]]) }
  const good = System.make("x", parts)
  const link = Topology.graph(2, [
    [0, 1],
    [1, 0]
  ])

  test.each<[string, Partial<SystemParts<number>>]>([
    [
      "network: lose is -1, but it takes a whole number of at least 0",
      { network: { ...Network.unordered(), lose: -1 } }
    ],
    [
      'network: order is "fifo", but it takes one of "unordered", "ordered"',
      { network: { ...Network.unordered(), order: any("fifo") } }
    ],
    [
      "faults: atMost is NaN, but it takes a whole number of at least 0",
      { faults: { ...Faults.none, crashes: Number.NaN } }
    ],
    ["faults: nodes names node 2, but it takes nodes of the system, 0 to 1", { faults: Faults.crash({ nodes: [2] }) }],
    [
      "faults: the nodes that are down names node 2, but it takes nodes of the system, 0 to 1",
      { faults: Faults.down([0, 2]) }
    ],
    [
      "clocks: horizon is Infinity, but it takes a whole number of at least 0",
      { clocks: { ...Clocks.perfect({ horizon: 1 }), horizon: Infinity } }
    ],
    [
      "clocks: offsets are given for 1, but it takes one for each of the 2 nodes",
      { clocks: Clocks.offset([1], { horizon: 1 }) }
    ],
    [
      "clocks: offsets are given for 3, but it takes one for each of the 2 nodes",
      { clocks: Clocks.offset([1, 2, 3], { horizon: 1 }) }
    ],
    [
      "workload: the total is 1.5, but it takes a whole number of at least 0",
      { workload: any({ kind: "drawn", total: 1.5, operations: [add] }) }
    ],
    [
      'workload: the kind is "scripted", but it takes one of "script", "anyOrder", "drawn", "sessions"',
      { workload: any({ kind: "scripted" }) }
    ],
    [
      "topology: forwarding at n1 of what n0 sent names 1, but it takes neighbours of n1: n0",
      { topology: { ...link, forwarding: () => [1] } }
    ],
    [
      "topology: the list of n1's neighbours has the node itself, but it takes other nodes",
      { topology: { ...link, neighbours: [[1], [1]] } }
    ],
    [
      "topology: the list of n1's neighbours names node 2, but it takes nodes of the system, 0 to 1",
      { topology: { ...link, neighbours: [[1], [2]] } }
    ],
    [
      "topology: the list of n0's neighbours has 1 twice, but it takes each value once",
      { topology: { ...link, neighbours: [[1, 1], []] } }
    ]
  ])("%s", (problem, part) => {
    const detail = `System "x", ${problem}`
    expect(() => System.make("x", { ...parts, ...part })).toThrow(new RangeError(detail))
    const byHand = { ...good, ...part }
    expect(refusalOf(() => compile(byHand, []))).toEqual({
      system: "x",
      where: "the system",
      offence: "is not composed correctly",
      detail,
      input: ""
    })
  })

  test("a part that a system does not have is refused by name", () => {
    const make = () => System.make("x", any({ ...parts, fault: Faults.crash() }))
    const known = "machine, topology, network, clocks, faults, workload, ends"
    expect(make).toThrow(new RangeError(`System.make("x"): an option is named "fault", but it takes ${known}`))
  })
})

test("what is possible is taken: nothing to draw, no nodes in a family, links of any form, offsets behind real time", () => {
  expect(Workload.drawn(0, [])).toEqual({ kind: "drawn", total: 0, operations: [], nodes: undefined })
  expect(Clocks.offset([-2, 0], { horizon: 0 }).offsets).toEqual({ kind: "given", perNode: [-2, 0] })
  expect(Topology.graph(2, []).neighbours).toEqual([[], []])
  expect(WholeState.family(0, Schema.Finite).size).toBe(0)
})
