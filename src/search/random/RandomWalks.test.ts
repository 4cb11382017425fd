/**
 * Counts, evaluations and discoveries of random walks, on models of four states, so that every figure follows from the
 * model.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { type At, graphModel, type Steps } from "../../../test/graph-model.ts"
import { Machine, type NodesView, Observe, System, Topology, WholeState, Workload } from "../../model/index.ts"
import { Property } from "../../property/index.ts"
import { stoppedOnce } from "../../../test/stopped-once.ts"
import { Patience } from "../run-model-code.ts"
import { simulate } from "./RandomWalks.ts"
import type { WalkedProperty, WalkOptions } from "./Simulation.ts"

/** One way: 0 → 1 → 2 → 3. */
const line = graphModel({ go: [[1], [2], [3], []] }, 0)
/** 0 → 1 → 2 → 3 → 0 without an end. */
const ring = graphModel({ go: [[1], [2], [3], [0]] }, 0)

const upTo = (most: number) => Property.invariant<At>(`at most ${most}`, { holds: ({ at }) => at <= most })

const walk = <View>(
  system: System<View>,
  properties: ReadonlyArray<Property<View>>,
  options: Partial<WalkOptions> = {}
) => Effect.runPromise(simulate(system, properties, { walks: 5, seed: 1, ...options }))

/** The steps of the one property's evidence, if there is any. */
const labels = async (...given: Parameters<typeof walk<At>>) => {
  const { verdict } = (await walk(...given)).properties[0]!
  return "evidence" in verdict ? verdict.evidence.steps.map(({ label }) => label).join() : undefined
}

test.each<[string, Partial<WalkOptions>]>([
  ["walks is -1, but it takes a whole number of at least 0", { walks: -1 }],
  ["seed is NaN, but it takes a whole number", { seed: Number.NaN }],
  ["maxSteps is 0.5, but it takes a whole number of at least 0", { maxSteps: 0.5 }]
])("numbers of walks that are not possible are refused: %s", async (problem, options) => {
  await expect(walk(line, [upTo(3)], options)).rejects.toThrow(new RangeError(`simulate: ${problem}`))
})

test("two properties of one name are refused", async () => {
  await expect(walk(line, [upTo(3), upTo(3)])).rejects.toThrow(
    "two are named “at most 3”: each takes a name of its own"
  )
})

describe("walks that decide nothing", () => {
  test("say so, and how often the property was asked: at every state of every walk where its premise is true", async () => {
    // 5 walks of 3 steps through 4 states for each property, 2 of them above 1.
    const above = Property.invariant<At>("above 1", { holds: () => true, premise: ({ at }) => at > 1 })
    const inconclusive = { _tag: "inconclusive", why: "random walks" }
    expect(await walk(line, [upTo(3), above])).toEqual({
      system: "graph",
      seed: 1,
      walks: 10,
      steps: 30,
      distinct: 4,
      interrupted: false,
      actions: [{ name: "go", fault: false, taken: 30 }],
      properties: [
        {
          name: "at most 3",
          kind: "invariant",
          verdict: { ...inconclusive, checked: 20 },
          path: null,
          isShortest: null
        },
        { name: "above 1", kind: "invariant", verdict: { ...inconclusive, checked: 10 }, path: null, isShortest: null }
      ]
    })
  })
  test("ask a property about steps at every step, one about quiescence where nothing is left to happen", async () => {
    const upwards = Property.stepInvariant<At>("up by one", {
      holds: (before, after, { action }) => after.at === before.at + 1 && action === "go"
    })
    const ends = Property.atQuiescence<At>("ends at 3", { holds: ({ at }) => at === 3 })
    const checked = async (model: typeof line) =>
      (await walk(model, [upwards, ends], { maxSteps: 3 })).properties.map(({ verdict }) =>
        verdict._tag === "inconclusive" ? verdict.checked : verdict._tag
      )
    expect(await checked(line)).toEqual([15, 5])
    expect(await checked(ring)).toEqual([15, 0])
  })
  test("end after the most steps that are asked for, which are 200 where none are", async () => {
    const taken = async (options: Partial<WalkOptions>) => {
      const { actions, steps, walks } = await walk(ring, [upTo(3)], options)
      return [walks, steps, actions.map((action) => action.taken)]
    }
    expect(await taken({ maxSteps: 7 })).toEqual([5, 35, [35]])
    expect(await taken({ maxSteps: 0 })).toEqual([5, 0, [0]])
    expect(await taken({ walks: 3 })).toEqual([3, 600, [600]])
  })
  test("list the actions that none of them took, faults by their name", async () => {
    const { actions } = await walk(graphModel({ go: [[1], []], never: [[], []] }, 0), [upTo(3)])
    expect(actions).toEqual([
      { name: "go", fault: false, taken: 5 },
      { name: "never", fault: false, taken: 0 }
    ])
  })
  test("are not taken for a property about runs, of which none can show anything", async () => {
    const soon = Property.eventually<At>("soon", { holds: () => false })
    const { interrupted, properties, walks } = await walk(line, [soon])
    expect([walks, interrupted, properties[0]]).toEqual([
      0,
      false,
      {
        name: "soon",
        kind: "eventually",
        verdict: { _tag: "inconclusive", why: "random walks", checked: 0 },
        path: null,
        isShortest: null
      }
    ])
  })
})

