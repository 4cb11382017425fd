/**
 * Shortening of walks: the fewest steps where the budget suffices, and the fewest found where it does not.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { graphModel, type At } from "../../../test/graph-model.ts"
import { checkerOf, compile } from "../../engine/index.ts"
import { type System, type Variables, WholeState } from "../../model/index.ts"
import { Property } from "../../property/index.ts"
import { judgedOf } from "../../property/no-deadlock.ts"
import { follow } from "../../trace/follow.ts"
import { shortened, type ShorteningBudget } from "./Shortening.ts"

const plenty: ShorteningBudget = { states: 10_000, millis: Infinity }

/** Shortens the walk with these ordinals, for a clock that stands still; the labels of what is left. */
const shorten = async <View>(
  system: System<View>,
  property: Property<View>,
  ordinals: ReadonlyArray<number>,
  budget = plenty,
  { interrupted = (): boolean => false, now = (): number => 0 } = {}
) => {
  const program = compile(system, [property])
  const checker = checkerOf(program, property as Property<unknown>)
  const resources = { residentBytes: () => 0, heapIsFull: () => false }
  const { isShortest, schedule } = await Effect.runPromise(
    shortened({
      system: system.name,
      program,
      checker,
      walk: { initialIndex: 0, ordinals },
      budget,
      resources,
      now,
      interrupted
    })
  )
  const followed = follow(program, schedule)
  if (followed._tag === "diverged") throw new Error("the shortened schedule does not exist")
  return { isShortest, labels: followed.trace.steps.map(({ label }) => label).join(" ") }
}

/** So many counters that each go up to 3 by themselves: 4^count states, and every order of the steps is possible. */
const counters = (count: number): System<{ readonly at: ReadonlyArray<number> }> =>
  WholeState.make("counters", {
    variables: { at: WholeState.family(count, Schema.Natural, 0) },
    actions: ({ at }) => ({
      up: WholeState.each(
        Array.from({ length: count }, (_, index) => index),
        (index) =>
          Effect.gen(function* () {
            const now = yield* at.at(index).get
            yield* WholeState.when(now < 3)
            yield* at.at(index).set(now + 1)
          })
      )
    })
  })

const notAll = Property.invariant<{ readonly at: ReadonlyArray<number> }>("not all have moved", {
  holds: ({ at }) => at.includes(0)
})

/** Up three times each, the last counter last: the ordinals skip counters that are at their end. */
const everyStep = (count: number) => Array.from({ length: 3 * count - 2 }, () => 0)

test("a walk within the budget is shortened to the fewest of its own steps", async () => {
  expect(await shorten(counters(3), notAll, everyStep(3))).toEqual({ isShortest: true, labels: "up(0) up(1) up(2)" })
})

test("a walk of 22 independent steps and more is shortened though 4^22 states lie between, and is not called shortest", async () => {
  const { isShortest, labels } = await shorten(counters(22), notAll, everyStep(22), { states: 500, millis: Infinity })
  expect([isShortest, labels]).toEqual([false, Array.from({ length: 22 }, (_, index) => `up(${index})`).join(" ")])
})

test("where no time is left the walk is as it was, without its loops", async () => {
  const wandering = graphModel({ up: [[1], [2], [3], []], down: [[], [0], [1], [2]] }, 0)
  const atMost2 = Property.invariant<At>("at most 2", { holds: ({ at }) => at <= 2 })
  // Up, up, down, down, up, up, down, up, up; down comes after up among the successors.
  const walk = [0, 0, 1, 1, 0, 0, 1, 0, 0]
  expect(await shorten(wandering, atMost2, walk, { states: 1, millis: 0 })).toEqual({
    isShortest: false,
    labels: "up up up"
  })
})

test("a signal ends shortening, and the walk still decides", async () => {
  const given = everyStep(3)
  const { isShortest, labels } = await shorten(counters(3), notAll, given, plenty, { interrupted: () => true })
  expect([isShortest, labels.split(" ").length]).toEqual([false, given.length])
})

describe("leaving out steps", () => {
  const tight: ShorteningBudget = { states: 1, millis: Infinity }

  /** Looks for a signal while 6 counters' walk of 16 steps is shortened to 6; a look goes before each try. */
  const looks = async (budget: ShorteningBudget, now?: () => number) => {
    let count = 0
    const interrupted = () => ++count < 0
    const { labels } = await shorten(counters(6), notAll, everyStep(6), budget, { interrupted, ...(now && { now }) })
    return [labels.split(" ").length, count]
  }

  test("ends when no single step can be left out any more", async () => {
    expect(await looks({ states: 60, millis: Infinity })).toEqual([6, expect.any(Number)])
    const [, count] = await looks({ states: 60, millis: Infinity })
    expect(count).toBeLessThan(60)
  })
  test("ends with its time, which goes on between two tries", async () => {
    let moment = 0
    expect((await looks({ ...tight, states: 60, millis: 12 }, () => ++moment))[0]).toBeGreaterThan(6)
  })
  test("ends with the steps that it may take again, ten for each state of the budget", async () => {
    expect((await looks(tight))[0]).toBeGreaterThan(6)
  })
})

