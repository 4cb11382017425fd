/**
 * A value counts as it is when it is handed over: what code of a model does to its own objects afterwards changes
 * nothing, and what it is given it cannot change.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { explore } from "../../../test/explore-given.ts"
import {
  type HandlerEffect,
  Machine,
  Network,
  Observe,
  System,
  Timer,
  Topology,
  WholeState,
  Workload
} from "../../model/index.ts"
import { type NodesView, Observer, Property } from "../../property/index.ts"
import { compile } from "../compile.ts"

const Ask = Schema.TaggedStruct("Ask", { words: Schema.mutable(Schema.Array(Schema.String)) })
const Tell = Schema.TaggedStruct("Tell", { words: Schema.mutable(Schema.Array(Schema.String)) })
type Ask = typeof Ask.Type
const Words = Schema.Array(Schema.String)
type Words = typeof Words.Type
type View = NodesView<Words>

const ask = Ask.make({ words: ["asked"] })

/** Two nodes; the first is asked once, and what it is told is what its state becomes. */
const pair = (asked: (state: Words, input: Ask) => HandlerEffect<Words>, options: { topology?: Topology } = {}) =>
  System.make("pair", {
    machine: Machine.make("pair", { state: Words, operations: [Ask], messages: [Tell], initial: () => [] }).handlers(
      { Ask: asked, Tell: (state, { words }) => Effect.succeed([...state, words.join("+")]) },
      { timeouts: { later: (state) => Effect.succeed([...state, "late"]) } }
    ),
    topology: options.topology ?? Topology.allToAll(2),
    network: Network.ordered(),
    workload: Workload.script([[ask]])
  })

const verdicts = async <V>(system: System<V>, properties: ReadonlyArray<Property<V>>) => {
  const found = await Effect.runPromise(explore(system, properties, { checkDeterminism: true }))
  return found.properties.map(({ verdict }) => verdict._tag)
}

const refusal = async <V>(system: System<V>, properties: ReadonlyArray<Property<V>> = []) =>
  Effect.runPromise(Effect.flip(explore(system, properties, { checkDeterminism: true }))).then(
    (refused) => [refused.where, refused.offence] as const
  )

const hears = (...words: ReadonlyArray<string>): Property<View> =>
  Property.reachable("the other node hears this", {
    holds: ({ nodes }: View) => nodes[1]?.state.join(" ") === words.join(" ")
  })

describe("a message is what it was when it was sent", () => {
  test.each(["send", "broadcast"] as const)("%s, with a list in it that grows", async (how) => {
    const system = pair(
      Effect.fnUntraced(function* (state) {
        const words = ["a"]
        const message = { _tag: "Tell" as const, words }
        const go = () => (how === "send" ? Network.send(1, message) : Network.broadcast(message))
        yield* go()
        words.push("b")
        yield* go()
        words.length = 0
        return state
      })
    )
    expect(await verdicts(system, [hears("a", "a+b")])).toEqual(["reached"])
  })

  test("whose field is set anew, or which is what another was", async () => {
    const system = pair(
      Effect.fnUntraced(function* (state) {
        const message = { _tag: "Tell", words: ["a"] } as { _tag: "Tell"; words: Array<string> }
        yield* Network.send(1, message)
        message.words = ["b"]
        yield* Network.send(1, message)
        message.words = ["a"]
        yield* Network.send(1, message)
        return state
      })
    )
    expect(await verdicts(system, [hears("a", "b", "a")])).toEqual(["reached"])
  })

  test("that is no plain data is refused, also where the handler catches what it is told and goes on", async () => {
    const system = pair((state) =>
      Network.send(1, { _tag: "Tell", words: new Date(0) } as never).pipe(Effect.ignoreCause, Effect.as(state))
    )
    expect(await refusal(system)).toEqual(["machine pair, handler Ask", "used a value that is not plain data"])
  })
})

test("an observation is what it was when it was noted", async () => {
  const seen: Observer<ReadonlyArray<unknown>> = Observer.make("seen", {
    initial: [] as ReadonlyArray<unknown>,
    observe: (all, observation) => (observation.kind === "noted" ? [...all, observation.data] : all)
  })
  const system = pair(
    Effect.fnUntraced(function* (state) {
      const data = { list: [1] as Array<number> }
      yield* Observe.note("data", data)
      data.list.push(2)
      yield* Observe.note("data", data)
      data.list = []
      return state
    })
  )
  const isSeen = (all: ReadonlyArray<unknown>) =>
    JSON.stringify(all) === '[{"list":[1]},{"list":[1,2]}]' || all.length === 0 ? undefined : JSON.stringify(all)
  expect(await verdicts(system, [Property.monitor("as noted", { observer: seen, rejects: isSeen })])).toEqual(["holds"])
})

