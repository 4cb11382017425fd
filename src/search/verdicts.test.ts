/**
 * Every kind of property shown to hold, to fail and to say nothing; limits that stop a search with honest results.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { twoPhaseCommitModel } from "../../models/reference/two-phase-commit.ts"
import { growOnlySetModel } from "../../models/crdt/grow-only-set.ts"
import { everyoneDecided, noSplitDecision, type Resources as View } from "../../properties/atomic-commit.ts"
import { Faults, Machine, Network, type NodesView, System, Topology, WholeState, Workload } from "../model/index.ts"
import { Observer, Property } from "../property/index.ts"
import type { Exploration } from "./Exploration.ts"
import { explore } from "../../test/explore-given.ts"
import { type ExploreOptions } from "./Explorer.ts"
import { Resources } from "./Limits.ts"

interface Count {
  readonly count: number
}

/** Counts to 3, or jumps from 0 to 3 by a fault. */
const counter = WholeState.make("counter", {
  variables: { count: WholeState.variable(Schema.Finite, 0) },
  actions: ({ count }) => ({
    jump: WholeState.action(
      Effect.gen(function* () {
        yield* WholeState.when((yield* count.get) === 0)
        yield* count.set(3)
      })
    ),
    up: WholeState.action(
      Effect.gen(function* () {
        const value = yield* count.get
        yield* WholeState.when(value < 3)
        yield* count.set(value + 1)
      })
    )
  }),
  faults: ["jump"]
})

const judge = async (property: Property<Count>) => {
  const found = await Effect.runPromise(explore(counter, [property]))
  return found.properties[0]!.verdict
}

describe("a property", () => {
  test("that is true in all 4 states holds, and says in how many its premise was true", async () => {
    expect(
      await judge(
        Property.invariant("at most 3", { holds: ({ count }) => count <= 3, premise: ({ count }) => count > 1 })
      )
    ).toEqual({
      _tag: "holds",
      checked: 2
    })
  })
  test("whose premise is never true is vacuous", async () => {
    expect(await judge(Property.invariant("past 9", { holds: () => true, premise: ({ count }) => count > 9 }))).toEqual(
      { _tag: "vacuous" }
    )
  })
  test("of any kind is vacuous where its premise is never true, whatever it claims there", async () => {
    const options = { holds: () => false, premise: () => false }
    const found = await Effect.runPromise(
      explore(counter, [
        Property.invariant<Count>("states", options),
        Property.atQuiescence<Count>("ends", options),
        Property.stepInvariant<Count>("steps", options),
        Property.reachable<Count>("situation", { ...options, holds: () => true })
      ])
    )
    expect(found.properties.map(({ verdict }) => verdict._tag)).toEqual(["vacuous", "vacuous", "vacuous", "vacuous"])
  })
  test("speaks only where its premise is true", async () => {
    const odd = { holds: ({ count }: Count) => count % 2 === 1, premise: ({ count }: Count) => count === 3 }
    expect(await judge(Property.invariant("odd at 3", odd))).toEqual({ _tag: "holds", checked: 1 })
    const even = { ...odd, holds: ({ count }: Count) => count % 2 === 0 }
    expect(await judge(Property.invariant("even at 3", even))).toMatchObject({
      evidence: { steps: [{ label: "jump" }] }
    })
    expect(await judge(Property.reachable("even at 3", even))).toEqual({ _tag: "unreached" })
    const rising = (before: Count, after: Count) => after.count === before.count + 1
    expect(await judge(Property.stepInvariant("by one", { holds: rising }))).toMatchObject({ _tag: "violated" })
    const ups = { holds: rising, premise: (_: Count, __: Count, { action }: { action: string }) => action === "up" }
    expect(await judge(Property.stepInvariant("up by one", ups))).toEqual({ _tag: "holds", checked: 3 })
  })
  test("is violated in the fewest steps, and explained", async () => {
    const verdict = await judge(
      Property.invariant("never 2", {
        holds: ({ count }) => count !== 2,
        explain: ({ count }, _, history) => `${count} after ${history.length}`
      })
    )
    expect(verdict).toMatchObject({
      _tag: "violated",
      because: "2 after 2",
      evidence: { steps: [{ label: "up" }, { label: "up" }] }
    })
  })
  test("is judged at quiescence only where nothing is left to happen", async () => {
    expect((await judge(Property.atQuiescence("ends at 3", { holds: ({ count }) => count === 3 })))._tag).toBe("holds")
    expect((await judge(Property.atQuiescence("ends at 2", { holds: ({ count }) => count === 2 })))._tag).toBe(
      "violated"
    )
  })
  test("of reachability is reached or unreached", async () => {
    expect((await judge(Property.reachable("2", { holds: ({ count }) => count === 2 })))._tag).toBe("reached")
    expect((await judge(Property.reachable("4", { holds: ({ count }) => count === 4 })))._tag).toBe("unreached")
  })
  test("of steps sees the state before, the state after and the action", async () => {
    const small = Property.stepInvariant<Count>("up by one", {
      holds: (before, after) => after.count - before.count === 1
    })
    expect(await judge(small)).toMatchObject({
      _tag: "violated",
      evidence: { steps: [{ label: "jump", fault: true }] }
    })
    const named = Property.stepInvariant<Count>("up by one unless it jumps", {
      holds: (before, after, step) => step.action === "jump" || after.count - before.count === 1
    })
    expect(await judge(named)).toEqual({ _tag: "holds", checked: 4 })
  })
  test("that throws has failed, and is not called false", async () => {
    const verdict = await judge(
      Property.invariant("broken", {
        holds: () => {
          throw new Error("oops")
        }
      })
    )
    expect(verdict).toEqual({ _tag: "failed", error: "Error: oops" })
  })
  test("of several ways of one length prefers the one with the fewest faults", async () => {
    const Go = Schema.TaggedStruct("Go", {})
    const machine = Machine.make("m", {
      state: Schema.Finite,
      operations: [Go],
      messages: [Go],
      initial: () => 0
    }).handlers({
      Go: (state) => Effect.as(Network.broadcast(Go.make({})), state + 1)
    })
    const system = System.make("m", {
      machine,
      topology: Topology.chain(2),
      faults: Faults.crash(),
      workload: Workload.script([[Go.make({})], [Go.make({})]])
    })
    const quiet = Property.invariant<NodesView<number>>("fewer than two things happened", {
      holds: ({ nodes }) => nodes.filter(({ state, up }) => !up || state > 0).length < 2
    })
    const found = await Effect.runPromise(explore(system, [quiet]))
    expect(found.properties[0]?.verdict).toMatchObject({
      _tag: "violated",
      evidence: { steps: [{ fault: false }, { fault: false }] }
    })
  })
  test("that watches observations rejects when they say so", async () => {
    const Go = Schema.TaggedStruct("Go", {})
    const machine = Machine.make("m", { state: Schema.Null, operations: [Go], initial: () => null }).handlers({
      Go: () => Effect.succeed(null)
    })
    const system = System.make("m", {
      machine,
      topology: Topology.chain(2),
      workload: Workload.script([[Go.make({})], [Go.make({})]])
    })
    const order = Observer.make("who asked", {
      initial: [] as ReadonlyArray<number>,
      observe: (nodes, seen) => (seen.kind === "invoked" ? [...nodes, seen.node] : nodes)
    })
    const monitor = (name: string, rejects: (nodes: ReadonlyArray<number>) => string | undefined) =>
      Property.monitor<ReadonlyArray<number>, NodesView<null>>(name, {
        observer: order,
        rejects,
        premise: (nodes) => nodes.length > 0
      })
    const found = await Effect.runPromise(
      explore(system, [
        monitor("n0 asks first", ([first]) => (first === 1 ? "n1 asked first" : undefined)),
        monitor("any order", () => undefined)
      ])
    )
    expect(found.properties[0]?.verdict).toMatchObject({ _tag: "violated", because: "n1 asked first" })
    expect(found.properties[1]?.verdict).toEqual({ _tag: "holds", checked: 4 })
  })
})

