/**
 * The whole result of an exploration: every figure, every kind of verdict, progress, and the limits that end it.
 */
import { Effect, Schema } from "effect"
import { TestClock } from "effect/testing"
import { describe, expect, test } from "vitest"
import { Machine, System, Topology, WholeState, Workload } from "../model/index.ts"
import { Property } from "../property/index.ts"
import { explore } from "../../test/explore-given.ts"
import { type ExploreOptions, type Progress } from "./Explorer.ts"
import { Resources, SearchClock } from "./Limits.ts"
import { Patience } from "./run-model-code.ts"
import { stoppedOnce } from "../../test/stopped-once.ts"

interface Count {
  readonly count: number
}

/** Counts to 3, jumps from 0 to 3 by a fault, and stays at 3. */
const counter = (): System<Count> =>
  WholeState.make("counter", {
    variables: { count: WholeState.variable(Schema.Finite, 0) },
    actions: ({ count }) => ({
      jump: WholeState.action(
        Effect.gen(function* () {
          yield* WholeState.when((yield* count.get) === 0)
          yield* count.set(3)
        })
      ),
      up: WholeState.action(Effect.flatMap(count.get, (value) => count.set(Math.min(3, value + 1))))
    }),
    faults: ["jump"]
  }) as System<Count>

/** A clock that begins at 1000 and goes on by so much whenever it is read. */
const clock = (step: number) => {
  let moment = 1000 - step
  return { nowMillis: () => (moment += step) }
}

const explored = (properties: ReadonlyArray<Property<Count>>, options: ExploreOptions = {}, step = 0) =>
  Effect.runPromise(
    explore(counter(), properties, options).pipe(
      Effect.provideService(SearchClock, clock(step)),
      Effect.provideService(Resources, { residentBytes: () => 0, heapIsFull: () => false })
    )
  )

const throwing = (thrown: unknown) => () => {
  throw thrown
}

const properties = {
  holds: Property.invariant<Count>("at most 3", {
    holds: ({ count }) => count <= 3,
    premise: ({ count }) => count > 1
  }),
  vacuous: Property.invariant<Count>("past 9", { holds: () => true, premise: ({ count }) => count > 9 }),
  violated: Property.invariant<Count>("never 2", { holds: ({ count }) => count !== 2, explain: () => "it is 2" }),
  reached: Property.reachable<Count>("two", { holds: ({ count }) => count === 2 }),
  unreached: Property.reachable<Count>("four", { holds: ({ count }) => count === 4 }),
  throws: Property.invariant<Count>("throws", { holds: throwing(new RangeError("boom")) }),
  throwsText: Property.invariant<Count>("throws a text", { holds: throwing("boom") }),
  counted: Property.eventually<Count>("three", { holds: ({ count }) => count === 3 })
}

test("every figure of a search, and a verdict for each property", async () => {
  const found = await explored(Object.values(properties))
  // Before 0, 1, 2, 3 it steps up from each, at 3 to itself, and jumps from 0.
  expect({ ...found, properties: [], bytesPerState: 0, digest: "" }).toEqual({
    system: "counter",
    complete: true,
    stopReason: null,
    initial: 1,
    distinct: 4,
    generated: 6,
    outside: { initial: 0, successors: 0 },
    depth: 2,
    levels: [1, 2, 1],
    quiescent: 1,
    deadlocked: 0,
    actions: [
      {
        name: "jump",
        fault: true,
        taken: 1,
        fresh: 1,
        unchanged: 0,
        outcomes: null,
        guard: { enabled: 1, disabled: 3 }
      },
      { name: "up", fault: false, taken: 4, fresh: 2, unchanged: 1, outcomes: null, guard: { enabled: 4, disabled: 0 } }
    ],
    properties: [],
    // Each of two actions in each of four states.
    handlerRuns: 8,
    costs: [
      { action: "jump", runs: 4, reads: [{ variable: "count", values: 4 }] },
      { action: "up", runs: 4, reads: [{ variable: "count", values: 4 }] }
    ],
    growing: [],
    elapsedMillis: 0,
    bytesPerState: 0,
    digest: ""
  })
  expect(found.digest).toMatch(/^[0-9a-f]{16}$/)
  expect(found.properties.map(({ kind, name, verdict }) => [name, kind, verdict._tag])).toEqual([
    ["at most 3", "invariant", "holds"],
    ["past 9", "invariant", "vacuous"],
    ["never 2", "invariant", "violated"],
    ["two", "reachable", "reached"],
    ["four", "reachable", "unreached"],
    ["throws", "invariant", "failed"],
    ["throws a text", "invariant", "failed"],
    ["three", "eventually", "holds"]
  ])
  const verdicts = found.properties.map(({ verdict }) => verdict)
  expect(verdicts[0]).toEqual({ _tag: "holds", checked: 2 })
  expect(verdicts[2]).toMatchObject({ because: "it is 2", evidence: { steps: [{ label: "up" }, { label: "up" }] } })
  expect(verdicts[3]).toMatchObject({ evidence: { steps: [{ label: "up" }, { label: "up" }] } })
  expect(verdicts.slice(5, 7)).toEqual([
    { _tag: "failed", error: "RangeError: boom" },
    { _tag: "failed", error: "boom" }
  ])
})