test("a variable is what it was when it was set, and setting it twice keeps the last", async () => {
  const system = WholeState.make("log", {
    variables: { log: WholeState.variable(Schema.mutable(Schema.Array(Schema.Finite)), []) },
    actions: ({ log }) => ({
      append: WholeState.action(
        Effect.gen(function* () {
          const next = [...(yield* log.get)]
          yield* WholeState.when(next.length === 0)
          yield* log.set(next)
          next.push(1)
          yield* log.set(next)
          next.push(2)
        })
      )
    })
  })
  const lengths = [0, 1, 2].map((length) =>
    Property.reachable(`${length}`, {
      holds: ({ log }: { readonly log: ReadonlyArray<number> }) => log.length === length
    })
  )
  expect(await verdicts(system, lengths)).toEqual(["reached", "reached", "unreached"])
})

test("a variable set to what is no plain data is refused, also where the action goes on", async () => {
  const system = WholeState.make("log", {
    variables: { log: WholeState.variable(Schema.Unknown, 0) },
    actions: ({ log }) => ({
      set: WholeState.action(log.set(() => 1).pipe(Effect.ignoreCause))
    })
  })
  expect(await refusal(system)).toEqual(["action set", "used a value that is not plain data"])
})

describe("a declaration is what it was when it was first compiled", () => {
  test("the operations of a workload", async () => {
    const own = Ask.make({ words: ["mine"] })
    const system = {
      ...pair((_, { words }) => {
        Object.assign(own, { words: ["changed"] })
        return Effect.succeed(words)
      }),
      workload: Workload.sessions([[{ at: [0, 1], operation: own }]])
    }
    const isMine = Property.invariant<View>("mine", {
      holds: ({ nodes }) => nodes.every(({ state }) => state.every((word) => word === "mine"))
    })
    expect(await verdicts(system, [isMine])).toEqual(["holds"])
    expect(await verdicts(system, [isMine])).toEqual(["holds"])
  })

  test("the initial values of a variable, and what an observer remembers at first", () => {
    const initial = [1]
    const system = WholeState.make("list", {
      variables: { list: WholeState.variable(Schema.Array(Schema.Finite), initial) },
      actions: () => ({})
    })
    const before = [compile(system, []).snapshot(compile(system, []).initial[0]!)]
    initial.push(2)
    expect([compile(system, []).snapshot(compile(system, []).initial[0]!)]).toEqual(before)
    const memory = { seen: [1] }
    const observer = Observer.make("memory", { initial: memory, observe: (remembered) => remembered })
    const nodes = pair((state) => Effect.succeed(state))
    const property = Property.monitor<typeof memory, View>("memory", { observer, rejects: () => undefined })
    const remembered = () => {
      const program = compile(nodes, [property])
      const slot = program.observerSlots.get(observer) ?? 0
      return program.remembered(slot, program.initial[0]![slot]!)
    }
    expect(remembered()).toEqual({ seen: [1] })
    memory.seen.push(2)
    expect(remembered()).toEqual({ seen: [1] })
  })

  test("the links of a topology that somebody made by hand", async () => {
    const neighbours = [[1], [0]]
    const byHand: Topology = { name: "by hand", size: 2, neighbours, forwarding: () => [] }
    const system = pair(
      Effect.fnUntraced(function* (state) {
        yield* Network.broadcast(Tell.make({ words: ["a"] }))
        neighbours[0]!.length = 0
        return state
      }),
      { topology: byHand }
    )
    expect(await verdicts(system, [hears("a")])).toEqual(["reached"])
    expect([system.topology.name, system.topology.size, system.topology.forwarding(0, 1)]).toEqual(["by hand", 2, []])
  })
})

