/**
 * Deadlocks, ends that are declared, and what is quiescent where only faults or stuttering are left.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import {
  Faults,
  Clocks,
  LocalClock,
  Machine,
  Network,
  type NodesView,
  System,
  type SystemParts,
  Timer,
  Topology,
  WholeState,
  Workload
} from "../model/index.ts"
import { Property } from "../property/index.ts"
import { replay } from "../trace/replay.ts"
import { explore } from "./Explorer.ts"
import { simulate } from "./random/RandomWalks.ts"
import { judgedOf } from "../property/no-deadlock.ts"

const Give = Schema.TaggedStruct("Give", {})
const Take = Schema.TaggedStruct("Take", {})

/** Two nodes that each send the other what the other takes only once it has been taken from. */
const waitingForEachOther = (parts: Partial<SystemParts<boolean>> = {}) =>
  System.make("waiting", {
    machine: Machine.make("waiting", {
      state: Schema.Boolean,
      operations: [Give],
      messages: [Take],
      initial: () => false
    }).handlers(
      {
        Give: (state) => Effect.as(Network.broadcast(Take.make({})), state),
        Take: () => Effect.succeed(true)
      },
      { guards: { Take: (state) => state } }
    ),
    topology: Topology.allToAll(2),
    workload: Workload.script([[Give.make({})], [Give.make({})]]),
    ...parts
  })

const converge = Property.atQuiescence<NodesView<boolean>>("converge", { holds: () => true })

const deadlock = async <View>(system: System<View>, properties: ReadonlyArray<Property<View>>) => {
  const found = await Effect.runPromise(explore(system, properties))
  const { verdict } = found.properties.at(-1)!
  const length = verdict._tag === "violated" ? verdict.evidence.steps.length : undefined
  return { found, verdict, figures: [verdict._tag, length, found.quiescent, found.deadlocked] }
}

test("two nodes that wait for each other for ever are deadlocked, in the fewest steps, and it is said what waits", async () => {
  const { figures, found, verdict } = await deadlock(waitingForEachOther(), [converge])
  expect(figures).toEqual(["violated", 2, 0, 1])
  expect(found.properties.map(({ kind, name }) => [kind, name])).toEqual([
    ["atQuiescence", "converge"],
    ["noDeadlock", "no deadlock"]
  ])
  expect(verdict).toMatchObject({
    because:
      "No step leads out of this state. n0 has Take from n1, which its guard refuses. n1 has Take from n0, which its guard refuses."
  })
})

test("a replay decides it too, and so does a random walk", async () => {
  const system = waitingForEachOther()
  const { verdict } = await deadlock(system, [])
  const ordinals = verdict._tag === "violated" ? verdict.evidence.steps.map(({ ordinal }) => ordinal) : []
  const again = replay(system, [], { initialIndex: 0, ordinals })
  expect(again._tag === "replayed" ? again.decided : again).toEqual(["no deadlock"])
  const walked = await Effect.runPromise(simulate(system, judgedOf(system, [converge]), { walks: 2, seed: 1 }))
  expect(walked.properties.map(({ verdict: { _tag } }) => _tag)).toEqual(["inconclusive", "violated"])
})

test("an end that is declared is no deadlock, nor quiescent; the others are", async () => {
  const ends = (when: (view: NodesView<boolean>) => boolean) => ({ ends: { when, why: "They may wait." } })
  const everywhere = await deadlock(waitingForEachOther(ends(() => true)), [converge])
  expect([everywhere.figures, everywhere.found.properties[0]?.verdict._tag]).toEqual([
    ["holds", undefined, 0, 0],
    "vacuous"
  ])
  const elsewhere = await deadlock(waitingForEachOther(ends(({ nodes }) => nodes.length > 2)), [])
  expect(elsewhere.figures).toEqual(["violated", 2, 0, 1])
})

