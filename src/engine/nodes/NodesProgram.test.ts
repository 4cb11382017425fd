/**
 * A system of nodes as integers: slots and their hashes, entries, units, what properties read, what is counted.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { entriesOf, stateAfter } from "../../../test/programs.ts"
import {
  asked,
  asks,
  inFlight,
  labelsAfter,
  log,
  node,
  receives,
  say,
  type Speaker,
  speaker,
  speakers,
  told
} from "../../../test/speakers.ts"
import { Faults, Machine, type NodesView, Network, Timer, Topology, Workload } from "../../model/index.ts"
import { Observer } from "../../property/index.ts"
import { type Program, Successors } from "../Program.ts"

const start = (program: Program) => program.initial[0]!
const ask0 = asks(0, "x")
const ask1 = asks(1, "y")
const receives1 = receives(1, "x", 0)

/** The content hash of each slot of a state. */
const hashesOf = ({ hashes }: Program, state: Int32Array) =>
  hashes.map(({ high, low }, slot) => `${low[state[slot]!]} ${high[state[slot]!]}`)

/** The slots whose content differs in two states. */
const changed = (program: Program, before: Int32Array, after: Int32Array) => {
  const hashes = hashesOf(program, after)
  return hashesOf(program, before).flatMap((hash, slot) => (hash === hashes[slot] ? [] : [slot]))
}

const heads = (program: Program, state: Int32Array) =>
  entriesOf(program, state).map(({ action, edits, node, observations }) => [
    program.actions[action!]!.name,
    node,
    edits,
    program.observations(observations!).map(({ kind }) => kind)
  ])

describe("slots", () => {
  test("are the nodes, then the environment if it can change, then the observers", () => {
    const observers = [log(), log({ causal: true })]
    const slots = (program: Program) => [
      program.slots,
      program.hashes.length,
      program.initial[0]!.length,
      [...program.observerSlots.values()]
    ]
    expect(slots(speakers())).toEqual([2, 2, 2, []])
    expect(slots(speakers({}, observers))).toEqual([4, 4, 4, [2, 3]])
    expect(slots(speakers({ faults: Faults.crash() }, observers))).toEqual([5, 5, 5, [3, 4]])
    // A state has at least two.
    expect(slots(speakers({ topology: Topology.allToAll(1) }))).toEqual([2, 2, 2, []])
    expect(slots(speakers({ topology: Topology.allToAll(1) }, [log()]))).toEqual([2, 2, 2, [1]])
    expect([...speakers({}, observers).observerSlots.keys()]).toEqual(observers)
  })

  test("have hashes of what is in them: a step changes those of the slots that it changes", () => {
    const program = speakers({ ...asked(["x"]), faults: Faults.crash() }, [log()])
    const after = (...labels: ReadonlyArray<string>) => stateAfter(program, ...labels)
    // Slots 0 and 1 are nodes, 2 is the environment, 3 the log.
    expect(changed(program, after(), after(ask0))).toEqual([0, 1, 3])
    expect(changed(program, after(ask0), after(ask0, receives1))).toEqual([1])
    expect(changed(program, after(ask0), after(ask0, "n0 crashes"))).toEqual([0, 2, 3])
    // The fifth content of the log has a hash of its own, though the environment has had no more than two.
    const talks = speakers({ ...asked(["a", "b", "c", "d"]), faults: Faults.crash() }, [log()])
    const said = (...words: ReadonlyArray<string>) => stateAfter(talks, ...words.map((word) => asks(0, word)))
    expect(changed(talks, said("a", "b", "c"), said("a", "b", "c", "d"))).toEqual([0, 1, 3])
    expect(hashesOf(program, after()).every((hash) => /^-?\d+ -?\d+$/.test(hash))).toBe(true)
    // The slot that only fills up a state holds nothing.
    const single = speakers({ topology: Topology.allToAll(1) })
    expect(single.hashes[1]!.low[start(single)[1]!]).toBe(0)
  })

  test("hold the same content by the same hash, whatever was met before", () => {
    const parts = { ...asked(["x"], ["y"]), faults: Faults.crash() }
    const [early, late] = [speakers(parts, [log()]), speakers(parts, [log()])]
    for (const state of [start(late), stateAfter(late, ask1), stateAfter(late, "n1 crashes")]) entriesOf(late, state)
    expect(hashesOf(late, stateAfter(late, ask0))).toEqual(hashesOf(early, stateAfter(early, ask0)))
  })
})