describe("a walk that decides", () => {
  test("is the last for its property and ends where it decides; the evidence is explained", async () => {
    const never = Property.invariant<At>("never 2", {
      holds: ({ at }) => at !== 2,
      explain: ({ at }, _, history) => `${at} after ${history.length}`
    })
    const meets = Property.reachable<At>("meets 1", { holds: ({ at }) => at === 1 })
    const { properties, ...found } = await walk(line, [never, meets])
    expect([found.walks, found.steps, found.distinct, found.interrupted]).toEqual([2, 3, 3, false])
    expect(properties).toMatchObject([
      {
        verdict: { _tag: "violated", because: "2 after 2", evidence: { steps: [{ label: "go" }, { label: "go" }] } },
        path: "0"
      },
      { verdict: { _tag: "reached", evidence: { steps: [{ label: "go" }] } }, path: "0" }
    ])
  })
  test("is named by the number of walks before it, the same for the same seed, and starts in any initial state", async () => {
    // Of nine states, all of them initial, one is bad.
    const nine = graphModel({}, ...Array.from({ length: 9 }, (_, at) => at))
    const found = (seed: number) => walk(nine, [upTo(7)], { seed, walks: 500 })
    const walks: Array<number> = []
    for (let seed = 1; seed <= 5; seed++) {
      const each = await found(seed)
      expect(await found(seed)).toEqual(each)
      const [result] = each.properties
      expect(result).toMatchObject({
        path: String(each.walks - 1),
        verdict: { evidence: { initialIndex: 8, steps: [] } }
      })
      walks.push(each.walks)
    }
    expect(new Set(walks).size).toBeGreaterThan(2)
  })
  test("is shrunk to the shortest run of its own steps, and no step that it did not take is used", async () => {
    // From 0 one jump is enough, but a walk that went up cannot take it any more.
    const steps: Steps = { jump: [[3], [], [], []], up: [[1], [2], [3], []] }
    const found = new Set<string | undefined>()
    for (let seed = 1; seed <= 10; seed++) found.add(await labels(graphModel(steps, 0), [upTo(2)], { seed }))
    expect([...found].toSorted()).toEqual(["jump", "up,up,up"])
  })
  test("is shrunk where it went to and fro", async () => {
    const wandering = graphModel({ up: [[1], [2], [3], []], down: [[], [0], [1], [2]] }, 0)
    const walked: Array<number> = []
    for (let seed = 1; seed <= 5; seed++) {
      const { properties, steps } = await walk(wandering, [upTo(2)], { seed })
      expect(properties[0]?.verdict).toMatchObject({
        _tag: "violated",
        evidence: { steps: [{ label: "up" }, { label: "up" }, { label: "up" }] }
      })
      walked.push(steps)
    }
    expect(Math.max(...walked)).toBeGreaterThan(3)
  })
  test("shrinks to what it met and no further: code that would be refused later is not run", async () => {
    const brittle = WholeState.make("brittle", {
      variables: { at: WholeState.variable(Schema.Natural, 0) },
      actions: ({ at }) => ({
        up: WholeState.action(
          Effect.gen(function* () {
            const now = yield* at.get
            if (now === 3) return yield* Effect.die("broken")
            yield* at.set(now + 1)
          })
        )
      })
    })
    expect(await labels(brittle, [upTo(2)])).toBe("up,up,up")
    const refused = await Effect.runPromise(Effect.flip(simulate(brittle, [upTo(3)], { walks: 1, seed: 1 })))
    expect([refused.system, refused.where, refused.input]).toEqual(["brittle", "action up", '{"at":3}'])
  })
  test("decides a property about steps, or about where runs end, by the step or the end", async () => {
    const jumpy = graphModel({ go: [[1], [2], [3], []], leap: [[], [3], [], []] }, 0)
    const upwards = Property.stepInvariant<At>("up by one", { holds: (before, after) => after.at === before.at + 1 })
    const goes = Property.stepInvariant<At>("goes", { holds: (_before, _after, { action }) => action === "go" })
    const ends = Property.atQuiescence<At>("ends at 2", { holds: ({ at }) => at === 2 })
    expect(await labels(jumpy, [upwards], { walks: 50 })).toBe("go,leap")
    expect(await labels(jumpy, [goes], { walks: 50 })).toBe("go,leap")
    expect(await labels(line, [ends])).toBe("go,go,go")
  })
  test("is told at once, and kept as it is where a signal ends its shortening", async () => {
    const wandering = graphModel({ up: [[1], [2], [3], []], down: [[], [0], [1], [2]] }, 0)
    const stop = new AbortController()
    const told: Array<WalkedProperty> = []
    const onDecided = (walked: WalkedProperty) => void told.push(walked)
    const [whole] = (await walk(wandering, [upTo(2)], { seed: 3, onDecided })).properties
    const stopping = (walked: WalkedProperty) => {
      onDecided(walked)
      stop.abort()
    }
    const [stopped] = (await walk(wandering, [upTo(2)], { seed: 3, onDecided: stopping, signal: stop.signal }))
      .properties
    const lengthOf = (walked: WalkedProperty | undefined) =>
      walked?.verdict._tag === "violated" ? walked.verdict.evidence.steps.length : -1
    expect(told.map(({ isShortest, name, path }) => [isShortest, name, path])).toEqual([
      [false, "at most 2", "0"],
      [false, "at most 2", "0"]
    ])
    expect([whole, stopped].map((walked) => walked?.isShortest)).toEqual([true, false])
    expect([lengthOf(whole), lengthOf(stopped)]).toEqual([3, 3])
    expect(lengthOf(told[0])).toBeGreaterThan(3)
  })
  test("in which the property throws is a failure of the property", async () => {
    const brittle = Property.invariant<At>("brittle", {
      holds: ({ at }) => {
        if (at === 2) throw new RangeError("two")
        return true
      }
    })
    expect(await walk(line, [brittle])).toMatchObject({
      walks: 1,
      steps: 2,
      properties: [{ verdict: { _tag: "failed", error: "RangeError: two" }, path: "0" }]
    })
  })
})