test("an action without a guard has no answers of one to be counted", async () => {
  const [Go, Stop] = [Schema.TaggedStruct("Go", {}), Schema.TaggedStruct("Stop", {})]
  const machine = Machine.make("guarded", { state: Schema.Natural, operations: [Go, Stop], initial: () => 0 }).handlers(
    { Go: (count) => Effect.succeed(count + 1), Stop: (count) => Effect.succeed(count) },
    { guards: { Go: (count) => count < 1 } }
  )
  const workload = Workload.script([[Go.make({}), Stop.make({}), Go.make({})]])
  const system = System.make("guarded", { machine, topology: Topology.allToAll(1), workload })
  const { actions } = await Effect.runPromise(explore(system, []))
  expect(actions.map(({ guard, name }) => [name, guard])).toEqual([
    ["invoke Go", { enabled: 1, disabled: 1 }],
    ["invoke Stop", null]
  ])
})

test("a search whose process was stopped for long begins again", async () => {
  const stopped = stoppedOnce()
  const run = explore(stopped, [Property.invariant<Count>("at most 1", { holds: ({ count }) => count <= 1 })])
  const { complete, distinct, properties } = await Effect.runPromise(
    Effect.provideService(run, Patience, { sliceMillis: 100, partMillis: 10_000 })
  )
  expect([complete, distinct, properties[0]?.verdict]).toEqual([true, 2, { _tag: "holds", checked: 2 }])
})

test("the bytes of a state are those of the store and of what is kept beside it", async () => {
  const { bytesPerState, distinct } = await explored([])
  // An index of 32,768 places of four bytes; a pair, a parent and a count of faults for each state.
  expect(bytesPerState * distinct).toBe(4 * 32_768 + 4 * (8 + 4 + 1))
})

