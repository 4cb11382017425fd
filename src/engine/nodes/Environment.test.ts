/**
 * The state that all nodes share, at the start of a system and after each change.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { Clocks, Faults, Machine, Network, System, type SystemParts, Topology, Workload } from "../../model/index.ts"
import {
  type Environment,
  initialEnvironment,
  isConstant,
  isCut,
  linksOf,
  withCut,
  withHealed,
  withNow,
  withSession
} from "./Environment.ts"

const Ask = Schema.TaggedStruct("Ask", {})
const ask = Ask.make({})

const systemOf = (parts: Partial<SystemParts<null>> = {}) =>
  System.make("shared", {
    machine: Machine.make("idle", { state: Schema.Null, operations: [Ask], initial: () => null }).handlers({
      Ask: (state) => Effect.succeed(state)
    }),
    topology: Topology.allToAll(3),
    ...parts
  })

const nothing: Environment = { lose: 0, duplicate: 0, cut: 0, crash: 0, recover: 0, draw: 0, cutLinks: [] }
const unasked = { causal: false, timed: false }
const clocks = Clocks.perfect({ horizon: 1 })

describe("a system starts with", () => {
  test.each<[string, Partial<SystemParts<null>>, Environment]>([
    ["nothing to share, as it comes", {}, nothing],
    [
      "the budgets of its network",
      { network: Network.unordered({ lose: 1, duplicate: 2, cut: 3 }) },
      { ...nothing, lose: 1, duplicate: 2, cut: 3 }
    ],
    [
      "its crashes and recoveries",
      { faults: Faults.crash({ atMost: 2, recoveries: 1 }) },
      { ...nothing, crash: 2, recover: 1 }
    ],
    ["no recoveries where nothing crashes", { faults: Faults.crash({ atMost: 0, recoveries: 1 }) }, nothing],
    ["the operations that may be drawn", { workload: Workload.drawn(4, [ask]) }, { ...nothing, draw: 4 }],
    ["nothing of operations that belong to a node", { workload: Workload.script([[ask], [ask]]) }, nothing]
  ])("%s", (_, parts, environment) => {
    expect(initialEnvironment(systemOf(parts), unasked)).toEqual(environment)
  })

  test("sessions that have done nothing; they know pasts where an observer asks, and moments where there are clocks", () => {
    const workload = Workload.sessions([[{ at: 0, operation: ask }], []])
    const sessionsOf = (parts: Partial<SystemParts<null>>, causal: boolean) =>
      initialEnvironment(systemOf({ workload, ...parts }), { causal, timed: false }).sessions
    const fresh = { next: 0, waiting: false, past: null, answeredAt: null }
    expect(sessionsOf({}, false)).toEqual([fresh, fresh])
    expect(sessionsOf({}, true)).toEqual([
      { ...fresh, past: [] },
      { ...fresh, past: [] }
    ])
    expect(sessionsOf({ clocks }, false)).toEqual([
      { ...fresh, answeredAt: 0 },
      { ...fresh, answeredAt: 0 }
    ])
  })

  test("moment 0 where steps are taken in the order of time: with clocks, and something that sees the order", () => {
    const startsInTime = (parts: Partial<SystemParts<null>>, timed = false) => {
      const environment = initialEnvironment(systemOf(parts), { causal: false, timed })
      expect(environment.now).toBe("now" in environment ? 0 : undefined)
      return "now" in environment
    }
    const cut = { network: Network.unordered({ cut: 1 }) }
    const recovery = { faults: Faults.crash({ recoveries: 1 }) }
    expect([startsInTime({}, true), startsInTime(cut), startsInTime(recovery)]).toEqual([false, false, false])
    expect([startsInTime({ clocks }), startsInTime({ clocks }, true)]).toEqual([false, true])
    expect([startsInTime({ clocks, ...cut }), startsInTime({ clocks, ...recovery })]).toEqual([true, true])
    // Neither a crash for good nor a recovery of nobody orders anything.
    expect(startsInTime({ clocks, faults: Faults.crash() })).toBe(false)
    expect(startsInTime({ clocks, faults: Faults.crash({ atMost: 0, recoveries: 1 }) })).toBe(false)
  })
})

describe("an environment never changes", () => {
  test("unless a budget, a session or the time can change it", () => {
    expect(isConstant(nothing)).toBe(true)
    const changing: ReadonlyArray<Partial<Environment>> = [
      { lose: 1 },
      { duplicate: 1 },
      { cut: 1 },
      { crash: 1 },
      { draw: 1 },
      { sessions: [] },
      { now: 0 },
      { lose: 1, duplicate: 1 },
      { lose: 1, cut: 1 },
      { lose: 1, crash: 1 },
      { lose: 1, draw: 1 }
    ]
    expect(changing.filter((each) => isConstant({ ...nothing, ...each }))).toEqual([])
  })

  test("by a recovery alone, for which something has to crash first", () => {
    expect(isConstant({ ...nothing, recover: 1 })).toBe(true)
  })
})

describe("the moment of the last step", () => {
  const at3: Environment = { ...nothing, now: 3 }

  test("moves on and never back", () => {
    expect(withNow(at3, 4)).toEqual({ ...nothing, now: 4 })
    expect([withNow(at3, 3), withNow(at3, 2)].map((after) => after === at3)).toEqual([true, true])
  })

  test("is not kept where steps need no order", () => {
    expect(withNow(nothing, 4)).toBe(nothing)
  })
})

describe("sessions", () => {
  test("change one at a time, and only in what is said", () => {
    const session = { next: 1, waiting: true, past: ["a"], answeredAt: 2 }
    const environment = { ...nothing, sessions: [session, session, session] }
    expect(withSession(environment, 1, { waiting: false, past: ["b"] })).toEqual({
      ...nothing,
      sessions: [session, { next: 1, waiting: false, past: ["b"], answeredAt: 2 }, session]
    })
  })

  test("are not made up where there are none", () => {
    expect(withSession(nothing, 0, { waiting: false }).sessions).toEqual([])
  })
})

describe("links", () => {
  const links = (topology: Topology) => linksOf(systemOf({ topology }))

  test("are counted once, however many directions they have", () => {
    expect(links(Topology.allToAll(4))).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3]
    ])
    expect(links(Topology.chain(3))).toEqual([
      [0, 1],
      [1, 2]
    ])
  })

  test("of one direction are pairs with the lower node first, too", () => {
    expect(links(Topology.ring(3))).toEqual([
      [0, 1],
      [1, 2],
      [0, 2]
    ])
    expect(links(Topology.graph(3, [[2, 1]]))).toEqual([[1, 2]])
  })

  test("that are cut carry nothing in either direction; a cut takes from the budget", () => {
    const environment = withCut({ ...nothing, cut: 3 }, [2, 1])
    expect(environment).toEqual({ ...nothing, cut: 2, cutLinks: [[1, 2]] })
    expect([isCut(environment, 1, 2), isCut(environment, 2, 1)]).toEqual([true, true])
    expect([isCut(environment, 0, 1), isCut(environment, 0, 2), isCut(environment, 1, 3)]).toEqual([
      false,
      false,
      false
    ])
    // A node has no link to itself.
    expect([isCut(environment, 1, 1), isCut(environment, 2, 2)]).toEqual([false, false])
  })

  test("are cut each by itself", () => {
    const environment = withCut(withCut({ ...nothing, cut: 2 }, [0, 1]), [1, 2])
    expect([isCut(environment, 0, 1), isCut(environment, 1, 2), isCut(environment, 0, 2)]).toEqual([true, true, false])
  })

  test("that are cut are listed in order, whichever was cut first", () => {
    const cut = (...pairs: ReadonlyArray<readonly [number, number]>) =>
      pairs.reduce((environment, link) => withCut(environment, link), nothing).cutLinks
    expect(cut([1, 2], [0, 3], [0, 1], [0, 2])).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2]
    ])
    expect(cut([0, 1], [0, 3], [1, 2])).toEqual([
      [0, 1],
      [0, 3],
      [1, 2]
    ])
  })

  test("heal one at a time, whichever end is named first", () => {
    const environment: Environment = {
      ...nothing,
      cutLinks: [
        [0, 1],
        [0, 2],
        [1, 2]
      ]
    }
    expect(withHealed(environment, [2, 0])).toEqual({
      ...nothing,
      cutLinks: [
        [0, 1],
        [1, 2]
      ]
    })
    expect(withHealed(withHealed(environment, [0, 1]), [1, 2]).cutLinks).toEqual([[0, 2]])
  })
})
