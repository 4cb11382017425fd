/**
 * Forbidden acts of a handler are refused, with an error that names the machine, the handler, the input and the cause.
 */
import { Clock, Deferred, Effect, Random, Schema } from "effect"
import { describe, expect, test } from "vitest"
import {
  Choice,
  type HandlerServices,
  LocalClock,
  Machine,
  Network,
  Self,
  System,
  Timer,
  Topology,
  Workload
} from "../../model/index.ts"
import { explore } from "../../search/Explorer.ts"
import { ModelRefused } from "./ModelRefused.ts"

const State = Schema.Struct({ items: Schema.Array(Schema.String), tags: Schema.ReadonlySet(Schema.String) })
type State = typeof State.Type
const Go = Schema.TaggedStruct("Go", { word: Schema.String })
const Tell = Schema.TaggedStruct("Tell", { word: Schema.String })

type Handler = (state: State, input: { readonly word: string }) => Effect.Effect<State, never, HandlerServices>

const refusalOf = async (go: Handler, options: { readonly checkDeterminism?: boolean } = {}) => {
  const machine = Machine.make("sinner", {
    state: State,
    operations: [Go],
    messages: [Tell],
    initial: (): State => ({ items: [], tags: new Set<string>() })
  }).handlers({ Go: go, Tell: (state) => Effect.succeed(state) })
  const system = System.make("sins", {
    machine,
    topology: Topology.chain(3),
    workload: Workload.script([[Go.make({ word: "w" })]])
  })
  return Effect.runPromise(Effect.flip(explore(system, [], options) as never)) as Promise<unknown>
}

let outside = 0
const keep =
  (...effects: ReadonlyArray<Effect.Effect<unknown, never, HandlerServices>>): Handler =>
  (state) =>
    Effect.as(Effect.all(effects), state)

const endless: Handler = Effect.fnUntraced(function* (state) {
  let sum = 0
  while (sum >= 0) sum += yield* Self.id
  return state
})

/** `Effect.forever` as it is would yield in between. */
const again = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forever(effect, { disableYield: true })

/** Catches whatever it is told, and goes on. */
const deaf: Handler = (state) => Effect.as(again(Effect.ignoreCause(Effect.void)), state)

/** Loops while it is interrupted, too. */
const stubborn: Handler = (state) =>
  Effect.as(
    Effect.onInterrupt(again(Effect.void), () => again(Effect.void)),
    state
  )