test("a property about steps sees the node of a step and what was observed in it", async () => {
  const Write = Schema.TaggedStruct("Write", { name: Schema.String })
  const writer = Machine.make("writer", { state: Schema.Finite, operations: [Write], initial: () => 0 }).handlers({
    Write: (state, { name }) => Effect.as(Observe.wrote(name), state + 1)
  })
  const system = System.make("writers", {
    machine: writer,
    topology: Topology.chain(2),
    workload: Workload.script(["x", "y"].map((name) => [Write.make({ name })]))
  })
  const seen = new Set<string>()
  const note = Property.stepInvariant<NodesView<number>>("writes are seen", {
    holds: (before, after, { action, node, observations }) => {
      const states = [before, after].map(({ nodes }) => nodes.map(({ state }) => state).join(""))
      const written = observations.flatMap((each) => (each.kind === "wrote" ? [each.write] : []))
      seen.add([action, node, written.join(), ...states].join(" "))
      return true
    }
  })
  const found = await walk(system, [note], { walks: 20 })
  expect([found.steps, found.properties[0]?.verdict]).toEqual([
    40,
    { _tag: "inconclusive", why: "random walks", checked: 40 }
  ])
  expect([...seen].toSorted()).toEqual([
    "invoke Write 0 x 00 10",
    "invoke Write 0 x 01 11",
    "invoke Write 1 y 00 01",
    "invoke Write 1 y 10 11"
  ])
})

test("walks whose process was stopped for long begin again", async () => {
  const atMost1 = Property.invariant<{ readonly count: number }>("at most 1", { holds: ({ count }) => count <= 1 })
  const again = simulate(stoppedOnce(), [atMost1], { walks: 3, seed: 1 })
  const found = await Effect.runPromise(
    Effect.provideService(again, Patience, { sliceMillis: 100, partMillis: 10_000 })
  )
  expect([found.walks, found.distinct]).toEqual([3, 2])
})