test("a step that changes nothing leads nowhere, and a fault leads on", async () => {
  const Poll = Schema.TaggedStruct("Poll", {})
  const polling = System.make("polling", {
    machine: Machine.make("polling", {
      state: Schema.Boolean,
      operations: [Poll],
      messages: [Take],
      initial: () => false
    }).handlers(
      {
        Poll: (state) => Effect.as(Network.broadcast(Take.make({})), state),
        Take: () => Effect.succeed(true)
      },
      { guards: { Take: (state) => state, Poll: () => true } }
    ),
    topology: Topology.allToAll(2),
    network: Network.unordered({ copies: 1 }),
    workload: Workload.drawn(1, [Poll.make({})], { nodes: [0] })
  })
  expect((await deadlock(polling, [])).figures).toEqual(["violated", 1, 0, 1])
  // Either node may crash; the one that is left then waits alone, or there is nobody to wait.
  const { figures } = await deadlock(waitingForEachOther({ faults: Faults.crash({ inFlight: "lost" }) }), [])
  expect([figures[0], figures[1]]).toEqual(["violated", 3])
})

test("a fault that changes no node leads on", async () => {
  // Both have sent after two steps, and a cut and its healing follow. What is sent over the cut link is lost: it deadlocks
  // with both messages or with either one. With none all is done, while the link is cut and when it is healed.
  const cut = waitingForEachOther({ network: Network.unordered({ cut: 1 }) })
  expect((await deadlock(cut, [])).figures).toEqual(["violated", 4, 2, 3])
})

test("the end of a clock's horizon is an end of the bound, and no deadlock", async () => {
  const Read = Schema.TaggedStruct("Read", {})
  const reading = System.make("reading", {
    machine: Machine.make("reading", { state: Schema.Finite, operations: [Read], initial: () => -1 }).handlers({
      Read: Effect.fnUntraced(function* () {
        return yield* LocalClock.now
      })
    }),
    topology: Topology.allToAll(1),
    clocks: Clocks.perfect({ horizon: 1, unique: true }),
    workload: Workload.script([[Read.make({}), Read.make({}), Read.make({})]])
  })
  expect((await deadlock(reading, [])).figures).toEqual(["holds", undefined, 0, 0])
})

const Go = Schema.TaggedStruct("Go", { to: Schema.Finite })

/** Nodes that go on when they may, at which a timer may ring without any change. */
const going = (parts: Partial<SystemParts<number>>, may: (state: number) => boolean = () => false) =>
  System.make("going", {
    machine: Machine.make("going", { state: Schema.Finite, operations: [Go], initial: () => 0 }).handlers(
      { Go: (_state, { to }) => Effect.as(Timer.set("again"), to) },
      { guards: { Go: may }, timeouts: { again: (state) => Effect.as(Timer.set("again"), state) } }
    ),
    topology: Topology.allToAll(2),
    workload: Workload.script([[Go.make({ to: 1 })], [Go.make({ to: 2 })]]),
    ...parts
  })

test("an operation that waits for its guard is told, but not at a node that is down", async () => {
  const because = async (parts: Partial<SystemParts<number>>) => {
    const { verdict } = await deadlock(going(parts), [])
    return verdict._tag === "violated" ? verdict.because : verdict._tag
  }
  const waits = (node: number) => `n${node} is to be asked to Go {"to":${node + 1}}, which its guard refuses.`
  expect(await because({})).toBe(`No step leads out of this state. ${waits(0)} ${waits(1)}`)
  expect(await because({ faults: Faults.down([0]) })).toBe(`No step leads out of this state. ${waits(1)}`)
})

test("with clocks only a guard makes a deadlock: where a timer rings on, time may change what it does", async () => {
  const ofGoing = async (parts: Partial<SystemParts<number>>, may?: () => boolean) =>
    (await deadlock(going(parts, may), [])).figures
  const clocks = Clocks.perfect({ horizon: 1 })
  expect(await ofGoing({ clocks })).toEqual(["violated", 0, 0, 1])
  expect(await ofGoing({ clocks }, () => true)).toEqual(["holds", undefined, 0, 0])
  // Without clocks it does nothing for ever: all that is left changes nothing. Faults may be left too.
  expect(await ofGoing({}, () => true)).toEqual(["holds", undefined, 1, 0])
  expect((await ofGoing({ faults: Faults.crash() }, () => true)).slice(2)).toEqual([5, 0])
})

