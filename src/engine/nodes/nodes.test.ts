/**
 * Systems of two or three nodes, one mechanism at a time: everything that can happen in a state, in order, and what it
 * leads to. Timers and faults of nodes are in node-faults.test.ts, clocks in node-clocks.test.ts.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { initialStatesOf, labelsOf, refusalOf, refusalOfEndless, stateAfter, stepsOf } from "../../../test/programs.ts"
import {
  asked,
  asks,
  hear,
  inFlight,
  labelsAfter,
  log,
  node,
  receives,
  say,
  snapshotAfter,
  type Speaker,
  speaker,
  speakers,
  told
} from "../../../test/speakers.ts"
import { Choice, Clocks, LocalClock, Machine, Network, Observe, Self, Topology, Workload } from "../../model/index.ts"
import type { Program } from "../Program.ts"

const start = (program: Program) => program.initial[0]!
const ask0 = asks(0, "x")
const ask1 = asks(1, "y")
const receives1 = receives(1, "x", 0)
const receives0 = receives(0, "y", 1)
const x = inFlight("x", 0)
const y = inFlight("y", 1)

describe("operations and messages", () => {
  test("a node is asked by its clients, the other receives what was sent, and then nothing is left", () => {
    const program = speakers(asked(["x"], ["y"]))
    expect(initialStatesOf(program)).toEqual([{ n0: node(), n1: node() }])
    expect(stepsOf(program, start(program))).toEqual([
      [ask0, { n0: node("", 1), n1: node("", 0, [x]) }],
      [ask1, { n0: node("", 0, [y]), n1: node("", 1) }]
    ])
    expect(stepsOf(program, stateAfter(program, ask0))).toEqual([
      [ask1, { n0: node("", 1, [y]), n1: node("", 1, [x]) }],
      [receives1, { n0: node("", 1), n1: node("x") }]
    ])
    expect(labelsAfter(program, ask0, receives1, ask1, receives0)).toEqual([])
  })

  test("a step names its operation, what was sent and what was observed", () => {
    const program = speakers(asked(["x"]))
    expect(program.describeStep(start(program), 0)).toEqual({
      kind: "invoke",
      action: 0,
      label: ask0,
      node: 0,
      received: undefined,
      sent: [{ from: 0, to: 1, message: told("x") }],
      unsent: [],
      observations: [{ kind: "invoked", operation: say("x"), id: "n0.0", node: 0, past: [] }]
    })
    expect(program.describeStep(stateAfter(program, ask0), 0)).toEqual({
      kind: "deliver",
      action: 1,
      label: receives1,
      node: 1,
      received: { from: 0, to: 1, message: told("x") },
      sent: [],
      unsent: [],
      observations: []
    })
    expect(program.actions.map(({ name }) => name)).toEqual(["invoke Say", "deliver Told"])
  })

  test("a message waits until its guard allows it, an operation likewise; nothing else is held up", () => {
    const guards = { Say: ({ heard }: Speaker) => heard === "", Told: ({ said }: Speaker) => said > 0 }
    const program = speakers({
      machine: speaker({}, { guards }),
      ...asked(["x"], ["y"]),
      network: Network.unordered({ lose: 1, duplicate: 1 })
    })
    // Node 1 is not asked once it has heard something. Guards were asked of both nodes at first, and of that one then.
    const silent = speakers({ machine: speaker({}, { guards: { Say: guards.Say } }), ...asked(["x"], ["y", "z"]) })
    expect(labelsAfter(silent, ask0)).toEqual([ask1, receives1])
    expect(labelsAfter(silent, ask0, receives1)).toEqual([])
    expect(silent.guards()).toEqual([{ enabled: 2, disabled: 1 }, undefined])
    const toNode1 = 'Told {"word":"x"} from n0 to n1'
    expect(labelsAfter(program, ask0)).toEqual([ask1, `${toNode1} is lost`, `${toNode1} is duplicated`])
    expect(labelsAfter(program, ask0, ask1, receives1)[0]).toBe(receives0)
    // Node 0 may be asked as it is, node 1 too; what it was told is not taken before it was asked.
    const other = speakers({ machine: speaker({}, { guards: { Told: guards.Told } }), ...asked(["x"], ["y"]) })
    expect(labelsAfter(other, ask0, ask1)).toEqual([receives0, receives1])
    expect(other.guards()).toEqual([undefined, { enabled: 2, disabled: 1 }])
  })

  test("a handler is told who it is, whom it can reach, who sent, and which operation is in hand", () => {
    const program = speakers({
      machine: speaker({
        Say: Effect.fnUntraced(function* (state) {
          yield* Network.send((yield* Network.neighbours)[1]!, told(yield* Self.operation))
          return state
        }),
        Told: Effect.fnUntraced(function* (state, { word }) {
          return hear(state, `${word} of ${yield* Network.sender} to ${yield* Self.id}`)
        })
      }),
      topology: Topology.graph(3, [
        [1, 0],
        [1, 2]
      ]),
      ...asked([], ["y"])
    })
    const receives2 = receives(2, "n1.0", 1)
    expect(snapshotAfter(program, ask1, receives2)["n2"]).toEqual(node("n1.0 of 1 to 2"))
  })

  test("each way a handler can choose is a step of its own, named by what was picked", () => {
    const program = speakers({
      machine: speaker({ Say: (state) => Effect.map(Choice.among(["a", "b"]), (word) => hear(state, word)) }),
      ...asked(["x"])
    })
    expect(stepsOf(program, start(program))).toEqual([
      [`${ask0}, choice 0`, { n0: node("a"), n1: node() }],
      [`${ask0}, choice 1`, { n0: node("b"), n1: node() }]
    ])
  })
})

describe("operations of the whole system", () => {
  const word = { x: 'Say {"word":"x"}', y: 'Say {"word":"y"}' }

  test("that are drawn are counted down, wherever they are asked", () => {
    const program = speakers({ workload: Workload.drawn(2, [say("x"), say("y")]) })
    const [first] = stepsOf(program, start(program))
    expect(labelsOf(program, start(program))).toEqual([
      `n0 is asked to ${word.x}`,
      `n0 is asked to ${word.y}`,
      `n1 is asked to ${word.x}`,
      `n1 is asked to ${word.y}`
    ])
    const environment = { lose: 0, duplicate: 0, cut: 0, crash: 0, recover: 0, draw: 1, cutLinks: [] }
    expect(first).toEqual([ask0, { n0: node("", 1), n1: node("", 0, [x]), environment }])
    // The first operation of node 0 was n0.0.
    expect(program.describeStep(stateAfter(program, ask0), 0).observations).toMatchObject([{ id: "n0.1" }])
    expect(labelsAfter(program, ask0, ask0)).toEqual([receives1])
  })

  test("in a session wait for the answer, go where it goes, and take along what it knows of time and of writes", () => {
    const program = speakers(
      {
        machine: speaker({
          Say: Effect.fnUntraced(function* (state, { word }) {
            yield* Observe.wrote(word)
            if (word === "x") yield* LocalClock.now
            if (word === "x") yield* Observe.acknowledged(word)
            return word === "x" ? state : hear(state, String(yield* LocalClock.now))
          })
        }),
        clocks: Clocks.perfect({ horizon: 2 }),
        workload: Workload.sessions([
          [
            { at: 0, operation: say("x") },
            { at: [1], operation: say("y") },
            { at: 0, operation: say("x") }
          ]
        ])
      },
      [log({ causal: true })]
    )
    expect(labelsOf(program, start(program))).toEqual([0, 1, 2].map((value) => `${ask0}, clock ${value}`))
    const later = stateAfter(program, `${ask0}, clock 1`)
    expect(program.snapshot(later)["environment"]).toMatchObject({
      sessions: [{ next: 1, waiting: false, past: ["x"], answeredAt: 1 }]
    })
    expect(labelsOf(program, later)).toEqual([`${ask1}, clock 1`, `${ask1}, clock 2`])
    const last = program.snapshot(stateAfter(program, `${ask0}, clock 1`, `${ask1}, clock 2`))
    expect(last["observed: log"]).toBe("invoked@n0 wrote@n0 acknowledged@n0<x invoked@n1<x wrote@n1<x")
    expect(last["environment"]).toMatchObject({
      sessions: [{ next: 2, waiting: true, past: ["x"], answeredAt: 1 }]
    })
    // `Say y` was not answered.
    expect(labelsAfter(program, `${ask0}, clock 1`, `${ask1}, clock 2`)).toEqual([])
  })

  test("of two sessions are each its own", () => {
    const workload = Workload.sessions([[{ at: 1, operation: say("y") }], [{ at: [0, 1], operation: say("x") }]])
    const program = speakers({ workload })
    expect(labelsOf(program, start(program))).toEqual([ask0, ask1, `n1 is asked to ${word.x}`])
    expect(snapshotAfter(program, ask0)["environment"]).toMatchObject({
      sessions: [
        { next: 0, waiting: false },
        { next: 1, waiting: true }
      ]
    })
    expect(program.describeStep(start(program), 0).observations).toMatchObject([{ id: "s1.0" }])
  })
})

describe("the network", () => {
  const budgets = { lose: 0, duplicate: 0, cut: 0, crash: 0, recover: 0, draw: 0, cutLinks: [] }
  const envelope = 'Told {"word":"x"} from n0 to n1'

  test("loses a message, within its budget", () => {
    const program = speakers({ ...asked(["x", "x"]), network: Network.unordered({ lose: 1 }) })
    const state = stateAfter(program, ask0)
    expect(stepsOf(program, state).at(-1)).toEqual([
      `${envelope} is lost`,
      { n0: node("", 1), n1: node(), environment: budgets }
    ])
    expect(program.describeStep(state, 2)).toEqual({
      kind: "lose",
      action: 2,
      label: `${envelope} is lost`,
      node: 1,
      received: { from: 0, to: 1, message: told("x") },
      sent: [],
      unsent: [],
      observations: []
    })
    expect(labelsAfter(program, ask0, `${envelope} is lost`, ask0)).toEqual([receives1])
  })

  test("duplicates a message, within its budget; of two alike either is the one received", () => {
    const program = speakers({ ...asked(["x"]), network: Network.unordered({ duplicate: 1 }) })
    const label = `${envelope} is duplicated`
    expect(stepsOf(program, stateAfter(program, ask0)).at(-1)).toEqual([
      label,
      { n0: node("", 1), n1: node("", 0, [x, x]), environment: budgets }
    ])
    expect(program.describeStep(stateAfter(program, ask0), 1)).toMatchObject({ kind: "duplicate", node: 1 })
    expect(labelsAfter(program, ask0, label)).toEqual([receives1])
    expect(snapshotAfter(program, ask0, label, receives1, receives1)["n1"]).toEqual(node("xx"))
  })

  test("with an order delivers the first message of each link, and doubles it behind the others", () => {
    const network = Network.ordered({ duplicate: 1 })
    const program = speakers({ ...asked(["x", "a"]), network })
    const both = [ask0, asks(0, "a")]
    expect(labelsAfter(program, ...both)).toEqual([receives1, `${envelope} is duplicated`])
    const a = inFlight("a", 0)
    expect(snapshotAfter(program, ...both, `${envelope} is duplicated`)["n1"]).toEqual(node("", 0, [x, a, x]))
    const unordered = speakers({ ...asked(["x", "a"]) })
    expect(snapshotAfter(unordered, ...both)["n1"]).toEqual(node("", 0, [a, x]))
    expect(labelsAfter(unordered, ...both)).toEqual([receives(1, "a", 0), receives1])
  })

  test("cuts a link, over which nothing is sent until it heals; what is under way arrives", () => {
    const parts = { topology: Topology.chain(3), ...asked([], ["y", "y"]) }
    const program = speakers({ ...parts, network: Network.unordered({ cut: 1 }) })
    const cut = ["the link n0–n1 is cut", "the link n1–n2 is cut"]
    expect(labelsOf(program, start(program))).toEqual([ask1, ...cut])
    expect(program.describeStep(start(program), 2)).toEqual({
      kind: "cut",
      action: 2,
      label: cut[1],
      node: undefined,
      received: undefined,
      sent: [],
      unsent: [],
      observations: []
    })
    const receives2 = receives(2, "y", 1)
    const state = stateAfter(program, ask1, cut[1]!)
    expect(stepsOf(program, state).map(([label]) => label)).toEqual([
      receives0,
      ask1,
      receives2,
      "the link n1–n2 is healed"
    ])
    expect(program.snapshot(state)["environment"]).toEqual({ ...budgets, cutLinks: [[1, 2]] })
    expect(snapshotAfter(program, ask1, cut[1]!, ask1)).toMatchObject({ n0: node("", 0, [y, y]), n2: node("", 0, [y]) })
    expect(program.describeStep(state, 3)).toMatchObject({ kind: "heal", action: 3, node: undefined })
    expect(snapshotAfter(program, cut[1]!, "the link n1–n2 is healed")).toEqual({
      n0: node(),
      n1: node(),
      n2: node(),
      environment: budgets
    })
    // The budget is spent: it heals for good.
    expect(labelsAfter(program, cut[1]!, "the link n1–n2 is healed")).toEqual([ask1])
    const forGood = speakers({ ...parts, network: Network.unordered({ cut: 2, heal: false }) })
    expect(labelsAfter(forGood, cut[1]!)).toEqual([ask1, cut[0]])
  })
})

describe("a system is refused", () => {
  test("whose machine has no initial state that it admits, by the node", () => {
    const initial = ({ id }: { readonly id: number }) => ({ heard: "", said: id / 2 })
    expect(refusalOf(() => speakers({ machine: speaker({}, {}, { initial }) }))).toMatchObject({
      system: "speakers",
      where: "machine speaker, initial state of n1",
      offence: "returned a value its schema rejects",
      input: ""
    })
    const none = () => {
      throw new RangeError("no state")
    }
    expect(refusalOf(() => speakers({ machine: speaker({}, {}, { initial: none }) }))).toEqual({
      system: "speakers",
      where: "machine speaker, initial state of n0",
      offence: "threw",
      detail: "RangeError: no state",
      input: ""
    })
  })

  test("whose initial state never comes to be, by the node", () => {
    const initial = (): Speaker => {
      for (;;);
    }
    const compiling = () => speakers({ machine: speaker({}, {}, { initial }) })
    expect(refusalOfEndless(compiling)).toEqual({
      where: "machine speaker, initial state of n0",
      offence: "did not return",
      input: ""
    })
  })

  test("whose workload asks for what no node does, before anything runs", () => {
    const deaf = Machine.make("deaf", { state: speaker().state, initial: () => ({ heard: "", said: 0 }) }).handlers({})
    expect(refusalOf(() => speakers({ machine: [speaker(), deaf], ...asked([], ["y"]) }))).toEqual({
      system: "speakers",
      where: "workload",
      offence: "is not composed correctly",
      detail: 'it asks n1, a deaf, for {"_tag":"Say","word":"y"}',
      input: '{"_tag":"Say","word":"y"}'
    })
  })
})