describe("what code of a model is given it cannot change", () => {
  const topologies = [
    Topology.allToAll(2),
    Topology.ring(2),
    Topology.star(2),
    Topology.chain(2),
    Topology.graph(2, [[0, 1]]),
    { name: "by hand", size: 2, neighbours: [[1], [0]], forwarding: () => [] }
  ]
  test.each(topologies.map((topology) => [topology.name, topology] as const))("neighbours: %s", async (_, topology) => {
    const system = pair(
      Effect.fnUntraced(function* (state) {
        ;((yield* Network.neighbours) as Array<number>).shift()
        return state
      }),
      { topology }
    )
    expect(await refusal(system)).toEqual(["machine pair, handler Ask", "mutated its input"])
  })

  test("the state and the input of a handler, and an operation as a guard sees it", async () => {
    const changing = pair((state, input) => {
      input.words.push("x")
      return Effect.succeed(state)
    })
    expect(await refusal(changing)).toEqual(["machine pair, handler Ask", "mutated its input"])
    const { machines, ...parts } = pair((state) => Effect.succeed(state))
    const guarded = {
      ...machines[0]!,
      guards: new Map([["Ask", (_: unknown, input: unknown) => (input as Ask).words.push("x") > 0]])
    }
    expect(await refusal({ ...parts, machines: [guarded, guarded] })).toEqual([
      "machine pair, guard Ask",
      "mutated its input"
    ])
  })

  test("what an observer remembers, and what it observes", async () => {
    const system = pair(
      Effect.fnUntraced(function* (state) {
        yield* Observe.note("data", { list: [1] })
        return state
      })
    )
    const changes: ReadonlyArray<(memory: { list: Array<number> }, observation: object) => void> = [
      ({ list }) => void list.push(1),
      (_, observation) => void Object.assign(observation, { kind: "read" }),
      (_, observation) => void (Reflect.get(observation, "data") as { list: Array<number> } | undefined)?.list.push(2)
    ]
    for (const change of changes) {
      const observer = Observer.make("changing", {
        initial: { list: [] as Array<number> },
        observe: (memory, observation) => {
          change(memory, observation)
          return memory
        }
      })
      const property = Property.monitor<{ list: Array<number> }, View>("p", { observer, rejects: () => undefined })
      expect(await refusal(system, [property])).toEqual(['observer "changing"', "mutated its input"])
    }
  })

  const changesOfViews: ReadonlyArray<readonly [string, (view: View) => unknown]> = [
    ["the list of nodes", ({ nodes }) => (nodes as Array<unknown>).reverse()],
    ["a node", ({ nodes }) => Object.assign(nodes[0]!, { up: false })],
    [
      "a field of a node",
      ({ nodes }) => Reflect.deleteProperty(nodes[0]!, "state") || Object.assign(nodes[0]!, { x: 1 })
    ],
    ["a state", ({ nodes }) => (nodes[0]!.state as Array<string>).push("x")],
    ["an inbox", ({ nodes }) => (nodes[1]!.inbox as Array<unknown>).pop()],
    ["an envelope", ({ nodes }) => nodes[1]!.inbox.map((envelope) => Object.assign(envelope, { to: 0 }))],
    ["a message", ({ nodes }) => nodes[1]!.inbox.map(({ message }) => Object.assign(message, { words: [] }))],
    ["the view", (view) => Object.assign(view, { nodes: [] })]
  ]
  test.each(changesOfViews)("%s of a view", async (_, change) => {
    const system = pair((state) => Effect.as(Network.broadcast(Tell.make({ words: ["a"] })), state))
    const holds = (view: View) => {
      change(view)
      return true
    }
    expect(await verdicts(system, [Property.invariant<View>("p", { holds })])).toEqual(["failed"])
    expect(await verdicts(system, [hears("a")])).toEqual(["reached"])
  })

  test("a family of variables, and the view of a whole state", () => {
    const system = WholeState.make("family", {
      variables: { list: WholeState.family(2, Schema.Finite, 0), single: WholeState.variable(Schema.Finite, 0) },
      actions: () => ({})
    })
    const program = compile(system, [])
    const view = program.view(() => 0) as { readonly list: Array<number> }
    expect(() => view.list.reverse()).toThrow(TypeError)
    expect(() => Object.assign(view, { single: 1 })).toThrow(TypeError)
    expect(view).toEqual({ list: [0, 0], single: 0 })
  })

  test("a step, as a step invariant sees it, and its observations", async () => {
    const system = pair((state) => Effect.as(Effect.andThen(Timer.set("later"), Observe.applied("w")), state))
    const changes: ReadonlyArray<(step: { readonly observations: ReadonlyArray<object> }) => unknown> = [
      (step) => Object.assign(step, { action: "x" }),
      ({ observations }) => (observations as Array<object>).pop(),
      ({ observations }) => observations.map((each) => Object.assign(each, { kind: "x" }))
    ]
    for (const change of changes) {
      const holds = (_before: View, _after: View, step: { readonly observations: ReadonlyArray<object> }) => {
        change(step)
        return true
      }
      expect(await verdicts(system, [Property.stepInvariant<View>("p", { holds })])).toEqual(["failed"])
    }
  })
})

test("a set of records in a state, an input and a view is asked by content", async () => {
  const Vote = Schema.Struct({ from: Schema.Finite })
  const Votes = Schema.ReadonlySet(Vote)
  const Cast = Schema.TaggedStruct("Cast", { votes: Votes })
  const machine = Machine.make("voter", {
    state: Votes,
    operations: [Cast],
    initial: (): typeof Votes.Type => new Set()
  }).handlers({
    Cast: (state, { votes }) =>
      Effect.succeed(votes.has({ from: 1 }) && !state.has({ from: 1 }) ? state.union(votes) : state)
  })
  const vote = Cast.make({ votes: new Set([{ from: 1 }, { from: 2 }]) })
  const system = System.make("voter", {
    machine,
    topology: Topology.allToAll(1),
    workload: Workload.script([[vote, vote]])
  })
  const has = Property.atQuiescence<NodesView<typeof Votes.Type>>("both voted", {
    holds: ({ nodes }) =>
      nodes.every(({ state }) => state.has({ from: 1 }) && state.has({ from: 2 }) && state.size === 2)
  })
  expect(await verdicts(system, [has])).toEqual(["holds"])
})
