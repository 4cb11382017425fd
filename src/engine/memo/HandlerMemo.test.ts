/**
 * Handlers called with what they may ask: each way a call can go, in order, and how often a handler runs for it.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { refusalOf, refusalOfEndless } from "../../../test/programs.ts"
import {
  type AnyHandler,
  Choice,
  type ClockModel,
  Clocks,
  type HandlerServices,
  LocalClock,
  Machine,
  Network,
  Observe,
  Self,
  Timer
} from "../../model/index.ts"
import type { ClockZone } from "../tracking/ClockZone.ts"
import { type CallContext, HandlerMemo, type HandlerKey } from "./HandlerMemo.ts"
import { Interner } from "../interning/Interner.ts"
import { ModelRefused } from "../execution/ModelRefused.ts"

type Handler = (state: unknown, input: unknown) => Effect.Effect<unknown, never, HandlerServices>

const keyOf = (handler: Handler, index = 0): HandlerKey => ({
  machine: Machine.make("machine", { state: Schema.Unknown, initial: () => null }).handlers({}),
  name: "Put",
  handler: handler as AnyHandler,
  index
})

const context: CallContext = {
  self: 0,
  operation: undefined,
  sender: undefined,
  neighbours: [1, 2],
  zone: undefined
}

/** A memo with one interner of local states, and a call that shows every way it goes. */
const memoOf = (options: { readonly clocks?: ClockModel; readonly runTwice?: boolean } = {}) => {
  const memo = new HandlerMemo("system", options.clocks, options.runTwice ?? false)
  const locals = new Interner()
  const inputs = new Interner()
  const call = (handler: Handler | HandlerKey, state: unknown, input: unknown, told: Partial<CallContext> = {}) => {
    const key = typeof handler === "function" ? keyOf(handler) : handler
    const found: Array<readonly [state: unknown, zone: ClockZone | undefined, picks: ReadonlyArray<string>]> = []
    const id = inputs.intern(input)
    memo.outcomes(key, locals, locals.intern(state), id, input, { ...context, ...told }, ({ local }, zone, picks) => {
      found.push([locals.values[local], zone, picks])
    })
    return found
  }
  const states = (...given: Parameters<typeof call>) => call(...given).map(([state]) => state)
  return { call, states, memo, locals, runs: () => memo.calls.runs }
}

describe("a handler that asks nothing", () => {
  const add: Handler = (state, input) => Effect.succeed(`${String(state)}${String(input)}`)

  test("runs once for each state and input, whoever it runs as", () => {
    const { call, runs, states } = memoOf()
    expect(call(add, "a", "x")).toEqual([["ax", undefined, []]])
    expect([states(add, "a", "x", { self: 7, neighbours: [] }), runs()]).toEqual([["ax"], 1])
    expect([states(add, "b", "x"), states(add, "a", "y"), runs()]).toEqual([["bx"], ["ay"], 3])
    expect([states(add, "b", "x"), states(add, "a", "y"), states(add, "b", "y"), runs()]).toEqual([
      ["bx"],
      ["ay"],
      ["by"],
      4
    ])
  })

  test("runs twice for each where runs are compared", () => {
    const { runs, states } = memoOf({ runTwice: true })
    expect([states(add, "a", "x"), states(add, "a", "x"), runs()]).toEqual([["ax"], ["ax"], 2])
  })

  test("is another one than a handler of another number", () => {
    const { runs, states } = memoOf()
    const other: Handler = () => Effect.succeed("other")
    expect([states(keyOf(add, 0), "a", "x"), states(keyOf(other, 1), "a", "x"), runs()]).toEqual([["ax"], ["other"], 2])
  })

  test("leaves the zone as it was told", () => {
    const zone = { least: 2, last: null, offset: null, stepsBack: 0 }
    const { call } = memoOf()
    expect(call(add, "a", "x", { zone })).toEqual([["ax", zone, []]])
  })
})

