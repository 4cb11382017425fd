/**
 * Names that a protocol may give and that plait uses itself, or that every JavaScript object inherits: each input runs its
 * own handler, and its actions are counted apart from what the environment does.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { handlerSites } from "../mutation/Sites.ts"
import { nodeMutants } from "../mutation/node-mutants.ts"
import { type Behaviour, Faults, Machine, Network, System, Timer, Topology, Workload } from "../model/index.ts"
import { Property } from "../property/index.ts"
import { explore } from "./Explorer.ts"

const tags = [
  "start",
  "recover",
  "timeout",
  "timeout ring",
  "lose",
  "duplicate",
  "cut",
  "heal",
  "crash",
  "crash in mid-handler",
  "invoke Put",
  "deliver Put",
  `input "start"`,
  "",
  "constructor",
  "toString",
  "hasOwnProperty",
  "__proto__"
]

/** Hooks and a timer that are told apart from a handler by the state they leave. */
const hooks: Behaviour<number, never> = {
  start: (state) => Effect.as(Timer.set("ring"), state + 100),
  recover: (state) => Effect.succeed(state + 1000),
  timeouts: { ring: (state) => Effect.succeed(state + 10_000) }
}

/** One node is asked once, and tells the other; both note so in their state. */
const speaking = (tag: string) => {
  const Asked = Schema.TaggedStruct(`ask ${tag}`, {})
  const Said = Schema.TaggedStruct(tag, {})
  const machine = Machine.make("m", {
    state: Schema.Finite,
    operations: [Asked],
    messages: [Said],
    initial: () => 0
  }).handlers(
    {
      [`ask ${tag}`]: (state: number) => Effect.as(Network.broadcast(Said.make({}) as never), state + 1),
      [tag]: (state: number) => Effect.succeed(state + 2)
    } as never,
    hooks as never
  )
  return System.make("x", {
    machine,
    topology: Topology.allToAll(2),
    network: Network.unordered({ lose: 1, duplicate: 1 }),
    faults: Faults.crash({ recoveries: 1, midHandler: true }),
    workload: Workload.script([[Asked.make({}) as never]])
  })
}

/** One node that is asked once. */
const asked = (tag: string) => {
  const Asked = Schema.TaggedStruct(tag, {})
  const machine = Machine.make("m", { state: Schema.Finite, operations: [Asked], initial: () => 0 }).handlers(
    { [tag]: (state: number) => Effect.succeed(state + 1) } as never,
    hooks as never
  )
  return System.make("x", {
    machine,
    topology: Topology.allToAll(1),
    faults: Faults.crash({ recoveries: 1 }),
    workload: Workload.script([[Asked.make({}) as never]])
  })
}

/** Figures of a search, the given names replaced in those of its actions. */
const figures = async (system: ReturnType<typeof speaking>, plain: (action: string) => string) => {
  const seen = new Set<number>()
  const collect = Property.invariant<{ readonly nodes: ReadonlyArray<{ readonly state: number }> }>("seen", {
    holds: ({ nodes }) => nodes.every(({ state }) => seen.add(state) !== undefined)
  })
  const { actions, depth, digest, distinct, generated } = await Effect.runPromise(explore(system, [collect as never]))
  const counts = actions.map(({ name, taken }) => `${plain(name)} ${taken}`)
  return { depth, digest, distinct, generated, counts, seen: [...seen].sort() }
}

describe("an operation runs its own handler, whatever its tag", () => {
  test.each(tags)("%j", async (tag) => {
    const plain = (name: string) => (name === `invoke ${tag}` ? "invoke" : name)
    const expected = await figures(asked("Put"), (name) => (name === "invoke Put" ? "invoke" : name))
    // The timer is set, or has fired; each before any crash, or after the recovery.
    expect(expected.counts[0]).toBe("invoke 4")
    expect({ ...(await figures(asked(tag), plain)), digest: "" }).toEqual({ ...expected, digest: "" })
  })
})

describe("a message runs its own handler, whatever its tag", () => {
  test.each(tags)("%j", async (tag) => {
    const plain = (name: string) =>
      name === `invoke ask ${tag}` ? "invoke" : name === `deliver ${tag}` ? "deliver" : name
    const expected = await figures(speaking("Put"), (name) =>
      name === "invoke ask Put" ? "invoke" : name === "deliver Put" ? "deliver" : name
    )
    expect({ ...(await figures(speaking(tag), plain)), digest: "" }).toEqual({ ...expected, digest: "" })
  })
})

test("mutants of an input tagged start are told apart from those of what a node does at the start", async () => {
  const system = speaking("start")
  const sites = await Effect.runPromise(handlerSites(system as never, {}))
  const names = nodeMutants(system as never, sites).map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter((name) => name.endsWith("does nothing"))).toEqual([
    "ask start does nothing",
    `input "start" does nothing`,
    "timeout ring does nothing",
    "start does nothing",
    "recover does nothing"
  ])
})
