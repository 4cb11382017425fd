/**
 * Limits that end the visit loop early, and filters that keep it from some steps, on graphs that are written out.
 */
import { describe, expect, test } from "vitest"
import { type Checker, FALSE, type JudgedAt, THREW, TRUE } from "../engine/index.ts"
import type { Property } from "../property/index.ts"
import { numberOf, programOf, type StepOf } from "../../test/edges-program.ts"
import { chain, counts, ended, FAIL, found, GO, searchOf, tree } from "../../test/search-of-edges.ts"

describe("a limit", () => {
  test("of states stops a search before the next expansion", () => {
    expect(counts(ended(programOf({ steps: chain(100) }), { limits: { states: 10 } }))).toMatchObject({
      levels: Array.from({ length: 10 }, () => 1),
      stopReason: "state limit",
      quiescent: 0
    })
    const fan = programOf({ steps: Array.from({ length: 50 }, (_, to): StepOf => [0, to + 1, GO]) })
    expect(counts(ended(fan, { limits: { states: 10 } }))).toMatchObject({ generated: 51, stopReason: "state limit" })
  })

  test("of states that the last state meets does not stop a search that has ended", () => {
    expect(ended(programOf({ steps: chain(9) }), { limits: { states: 11 } }).stopReason).toBe(null)
  })

  test("of states stops a search in the middle of a level", () => {
    // A hundred states in one level, each with one successor of its own.
    const steps = (state: number): ReadonlyArray<readonly [number, number, number]> =>
      state === 0 ? Array.from({ length: 100 }, (_, to) => [0, to + 1, GO]) : [[0, 100 + state, GO]]
    const search = ended(programOf({ steps }), { limits: { states: 120 } })
    expect([search.stopReason, search.store.count, search.next]).toEqual(["state limit", 120, 20])
  })

  test("that is met when all is done stops nothing", () => {
    let next = () => 0
    const isDone = () => next() === 10
    const search = searchOf(programOf({ steps: chain(9) }), { now: () => (isDone() ? 1e9 : 0), interrupted: isDone })
    next = () => search.next
    search.advance(Infinity)
    expect(search.stopReason).toBe(null)
  })

  test("of time stops a search, and a slice that ends before it does not", () => {
    let clock = 100
    const search = searchOf(programOf({ steps: chain(200) }), { limits: { timeMillis: 50 }, now: () => clock++ })
    // It begins at 100, and takes a millisecond a state.
    search.advance(110)
    expect([search.done, search.next, clock]).toEqual([false, 9, 111])
    search.advance(Infinity)
    expect([search.stopReason, search.next, clock]).toEqual(["time limit", 48, 151])
  })

  test("of memory is what is resident and what the store will grow by, looked at every fiftieth of a second", () => {
    let clock = 0
    const looks: Array<number> = []
    const residentBytes = () => {
      looks.push(clock)
      return clock >= 120 ? 1001 : 1000
    }
    const search = searchOf(programOf({ steps: tree(8000) }), {
      limits: { memoryBytes: 1000 },
      now: () => clock++,
      resources: { residentBytes, heapIsFull: () => false }
    })
    search.advance(Infinity)
    expect([search.stopReason, looks]).toEqual(["memory limit", [51, 101, 151]])
  })

  test("of memory is looked at once before the store grows", () => {
    const asked: Array<number> = []
    const looking = (memoryBytes: number) => {
      const search = searchOf(programOf({ steps: tree(12_000) }), {
        limits: { memoryBytes },
        resources: { residentBytes: () => asked.push(search.store.count), heapIsFull: () => false }
      })
      search.advance(Infinity)
      return search.stopReason
    }
    // The store's first 32,768 places take 23,592 states, which are 4,096 more than 19,496; a step finds two.
    expect([looking(1000), asked]).toEqual(["memory limit", [19_497]])
    expect([looking(2 ** 30), asked]).toEqual([null, [19_497, 19_497]])
  })

  test("of memory is looked at before the store grows, however lately it was looked at", () => {
    const asked: Array<number> = []
    let clock = 0
    const search = searchOf(programOf({ steps: tree(12_000) }), {
      limits: { memoryBytes: 2 ** 30 },
      now: () => clock,
      resources: { residentBytes: () => asked.push(search.store.count), heapIsFull: () => false }
    })
    clock = 50
    search.advance(Infinity)
    expect(asked).toEqual([1, 19_497])
  })

  test("of the heap of JavaScript counts as one of memory", () => {
    const resources = { residentBytes: () => 0, heapIsFull: () => true }
    expect(ended(programOf({ steps: chain(3) }), { now: () => 50, resources }).stopReason).toBe("memory limit")
  })

  test("of memory ends no search that garbage of an earlier one has filled: it is released first", () => {
    const filled = (garbage: number, own: number) => {
      let resident = garbage + own
      let releases = 0
      const search = searchOf(programOf({ steps: tree(12_000) }), {
        limits: { memoryBytes: 2 ** 30 },
        resources: {
          residentBytes: () => resident,
          heapIsFull: () => false,
          release: () => {
            releases++
            resident = own
          }
        }
      })
      search.advance(Infinity)
      return [search.stopReason, releases]
    }
    expect(filled(2 ** 31, 0)).toEqual([null, 1])
    expect(filled(0, 2 ** 30)).toEqual(["memory limit", 1])
    expect(filled(0, 0)).toEqual([null, 0])
  })

  test("of memory releases garbage again only when the search has grown to twice its size", () => {
    let clock = 0
    const releasedAt: Array<number> = []
    let isFull = false
    const search = searchOf(programOf({ steps: tree(8000) }), {
      now: () => (clock += 60),
      resources: {
        residentBytes: () => 0,
        // Full at every look, until garbage is released.
        heapIsFull: () => (isFull = !isFull),
        release: () => releasedAt.push(search.store.count)
      }
    })
    search.advance(Infinity)
    expect(search.stopReason).toBe("memory limit")
    const doubled = releasedAt.slice(1).every((count, index) => count >= 2 * releasedAt[index]!)
    expect([releasedAt.length > 1, doubled]).toEqual([true, true])
  })

  test("is none where a violation ends the search, with the level that violates", () => {
    const checker = (kind: "invariant" | "reachable", name: string, isTrue: (at: number) => boolean): Checker => ({
      property: { kind, name } as Property<unknown>,
      judgedAt: "state",
      applies: () => true,
      evaluate: (frame) => (isTrue(numberOf(frame)) ? TRUE : FALSE),
      thrown: () => undefined,
      recheck: () => {}
    })
    const checkers = [
      checker("reachable", "meets 1", (at) => at === 1),
      checker("invariant", "at most 9", (at) => at <= 9),
      checker("invariant", "at most 2", (at) => at <= 2)
    ]
    const stopping = (...names: ReadonlyArray<string>) => {
      const stopsAtViolation = (name: string) => names.includes(name)
      const search = ended(programOf({ steps: chain(6) }), { checkers, stopsAtViolation })
      return [search.stopReason, search.depth, search.store.count]
    }
    expect(stopping("at most 2")).toEqual(["violation", 3, 4])
    expect(stopping("meets 1", "at most 9")).toEqual(stopping())
    expect(stopping()).toEqual([null, 6, 7])
  })

  test("is none where somebody stops the search", () => {
    let asked = 0
    const search = ended(programOf({ steps: chain(1000) }), { interrupted: () => ++asked === 3 })
    expect([search.stopReason, search.next, search.store.count]).toEqual(["interrupted", 2, 3])
  })

  test("of depth ends a search whose last level leads on", () => {
    const search = ended(programOf({ steps: chain(5) }), { limits: { depth: 2 } })
    expect(counts(search)).toMatchObject({ levels: [1, 1, 1], stopReason: "depth limit", quiescent: 0 })
    expect([search.depth, search.next]).toEqual([2, 3])
  })

  test("of depth looks at the steps of each state of the last level and at no others", () => {
    // From 1 = (1, 0) to 0 and 2, from 4 = (0, 1) to 0 only. What 1 does would lead from 4 to (2, 1), which is new.
    const steps: ReadonlyArray<StepOf> = [
      [0, 1, GO],
      [0, 4, GO],
      [1, 0, GO],
      [1, 2, GO],
      [4, 0, GO]
    ]
    expect(ended(programOf({ initial: [0, 2], steps }), { limits: { depth: 1 } }).stopReason).toBe(null)
  })

  describe("of depth, at the last level", () => {
    // 50 states in the last level. From one in the middle and from the last a step leads on; the others are quiescent.
    const wide = (onward = [33, 50]) =>
      programOf({
        steps: (state) =>
          state === 0
            ? Array.from({ length: 50 }, (_, to): readonly [number, number, number] => [0, to + 1, GO])
            : onward.includes(state)
              ? [[0, 100 + state, GO]]
              : [],
        isQuiescent: (state, successors) => state > 0 && successors === 0
      })
    const limits = { depth: 1 }

    test("looks for a way on, and judges quiescence, sixteen states at a time", () => {
      let clock = 0
      const search = searchOf(wide(), { limits, now: () => clock++ })
      const seen: Array<string> = []
      while (!search.done) {
        search.advance(clock + 1)
        seen.push(`${search.next} ${search.quiescent}`)
      }
      // Three times for the states up to the one that leads on, which is the thirty-third, then for the fifty.
      expect(seen).toEqual(["1 0", "1 0", "1 0", "1 0", "17 16", "33 32", "49 47", "51 48"])
      expect(counts(search)).toEqual(counts(ended(wide(), { limits })))
      expect(counts(search)).toMatchObject({ levels: [1, 50], stopReason: "depth limit", quiescent: 48 })
    })

    test("stops for its time or a signal, and not for states of which it finds no more", () => {
      const stopped = (at: number, given: "timeMillis" | "signal") => {
        let next = () => 0
        const isTime = () => next() >= at
        const search = searchOf(wide(), {
          limits: { ...limits, states: 51 },
          now: () => (given === "timeMillis" && isTime() ? 1e9 : 0),
          interrupted: () => given === "signal" && isTime()
        })
        next = () => search.next
        search.advance(Infinity)
        return [search.stopReason, search.next]
      }
      expect(stopped(1, "timeMillis")).toEqual(["time limit", 1])
      expect(stopped(17, "signal")).toEqual(["interrupted", 17])
      expect(stopped(99, "signal")).toEqual(["depth limit", 51])
    })

    test("expands it like any other if nothing leads on", () => {
      const closed = wide([])
      expect(counts(ended(closed, { limits }))).toEqual(counts(ended(closed)))
    })
  })

  test("of depth changes nothing where the last level leads nowhere new", () => {
    const steps: ReadonlyArray<StepOf> = [
      [0, 1, GO],
      [1, 2, GO],
      [2, 0, GO],
      [2, 2, FAIL]
    ]
    const search = ended(programOf({ steps }), { limits: { depth: 2 } })
    expect(counts(search)).toEqual(counts(ended(programOf({ steps }))))
  })
})