test("where one node waits for its guard and a timer rings on at another, it is a deadlock only without clocks", async () => {
  const first = Workload.script([[Go.make({ to: 1 })], [Go.make({ to: 2 }), Go.make({ to: 3 })]])
  const ofGoing = async (parts: Partial<SystemParts<number>>) =>
    (
      await deadlock(
        going({ workload: first, ...parts }, (state) => state === 0),
        []
      )
    ).figures
  expect(await ofGoing({})).toEqual(["violated", 2, 0, 1])
  expect(await ofGoing({ clocks: Clocks.perfect({ horizon: 1 }) })).toEqual(["holds", undefined, 0, 0])
})

test("ends that throw are an error of the model, by name", async () => {
  const ends = {
    when: () => {
      throw new Error("boom")
    },
    why: "It never says."
  }
  const nodes = await deadlock(waitingForEachOther({ ends }), [])
  expect(nodes.verdict).toMatchObject({ _tag: "failed", error: "Error: boom" })
  const variables = WholeState.make("one", {
    variables: { at: WholeState.variable(Schema.Finite, 0) },
    actions: ({ at }) => ({ stay: WholeState.action(at.set(0)) }),
    ends
  })
  const refused = await Effect.runPromise(Effect.flip(explore(variables, [])))
  expect([refused.system, refused.where, refused.offence]).toEqual(["one", "ends", "threw"])
})

interface Counting {
  readonly count: number
  readonly whole: boolean
}

/** Counts to 2; something may break at any time, and something may blink without a change. */
const counting = (parts: { readonly end?: number; readonly faults?: ReadonlyArray<string> }): System<Counting> => {
  const { end, faults = [] } = parts
  return WholeState.make("counting", {
    variables: { count: WholeState.variable(Schema.Finite, 0), whole: WholeState.variable(Schema.Boolean, true) },
    actions: ({ count, whole }) => ({
      up: WholeState.action(
        Effect.gen(function* () {
          const before = yield* count.get
          yield* WholeState.when(before < 2)
          yield* count.set(before + 1)
        })
      ),
      breaks: WholeState.action(
        Effect.gen(function* () {
          yield* WholeState.when(yield* whole.get)
          yield* whole.set(false)
        })
      ),
      blinks: WholeState.action(Effect.flatMap(count.get, (value) => count.set(value)))
    }),
    faults,
    ...(end === undefined ? {} : { ends: { when: (state: Counting) => state.count === end, why: "It has counted." } })
  })
}

test("in a model of variables all is quiescent where nothing but faults and stuttering is left", async () => {
  const broken = Property.atQuiescence<Counting>("broken", { holds: ({ whole }) => !whole })
  const verdict = async (faults: ReadonlyArray<string>) => {
    const { figures, found } = await deadlock(counting({ faults }), [broken])
    return [found.properties[0]?.verdict._tag, ...figures]
  }
  expect(await verdict(["breaks"])).toEqual(["violated", "holds", undefined, 2, 0])
  expect(await verdict([])).toEqual(["holds", "holds", undefined, 1, 0])
})

test("with declared ends every other state in which nothing goes on is deadlocked", async () => {
  const at = (end: number) => deadlock(counting({ faults: ["breaks"], end }), [])
  expect((await at(2)).figures).toEqual(["holds", undefined, 2, 0])
  const early = await at(1)
  expect(early.figures).toEqual(["violated", 2, 0, 2])
  expect(early.verdict).toMatchObject({ because: "No step leads out of this state. The state is no declared end." })
})

test("ends that are no predicate, answer with no boolean, or have no reason are refused by name", async () => {
  const given = (ends: object) => () => waitingForEachOther({ ends: ends as never })
  expect(given({ when: true, why: "x" })).toThrow(/ends\.when is true, but it takes a predicate/)
  expect(given({ when: () => true })).toThrow(/ends\.why is undefined, but it takes a sentence/)
  const promising = waitingForEachOther({ ends: { when: (async () => true) as never, why: "x" } })
  const refused = await Effect.runPromise(Effect.flip(explore(promising, [])))
  expect([refused.where, refused.offence]).toEqual(['property "no deadlock", ends', "returned neither true nor false"])
})

test("the name of the property cannot be taken", async () => {
  const mine = Property.invariant<NodesView<boolean>>("no deadlock", { holds: () => true })
  const refused = await Effect.runPromise(Effect.flip(explore(waitingForEachOther(), [mine])))
  expect(refused.message).toContain("two are named “no deadlock”")
})
