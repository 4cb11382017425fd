/**
 * Commands of a handler, given as data, and their effects. The nodes are three replicas and a client, node 3; the chain
 * 0–1–2–3 links them.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { Machine, type NodeSystem, type Note, System, Topology } from "../../model/index.ts"
import type { NodeMetadata } from "../nodes/NodeConfigurations.ts"
import { Commands } from "./Commands.ts"
import { type Environment, initialEnvironment, type SessionState } from "../nodes/Environment.ts"
import type { HandlerCommand } from "../execution/HandlerCall.ts"
import { Inputs } from "./Inputs.ts"
import { Interner } from "../interning/Interner.ts"

const Tell = Schema.TaggedStruct("Tell", { word: Schema.String })
const tell = Tell.make({ word: "w" })

const systemOf = (topology = Topology.chain(4)): NodeSystem<unknown> => {
  const replica = Machine.make("replica", { state: Schema.Null, messages: [Tell], initial: () => null }).handlers(
    { Tell: (state) => Effect.succeed(state) },
    { timeouts: { retry: (state) => Effect.succeed(state), give: (state) => Effect.succeed(state) } }
  )
  const client = Machine.make("client", { state: Schema.Null, initial: () => null }).handlers({})
  return System.make("deeds", { machine: [replica, replica, replica, client], topology })
}

const plain: NodeMetadata = { up: true, progress: 0, timers: [], zone: null, past: null }
const causal: NodeMetadata = { ...plain, past: ["a"] }
const timed: NodeMetadata = { ...plain, zone: { least: 3, last: null, offset: null, stepsBack: 0 } }

interface Situation {
  readonly system?: NodeSystem<unknown>
  readonly node?: number
  readonly before?: NodeMetadata
  readonly sender?: number
  readonly environment?: Environment
  readonly first?: Note
  readonly kept?: number
}

/** Carries out commands, and shows envelopes by their content instead of by number. */
const carryOut = (commands: ReadonlyArray<HandlerCommand>, situation: Situation = {}) => {
  const { before = plain, first, kept, node = 1, sender, system = systemOf() } = situation
  const { environment = initialEnvironment(system, { causal: false, timed: false }) } = situation
  const envelopes = new Interner()
  const [machine] = system.machines
  const key = { machine: machine!, name: "Tell", handler: machine!.handlers.get("Tell")!, index: 0 }
  const outcome = { local: 0, commands }
  const found = new Commands(system, new Inputs(system), envelopes).carryOut(
    node,
    before,
    outcome,
    sender,
    environment,
    first,
    key,
    kept
  )
  return {
    ...found,
    sends: Object.fromEntries([...found.sends].map(([to, ids]) => [to, ids.map((id) => envelopes.values[id])]))
  }
}

const send = (to: number, word = "w"): HandlerCommand => ({ kind: "send", to, message: Tell.make({ word }) })
const noted = (name: string): HandlerCommand => ({ kind: "note", note: { kind: "noted", name, data: null } })
const envelope = (word = "w") => ({ from: 1, message: { _tag: "Tell", word }, sentAt: null, past: null })

test("nothing done leaves everything as it was, the very same objects", () => {
  const environment = initialEnvironment(systemOf(), { causal: false, timed: false })
  const found = carryOut([], { environment })
  expect(found).toEqual({ metadata: plain, environment, observations: [], sends: {}, unsent: [], sendCount: 0 })
  expect([found.metadata === plain, found.environment === environment]).toEqual([true, true])
})

describe("messages", () => {
  test("leave in the order of sending, each for its destination", () => {
    const found = carryOut([send(0, "x"), send(2, "y"), send(0, "z")])
    expect(found.sends).toEqual({ 0: [envelope("x"), envelope("z")], 2: [envelope("y")] })
    expect([found.unsent, found.sendCount]).toEqual([[], 3])
  })

  test("to all go to the neighbours that run the same machine", () => {
    expect(carryOut([{ kind: "broadcast", message: tell }]).sends).toEqual({ 0: [envelope()], 2: [envelope()] })
    // Node 2 has a client beside it.
    const from2 = { ...envelope(), from: 2 }
    expect(carryOut([{ kind: "broadcast", message: tell }], { node: 2 }).sends).toEqual({ 1: [from2] })
  })

  test("are passed on away from where they came from, and nowhere if they came from nowhere", () => {
    const forward: HandlerCommand = { kind: "forward", message: tell }
    expect(carryOut([forward], { sender: 0 }).sends).toEqual({ 2: [envelope()] })
    expect(carryOut([forward], { sender: 2 }).sends).toEqual({ 0: [envelope()] })
    expect(carryOut([forward]).sends).toEqual({})
  })

  test("carry the least moment of their sending and the writes that their sender knows", () => {
    expect(carryOut([send(0)], { before: { ...timed, past: ["a"] } }).sends).toEqual({
      0: [{ ...envelope(), sentAt: 3, past: ["a"] }]
    })
  })

  test("are lost over a link that is cut, in either direction, and count as having left", () => {
    const environment: Environment = {
      ...initialEnvironment(systemOf(), { causal: false, timed: false }),
      cutLinks: [[1, 2]]
    }
    const found = carryOut([send(2), send(0), send(2)], { environment })
    expect([found.sends, found.sendCount, found.unsent]).toEqual([{ 0: [envelope()] }, 3, []])
    expect(carryOut([send(1)], { node: 2, environment }).sends).toEqual({})
  })

  test.each<[string, HandlerCommand, object]>([
    [
      "whose destination does not exist",
      send(7),
      { offence: "sent to a node that does not exist", detail: '{"_tag":"Tell","word":"w"} to n7' }
    ],
    [
      "whose link does not exist",
      send(3),
      {
        offence: "sent over a link the topology lacks",
        detail: '{"_tag":"Tell","word":"w"} from n1 to n3 in chain'
      }
    ],
    [
      "that their destination does not know",
      { kind: "send", to: 2, message: { _tag: "Ask" } },
      { offence: "sent a message its destination does not accept", detail: '{"_tag":"Ask"} to n2, a replica' }
    ]
  ])("%s are refused", (_, command, refusal) => {
    expect(() => carryOut([command])).toThrow(expect.objectContaining(refusal))
  })
})