describe("a handler runs once for each answer to what it asks", () => {
  const operationOf: Handler = () => Self.operation

  test.each<[string, Handler, keyof CallContext, unknown, unknown]>([
    ["its identity", () => Self.id, "self", 1, 2],
    ["its neighbours", () => Network.neighbours, "neighbours", [0, 1], [2]],
    ["the operation in hand", operationOf, "operation", "n0.0", "n0.1"],
    ["where a message came from", () => Network.sender, "sender", 3, 0]
  ])("%s", (_, handler, asked, left, right) => {
    const { call, runs, states } = memoOf()
    expect(call(handler, "a", "x", { [asked]: left })).toEqual([[left, undefined, []]])
    expect(states(handler, "a", "x", { [asked]: right })).toEqual([right])
    expect([states(handler, "a", "x", { [asked]: left }), runs()]).toEqual([[left], 2])
  })

  test("only what it asks for", () => {
    const { runs, states } = memoOf()
    const handler: Handler = (state) =>
      state === "a" ? Effect.map(Self.id, (id) => `a${id}`) : Effect.succeed("nobody")
    const asked = [0, 1, 2].flatMap((self) => [
      states(handler, "a", "x", { self }),
      states(handler, "b", "x", { self })
    ])
    expect(asked).toEqual([["a0"], ["nobody"], ["a1"], ["nobody"], ["a2"], ["nobody"]])
    expect(runs()).toBe(4)
  })
})

describe("a handler that chooses", () => {
  const twice: Handler = Effect.fnUntraced(function* () {
    const left = yield* Choice.among(["a", "b"])
    const self = yield* Self.id
    if (left === "b") return "b"
    return `${left}${yield* Choice.among([1, 2, 3])}${self}`
  })

  test("goes every way, in order, and the picks say which; it runs once for each", () => {
    const { call, runs } = memoOf()
    const ways = [
      ["a10", undefined, ["choice 0", "choice 0"]],
      ["a20", undefined, ["choice 0", "choice 1"]],
      ["a30", undefined, ["choice 0", "choice 2"]],
      ["b", undefined, ["choice 1"]]
    ]
    expect([call(twice, null, null), runs()]).toEqual([ways, 4])
    expect([call(twice, null, null), runs()]).toEqual([ways, 4])
  })

  test("among one alternative goes one way", () => {
    const { call } = memoOf()
    expect(call(() => Choice.among(["only"]), null, null)).toEqual([["only", undefined, ["choice 0"]]])
  })
})

describe("a handler that reads a clock", () => {
  const zone: ClockZone = { least: 1, last: null, offset: null, stepsBack: 0 }
  const twice: Handler = Effect.fnUntraced(function* () {
    return [yield* LocalClock.now, yield* LocalClock.now]
  })

  test("goes on with every reading, and what is known of time afterwards", () => {
    const { call, runs } = memoOf({ clocks: Clocks.perfect({ horizon: 2 }) })
    const after = (least: number) => ({ ...zone, least, last: least, offset: 0 })
    expect(call(() => LocalClock.now, null, null, { zone })).toEqual([
      [1, after(1), ["clock 1"]],
      [2, after(2), ["clock 2"]]
    ])
    // From moment 2 on there is one reading, for which it has run.
    expect(call(() => LocalClock.now, null, null, { zone: { ...zone, least: 2 } })).toEqual([
      [2, after(2), ["clock 2"]]
    ])
    expect(runs()).toBe(2)
  })

  test("reads again what time allows after the first reading", () => {
    const { call } = memoOf({ clocks: Clocks.perfect({ horizon: 2 }) })
    expect(call(twice, null, null, { zone }).map(([state, , picks]) => [state, picks])).toEqual([
      [
        [1, 1],
        ["clock 1", "clock 1"]
      ],
      [
        [1, 2],
        ["clock 1", "clock 2"]
      ],
      [
        [2, 2],
        ["clock 2", "clock 2"]
      ]
    ])
  })

  test("goes no way where time is over, also when it has begun", () => {
    const runTwice = true
    const { call, runs } = memoOf({ clocks: Clocks.perfect({ horizon: 2, unique: true }), runTwice })
    expect(call(twice, null, null, { zone: { ...zone, least: 3 } })).toEqual([])
    // No reading is repeated: 1 then 2, and nothing after 2.
    expect(call(twice, null, null, { zone }).map(([state]) => state)).toEqual([[1, 2]])
    expect(call(twice, null, null, { zone: { ...zone, least: 2 } })).toEqual([])
    expect(runs() % 2).toBe(0)
  })

  test("of its own node", () => {
    const { states } = memoOf({ clocks: Clocks.offset([5, 9], { horizon: 0 }) })
    const now = () => LocalClock.now
    expect([0, 1].map((self) => states(now, null, null, { self, zone: { ...zone, least: 0 } }))).toEqual([[5], [9]])
  })
})