const sins: ReadonlyArray<readonly [offence: string, handler: Handler, detail?: string]> = [
  ["went asynchronous", keep(Effect.promise(() => Promise.resolve(1)))],
  ["went asynchronous", keep(Effect.flatMap(Deferred.make<void>(), Deferred.await))],
  ["went asynchronous", keep(Effect.never)],
  ["scheduled work", keep(Effect.sleep(10))],
  ["scheduled work", keep(Effect.forkChild(Effect.void))],
  ["scheduled work", keep(Effect.yieldNow)],
  ["read the wall clock", keep(Clock.currentTimeMillis)],
  ["used random numbers", keep(Random.next)],
  ["mutated its input", (state) => Effect.sync(() => ((state.items as Array<string>).push("x"), state))],
  ["mutated its input", (state) => Effect.sync(() => ((state.tags as Set<string>).add("x"), state))],
  ["mutated its input", (state, input) => Effect.sync(() => (((input as { word: string }).word = "x"), state))],
  ["returned a value its schema rejects", (state) => Effect.succeed({ ...state, items: [3 as never] }), '["items"][0]'],
  ["returned a value its schema rejects", (state) => Effect.succeed({ ...state, extra: 1 } as State), '["extra"]'],
  [
    "used a value that is not plain data",
    (state) => Effect.succeed({ ...state, items: [new Date(0) as never] }),
    "Date"
  ],
  ["sent to a node that does not exist", keep(Network.send(7, Tell.make({ word: "w" }))), "n7"],
  ["sent over a link the topology lacks", keep(Network.send(2, Tell.make({ word: "w" }))), "n0 to n2 in chain"],
  ["sent a message its destination does not accept", keep(Network.broadcast(Go.make({ word: "w" }))), "n1"],
  ["returned a value its schema rejects", keep(Network.broadcast({ _tag: "Tell", word: 3 } as never)), '["word"]'],
  ["read a clock the system does not have", keep(LocalClock.now)],
  ["chose among no alternatives", keep(Choice.among([]))],
  ["chose among no alternatives", keep(Choice.among(new Set([1]) as never)), "their number is undefined"],
  ["chose among no alternatives", keep(Choice.use(({ index }) => index(1.5))), "their number is 1.5"],
  ["chose among no alternatives", keep(Choice.use(({ index }) => index(Number.NaN))), "their number is NaN"],
  ["chose among no alternatives", keep(Choice.use(({ index }) => index(2 ** 31))), "their number is 2147483648"],
  ["set a timer that has no handler", keep(Timer.set("retry")), "retry"],
  ["cancelled a timer that has no handler", keep(Timer.cancel("retry")), "retry"],
  ["asked for a sender outside a message's handler", keep(Network.sender)],
  ["took too many steps", endless],
  ["took too many steps", deaf],
  ["took too many steps", stubborn],
  ["took too many steps", (state) => Effect.as(Effect.uninterruptible(again(Effect.void)), state)],
  [
    "read the wall clock",
    (state) =>
      Effect.as(
        Effect.catchCause(Clock.currentTimeMillis, () => Effect.void),
        state
      )
  ],
  ["chose among no alternatives", (state) => Effect.as(Effect.ignoreCause(Choice.among([])), state)],
  ["threw", () => Effect.die(new Error("boom")), "boom"],
  [
    "threw",
    () => {
      throw new Error("early")
    },
    "early"
  ],
  ["failed", (() => Effect.fail("no")) as never, "no"],
  ["returned no Effect", (() => ({ items: [], tags: new Set() })) as never, '{"items":[],"tags":[]}'],
  ["returned no Effect", (() => Promise.resolve(1)) as never, "a promise"],
  ["returned no Effect", (() => undefined) as never, "undefined"]
]

describe("a handler", () => {
  test.each(sins.map(([offence, handler, detail]) => ({ offence, handler, detail: detail ?? "" })))(
    "that $offence is refused by name",
    async ({ detail, handler, offence }) => {
      const refusal = await refusalOf(handler)
      expect(refusal).toBeInstanceOf(ModelRefused)
      if (!(refusal instanceof ModelRefused)) return
      expect([refusal.system, refusal.where, refusal.offence]).toEqual(["sins", "machine sinner, handler Go", offence])
      expect(refusal.input).toBe('{"_tag":"Go","word":"w"} in state {"items":[],"tags":[]}')
      expect(refusal.detail.includes(detail) ? "said" : refusal.detail).toBe("said")
      expect(refusal.message.split("\n").length).toBeGreaterThan(2)
    }
  )

  test("whose runs differ is refused when determinism is checked", async () => {
    const drifting: Handler = (state) => Effect.sync(() => ({ ...state, items: [String(outside++)] }))
    expect(await refusalOf(drifting, { checkDeterminism: true })).toMatchObject({ offence: "is not deterministic" })
  })
})

test("a workload that asks for what a machine does not accept is refused before the search", async () => {
  const machine = Machine.make("deaf", { state: Schema.Null, initial: () => null }).handlers({})
  const system = System.make("deaf", {
    machine,
    topology: Topology.ring(2),
    workload: Workload.script([[{ _tag: "Go" }]])
  })
  const refusal = await Effect.runPromise(Effect.flip(explore(system, [])))
  expect([refusal.where, refusal.offence]).toEqual(["workload", "is not composed correctly"])
})
