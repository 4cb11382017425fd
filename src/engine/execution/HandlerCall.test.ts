import { Cause, Effect } from "effect"
import { describe, expect, test } from "vitest"
import {
  type AnyHandler,
  type HandlerEffect,
  Choice,
  LocalClock,
  Network,
  Observe,
  Self,
  Timer
} from "../../model/index.ts"
import { type Ask, HandlerCalls, NoAnswer, type Oracle } from "./HandlerCall.ts"
import { Refusal } from "./ModelRefused.ts"

const run = (handler: AnyHandler, oracle: Oracle = () => 0, calls = new HandlerCalls()) =>
  calls.run(handler, "the state", "the input", oracle)

/** The refusal of a run, in the words of the rule and the detail. */
const refusalOf = (handler: AnyHandler, oracle: Oracle = () => 0) => {
  try {
    run(handler, oracle)
  } catch (thrown) {
    return thrown instanceof Refusal ? [thrown.offence, thrown.detail] : thrown
  }
  return "nothing"
}

/** A handler that catches whatever it is told, and goes on with what is asked here. */
const goingOn =
  (first: Effect.Effect<unknown, never, never>, then: Effect.Effect<unknown, never, never>): AnyHandler =>
  () =>
    Effect.andThen(
      Effect.catchCause(first, () => Effect.void),
      then
    )

const ask = (effect: Effect.Effect<unknown, never, unknown>) => effect as Effect.Effect<unknown>

const past: Oracle = ({ kind }) => {
  if (kind === "clock") throw new NoAnswer()
  if (kind === "choice") throw new Refusal("chose among no alternatives")
  return kind
}

describe("a run of a handler", () => {
  test("is given the state and the input, asks what it asks, and does what it does, in order", () => {
    const message = { _tag: "Told" }
    const handler: AnyHandler = Effect.fnUntraced(function* (state, input) {
      yield* Network.send(1, message)
      const answers = [
        yield* Self.id,
        yield* Self.operation,
        yield* Network.sender,
        yield* Network.neighbours,
        yield* LocalClock.now,
        yield* Choice.among(["a", "b", "c"])
      ]
      yield* Network.broadcast(message)
      yield* Network.forward(message)
      yield* Timer.set("retry")
      yield* Timer.cancel("patience")
      yield* Observe.applied("w")
      return [state, input, ...answers]
    })
    const asked: Array<Ask> = []
    const found = run(handler, (what) => {
      asked.push(what)
      return what.kind === "choice" ? 2 : `the ${what.kind}`
    })
    expect(asked).toEqual([
      { kind: "self" },
      { kind: "operation" },
      { kind: "sender" },
      { kind: "neighbours" },
      { kind: "clock" },
      { kind: "choice", alternatives: 3 },
      // What is forwarded depends on who sent it.
      { kind: "sender" }
    ])
    expect(found).toEqual({
      state: ["the state", "the input", "the self", "the operation", "the sender", "the neighbours", "the clock", "c"],
      commands: [
        { kind: "send", to: 1, message },
        { kind: "broadcast", message },
        { kind: "forward", message },
        { kind: "setTimer", name: "retry" },
        { kind: "cancelTimer", name: "patience" },
        { kind: "note", note: { kind: "applied", write: "w" } }
      ]
    })
  })

  test("knows nothing of the runs before it, and is counted whatever became of it", () => {
    const calls = new HandlerCalls()
    const send: AnyHandler = (state) => Effect.as(Network.send(1, { _tag: "Told" }), state)
    const first = run(send, () => 0, calls)
    expect(run(() => LocalClock.now, past, calls)).toBe(undefined)
    expect(() => run(() => Choice.among([]), past, calls)).toThrow(new Refusal("chose among no alternatives"))
    expect(() => run(() => Effect.die("boom"), past, calls)).toThrow(new Refusal("threw", "boom"))
    expect(run(send, () => 0, calls)).toEqual(first)
    expect(first?.commands).toHaveLength(1)
    expect(calls.runs).toBe(5)
  })

  test("is abandoned for want of an answer", () => {
    expect(run(() => LocalClock.now, past)).toBe(undefined)
  })

  const late = ask(LocalClock.now)
  const idle = ask(Choice.among([]))

  test("is abandoned for want of an answer, whatever it does after it has caught that", () => {
    expect(run(goingOn(late, Effect.void), past)).toBe(undefined)
    expect(run(goingOn(late, ask(Self.id)), past)).toBe(undefined)
    expect(run(goingOn(late, idle), past)).toBe(undefined)
    expect(run(goingOn(late, Effect.die("boom")), past)).toBe(undefined)
  })

  test("is refused for the first rule that it breaks, whatever it does after it has caught that", () => {
    const refused = ["chose among no alternatives", ""]
    expect(refusalOf(() => idle, past)).toEqual(refused)
    expect(refusalOf(goingOn(idle, Effect.void), past)).toEqual(refused)
    expect(refusalOf(goingOn(idle, late), past)).toEqual(refused)
    expect(refusalOf(goingOn(idle, Effect.die("boom")), past)).toEqual(refused)
  })

  test("is refused if it fails or throws, with what it failed or threw", () => {
    const failing = (() => Effect.fail("no")) as unknown as AnyHandler
    expect(refusalOf(failing)).toEqual(["failed", String(Cause.fail("no"))])
    expect(refusalOf(() => Effect.die(new RangeError("boom")))).toEqual(["threw", "RangeError: boom"])
    const throwing: AnyHandler = () => {
      throw new RangeError("early")
    }
    expect(refusalOf(throwing)).toEqual(["threw", "RangeError: early"])
  })

  test("is refused if the handler returns no Effect, with what it returned", () => {
    const returning = (value: unknown) => refusalOf(() => value as HandlerEffect<unknown>)
    expect(returning(Promise.resolve(1))).toEqual(["returned no Effect", "a promise"])
    expect(returning({ items: [1] })).toEqual(["returned no Effect", '{"items":[1]}'])
    expect(returning(undefined)).toEqual(["returned no Effect", "undefined"])
  })
})

describe("a run may ask and do 10,000 things", () => {
  const times = (count: number, first: Effect.Effect<unknown>, second: Effect.Effect<unknown>): AnyHandler =>
    Effect.fnUntraced(function* () {
      for (let done = 0; done < count; done += 2) {
        yield* first
        yield* second
      }
      return "done"
    })
  const [asking, doing] = [ask(Self.id), ask(Timer.set("t"))]

  test("and not two more, in either way", () => {
    expect(run(times(10_000, asking, doing))?.state).toBe("done")
    expect(refusalOf(times(10_002, asking, doing))).toEqual(["took too many steps", ""])
    expect(refusalOf(times(10_002, asking, asking))).toEqual(["took too many steps", ""])
    expect(refusalOf(times(10_002, doing, doing))).toEqual(["took too many steps", ""])
  })

  test("in each run anew", () => {
    const calls = new HandlerCalls()
    for (let time = 0; time < 3; time++) {
      expect(run(times(10_000, asking, doing), () => 0, calls)?.commands).toHaveLength(5000)
    }
  })

  test("and is refused for the next even if it catches that", () => {
    expect(refusalOf(goingOn(ask(times(20_000, asking, doing)(0, 0)), Effect.void))).toEqual([
      "took too many steps",
      ""
    ])
  })

  test("and one that wants an answer before is abandoned, not refused", () => {
    const many = ask(times(20_000, asking, asking)(0, 0))
    expect(run(goingOn(ask(LocalClock.now), many), past)).toBe(undefined)
  })
})