describe("a restricted search", () => {
  // Two ways from 0 to 3 and one out of it.
  const steps: ReadonlyArray<StepOf> = [
    [0, 1, GO],
    [0, 2, FAIL],
    [1, 3, GO],
    [2, 3, GO],
    [3, 4, GO]
  ]
  const without =
    (...left: ReadonlyArray<readonly [state: number, ordinal: number, action: number]>) =>
    (state: Int32Array, ordinal: number, action: number) =>
      !left.some((each) => each.join() === [numberOf(state), ordinal, action].join())

  test("follows what is allowed: told the state, the place among its successors, and the action", () => {
    const search = ended(programOf({ steps }), { allow: without([0, 0, GO]) })
    expect([search.isRestricted, found(search)]).toEqual([true, [0, 2, 3, 4]])
    expect(counts(search)).toMatchObject({ levels: [1, 1, 1, 1], generated: 4, taken: [2, 1], fresh: [2, 1] })
    expect(found(ended(programOf({ steps }), { allow: without([0, 1, FAIL]) }))).toEqual([0, 1, 3, 4])
  })

  test("is cut off by a limit of depth only where an allowed step leads on", () => {
    const limits = { depth: 2 }
    expect(ended(programOf({ steps }), { limits, allow: without([3, 0, GO]) }).stopReason).toBe(null)
    expect(ended(programOf({ steps }), { limits, allow: without([0, 0, GO]) }).stopReason).toBe("depth limit")
    const all = without([3, 0, GO], [3, 1, FAIL])
    expect(ended(programOf({ steps: [...steps, [3, 5, FAIL]] }), { limits, allow: all }).stopReason).toBe(null)
    const fork: ReadonlyArray<StepOf> = [...steps, [3, 5, FAIL]]
    const allow = without([3, 0, GO])
    expect(ended(programOf({ steps: fork }), { limits, allow }).stopReason).toBe("depth limit")
  })
})