test("what a handler did is kept in order, its messages in canonical form", () => {
  const { locals, memo } = memoOf()
  const handler: Handler = Effect.fnUntraced(function* (state) {
    yield* Timer.set("retry")
    yield* Network.send(1, { _tag: "Tell", words: new Set(["b", "a"]) } as { readonly _tag: string })
    yield* Network.broadcast({ _tag: "All" })
    yield* Observe.applied("w")
    yield* Network.forward({ _tag: "On" })
    yield* Timer.cancel("retry")
    return state
  })
  const found: Array<unknown> = []
  const local = locals.intern("s")
  memo.outcomes(keyOf(handler), locals, local, 0, "x", { ...context, sender: 2 }, (outcome) => found.push(outcome))
  expect(found).toEqual([
    {
      local,
      commands: [
        { kind: "setTimer", name: "retry" },
        { kind: "send", to: 1, message: { _tag: "Tell", words: new Set(["a", "b"]) } },
        { kind: "broadcast", message: { _tag: "All" } },
        { kind: "note", note: { kind: "applied", write: "w" } },
        { kind: "forward", message: { _tag: "On" } },
        { kind: "cancelTimer", name: "retry" }
      ]
    }
  ])
  const { words } = Object(found[0]).commands[1].message as { words: ReadonlySet<string> }
  expect([[...words], Object.isFrozen(words)]).toEqual([["a", "b"], true])
})