describe("entries", () => {
  test("edit the node, those it sends to, the environment where there is one, and observers where something is noted", () => {
    expect(heads(speakers(asked(["x"])), start(speakers(asked(["x"]))))).toEqual([["invoke Say", 0, 2, ["invoked"]]])
    const program = speakers({ ...asked(["x"]), faults: Faults.crash() }, [log(), log()])
    expect(heads(program, start(program))).toEqual([
      ["invoke Say", 0, 5, ["invoked"]],
      ["crash", 0, 4, ["crashed"]],
      ["crash", 1, 4, ["crashed"]]
    ])
    expect(heads(program, stateAfter(program, ask0))).toEqual([
      ["crash", 0, 4, ["crashed"]],
      ["deliver Told", 1, 2, []],
      ["crash", 1, 4, ["crashed"]]
    ])
  })

  test("of links happen at no node and edit the environment alone", () => {
    const program = speakers({ network: Network.unordered({ cut: 1 }) })
    expect(heads(program, start(program))).toEqual([["cut", -1, 1, []]])
    expect(heads(program, stateAfter(program, "the link n0–n1 is cut"))).toEqual([["heal", -1, 1, []]])
    expect(changed(program, start(program), stateAfter(program, "the link n0–n1 is cut"))).toEqual([2])
  })

  test("are as many as can happen, be it hundreds at a node with messages to all others", () => {
    const words = Array.from({ length: 400 }, (_, index) => `w${index}`)
    const machine = speaker({ Told: (state) => Effect.succeed(state) })
    const program = speakers({
      machine,
      topology: Topology.allToAll(4),
      workload: Workload.drawn(1, words.map(say), { nodes: [1] })
    })
    const found = entriesOf(program, start(program))
    expect(found.map(({ edits, observations }) => [edits, program.observations(observations!)])).toEqual(
      words.map((word) => [5, [{ kind: "invoked", operation: say(word), id: "n1.0", node: 1, past: [] }]])
    )
    expect(found.map(({ next }) => Array.from(next.subarray(0, 4), (configuration) => configuration > 0))).toEqual(
      words.map(() => [true, true, true, true])
    )
    expect(program.snapshot(found.at(-1)!.next)).toMatchObject({
      n1: node("", 1),
      n3: node("", 0, [inFlight("w399", 1)])
    })
    // The first of them, asked twice, have one message at each of three nodes, and are found out once.
    const some = found.slice(0, 70)
    for (const { next } of [...some, ...some]) expect(entriesOf(program, next).length).toBe(3)
    const three = [0, 2, 3].map((id) => program.outcomes(1)![id]!.taken)
    expect([program.outcomes(0)![1]!.taken, three]).toEqual([400, [70, 70, 70]])
  })

  test("are found out once for a node's situation; handlers run once for each call", () => {
    const program = speakers(asked(["x"], ["y"]))
    const run = () => [entriesOf(program, start(program)).length, program.handlerRuns()]
    // Every call is run twice, to see that it does the same.
    expect([run(), run()]).toEqual([
      [2, 4],
      [2, 4]
    ])
  })
})

describe("a step that there is not", () => {
  test("is told apart from those that there are, by its number", () => {
    const program = speakers(asked(["x"]))
    expect(() => program.describeStep(start(program), 1)).toThrow(new RangeError("no successor 1"))
    const cutting = speakers({ network: Network.unordered({ cut: 1 }) })
    expect(cutting.describeStep(start(cutting), 0).label).toBe("the link n0–n1 is cut")
    expect(() => cutting.describeStep(start(cutting), 1)).toThrow(new RangeError("no successor 1"))
  })
})