describe("a constraint", () => {
  /** A program whose states from 100 on are outside. */
  const bounded = (steps: ReadonlyArray<StepOf>, isQuiescent = () => true) => ({
    ...programOf({ steps, isQuiescent }),
    excludes: (_before: unknown, state: Int32Array) => numberOf(state) >= 100
  })
  /** False of state 1; throws in any later one. */
  const decidedAt1 = (judgedAt: JudgedAt): Checker => ({
    property: { kind: "invariant", name: "not 1" } as Property<unknown>,
    judgedAt,
    applies: () => true,
    recheck: () => {},
    evaluate: (frame) => [TRUE, FALSE][numberOf(frame)] ?? THREW,
    thrown: () => "thrown"
  })

  test("leaves out a step, and finds what the next ones lead to, however many slots it changes", () => {
    // 101 is (1, 25).
    const search = ended(
      bounded([
        [0, 100, GO],
        [0, 101, FAIL],
        [0, 1, GO],
        [0, 5, FAIL]
      ])
    )
    expect([found(search), counts(search).taken, counts(search).fresh]).toEqual([
      [0, 1, 5],
      [2, 2],
      [1, 1]
    ])
    expect(search.outside).toEqual({ initial: 0, successors: 2 })
  })

  test("leaves a property that is decided as it is, whatever would be said of it outside", () => {
    const steps: ReadonlyArray<StepOf> = [
      [0, 1, GO],
      [1, 102, GO]
    ]
    const { discoveries } = ended(bounded(steps), { checkers: [decidedAt1("state")] })
    expect(discoveries[0]).toMatchObject({ decided: true, failed: false, place: { state: 1, ordinal: -1 } })
  })

  test("is not needed for that: so does a deadlock that is met after the first", () => {
    const steps: ReadonlyArray<StepOf> = [
      [0, 1, GO],
      [0, 2, GO],
      [2, 3, GO]
    ]
    const search = ended(
      bounded(steps, () => false),
      { checkers: [decidedAt1("deadlock")] }
    )
    expect([search.deadlocked, search.discoveries[0]?.failed]).toEqual([2, false])
    expect(search.discoveries[0]?.place).toEqual({ state: 1, ordinal: -1 })
  })
})
