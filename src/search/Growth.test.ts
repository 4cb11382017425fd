/**
 * Parts of the state that grow with depth: of states that are written out, and of searches that limits ended.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { explore } from "../../test/explore-given.ts"
import { Machine, Network, System, Topology, WholeState, Workload } from "../model/index.ts"
import { growthAlong } from "./Growth.ts"
import { type Limits, Resources, SearchClock } from "./Limits.ts"

const upTo = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, index) => index)

/** The growth found in a variable with these values. */
const of = (...values: ReadonlyArray<unknown>) =>
  growthAlong(values.map((x) => ({ x }))).map((each) => Object.values(each))

describe("what grows", () => {
  test("is a number that rises, or that falls below zero", () => {
    expect(of(0, 5, 6)).toEqual([["x", "value", 0, 6]])
    expect(of(3, 1, -1)).toEqual([["x", "value", 3, -1]])
    expect(of(3n, 4n, 2n ** 70n)).toEqual([["x", "value", "3", "1180591620717411303424"]])
  })

  test("is a longer text, list, set, map or record", () => {
    expect(of("", "a", "abc")).toEqual([["x", "characters", 0, 3]])
    expect(of([], [9], [9, 9])).toEqual([["x", "elements", 0, 2]])
    expect(of(new Set(), new Set([7]), new Set([7, 8, 9]))).toEqual([["x", "elements", 0, 3]])
    expect(of(new Map(), new Map([[1, 0]]), new Map(upTo(2).map((key) => [key, 0])))).toEqual([["x", "entries", 0, 2]])
    expect(of({}, { a: true }, { a: true, b: true })).toEqual([["x", "entries", 0, 2]])
  })

  test("is nothing that stands still once, turns round, falls to zero or becomes something else", () => {
    expect([of(0, 1, 1), of(0, 0, 1), of(0, 2, 1), of(2, 1, 0), of(1, -1, -1), of(1, -2, -1), of(1, 0, 1)]).toEqual(
      upTo(7).map(() => [])
    )
    expect([of([], [1], "ab"), of(0, 1, null), of(null, 1, 2), of(0, 1, Infinity), of(0, 1, NaN)]).toEqual(
      upTo(5).map(() => [])
    )
    expect([of(0, 1, 2n), of(true, true, true), of(undefined, 1, 2)].slice(1)).toEqual([[], []])
    expect(growthAlong([])).toEqual([])
  })

  test("is named by the way to it, as traces write it", () => {
    const value = (count: number) => ({
      list: ["a", { "of tasks": count }],
      byKey: new Map<unknown, unknown>([
        ["k", count],
        [2, "b"],
        [3, "x".repeat(count)]
      ]),
      flags: new Set([count])
    })
    expect(of(value(1), value(2), value(3))).toEqual([
      ["x.byKey{k}", "value", 1, 3],
      ["x.byKey{3}", "characters", 1, 3],
      [`x.list[1]."of tasks"`, "value", 1, 3]
    ])
  })

  test("is at most three parts, the shortest path first, however they are ordered", () => {
    const state = (count: number) => ({
      a: { b: { c: count } },
      d: { e: count },
      f: count,
      g: { h: count, i: count }
    })
    expect(growthAlong(upTo(3).map(state)).map(({ path }) => path)).toEqual(["f", "d.e", "g.h"])
    expect(growthAlong(upTo(3).map((count) => ({ list: upTo(count), n: count }))).map(({ path }) => path)).toEqual([
      "list",
      "n"
    ])
  })

  test("is there in every state: what comes and goes, is inherited or is reached in another way is left out", () => {
    expect(of({ a: 1 }, {}, { a: 3 })).toEqual([])
    expect(of([1], {}, [3])).toEqual([])
    expect(of({ a: 1 }, new Map([["a", 2]]), { a: 3 })).toEqual([])
    expect(of(new Map([["size", 1]]), { size: 2 }, new Map([["size", 3]]))).toEqual([])
    expect(of({ constructor: 1 }, { a: 0 }, { constructor: 3 })).toEqual([])
    expect(of({ a: 1 }, null, { a: 3 })).toEqual([])
    // What stands for a missing member must not be taken for one, a text of any length among others.
    const long = "a".repeat(99)
    expect(of({ a: "" }, {}, { a: long })).toEqual([])
    expect(of({ a: "" }, new Map([["a", "b"]]), { a: long })).toEqual([])
    expect(of(new Map([["a", ""]]), new Map(), new Map([["a", long]]))).toEqual([])
    expect(of({ length: 0 }, "a", { length: 2 })).toEqual([])
  })
})

/** A counter without end, and a flag. */
const counter = (step: (count: number) => number) =>
  WholeState.make("counter", {
    variables: { flag: WholeState.variable(Schema.Boolean, false), count: WholeState.variable(Schema.Finite, 0) },
    actions: ({ count, flag }) => ({
      up: WholeState.action(Effect.flatMap(count.get, (value) => count.set(step(value)))),
      turn: WholeState.action(Effect.flatMap(flag.get, (value) => flag.set(!value)))
    })
  })

