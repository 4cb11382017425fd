/**
 * Systems of two or three nodes, one mechanism at a time: timers, crashes and recoveries, and crashes in the middle
 * of a handler. What nodes ask and send is in nodes.test.ts.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { labelsOf, stateAfter, stepsOf } from "../../../test/programs.ts"
import {
  asked,
  asks,
  hear,
  inFlight,
  labelsAfter,
  log,
  node,
  receives,
  snapshotAfter,
  type Speaker,
  speaker,
  speakers,
  told
} from "../../../test/speakers.ts"
import { Faults, Network, Observe, Timer, Topology } from "../../model/index.ts"

const ask0 = asks(0, "x")
const ask1 = asks(1, "y")
const receives1 = receives(1, "x", 0)
const y = inFlight("y", 1)
const budgets = { lose: 0, duplicate: 0, cut: 0, crash: 0, recover: 0, draw: 0, cutLinks: [] }

/** A machine whose nodes set these timers when they are asked. */
const alarmed = (...timers: ReadonlyArray<string>) => {
  const ring = (name: string) => (state: Speaker) => Effect.succeed(hear(state, name))
  return speaker(
    {
      Say: Effect.fnUntraced(function* (state) {
        for (const name of timers) yield* Timer.set(name)
        return state
      })
    },
    {
      timeouts: {
        retry: ring("r"),
        give: ring("g"),
        again: Effect.fnUntraced(function* (state: Speaker) {
          yield* Timer.set("again")
          yield* Network.broadcast(told("a"))
          return state
        })
      }
    }
  )
}

describe("a timer", () => {
  test("that is set fires once, at any time, before or after another one", () => {
    const program = speakers({ machine: alarmed("retry", "give"), ...asked(["x"]) })
    const both = { ...node(), timers: ["give", "retry"] }
    expect(snapshotAfter(program, ask0)).toEqual({ n0: both, n1: node() })
    expect(stepsOf(program, stateAfter(program, ask0))).toEqual([
      ["n0 times out", { n0: { ...node("g"), timers: ["retry"] }, n1: node() }],
      ["n0 times out", { n0: { ...node("r"), timers: ["give"] }, n1: node() }]
    ])
    expect(snapshotAfter(program, ask0, "n0 times out", "n0 times out")).toEqual({ n0: node("gr"), n1: node() })
    const actions = [0, 1].map((ordinal) => program.describeStep(stateAfter(program, ask0), ordinal))
    expect(actions.map(({ action, kind }) => [program.actions[action]!.name, kind])).toEqual([
      ["timeout give", "timeout"],
      ["timeout retry", "timeout"]
    ])
  })

  test("may be set again by its handler, which may send; a message in flight comes before it in the order of steps", () => {
    const program = speakers({ machine: alarmed("again"), ...asked(["x"], ["y"]) })
    expect(stepsOf(program, stateAfter(program, ask0, ask1)).map(([label]) => label)).toEqual([
      "n0 times out",
      "n1 times out"
    ])
    const fired = stateAfter(program, ask0, ask1, "n0 times out")
    expect(program.snapshot(fired)).toEqual({
      n0: { ...node(), timers: ["again"] },
      n1: { ...node("", 0, [inFlight("a", 0)]), timers: ["again"] }
    })
    expect(labelsOf(program, fired)).toEqual(["n0 times out", receives(1, "a", 0), "n1 times out"])
  })
})