describe("what decides keeps deciding", () => {
  const tight: ShorteningBudget = { states: 1, millis: Infinity }

  test("a step back to a state that was visited before", async () => {
    const ring = graphModel({ go: [[1], [2], [0]] }, 0)
    const forward = Property.stepInvariant<At>("forward", { holds: (before, after) => after.at > before.at })
    expect(await shorten(ring, forward, [0, 0, 0], tight)).toEqual({ isShortest: false, labels: "go go go" })
  })
  test("a step from the state that it was taken from, however few steps lead there", async () => {
    const slow = Property.stepInvariant<{ readonly at: ReadonlyArray<number> }>("the first never goes to 3", {
      holds: ({ at: [before] }, { at: [after] }) => before !== 2 || after !== 3
    })
    // The second twice, then the first three times.
    expect(await shorten(counters(2), slow, [1, 1, 0, 0, 0], tight)).toEqual({
      isShortest: false,
      labels: "up(0) up(0) up(0)"
    })
  })
  test("an end that is reached by fewer steps", async () => {
    const toggling = WholeState.make("toggling", {
      variables: { at: WholeState.variable(Schema.Natural, 0), flag: WholeState.variable(Schema.Boolean, false) },
      actions: ({ at, flag }) => {
        const unlessEnded = (step: Effect.Effect<void, never, Variables>) =>
          WholeState.action(
            Effect.gen(function* () {
              yield* WholeState.when((yield* at.get) < 2)
              yield* step
            })
          )
        return {
          toggle: unlessEnded(Effect.flatMap(flag.get, (value) => flag.set(!value))),
          go: unlessEnded(Effect.flatMap(at.get, (value) => at.set(value + 1)))
        }
      }
    })
    const never = Property.atQuiescence<{ readonly at: number }>("never ends", { holds: () => false })
    expect((await shorten(toggling, never, [0, 1, 0, 1], tight)).labels).toBe("go go")
  })
  test("a state outside the model's constraint, behind which no run goes on", async () => {
    const bounded = WholeState.make("bounded", {
      variables: { at: WholeState.variable(Schema.Natural, 0), flag: WholeState.variable(Schema.Boolean, false) },
      actions: ({ at, flag }) => ({
        toggle: WholeState.action(Effect.flatMap(flag.get, (value) => flag.set(!value))),
        go: WholeState.action(Effect.flatMap(at.get, (value) => at.set(value + 1)))
      }),
      constraint: ({ at }) => at < 2
    })
    const below = (most: number) =>
      Property.invariant<{ readonly at: number }>(`at most ${most}`, { holds: ({ at }) => at <= most })
    expect((await shorten(bounded, below(1), [0, 1, 0, 1], tight)).labels).toBe("go go")
  })
  test("an end of runs and what lies behind a state, where these are inside the constraint", async () => {
    type View = { readonly at: number; readonly marked: boolean }
    /** Goes from 0 to 2, and may be marked before it is there. */
    const marking = (constraint: (view: View) => boolean, ends: boolean) =>
      WholeState.make("marking", {
        variables: { at: WholeState.variable(Schema.Natural, 0), marked: WholeState.variable(Schema.Boolean, false) },
        actions: ({ at, marked }) => ({
          mark: WholeState.action(
            Effect.gen(function* () {
              yield* WholeState.when((yield* at.get) < 2 && !(yield* marked.get))
              yield* marked.set(true)
            })
          ),
          go: WholeState.action(
            Effect.gen(function* () {
              const now = yield* at.get
              yield* WholeState.when(now < 2)
              yield* at.set(now + 1)
            })
          )
        }),
        constraint,
        ends: { why: "on purpose", when: () => ends }
      }) as System<View>
    const labels = async (system: System<View>, property: Property<View>) =>
      (await shorten(system, property, [0, 0, 0], tight)).labels
    // Unmarked it ends outside, or comes to its end through what is outside.
    for (const outside of [1, 2]) {
      const system = (ends: boolean) => marking(({ at, marked }) => at !== outside || marked, ends)
      const never = Property.atQuiescence<View>("never ends", { holds: () => false })
      expect(await labels(system(true), never)).toBe("mark go go")
      expect(await labels(system(false), judgedOf(system(false), [])[0]!)).toBe("mark go go")
    }
  })
  test("a walk near which the property throws", async () => {
    const throwing = Property.invariant<{ readonly at: ReadonlyArray<number> }>("not both", {
      holds: ({ at: [first, second] }) => {
        if (second === 0 && first !== 0) throw new RangeError("first")
        return first === 0
      }
    })
    // The second counter goes up before the first.
    expect(await shorten(counters(2), throwing, [1, 0])).toEqual({ isShortest: false, labels: "up(1) up(0)" })
  })
  test("a state where nothing is left to happen", async () => {
    const ways = graphModel({ go: [[1, 3], [2], [3], []] }, 0)
    const never = Property.atQuiescence<At>("never rests", { holds: () => false })
    const labels = "go, choice 0 go go"
    expect(await shorten(ways, never, [0, 0, 0], tight)).toEqual({ isShortest: false, labels })
    // The other choice is shorter, but no step of the walk.
    expect(await shorten(ways, never, [0, 0, 0])).toEqual({ isShortest: true, labels })
  })
  test("an initial state", async () => {
    const line = graphModel({ go: [[1], []] }, 0)
    const nowhere = Property.invariant<At>("nowhere", { holds: () => false })
    expect(await shorten(line, nowhere, [], tight)).toEqual({ isShortest: true, labels: "" })
  })
})
