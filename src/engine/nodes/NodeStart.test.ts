/**
 * Steps of nodes at the start, before any input.
 */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { initialStatesOf } from "../../../test/programs.ts"
import {
  hear,
  inFlight,
  labelsAfter,
  log,
  node,
  receives,
  type Speaker,
  speaker,
  speakers,
  told
} from "../../../test/speakers.ts"
import { Choice, Clocks, Faults, LocalClock, Network, Observe, Self, Timer, Topology } from "../../model/index.ts"

type Start = (state: Speaker) => Effect.Effect<Speaker, never, never>

const starting = (start: (state: Speaker) => unknown) =>
  speaker({}, { start: start as Start, timeouts: { retry: (state) => Effect.succeed(state) } })

test("a machine that does nothing then starts in its initial state, in one way", () => {
  expect(initialStatesOf(speakers())).toEqual([{ n0: node(), n1: node() }])
})

test("what nodes send at the start is in flight, and what they set is set, in one initial state", () => {
  const machine = starting(
    Effect.fnUntraced(function* (state: Speaker) {
      const id = yield* Self.id
      yield* Network.broadcast(told(`from ${id}`))
      if (id === 0) yield* Network.send((yield* Network.neighbours)[0]!, told("twice"))
      yield* Timer.set("retry")
      return hear(state, `started ${id}`)
    })
  )
  const started = (id: number, ...inbox: ReadonlyArray<string>) => ({
    ...node(`started ${id}`, 0, inbox),
    timers: ["retry"]
  })
  const program = speakers({ machine, topology: Topology.chain(3) })
  expect(initialStatesOf(program)).toEqual([
    {
      n0: started(0, inFlight("from 1", 1)),
      n1: started(1, inFlight("from 0", 0), inFlight("twice", 0), inFlight("from 2", 2)),
      n2: started(2, inFlight("from 1", 1))
    }
  ])
  expect(labelsAfter(program)).toEqual([
    receives(0, "from 1", 1),
    "n0 times out",
    receives(1, "from 0", 0),
    receives(1, "twice", 0),
    receives(1, "from 2", 2),
    "n1 times out",
    receives(2, "from 1", 1),
    "n2 times out"
  ])
})

test("each way to start is an initial state of its own, and ways that come to the same are one", () => {
  const choosing = starting((state) => Effect.map(Choice.among(["a", "b"]), (word) => hear(state, word)))
  expect(initialStatesOf(speakers({ machine: choosing })).map(({ n0, n1 }) => [n0, n1])).toEqual([
    [node("a"), node("a")],
    [node("a"), node("b")],
    [node("b"), node("a")],
    [node("b"), node("b")]
  ])
  const idle = starting((state) => Effect.map(Choice.among(["a", "b", "a"]), () => state))
  expect(initialStatesOf(speakers({ machine: idle }))).toEqual([{ n0: node(), n1: node() }])
})

test("a start that cannot go on, since its clock has nothing left to show, leaves no initial state", () => {
  const twice = starting((state) =>
    Effect.andThen(
      LocalClock.now,
      Effect.map(LocalClock.now, (now) => hear(state, String(now)))
    )
  )
  const horizon = (ending: number) =>
    initialStatesOf(speakers({ machine: twice, clocks: Clocks.perfect({ horizon: ending, unique: true }) }))
  expect(horizon(0)).toEqual([])
  expect(horizon(1)).toEqual([{ n0: node("1"), n1: node("1") }])
})

test("what a clock showed at the start is known afterwards, of this node alone", () => {
  const machine = speaker(
    {},
    {
      start: (state) => Effect.as(Timer.set("retry"), state).pipe(Effect.andThen(Effect.as(LocalClock.now, state))),
      timeouts: { retry: (state) => Effect.as(LocalClock.now, state) }
    }
  )
  const program = speakers({ machine, clocks: Clocks.perfect({ horizon: 1 }) })
  // Node 0 reads 0 or 1, and so does node 1.
  expect(program.initial.length).toBe(4)
  // The second is 0 at node 0 and 1 at node 1.
  const labels = (index: number) => labelsAfter({ ...program, initial: program.initial.slice(index) })
  const fires = (id: number, value: number) => `n${id} times out, clock ${value}`
  expect(labels(0)).toEqual([fires(0, 0), fires(0, 1), fires(1, 0), fires(1, 1)])
  expect(labels(1)).toEqual([fires(0, 0), fires(0, 1), fires(1, 1)])
})

test("observers see the start, node by node", () => {
  const noting = starting((state) => Effect.as(Observe.note("up", null), state))
  const program = speakers({ machine: noting, faults: Faults.crash() }, [log(), log()])
  const budgets = { lose: 0, duplicate: 0, cut: 0, crash: 1, recover: 0, draw: 0, cutLinks: [] }
  expect(initialStatesOf(program)).toEqual([
    { n0: node(), n1: node(), environment: budgets, "observed: log": "noted@n0 noted@n1" }
  ])
  const slots = [...program.observerSlots.values()]
  expect(slots.map((slot) => program.remembered(slot, program.initial[0]![slot]!))).toEqual([
    "noted@n0 noted@n1",
    "noted@n0 noted@n1"
  ])
})

test("ways to start that differ in what observers see alone are initial states of their own", () => {
  const noting = starting((state) =>
    Effect.andThen(Choice.among([Observe.note("up", null), Effect.void]), (noted) => Effect.as(noted, state))
  )
  const seen = initialStatesOf(speakers({ machine: noting }, [log()])).map((state) => state["observed: log"])
  expect(seen).toEqual(["noted@n0 noted@n1", "noted@n0", "noted@n1", ""])
})

test("a write noted at the start is in the past of what is sent then", () => {
  const writing = starting(
    Effect.fnUntraced(function* (state: Speaker) {
      if ((yield* Self.id) === 1) return state
      yield* Observe.wrote("w")
      yield* Network.broadcast(told("a"))
      return state
    })
  )
  const machine = {
    ...writing,
    handlers: speaker({ Told: (state) => Effect.as(Observe.note("got", null), state) }).handlers
  }
  const program = speakers({ machine }, [log({ causal: true })])
  const step = program.describeStep(program.initial[0]!, 0)
  expect(step.observations).toEqual([{ kind: "noted", name: "got", data: null, node: 1, past: ["w"] }])
})

test("a node that is down from the start does nothing, and what is sent to it is lost", () => {
  const sending = starting((state) => Effect.as(Network.broadcast(told("a")), hear(state, "up")))
  expect(initialStatesOf(speakers({ machine: sending, faults: Faults.down([1]) }))).toEqual([
    { n0: node("up"), n1: { ...node(), down: true } }
  ])
  expect(initialStatesOf(speakers({ machine: sending, faults: Faults.down([0]) }))).toEqual([
    { n0: { ...node(), down: true }, n1: node("up") }
  ])
})