describe("a crash in the middle", () => {
  const commands = [noted("before"), send(0, "x"), noted("between"), send(2, "y"), noted("after"), send(0, "z")]
  const names = (kept: number | undefined) => {
    const { observations, sends, sendCount, unsent } = carryOut(commands, kept === undefined ? {} : { kept })
    const words = (list: ReadonlyArray<unknown> = []) =>
      list.map((each) => (each as { message: typeof tell }).message.word)
    return [
      observations.map((each) => Reflect.get(each, "name")),
      words(Object.values(sends).flat()),
      unsent.map(({ from, to, message }) => `${from} ${to} ${(message as typeof tell).word}`),
      sendCount
    ]
  }

  test("keeps the messages of the given bits from leaving; what follows the first of them was not noted", () => {
    expect(names(undefined)).toEqual([["before", "between", "after"], ["x", "z", "y"], [], 3])
    expect(names(0)).toEqual([["before"], [], ["1 0 x", "1 2 y", "1 0 z"], 3])
    expect(names(0b001)).toEqual([["before", "between"], ["x"], ["1 2 y", "1 0 z"], 3])
    expect(names(0b010)).toEqual([["before"], ["y"], ["1 0 x", "1 0 z"], 3])
    expect(names(0b011)).toEqual([["before", "between", "after"], ["x", "y"], ["1 0 z"], 3])
    expect(names(0b101)).toEqual([["before", "between"], ["x", "z"], ["1 2 y"], 3])
  })
})

describe("timers", () => {
  const set = (name: string): HandlerCommand => ({ kind: "setTimer", name })
  const cancel = (name: string): HandlerCommand => ({ kind: "cancelTimer", name })
  const timers = (before: ReadonlyArray<string>, ...commands: ReadonlyArray<HandlerCommand>) =>
    carryOut(commands, { before: { ...plain, timers: before } }).metadata

  test("that are set are kept in order of name, each once; those cancelled are gone", () => {
    expect(timers([], set("retry"), set("give"), set("retry"))).toEqual({ ...plain, timers: ["give", "retry"] })
    expect(timers(["give", "retry"], cancel("give"))).toEqual({ ...plain, timers: ["retry"] })
    expect(timers(["give"], cancel("retry"), set("retry"), cancel("give"))).toEqual({ ...plain, timers: ["retry"] })
  })

  test("that were set already change nothing", () => {
    const before = { ...plain, timers: ["retry"] }
    expect(carryOut([set("retry")], { before }).metadata).toBe(before)
  })

  test("without a handler are refused", () => {
    expect(() => timers([], set("wake"))).toThrow(
      expect.objectContaining({ offence: "set a timer that has no handler", detail: "wake" })
    )
  })
})