describe("a limit", () => {
  const system = twoPhaseCommitModel.system({ n: 5 })
  const stopped = (options: ExploreOptions, resident = 0): Promise<Exploration> =>
    Effect.runPromise(
      explore(system, [noSplitDecision, everyoneDecided], options).pipe(
        Effect.provideService(Resources, { residentBytes: () => resident, heapIsFull: () => resident === 1 })
      )
    )
  const expectStopped = (found: Exploration, why: string) => {
    expect([found.complete, found.stopReason]).toEqual([false, why])
    expect(found.properties.map(({ verdict }) => verdict)).toMatchObject([
      { _tag: "inconclusive", why },
      { _tag: "inconclusive", why }
    ])
  }

  test("of states stops the search with what it knows", async () => {
    const found = await stopped({ limits: { states: 500 } })
    expectStopped(found, "state limit")
    expect(found.distinct >= 500 && found.distinct < 540).toBe(true)
  })
  test("of time stops it", async () => expectStopped(await stopped({ limits: { timeMillis: 0 } }), "time limit"))
  test("of memory stops it, whether the process or the heap is full", async () => {
    expectStopped(await stopped({ limits: { memoryBytes: 1000 } }, 2000), "memory limit")
    expectStopped(await stopped({}, 1), "memory limit")
  })
  test("of depth stops it, and is complete at exactly the depth of the space", async () => {
    const found = await stopped({ limits: { depth: 4 } })
    expectStopped(found, "depth limit")
    expect(found.depth).toBe(4)
    const sets = growOnlySetModel.system({ replicas: 2, operations: 2 })
    const exact = await Effect.runPromise(explore(sets, [], { limits: { depth: 4 } }))
    expect([exact.complete, exact.distinct, exact.quiescent]).toEqual([true, 9, 1])
  })
  test("of depth changes nothing if the last level leads only to states that are known", async () => {
    // n = 3 has depth 10 (TLC counts 11 states); its last level repeats messages, so it does have successors.
    const commit = twoPhaseCommitModel.system({ n: 3 })
    const [free, atDepth, below] = await Promise.all(
      [{}, { depth: 10 }, { depth: 9 }].map((limits) =>
        Effect.runPromise(explore(commit, [noSplitDecision, everyoneDecided], { limits }))
      )
    )
    const lasting = ({ elapsedMillis: _, ...rest }: Exploration): unknown => rest
    expect([free!.depth, free!.generated, free!.stopReason, free!.quiescent]).toEqual([10, 1146, null, 28])
    expect(lasting(atDepth!)).toEqual(lasting(free!))
    expect([below!.complete, below!.stopReason, below!.depth]).toEqual([false, "depth limit", 9])
  })
  test("by a signal stops it", async () => {
    const stop = new AbortController()
    stop.abort()
    expectStopped(await stopped({ signal: stop.signal }), "interrupted")
  })
})

test("a view type that the property does not fit is a type error", () => {
  const property: Property<View> = noSplitDecision
  expect(property.kind).toBe("invariant")
})