describe("a crash", () => {
  test("that breaks connections loses what is in flight to the node, its timers, and what is sent to it while it is down", () => {
    const program = speakers({ machine: alarmed("give"), ...asked(["x"]), faults: Faults.crash() })
    expect(snapshotAfter(program, ask0, "n0 crashes")).toEqual({
      n0: { ...node(), down: true },
      n1: node(),
      environment: budgets
    })
    const talking = speakers({ ...asked(["x", "a"], ["y"]), faults: Faults.crash({ inFlight: "lost" }) })
    const down = { n1: { ...node(), down: true }, environment: budgets }
    expect(stepsOf(talking, stateAfter(talking, ask0)).at(-1)).toEqual(["n1 crashes", { ...down, n0: node("", 1) }])
    // A node that is down is asked nothing, and its peer's words are lost.
    expect(stepsOf(talking, stateAfter(talking, ask0, "n1 crashes"))).toEqual([
      [asks(0, "a"), { ...down, n0: node("", 2) }]
    ])
  })

  test("is noted at its node, and is the last thing that can happen there", () => {
    const program = speakers({ ...asked(["x"], ["y"]), faults: Faults.crash({ nodes: [1] }) }, [log()])
    const state = stateAfter(program, ask0)
    expect(labelsOf(program, state)).toEqual([ask1, receives1, "n1 crashes"])
    expect(program.describeStep(state, 2)).toEqual({
      kind: "crash",
      action: 2,
      label: "n1 crashes",
      node: 1,
      received: undefined,
      sent: [],
      unsent: [],
      observations: [{ kind: "crashed", node: 1, past: [] }]
    })
    expect(snapshotAfter(program, ask0, "n1 crashes")["observed: log"]).toBe("invoked@n0 crashed@n1")
  })

  test("of any node is possible within the budget, of others than those named never", () => {
    const parts = { topology: Topology.allToAll(3) }
    const all = speakers({ ...parts, faults: Faults.crash({ atMost: 2 }) })
    expect(labelsAfter(all)).toEqual(["n0 crashes", "n1 crashes", "n2 crashes"])
    expect(labelsAfter(all, "n1 crashes")).toEqual(["n0 crashes", "n2 crashes"])
    expect(labelsAfter(all, "n1 crashes", "n0 crashes")).toEqual([])
    const some = speakers({ ...parts, faults: Faults.crash({ atMost: 2, nodes: [2, 0] }) })
    expect(labelsAfter(some)).toEqual(["n0 crashes", "n2 crashes"])
  })

  test("keeps what the machine declares durable, all of it or nothing", () => {
    const kept = (durable: ReadonlyArray<"heard" | "said"> | undefined) => {
      const machine = speaker(
        { Say: (state) => Effect.succeed({ heard: "h", said: state.said + 1 }) },
        {},
        { initial: ({ id, nodes }) => ({ heard: `${id} of ${nodes}`, said: 7 }), ...(durable && { durable }) }
      )
      const program = speakers({ machine, ...asked(["x"]), faults: Faults.crash() })
      return snapshotAfter(program, ask0, "n0 crashes")["n0"]
    }
    expect(kept(undefined)).toEqual({ ...node("h", 8), down: true })
    expect(kept(["heard", "said"])).toEqual({ ...node("h", 8), down: true })
    expect(kept(["said"])).toEqual({ ...node("0 of 2", 8), down: true })
    expect(kept([])).toEqual({ ...node("0 of 2", 7), down: true })
  })
})

describe("a recovery", () => {
  test("brings a node up as the crash left it, within its budget, and is noted", () => {
    const faults = Faults.crash({ atMost: 3, recoveries: 2, nodes: [1] })
    const program = speakers({ ...asked([], ["y"]), faults }, [log()])
    const state = stateAfter(program, ask1, "n1 crashes")
    expect(stepsOf(program, state)).toEqual([
      [receives(0, "y", 1), expect.anything()],
      [
        "n1 recovers",
        {
          n0: node("", 0, [y]),
          n1: node("", 1),
          environment: { ...budgets, crash: 2, recover: 1 },
          "observed: log": "invoked@n1 crashed@n1 recovered@n1"
        }
      ]
    ])
    expect(program.describeStep(state, 1)).toEqual({
      kind: "recover",
      action: 3,
      label: "n1 recovers",
      node: 1,
      received: undefined,
      sent: [],
      unsent: [],
      observations: [{ kind: "recovered", node: 1, past: [] }]
    })
    const thrice = ["n1 crashes", "n1 recovers", "n1 crashes", "n1 recovers", "n1 crashes"]
    expect(labelsAfter(program, ask1, ...thrice)).toEqual([receives(0, "y", 1)])
  })

  test("runs the machine's handler for it, which may send", () => {
    const recover = Effect.fnUntraced(function* (state: Speaker) {
      yield* Network.broadcast(told("b"))
      yield* Observe.note("back", null)
      return hear(state, "!")
    })
    const program = speakers({ machine: speaker({}, { recover }), faults: Faults.crash({ recoveries: 1 }) }, [log()])
    expect(stepsOf(program, stateAfter(program, "n0 crashes"))).toEqual([
      [
        "n0 recovers",
        {
          n0: node("!"),
          n1: node("", 0, [inFlight("b", 0)]),
          environment: budgets,
          "observed: log": "crashed@n0 recovered@n0 noted@n0"
        }
      ]
    ])
    expect(program.describeStep(stateAfter(program, "n0 crashes"), 0)).toMatchObject({ kind: "recover", action: 2 })
  })

  test("never comes to a node that is down from the start, which is asked nothing", () => {
    const faults = { ...Faults.crash({ recoveries: 1 }), down: [1] }
    const program = speakers({ ...asked(["x"], ["y"]), faults })
    expect(program.snapshot(program.initial[0]!)).toMatchObject({ n0: node(), n1: { ...node(), down: true } })
    expect(labelsAfter(program)).toEqual([ask0, "n0 crashes"])
    expect(snapshotAfter(program, ask0)["n1"]).toEqual({ ...node(), down: true })
    expect(labelsAfter(program, "n0 crashes")).toEqual(["n0 recovers"])
  })
})