describe("observations", () => {
  const wrote = (write: string): HandlerCommand => ({ kind: "note", note: { kind: "wrote", write, key: "", id: null } })

  test("name their node, and nothing of the past where it is not tracked", () => {
    expect(carryOut([wrote("b"), noted("then")])).toMatchObject({
      observations: [
        { kind: "wrote", write: "b", key: "", id: null, node: 1, past: [] },
        { kind: "noted", name: "then", data: null, node: 1, past: [] }
      ],
      metadata: plain
    })
  })

  test("carry the writes before them; a write is in its node's past from there on, and in what is sent", () => {
    const found = carryOut([noted("first"), send(0), wrote("c"), wrote("b"), noted("last")], { before: causal })
    expect(found.observations.map(({ past }) => past)).toEqual([["a"], ["a"], ["a", "c"], ["a", "b", "c"]])
    expect(found.metadata).toEqual({ ...causal, past: ["a", "b", "c"] })
    // Commands of one handler are one step: all its messages carry all its writes in their causal past.
    expect(found.sends).toEqual({ 0: [{ ...envelope(), past: ["a", "b", "c"] }] })
  })

  test("of a write that is known already, or of no write, leave the past as it is", () => {
    expect(carryOut([wrote("a"), noted("then")], { before: causal }).metadata).toBe(causal)
  })

  const answers: ReadonlyArray<Note> = [
    { kind: "wrote", write: "b", key: "k", id: null },
    { kind: "acknowledged", write: "b", id: null },
    { kind: "read", writes: ["b"], key: "k", id: null },
    { kind: "rejected", id: null }
  ]
  const invoked: Note = { kind: "invoked", operation: tell, id: "n1.0" }
  const idsAfter = (first: Note | undefined, notes: ReadonlyArray<Note>) =>
    carryOut(
      notes.map((note): HandlerCommand => ({ kind: "note", note })),
      first === undefined ? {} : { first }
    ).observations.map((observation) => ("id" in observation ? observation.id : "nameless"))

  test("of answers and writes name the operation in hand, unless they name another", () => {
    expect(idsAfter(invoked, answers)).toEqual(["n1.0", "n1.0", "n1.0", "n1.0", "n1.0"])
    expect(
      idsAfter(
        invoked,
        answers.map((note) => ({ ...note, id: "n0.7" }))
      )
    ).toEqual(["n1.0", "n0.7", "n0.7", "n0.7", "n0.7"])
    expect(idsAfter(undefined, answers)).toEqual([null, null, null, null])
    expect(idsAfter({ kind: "recovered" }, answers)).toEqual(["nameless", null, null, null, null])
    // What a handler itself calls invoked is not the operation in hand.
    expect(idsAfter(undefined, [{ kind: "applied", write: "b" }, invoked, answers[3]!])).toEqual([
      "nameless",
      "n1.0",
      null
    ])
  })

  test("begin with what the harness notes, and give the rest as it was noted", () => {
    expect(carryOut([noted("then")], { first: invoked }).observations).toEqual([
      { ...invoked, node: 1, past: [] },
      { kind: "noted", name: "then", data: null, node: 1, past: [] }
    ])
  })
})

describe("a session", () => {
  const waiting: SessionState = { next: 2, waiting: true, past: null, answeredAt: null }
  const environmentOf = (...sessions: ReadonlyArray<SessionState>): Environment => ({
    ...initialEnvironment(systemOf(), { causal: false, timed: false }),
    sessions
  })
  const answer = (kind: "acknowledged" | "rejected" | "read", id: string): HandlerCommand => ({
    kind: "note",
    note:
      kind === "read"
        ? { kind, writes: [], key: "", id }
        : kind === "rejected"
          ? { kind, id }
          : { kind, write: "b", id }
  })
  const after = (command: HandlerCommand, environment: Environment, before: NodeMetadata = plain) =>
    carryOut([command], { before, environment }).environment

  test.each(["acknowledged", "rejected", "read"] as const)("has its answer when its operation is %s", (kind) => {
    expect(after(answer(kind, "s1.1"), environmentOf(waiting, waiting)).sessions).toEqual([
      waiting,
      { ...waiting, waiting: false }
    ])
  })

  test("knows from then on what the answering node knows, and that its moment is over", () => {
    const before = { ...timed, past: ["a"] }
    expect(after(answer("read", "s0.1"), environmentOf(waiting), before).sessions).toEqual([
      { next: 2, waiting: false, past: ["a"], answeredAt: 3 }
    ])
  })

  test.each([
    ["an earlier operation of it", "s0.0"],
    ["a later one", "s0.2"],
    ["a session that there is not", "s1.1"],
    ["an operation of a node", "n0.1"]
  ])("is left alone by an answer to %s", (_, id) => {
    const environment = environmentOf(waiting)
    expect(after(answer("acknowledged", id), environment)).toBe(environment)
  })

  test("that waits for nothing is left alone, and so is a system without sessions", () => {
    const environment = environmentOf({ ...waiting, waiting: false, answeredAt: 1 })
    expect(after(answer("acknowledged", "s0.1"), environment)).toBe(environment)
    const { sessions: _, ...without } = environment
    expect(after(answer("acknowledged", "s0.1"), without)).toBe(without)
  })

  test("is left alone by what is no answer", () => {
    const environment = environmentOf(waiting)
    const notes: ReadonlyArray<Note> = [
      { kind: "wrote", write: "b", key: "", id: "s0.1" },
      { kind: "invoked", operation: tell, id: "s0.1" },
      { kind: "applied", write: "b" }
    ]
    for (const note of notes) expect(after({ kind: "note", note }, environment)).toBe(environment)
  })

  test("has its answer in one step with another session", () => {
    const found = carryOut([answer("read", "s1.1"), answer("rejected", "s0.1")], {
      environment: environmentOf(waiting, waiting)
    })
    expect(found.environment.sessions).toEqual([
      { ...waiting, waiting: false },
      { ...waiting, waiting: false }
    ])
  })
})