/** Limits that end a search, and what the clock and the memory are read as. */
interface Given {
  readonly limits?: Partial<Limits>
  readonly now?: () => number
  readonly residentBytes?: () => number
  readonly signal?: AbortSignal
}

const grows = async (system: unknown, { limits = {}, now = () => 0, residentBytes = () => 0, signal }: Given) => {
  const options = signal === undefined ? { limits } : { limits, signal }
  const { growing, stopReason } = await Effect.runPromise(
    explore(system as System<unknown>, [], options).pipe(
      Effect.provideService(SearchClock, { nowMillis: now }),
      Effect.provideService(Resources, { residentBytes, heapIsFull: () => false })
    )
  )
  return [stopReason, growing]
}

describe("a search", () => {
  const growing = (to: number) => [{ path: "count", of: "value", from: 0, to }]
  const up = counter((value) => value + 1)

  test("that a limit ended names the counter, which was 0 first and has its value in the last state now", async () => {
    // In each level but the first there are two states; the last has turned its flag once, and counted in its other steps.
    expect(await grows(up, { limits: { depth: 20 } })).toEqual(["depth limit", growing(19)])
    expect(await grows(up, { limits: { states: 41 } })).toEqual(["state limit", growing(19)])
    expect(
      await grows(
        counter((value) => value - 1),
        { limits: { depth: 20 } }
      )
    ).toEqual(["depth limit", growing(-19)])
    let moment = 0
    expect((await grows(up, { limits: { timeMillis: 500 }, now: () => moment++ }))[0]).toBe("time limit")
    expect((await grows(up, { limits: { timeMillis: 500 }, now: () => moment++ }))[1]).toMatchObject([
      { path: "count" }
    ])
    const bytes = {
      limits: { memoryBytes: 1000 },
      now: () => moment++,
      residentBytes: () => (moment > 2000 ? 2000 : 0)
    }
    moment = 0
    expect((await grows(up, bytes))[0]).toBe("memory limit")
    moment = 0
    expect((await grows(up, bytes))[1]).toMatchObject([{ path: "count" }])
  })

  test("that came to its end, or was interrupted, names nothing", async () => {
    expect(
      await grows(
        counter((value) => Math.min(30, value + 1)),
        {}
      )
    ).toEqual([null, []])
    let moment = 0
    const signal = new AbortController()
    const now = () => {
      if (moment === 500) signal.abort()
      return moment++
    }
    expect(await grows(up, { now, signal: signal.signal })).toEqual(["interrupted", []])
  })

  test("that is less than four steps deep names nothing: four steps to the last state have five states", async () => {
    expect(await grows(up, { limits: { depth: 4 } })).toEqual(["depth limit", []])
    const alone = WholeState.make("alone", {
      variables: { count: WholeState.variable(Schema.Finite, 0) },
      actions: ({ count }) => ({ up: WholeState.action(Effect.flatMap(count.get, (value) => count.set(value + 1))) })
    })
    expect(await grows(alone, { limits: { depth: 3 } })).toEqual(["depth limit", []])
    expect(await grows(alone, { limits: { depth: 4 } })).toEqual(["depth limit", growing(4)])
    expect(await grows(alone, { limits: { states: 1000 } })).toEqual(["state limit", growing(999)])
  })

  test("whose part grows in every third step only names it at five states, where ten are too near", async () => {
    const rounds = WholeState.make("rounds", {
      variables: { place: WholeState.variable(Schema.Int, 0), log: WholeState.variable(Schema.Array(Schema.Int), []) },
      actions: ({ log, place }) => ({
        go: WholeState.action(
          Effect.gen(function* () {
            const at = yield* place.get
            yield* place.set((at + 1) % 3)
            if (at === 2) yield* log.set([...(yield* log.get), 1])
          })
        )
      })
    })
    const logged = (to: number) => [{ path: "log", of: "elements", from: 0, to }]
    expect(await grows(rounds, { limits: { depth: 12 } })).toEqual(["depth limit", logged(4)])
    expect(await grows(rounds, { limits: { depth: 27 } })).toEqual(["depth limit", logged(9)])
    expect(await grows(rounds, { limits: { depth: 11 } })).toEqual(["depth limit", []])
  })

  test("of nodes names the node and the part of its state", async () => {
    const Start = Schema.TaggedStruct("Start", {})
    const Ball = Schema.TaggedStruct("Ball", {})
    const tennis = System.make("tennis", {
      machine: Machine.make("player", {
        state: Schema.Struct({ hits: Schema.Array(Schema.Literal("hit")) }),
        operations: [Start],
        messages: [Ball],
        initial: () => ({ hits: [] })
      }).handlers({
        Start: (state) => Effect.as(Network.broadcast(Ball.make({})), state),
        Ball: ({ hits }) => Effect.as(Network.broadcast(Ball.make({})), { hits: [...hits, "hit" as const] })
      }),
      topology: Topology.ring(2),
      workload: Workload.script([[Start.make({})]])
    })
    expect(await grows(tennis, { limits: { depth: 41 } })).toEqual([
      "depth limit",
      [
        { path: "n0.state.hits", of: "elements", from: 0, to: 20 },
        { path: "n1.state.hits", of: "elements", from: 0, to: 20 }
      ]
    ])
  })
})