describe("units", () => {
  test("are an action at a node with its input and sender; a link has its own", () => {
    const program = speakers({
      topology: Topology.chain(3),
      ...asked(["x"], [], ["x"]),
      network: Network.unordered({ cut: 1 })
    })
    const fairnessClasses = (...labels: ReadonlyArray<string>) =>
      program.fairnessClassesOf(stateAfter(program, ...labels))
    // Asked at node 0, at node 2, either link cut.
    expect(fairnessClasses()).toEqual([0, 1, 2, 3])
    // The same message from either side of node 1.
    expect(fairnessClasses(ask0, asks(2, "x"))).toEqual([4, 5, 2, 3])
    expect(fairnessClasses(ask0)).toEqual([4, 1, 2, 3])
    expect(fairnessClasses("the link n1–n2 is cut")).toEqual([0, 1, 6])
    expect(program.fairnessClasses.map(({ action }) => program.actions[action]!.name)).toEqual([
      "invoke Say",
      "invoke Say",
      "cut",
      "cut",
      "deliver Told",
      "deliver Told",
      "heal"
    ])
    // 12–13 and 1–213 are two links, though their digits are the same.
    const long = Topology.graph(214, [
      [12, 13],
      [1, 213]
    ])
    const large = speakers({ topology: long, network: Network.unordered({ cut: 1 }) })
    expect(large.fairnessClassesOf(start(large))).toEqual([0, 1])
    const constant = speakers(asked(["x"]))
    expect([constant.fairnessClassesOf(start(constant)), constant.fairnessClasses]).toEqual([[0], [{ action: 0 }]])
  })
})

const isQuiescentIn = (program: Program, state: Int32Array): boolean => {
  const out = new Successors()
  program.expand(state, out)
  return program.isQuiescent(state, out)
}

describe("a state is quiescent", () => {
  const quiet = (program: Program, ...labels: ReadonlyArray<string>) =>
    isQuiescentIn(program, stateAfter(program, ...labels))

  test("when nothing is in flight and nobody is left to ask, though faults may still happen", () => {
    const program = speakers({ ...asked(["x"]), faults: Faults.crash({ atMost: 2, recoveries: 1 }) })
    expect([quiet(program), quiet(program, ask0), quiet(program, ask0, receives1)]).toEqual([false, false, true])
    expect(labelsAfter(program, ask0, receives1)).toEqual(["n0 crashes", "n1 crashes"])
    // Who is down receives nothing and is asked nothing.
    expect([quiet(program, ask0, "n1 crashes"), quiet(program, "n0 crashes")]).toEqual([true, true])
  })

  test("not while a timer is set", () => {
    const machine = speaker(
      { Say: (state) => Effect.as(Timer.set("t"), state) },
      { timeouts: { t: (state) => Effect.succeed(state) } }
    )
    const program = speakers({ machine, ...asked(["x"]) })
    expect([quiet(program, ask0), quiet(program, ask0, "n0 times out")]).toEqual([false, true])
  })

  test("not while an operation of the whole system can be asked of a node that is up", () => {
    const workload = Workload.drawn(1, [say("x")], { nodes: [0] })
    const program = speakers({ workload, faults: Faults.crash() })
    expect([quiet(program), quiet(program, ask0, receives1)]).toEqual([false, true])
    expect([quiet(program, "n0 crashes"), quiet(program, "n1 crashes")]).toEqual([true, false])
    const session = speakers({ workload: Workload.sessions([[{ at: [1], operation: say("y") }]]) })
    expect([quiet(session), quiet(session, ask1, receives(0, "y", 1))]).toEqual([false, true])
  })
})

