import { Cause, Clock, Context, Effect, Exit, Random, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { canonicalCopy, NotPlainData } from "../interning/Canonical.ts"
import { type Offence, Refusal } from "./ModelRefused.ts"
import { admitBy, refusalOf, StrictRunner } from "./StrictRunner.ts"

class Word extends Context.Service<Word, string>()("Word") {}

const runner = () => new StrictRunner(Context.make(Word, "the word"))

/** The refusal that a function ends in. */
const refused = (run: () => unknown): Refusal | string => {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown
    throw thrown
  }
  return "nothing is refused"
}

const refusedRun = (effect: Effect.Effect<unknown, unknown, Word>) => refused(() => runner().run(effect))

/** An effect that goes on after any failure. */
const caught = <R>(effect: Effect.Effect<unknown, unknown, R>) => Effect.catchCause(effect, () => Effect.void)

const withClock = (use: (clock: Clock.Clock) => unknown) => Effect.map(Clock.Clock, use)

/** `Effect.forever` as it is would yield in between. */
const again = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.forever(effect, { disableYield: true })

describe("an effect that keeps the rules", () => {
  test("ends at once with what it returns or fails with, and has the services that it was promised", () => {
    expect(runner().run(Effect.map(Word, (word) => `${word} is here`))).toEqual(Exit.succeed("the word is here"))
    expect(runner().run(Effect.fail("no"))).toEqual(Exit.fail("no"))
    expect(runner().run(caught(Effect.die("boom")))).toEqual(Exit.void)
  })

  test("is not troubled by one before it that broke them", () => {
    const same = runner()
    const sins = [Clock.currentTimeMillis, Effect.yieldNow, again(Effect.void), Effect.never, Effect.die("boom")]
    for (const sin of sins) {
      expect(refused(() => same.run(sin))).toBeInstanceOf(Refusal)
      expect(same.run(Word)).toEqual(Exit.succeed("the word"))
    }
  })
})

const sins: ReadonlyArray<readonly [offence: Offence, what: string, sin: Effect.Effect<unknown, unknown, Word>]> = [
  ["read the wall clock", "asks for milliseconds", Clock.currentTimeMillis],
  ["read the wall clock", "asks for nanoseconds", Clock.currentTimeNanos],
  ["read the wall clock", "asks for monotonic time", Effect.flatMap(Clock.Clock, (clock) => clock.monotonicTimeNanos)],
  ["read the wall clock", "takes milliseconds", withClock((clock) => clock.currentTimeMillisUnsafe())],
  ["read the wall clock", "takes nanoseconds", withClock((clock) => clock.currentTimeNanosUnsafe())],
  ["read the wall clock", "takes monotonic time", withClock((clock) => clock.monotonicTimeNanosUnsafe())],
  ["used random numbers", "draws a fraction", Random.next],
  ["used random numbers", "draws an integer", Random.nextInt],
  ["scheduled work", "sleeps", Effect.sleep(10)],
  ["scheduled work", "yields", Effect.yieldNow],
  ["scheduled work", "forks", Effect.forkChild(Effect.void)],
  ["scheduled work", "forks for good", Effect.forkDetach(Effect.void)],
  ["went asynchronous", "awaits a promise", Effect.promise(() => Promise.resolve(1))],
  ["went asynchronous", "never ends", Effect.never],
  ["took too many steps", "loops", again(Effect.void)],
  ["took too many steps", "loops and hears nothing", again(caught(Effect.void))],
  ["took too many steps", "loops while it is interrupted", Effect.onInterrupt(Effect.never, () => again(Effect.void))],
  ["took too many steps", "cannot be interrupted", Effect.uninterruptible(again(Effect.void))]
]

describe("an effect that breaks a rule is refused by its name", () => {
  test.each(sins)("%s: %s", (offence, _, sin) => {
    expect(refusedRun(sin)).toEqual(new Refusal(offence))
  })

  test.each(sins.slice(0, 11))("%s: %s, and catches what it is told", (offence, _, sin) => {
    expect(refusedRun(caught(sin))).toEqual(new Refusal(offence))
  })

  test("the first is named, whatever is done then", () => {
    for (const next of [Effect.die("boom"), Random.next, Effect.yieldNow]) {
      const sin = Effect.andThen(caught(Clock.currentTimeMillis), next)
      expect(refusedRun(sin)).toEqual(new Refusal("read the wall clock"))
    }
  })

  test("an exception is told in its words, also if a failure goes with it", () => {
    expect(refusedRun(Effect.die(new RangeError("boom")))).toEqual(new Refusal("threw", "RangeError: boom"))
    const both = Effect.failCause(Cause.combine(Cause.die("boom"), Cause.fail("no")))
    expect(refusedRun(both)).toBeInstanceOf(Refusal)
  })
})