describe("a search that is cut short", () => {
  const all = [properties.holds, properties.reached, properties.violated, properties.counted]

  test("decides what it has seen and nothing else", async () => {
    const found = await explored(all, { limits: { states: 2 } })
    expect([found.complete, found.stopReason, found.distinct]).toEqual([false, "state limit", 3])
    expect(found.properties.map(({ verdict }) => verdict)).toEqual([
      { _tag: "inconclusive", why: "state limit", checked: 1 },
      { _tag: "inconclusive", why: "state limit", checked: 3 },
      { _tag: "inconclusive", why: "state limit", checked: 3 },
      { _tag: "inconclusive", why: "state limit", checked: 0 }
    ])
  })

  test("tells of its progress after each slice", async () => {
    const progress: Array<Progress> = []
    const onProgress = (each: Progress) => progress.push(each)
    await explored([], { onProgress })
    await explored([], { onProgress, limits: { states: 2 } })
    expect(progress).toEqual([
      { distinct: 4, generated: 6, depth: 2, queue: 0, elapsedMillis: 0 },
      { distinct: 3, generated: 3, depth: 1, queue: 2, elapsedMillis: 0 }
    ])
    progress.length = 0
    // Two looks at this clock are a slice.
    await explored([], { onProgress }, 49)
    expect(progress.map(({ distinct }) => distinct)).toEqual([3, 4, 4])
  })

  test("refuses what is no limit, and says that it is its own", async () => {
    await expect(explored([], { limits: { states: 0 } })).rejects.toThrow("explore: limits.states is 0")
  })

  test("ends with its time, before it begins or when only runs are left to be judged", async () => {
    expect((await explored([], { limits: { timeMillis: 0 } })).stopReason).toBe("time limit")
    const late = (timeMillis: number) => {
      let moment = 1000
      const goesOn = { nowMillis: () => moment }
      const onProgress = () => {
        moment = 1500
      }
      const run = explore(counter(), [properties.counted], { limits: { timeMillis }, onProgress })
      return Effect.runPromise(Effect.provideService(run, SearchClock, goesOn))
    }
    const found = await late(500)
    expect([found.stopReason, found.properties[0]?.verdict]).toEqual([
      null,
      { _tag: "inconclusive", why: "time limit", checked: 0 }
    ])
    const inTime = await late(501)
    expect([inTime.properties[0]?.verdict._tag, inTime.elapsedMillis]).toEqual(["holds", 500])
  })

  test("ends and yields by a real clock, where the clock of effects stands still", async () => {
    const endless = WholeState.make("endless", {
      variables: { count: WholeState.variable(Schema.Finite, 0) },
      actions: ({ count }) => ({ up: WholeState.action(Effect.flatMap(count.get, (value) => count.set(value + 1))) })
    })
    let slices = 0
    const run = explore(endless, [], { limits: { timeMillis: 200, depth: 1e9 }, onProgress: () => slices++ })
    const found = await Effect.runPromise(Effect.provide(run, TestClock.layer()))
    expect([found.stopReason, slices > 1]).toEqual(["time limit", true])
  })

  test("ends where memory is short, before it begins or when only runs are left to be judged", async () => {
    const within = (memoryBytes: number, resident: () => number) => {
      const run = explore(counter(), [properties.counted], { limits: { memoryBytes } })
      const resources = { residentBytes: resident, heapIsFull: () => false }
      return Effect.runPromise(Effect.provideService(run, Resources, resources))
    }
    // Judging takes 80 bytes a state and 8 a transition: 4 and 6 of them.
    const why = { _tag: "inconclusive", why: "memory limit", checked: 0 }
    const room = 80 * 4 + 8 * 6
    expect((await within(1000 + room, () => 1000)).properties[0]?.verdict._tag).toBe("holds")
    expect((await within(1000 + room - 1, () => 1000)).properties[0]?.verdict).toEqual(why)
  })

  test("ends with the level in which a property is violated whose violation ends it", async () => {
    const stopping = (...names: ReadonlyArray<string>) =>
      explored([properties.violated, properties.reached, properties.counted], {
        stopsAtViolation: (name) => names.includes(name)
      })
    const found = await stopping(properties.violated.name)
    expect([found.stopReason, found.depth, found.distinct]).toEqual(["violation", 2, 4])
    expect(found.properties.map(({ verdict }) => verdict._tag)).toEqual(["violated", "reached", "inconclusive"])
    // Reaching is no violation.
    expect((await stopping(properties.reached.name)).complete).toBe(true)
  })

  test("ends by a signal, before it begins or when only runs are left to be judged", async () => {
    const aborted = new AbortController()
    aborted.abort()
    expect((await explored([], { signal: aborted.signal })).stopReason).toBe("interrupted")
    const late = new AbortController()
    const found = await explored([properties.counted], { signal: late.signal, onProgress: () => late.abort() })
    expect([found.stopReason, found.properties[0]?.verdict]).toEqual([
      null,
      { _tag: "inconclusive", why: "interrupted", checked: 0 }
    ])
  })
})