describe("properties read", () => {
  /** The view of a property on a state, read by positions as in a search, and the positions that it read. */
  const seen = <A>(program: Program, state: Int32Array, look: (view: NodesView<Speaker>) => A) => {
    const positions = new Set<number>()
    const view = program.view((position) => {
      positions.add(position)
      const { project, slot } = program.positions[position]!
      return project === undefined ? state[slot]! : project.data[state[slot]!]!
    })
    return [look(view as NodesView<Speaker>), [...positions]]
  }

  test("of each node its state, whether it is up and what is on its way to it, each by itself", () => {
    const program = speakers({
      ...asked(["x", "a"]),
      topology: Topology.allToAll(3),
      faults: Faults.crash({ inFlight: "lost" })
    })
    const state = stateAfter(program, ask0, asks(0, "a"), "n2 crashes", receives1)
    expect(seen(program, state, ({ nodes }) => nodes.map(({ id }) => id))).toEqual([[0, 1, 2], []])
    expect(seen(program, state, ({ nodes }) => nodes.map((each) => each.state))).toEqual([
      [
        { heard: "", said: 2 },
        { heard: "x", said: 0 },
        { heard: "", said: 0 }
      ],
      [0, 3, 6]
    ])
    expect(seen(program, state, ({ nodes }) => nodes.map(({ up }) => up))).toEqual([
      [true, true, false],
      [1, 4, 7]
    ])
    expect(seen(program, state, ({ nodes }) => nodes.map(({ inbox }) => inbox))).toEqual([
      [[], [{ from: 0, to: 1, message: told("a") }], []],
      [2, 5, 8]
    ])
  })

  test("what observers remember, after the nodes", () => {
    const counting = Observer.make("count", { initial: 7, observe: (count: number) => count + 1 })
    const counted = speakers(asked(["x"]), [log(), counting as Observer<unknown> as Observer<string>])
    expect(counted.snapshot(start(counted))).toMatchObject({ "observed: log": "", "observed: count": 7 })
    expect(counted.snapshot(stateAfter(counted, ask0, receives1))).toEqual({
      n0: node("", 1),
      n1: node("x"),
      "observed: log": "invoked@n0",
      "observed: count": 8
    })
    const program = speakers({ ...asked(["x"]), faults: Faults.crash() }, [log(), log()])
    const [first, second] = [...program.observerSlots.values()]
    expect(program.positions.length).toBe(8)
    expect(program.positions.slice(6)).toEqual([
      { slot: first, project: undefined },
      { slot: second, project: undefined }
    ])
    const state = stateAfter(program, ask0)
    expect([first!, second!].map((slot) => program.remembered(slot, state[slot]!))).toEqual([
      "invoked@n0",
      "invoked@n0"
    ])
    expect(program.remembered(first!, start(program)[first!]!)).toBe("")
  })
})

describe("inboxes", () => {
  test("are shown by content where there is no order, and as they were sent where there is", () => {
    const inbox = (network: ReturnType<typeof Network.unordered>) => {
      const program = speakers({ ...asked(["c", "a", "b"]), network })
      const state = stateAfter(program, asks(0, "c"), asks(0, "a"), asks(0, "b"))
      return program.snapshot(state)["n1"]
    }
    const shown = (...words: ReadonlyArray<string>) =>
      node(
        "",
        0,
        words.map((word) => inFlight(word, 0))
      )
    expect(inbox(Network.unordered())).toEqual(shown("a", "b", "c"))
    expect(inbox(Network.ordered())).toEqual(shown("c", "a", "b"))
  })

  test("show what a message carries, if it carries anything", () => {
    const Ping = Schema.TaggedStruct("Ping", {})
    const machine = Machine.make("pinging", { state: Schema.Int, messages: [Ping], initial: () => 0 }).handlers(
      { Ping: (state) => Effect.succeed(state) },
      { start: (state) => Effect.as(Network.broadcast(Ping.make({})), state) }
    )
    const pings = speakers({ machine })
    expect(pings.snapshot(start(pings))["n1"]).toEqual({ state: 0, inbox: ["Ping from n0"] })
    expect(labelsAfter(pings)).toEqual(["n0 receives Ping from n1", "n1 receives Ping from n0"])
    const program = speakers({
      machine: speaker({ Say: (state) => Effect.as(Network.send(1, told("")), state) }),
      ...asked(["x"])
    })
    expect(program.snapshot(stateAfter(program, ask0))["n1"]).toEqual(node("", 0, ['Told {"word":""} from n0']))
  })
})
