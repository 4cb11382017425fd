/**
 * Fairness classes of systems of nodes: an action at one node with one input from one sender. Small systems in which a
 * coarser or finer reading gives another verdict.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { Faults, Machine, Network, type NodesView, System, Timer, Topology, Workload } from "../../model/index.ts"
import { type EventuallyOptions, Property } from "../../property/index.ts"
import { explore } from "../Explorer.ts"

const Go = Schema.TaggedStruct("Go", {})
const Word = Schema.TaggedStruct("Word", { word: Schema.String })
const Heard = Schema.ReadonlySet(Schema.String)
type View = NodesView<ReadonlySet<string>>

const declared = Machine.make("speaker", {
  state: Heard,
  operations: [Go],
  messages: [Word],
  initial: (): ReadonlySet<string> => new Set()
})

const heard =
  (word: string) =>
  ({ nodes }: View) =>
    nodes[0]?.state.has(word) === true

const judge = async (
  system: Parameters<typeof explore>[0],
  options: EventuallyOptions<View, undefined>,
  limits: { readonly states?: number } = {}
) => {
  const property = Property.eventually<View>("property", options)
  const found = await Effect.runPromise(explore(system as never, [property as never], { limits }))
  return found.properties[0]!.verdict
}

/** Nodes 0 and 1 play ball for ever, by the word "ball"; node 1 or 2 also says "news" to node 0, once. */
const ball = (newsFrom: number) => {
  const speaks = {
    Go: Effect.fnUntraced(function* (state: ReadonlySet<string>) {
      yield* Network.send(0, Word.make({ word: "news" }))
      return state
    }),
    Word: Effect.fnUntraced(function* (state: ReadonlySet<string>, { word }: typeof Word.Type) {
      if (word === "news") return new Set([...state, word])
      yield* Network.send(yield* Network.sender, Word.make({ word }))
      return state
    })
  }
  const machine = declared.handlers(speaks)
  const starting = declared.handlers(speaks, {
    start: Effect.fnUntraced(function* (state) {
      yield* Network.send(0, Word.make({ word: "ball" }))
      return state
    })
  })
  return System.make("ball", {
    machine: [machine, starting, machine],
    topology: Topology.allToAll(3),
    workload: Workload.script([0, 1, 2].map((node) => (node === newsFrom ? [Go.make({})] : [])))
  })
}

test.each([1, 2])("a message from n%i in flight is not starved by others of its kind at its node", async (newsFrom) => {
  expect((await judge(ball(newsFrom), { holds: heard("news") }))._tag).toBe("holds")
  const starved = await judge(ball(newsFrom), {
    holds: heard("news"),
    fairness: { actions: { "deliver Word": "none" } }
  })
  expect(starved._tag).toBe("violated")
})

test("an operation that can be asked is asked, unless nothing is owed", async () => {
  expect((await judge(ball(1), { holds: heard("news"), fairness: { actions: { "invoke Go": "weak" } } }))._tag).toBe(
    "holds"
  )
  const never = await judge(ball(1), { holds: heard("news"), fairness: { actions: { "invoke Go": "none" } } })
  // The ball goes to and fro: two deliveries repeat, from the start on.
  expect(never._tag === "violated" && [never.evidence.loop, never.evidence.steps.length]).toEqual([0, 2])
})

/** A message that is only taken while the node's lamp is on; a timer turns the lamp on and off for ever. */
const lamp = () => {
  const machine = declared.handlers(
    {
      Go: Effect.fnUntraced(function* (state) {
        yield* Network.send(0, Word.make({ word: "news" }))
        return state
      }),
      Word: (state, { word }) => Effect.succeed(new Set([...state, word]))
    },
    {
      guards: { Word: (state) => state.has("on") },
      start: Effect.fnUntraced(function* (state) {
        yield* Timer.set("flip")
        return state
      }),
      timeouts: {
        flip: Effect.fnUntraced(function* (state) {
          yield* Timer.set("flip")
          const others = [...state].filter((word) => word !== "on")
          return new Set(state.has("on") ? others : [...others, "on"])
        })
      }
    }
  )
  return System.make("lamp", {
    machine,
    topology: Topology.allToAll(2),
    workload: Workload.script([[], [Go.make({})]])
  })
}

test("a delivery enabled again and again is owed under strong fairness only", async () => {
  const weak = await judge(lamp(), { holds: heard("news") })
  expect(weak._tag).toBe("violated")
  const strong = await judge(lamp(), { holds: heard("news"), fairness: { actions: { "deliver Word": "strong" } } })
  expect(strong._tag).toBe("holds")
})

test("a timer that is set fires, unless nothing is owed", async () => {
  expect((await judge(lamp(), { holds: heard("on") }))._tag).toBe("holds")
  const stopped = await judge(lamp(), { holds: heard("on"), fairness: { actions: { "timeout flip": "none" } } })
  expect(stopped._tag === "violated" && stopped.evidence.loop === stopped.evidence.steps.length).toBe(true)
})

test("a crash is never owed, a recovery only where it is named", async () => {
  const system = System.make("fragile", {
    machine: ball(2).machines[0]!,
    topology: Topology.allToAll(1),
    faults: Faults.crash({ recoveries: 1 })
  })
  const isDown = ({ nodes }: View) => nodes[0]?.up === false
  expect((await judge(system, { holds: isDown }))._tag).toBe("violated")
  const comesBack = { from: isDown, holds: (view: View) => !isDown(view) }
  expect((await judge(system, comesBack))._tag).toBe("violated")
  expect((await judge(system, { ...comesBack, fairness: { actions: { recover: "weak" } } }))._tag).toBe("holds")
})

test("after a search that a limit ended nothing is said", async () => {
  expect(await judge(ball(1), { holds: heard("news") }, { states: 2 })).toEqual({
    _tag: "inconclusive",
    why: "state limit",
    checked: 0
  })
})