describe("refused is a handler", () => {
  const refused = (handler: Handler, told: Partial<CallContext> = {}) =>
    refusalOf(() => memoOf().call(handler, "s", "x", told))

  test("in words that name system, machine, handler, input and state", () => {
    const boom: Handler = () => Effect.die(new Error("boom"))
    const words = { system: "system", where: "machine machine, handler Put", offence: "threw", detail: "Error: boom" }
    expect(refused(boom)).toMatchObject({ ...words, input: '"x" in state "s"' })
    // A timeout has no input.
    expect(refusalOf(() => memoOf().call(boom, "s", undefined))).toMatchObject({ ...words, input: 'in state "s"' })
  })

  test.each<[string, Handler]>([
    ["asked for an operation outside an operation's handler", () => Self.operation],
    ["asked for a sender outside a message's handler", () => Network.sender],
    ["chose among no alternatives", () => Choice.among([])],
    ["read a clock the system does not have", () => LocalClock.now]
  ])("that %s", (offence, handler) => {
    expect(refused(handler)).toMatchObject({ offence, detail: "" })
  })

  test("that reads a clock where it is not known what time it is, or only that", () => {
    const zone = { least: 0, last: null, offset: null, stepsBack: 0 }
    const offence = "read a clock the system does not have"
    expect(refused(() => LocalClock.now, { zone })).toMatchObject({ offence })
    const { call } = memoOf({ clocks: Clocks.perfect({ horizon: 1 }) })
    expect(refusalOf(() => call(() => LocalClock.now, "s", "x"))).toMatchObject({ offence })
  })

  test("but not what is refused while an outcome is visited: that goes on as it is", () => {
    const { locals, memo } = memoOf()
    const other = new ModelRefused({ system: "s", where: "elsewhere", offence: "threw", input: "", detail: "" })
    const visiting = () =>
      memo.outcomes(
        keyOf((state) => Effect.succeed(state)),
        locals,
        locals.intern("s"),
        0,
        "x",
        context,
        () => {
          throw other
        }
      )
    expect(visiting).toThrow(other)
  })

  const acts = {
    nothing: Effect.void,
    "asks for itself": Self.id,
    "asks for its neighbours": Network.neighbours,
    "chooses one of two": Effect.asVoid(Choice.among([1, 2])),
    "chooses one of three": Effect.asVoid(Choice.among([1, 2, 3])),
    "sets a timer": Timer.set("t"),
    "sets another timer": Timer.set("u"),
    "sends a message": Network.send(1, { _tag: "M" }),
    "returns b": Effect.succeed("b")
  } satisfies Record<string, Effect.Effect<unknown, never, HandlerServices>>
  type Act = keyof typeof acts

  /** Does one thing in its first run and another from the second on; returns "a" unless it says otherwise. */
  const changing = (...names: readonly [Act, Act]): Handler => {
    let run = 0
    return () =>
      Effect.suspend(() =>
        Effect.map(acts[names[run++] ?? names[1]] as Effect.Effect<unknown>, (each) => (each === "b" ? "b" : "a"))
      )
  }
  const did = (before: object, now: object) =>
    `it returned "a" and did other things than before: ${JSON.stringify(before)} first, and then ${JSON.stringify(now)}`
  const timer = (name: string) => [{ kind: "setTimer", name }]

  test.each<[Act, Act, string]>([
    ["asks for itself", "asks for its neighbours", "it asked for neighbours where it did not before"],
    ["chooses one of two", "chooses one of three", "it asked for one of 3 where it did not before"],
    ["chooses one of two", "asks for itself", "it asked for self where it did not before"],
    ["nothing", "asks for itself", "it asked for self where it did not before"],
    ["asks for itself", "nothing", "it no longer asked for self"],
    ["chooses one of two", "nothing", "it no longer asked for one of 2"],
    ["nothing", "sets a timer", did([], timer("t"))],
    ["sets a timer", "nothing", did(timer("t"), [])],
    ["sets a timer", "sets another timer", did(timer("t"), timer("u"))],
    ["sets a timer", "sends a message", did(timer("t"), [{ kind: "send", to: 1, message: { _tag: "M" } }])],
    ["nothing", "returns b", 'it returned "a" first, and then "b"']
  ])("whose runs differ, where they are compared, and at the end: it %s, then it %s", (first, second, detail) => {
    const compared = (handler: Handler) => refusalOf(() => memoOf({ runTwice: true }).call(handler, "s", "x"))
    expect(compared(changing(first, second))).toMatchObject({ offence: "is not deterministic", detail })
    expect(compared(changing(first, first))).toBe("not refused")
    const { call, memo } = memoOf()
    const atTheEnd = () => [call(changing(first, second), "s", "x"), memo.recheck()]
    expect(refusalOf(atTheEnd)).toMatchObject({ system: "system", detail })
  })

  test("but not if its runs are not compared, where only the second would differ", () => {
    expect(refused(changing("nothing", "asks for itself"))).toBe("not refused")
  })

  test("whose runs differ on the way to another answer, also where they are not compared", () => {
    // The second run is for alternative 1.
    expect(refused(changing("chooses one of two", "asks for itself"))).toMatchObject({
      offence: "is not deterministic",
      detail: "it asked for self where it did not before"
    })
  })

  test("that never returns, by name", () => {
    const endless: Handler = () => {
      for (;;);
    }
    expect(refusalOfEndless(() => refused(endless))).toEqual({
      where: "machine machine, handler Put",
      input: '"x" in state "s"',
      offence: "did not return"
    })
  })
})