test("a run may take a million steps of Effect, and not one more", () => {
  const taken = (count: number) =>
    Effect.gen(function* () {
      let sum = 0
      const more = Effect.sync(() => sum + 1)
      while (sum < count) sum = yield* more
      return sum
    })
  // The generator takes three steps of its own.
  expect(runner().run(taken(999_997))).toEqual(Exit.succeed(999_997))
  expect(refusedRun(taken(999_998))).toEqual(new Refusal("took too many steps"))
})

test("what waits is interrupted, so that nothing of it is left behind", () => {
  let stopped = 0
  const waiting = Effect.callback<never>(() => Effect.sync(() => void stopped++))
  expect([refusedRun(waiting), stopped]).toEqual([new Refusal("went asynchronous"), 1])
})

test("what was forked does not run later, nor does what yielded go on", async () => {
  let ran = 0
  const run = Effect.sync(() => void ran++)
  refusedRun(Effect.forkDetach(run))
  refusedRun(Effect.andThen(Effect.yieldNow, run))
  await Promise.resolve()
  expect(ran).toBe(0)
})

describe("what was thrown", () => {
  const thrownBy = (act: () => unknown): unknown => {
    try {
      return act()
    } catch (thrown) {
      return thrown
    }
  }

  test("is the refusal itself, or a value that is no plain data", () => {
    const refusal = new Refusal("failed", "so")
    expect(refusalOf(refusal)).toBe(refusal)
    expect(refusalOf(new NotPlainData(".when", "an instance of Date"))).toEqual(
      new Refusal("used a value that is not plain data", "an instance of Date at .when is not plain data")
    )
  })

  test("by a change of what is frozen is told as such, in the words of the exception", () => {
    const state = canonicalCopy({ word: "w", list: ["a"], tags: new Set(["t"]) }) as {
      word: string
      list: Array<string>
      tags: Set<string>
    }
    const changes: ReadonlyArray<readonly [message: string, change: () => unknown]> = [
      ["Cannot assign to read only property 'word' of object '#<Object>'", () => (state.word = "x")],
      ["Cannot add property 1, object is not extensible", () => state.list.push("b")],
      [
        "Cannot delete property 'word' of #<Object>",
        () => Reflect.apply(() => delete (state as { word?: string }).word, 0, [])
      ],
      ["Cannot add to or delete from a set or map that belongs to the state", () => state.tags.add("x")],
      ["Cannot redefine property: word", () => Object.defineProperty(state, "word", { value: "x" })]
    ]
    for (const [message, change] of changes) {
      expect(refusalOf(thrownBy(change))).toEqual(new Refusal("mutated its input", message))
    }
  })

  test("otherwise is an exception with its name, or the value as text", () => {
    const told = (thrown: unknown) => {
      const { detail, offence } = refusalOf(thrown)
      return `${offence} ${detail}`
    }
    expect(told(new TypeError("x is not a function"))).toBe("threw TypeError: x is not a function")
    expect(told(new Error("object is not extensible"))).toBe("threw Error: object is not extensible")
    expect(told("no")).toBe("threw no")
    expect(told(undefined)).toBe("threw undefined")
  })
})

describe("a schema admits", () => {
  const State = Schema.Struct({ word: Schema.String, count: Schema.FiniteFromString })
  const rejected = (detail: string) => new Refusal("returned a value its schema rejects", detail)

  test("values of its type, not their encoding", () => {
    expect(refused(() => admitBy(State)({ word: "w", count: 1 }))).toBe("nothing is refused")
    expect(refused(() => admitBy(State)({ word: "w", count: "1" }))).toEqual(
      rejected('Expected number\n  at ["count"]')
    )
  })

  test("nothing else, and says all that is wrong, and where", () => {
    expect(refused(() => admitBy(State)({ word: 1, count: 1, extra: true }))).toEqual(
      rejected('Expected no excess property\n  at ["extra"]\nExpected string\n  at ["word"]')
    )
  })
})