describe("a crash in the middle of a handler", () => {
  const telling = speaker({
    Say: Effect.fnUntraced(function* (state) {
      yield* Network.send(1, told("a"))
      yield* Observe.note("between", null)
      yield* Network.send(2, told("b"))
      return { ...state, said: 1 }
    })
  })
  const parts = () => ({ machine: telling, topology: Topology.allToAll(3), ...asked(["x"]) })
  const [a, b] = [inFlight("a", 0), inFlight("b", 0)]

  test("keeps any of its messages from leaving but not all, after the state was kept", () => {
    const faults = Faults.crash({ midHandler: true, recoveries: 1, nodes: [0] })
    const program = speakers({ ...parts(), faults }, [log()])
    const down = { ...node("", 1), down: true }
    const environment = { ...budgets, recover: 1 }
    const crashes = 'n0 crashes while handling Say {"word":"x"}: nothing leaves for'
    expect(stepsOf(program, program.initial[0]!)).toEqual([
      [
        ask0,
        {
          n0: node("", 1),
          n1: node("", 0, [a]),
          n2: node("", 0, [b]),
          environment: { ...environment, crash: 1 },
          "observed: log": "invoked@n0 noted@n0"
        }
      ],
      [
        `${crashes} n1, n2`,
        { n0: down, n1: node(), n2: node(), environment, "observed: log": "invoked@n0 crashed@n0" }
      ],
      [
        `${crashes} n2`,
        {
          n0: down,
          n1: node("", 0, [a]),
          n2: node(),
          environment,
          "observed: log": "invoked@n0 noted@n0 crashed@n0"
        }
      ],
      [
        `${crashes} n1`,
        { n0: down, n1: node(), n2: node("", 0, [b]), environment, "observed: log": "invoked@n0 crashed@n0" }
      ],
      ["n0 crashes", expect.anything()]
    ])
    expect(program.describeStep(program.initial[0]!, 2)).toMatchObject({
      kind: "crash",
      node: 0,
      sent: [{ from: 0, to: 1, message: told("a") }],
      unsent: [{ from: 0, to: 2, message: told("b") }]
    })
    const action = program.describeStep(program.initial[0]!, 2).action
    expect(program.actions[action]).toEqual({ name: "crash in mid-handler", fault: true })
  })

  test("needs a message, a budget, a node that may crash, and to be asked for", () => {
    const labelsWith = (faults: Parameters<typeof Faults.crash>[0], ...labels: ReadonlyArray<string>) =>
      labelsAfter(speakers({ ...parts(), ...asked(["x"], [], []), faults: Faults.crash(faults) }), ...labels).length
    // Asked and answered, three ways to crash in between, and a crash of each node.
    expect(labelsWith({ midHandler: true })).toBe(7)
    expect(labelsWith({})).toBe(4)
    expect(labelsWith({ midHandler: true, nodes: [1] })).toBe(2)
    expect(labelsWith({ midHandler: true }, "n1 crashes")).toBe(1)
    // Handlers of `Told` send nothing: two messages to receive, three nodes to crash.
    expect(labelsWith({ midHandler: true }, ask0)).toBe(5)
  })

  test("that breaks connections loses what was in flight to the node, its timers, and what is not durable", () => {
    const machine = speaker(
      {
        Say: Effect.fnUntraced(function* (state) {
          yield* Timer.set("retry")
          yield* Network.broadcast(told("a"))
          return { heard: "h", said: state.said + 1 }
        })
      },
      { timeouts: { retry: (state) => Effect.succeed(state) } },
      { durable: ["said"] }
    )
    const program = speakers({
      machine,
      ...asked(["x"], ["y"]),
      faults: Faults.crash({ midHandler: true, inFlight: "lost" })
    })
    const [, crash] = stepsOf(program, stateAfter(program, ask1))
    expect(crash).toEqual([
      'n0 crashes while handling Say {"word":"x"}: nothing leaves for n1',
      { n0: { ...node("", 1), down: true }, n1: { ...node("h", 1), timers: ["retry"] }, environment: budgets }
    ])
  })
})
