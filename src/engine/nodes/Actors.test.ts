/**
 * Actors of two nodes: what arrives in which inbox, what may arrive next, and that a hash is one of the content, however
 * it was found.
 */
import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { Clocks, Machine, Network, type NetworkModel, System, Topology } from "../../model/index.ts"
import { Actors, type Companion, type Flight, initialCompanion } from "./Actors.ts"
import { Interner } from "../interning/Interner.ts"

const plain: Companion = { up: true, progress: 0, timers: [], zone: null, past: null }
const flightOf = (from: number, word: string): Flight => ({
  from,
  message: { _tag: word },
  sentAt: null,
  past: null
})

/** Actors of two nodes of one machine; a node has work while its progress is below 2, node 1 never. */
const actorsOf = (network: NetworkModel = Network.unordered()) => {
  const machine = Machine.make("any", { state: Schema.String, initial: () => "" }).handlers({})
  const system = System.make("actors", { machine, topology: Topology.allToAll(2), network })
  const locals = new Interner()
  const actors = new Actors(system, [locals, locals], (node, { progress }) => node === 0 && progress < 2)
  /** The id of an inbox of flights, each given as its source and tag, such as "0a". */
  const inbox = (...flights: ReadonlyArray<string>) =>
    actors.inbox(flights.reduce((list: ReadonlyArray<number>, each) => actors.withFlight(list, number(each)), []))
  const number = (flight: string) => actors.flights.intern(flightOf(Number(flight[0]), flight.slice(1)))
  const show = (id: number) => actors.inboxes[id]!.map((each) => word(each))
  const word = (id: number) => `${actors.flight(id).from}${actors.flight(id).message._tag}`
  const actor = (node: number, local: string, inboxId: number, companion: Companion = plain) =>
    actors.intern(node, locals.intern(local), inboxId, actors.companions.intern(companion))
  const hash = (node: number, id: number) => [actors.hashes[node]?.low[id], actors.hashes[node]?.high[id]]
  return { actors, locals, inbox, number, show, word, actor, hash }
}

describe("an actor", () => {
  test("is a number for each local state, inbox and companion, and has them", () => {
    const { actor, actors, inbox, locals } = actorsOf()
    const one = inbox("0a")
    const busy = { ...plain, progress: 1 }
    expect([actor(0, "x", 0), actor(0, "y", 0), actor(0, "x", one), actor(0, "x", 0, busy)]).toEqual([0, 1, 2, 3])
    expect([actor(0, "x", 0), actor(0, "y", 0), actor(0, "x", one), actor(0, "x", 0, busy)]).toEqual([0, 1, 2, 3])
    // Nodes count for themselves.
    expect([actor(1, "x", one), actors.countOf(0), actors.countOf(1)]).toEqual([0, 4, 1])
    const read = (of: ReadonlyArray<{ readonly data: Int32Array }>) => Array.from(of[0]!.data.subarray(0, 4))
    expect(read(actors.localOf)).toEqual([0, 1, 0, 0].map((id) => locals.intern(["x", "y"][id])))
    expect(read(actors.inboxOf)).toEqual([0, 0, one, 0])
    expect(read(actors.upOf)).toEqual([1, 1, 1, 1])
    expect([actors.companion(0, 2), actors.companion(0, 3)]).toEqual([plain, busy])
    expect(actors.companionOf(0, 3)).toBe(actors.companions.intern(busy))
  })

  test("is like another of its node that differs in its causal past alone", () => {
    const { actor, actors, inbox } = actorsOf()
    const knowing = { ...plain, past: ["w"] }
    const known = actor(0, "x", 0, knowing)
    const others = [
      actor(0, "x", 0, knowing),
      actor(0, "x", 0, { ...plain, past: [] }),
      actor(0, "x", 0, { ...plain, past: ["v", "w"] }),
      actor(0, "y", 0, { ...plain, past: [] }),
      actor(0, "x", inbox("1a"), { ...plain, past: [] }),
      actor(0, "x", 0, { ...plain, past: [], timers: ["retry"] }),
      actor(0, "x", 0, { ...plain, past: [], progress: 1 })
    ]
    expect(others.map((other) => actors.isAlike(0, known, other))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false
    ])
    const [idle, busy] = [actor(1, "x", 0), actor(1, "x", 0, { ...plain, progress: 1 })]
    expect([actors.isAlike(1, idle, idle), actors.isAlike(1, idle, busy)]).toEqual([true, false])
  })

  test("is pending while it is up and has a message in flight, a timer, or work", () => {
    const { actor, actors, inbox } = actorsOf()
    const done: Companion = { ...plain, progress: 2 }
    const timer = { ...done, timers: ["retry"] }
    const pending = (node: number, id: number) => actors.pendingOf[node]!.data[id]
    const inTurn = [
      pending(0, actor(0, "", 0, done)),
      pending(0, actor(0, "", inbox("1a"), done)),
      pending(0, actor(0, "", 0, timer)),
      pending(0, actor(0, "", 0, plain)),
      pending(1, actor(1, "", 0, plain)),
      pending(0, actor(0, "", inbox("1a"), { ...plain, timers: ["retry"], up: false }))
    ]
    expect(inTurn).toEqual([0, 1, 1, 1, 0, 0])
    expect(actors.upOf[0]!.data[actors.countOf(0) - 1]).toBe(0)
  })

  test("is found among more than there was room for at first", () => {
    const { actor, actors, inbox } = actorsOf()
    for (let index = 0; index < 200; index++) actor(0, `s${index}`, index % 2 === 0 ? 0 : inbox("1a"))
    expect(actors.countOf(0)).toBe(200)
    const rows = Array.from({ length: 200 }, (_, id) => [
      actors.locals[0]!.values[actors.localOf[0]!.data[id]!],
      actors.inboxOf[0]!.data[id],
      actors.upOf[0]!.data[id]
    ])
    expect(rows).toEqual(rows.map((_, index) => [`s${index}`, index % 2 === 0 ? 0 : inbox("1a"), 1]))
  })
})

describe("an inbox", () => {
  test("of an unordered network is a multiset: the order of arrival does not matter", () => {
    const { inbox, show } = actorsOf()
    expect(show(inbox("1b", "0a", "1b"))).toEqual(["1b", "1b", "0a"])
    expect(inbox("0a", "1b", "1b")).toBe(inbox("1b", "0a", "1b"))
    expect(inbox("0a", "1b")).not.toBe(inbox("1b", "0a", "1b"))
    expect([inbox(), inbox("0a") === inbox()]).toEqual([0, false])
  })

  test("of messages 1 and 2 is another one than of message 12", () => {
    const { actors, number } = actorsOf()
    const all = Array.from({ length: 13 }, (_, index) => number(`0m${index}`))
    expect(all).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(actors.inbox([1, 2])).not.toBe(actors.inbox([12]))
  })

  test("of an unordered network stays sorted by number past ten messages", () => {
    const { actors, number } = actorsOf()
    const all = Array.from({ length: 12 }, (_, index) => number(`0m${index}`))
    expect(all.toReversed().reduce((list: ReadonlyArray<number>, each) => actors.withFlight(list, each), [])).toEqual(
      all
    )
  })

  test("of an ordered network is a queue for each source, in the order of sources", () => {
    const { inbox, show } = actorsOf(Network.ordered())
    expect(show(inbox("1b", "0a", "1c", "0d", "0a"))).toEqual(["0a", "0d", "0a", "1b", "1c"])
    expect(inbox("1b", "0a", "0d")).toBe(inbox("0a", "1b", "0d"))
    expect(inbox("0d", "0a")).not.toBe(inbox("0a", "0d"))
  })

  test.each([
    ["unordered", Network.unordered({ copies: 2 })],
    ["ordered", Network.ordered({ copies: 2 })]
  ])("of an %s network with so many copies takes no more of one message", (_, network) => {
    const { actors, inbox, number, show } = actorsOf(network)
    expect(show(inbox("0a", "0b", "0a", "0a", "0b", "0b", "1a"))).toEqual(
      network.order === "ordered" ? ["0a", "0b", "0a", "0b", "1a"] : ["0a", "0a", "0b", "0b", "1a"]
    )
    const full = actors.inboxes[inbox("0a", "0a")]!
    expect(actors.withFlight(full, number("0a"))).toBe(full)
    expect(show(inbox("0a", "0b", "0b"))).toEqual(["0a", "0b", "0b"])
  })

  test("counts copies of a message by its content and source, whatever is known of when it was sent", () => {
    const { actors } = actorsOf(Network.unordered({ copies: 1 }))
    const [first, again] = [["w"], ["v", "w"]].map((past) => actors.flights.intern({ ...flightOf(0, "a"), past }))
    const other = actors.flights.intern(flightOf(1, "a"))
    const flights = [first!]
    expect(actors.withFlight(flights, again!)).toBe(flights)
    expect(actors.withFlight(flights, other)).toEqual([first, other])
  })

  test("without such a bound takes as many as come", () => {
    const { inbox, show } = actorsOf()
    expect(show(inbox("0a", "0a", "0a", "0a")).length).toBe(4)
  })
})

describe("next may arrive", () => {
  const arrivals = (network: NetworkModel, ...flights: ReadonlyArray<string>) => {
    const { actors, inbox, show, word } = actorsOf(network)
    // Their numbers are in no order of their content, neither this way nor the other.
    for (const each of ["1b", "0d", "0a", "1c"]) inbox(each)
    const found = actors.arrivals(inbox(...flights))
    expect(actors.arrivals(inbox(...flights))).toBe(found)
    return found.map(({ flight, rest }) => [word(flight), show(rest).toSorted()])
  }

  test("from an unordered network each different message, in an order of content, and leaves the others", () => {
    expect(arrivals(Network.unordered(), "1c", "0a", "1b", "1c")).toEqual([
      ["0a", ["1b", "1c", "1c"]],
      ["1b", ["0a", "1c", "1c"]],
      ["1c", ["0a", "1b", "1c"]]
    ])
    expect(arrivals(Network.unordered())).toEqual([])
  })

  test("from an ordered network the first of each source", () => {
    expect(arrivals(Network.ordered(), "1c", "0d", "1b", "0a", "1c")).toEqual([
      ["0d", ["0a", "1b", "1c", "1c"]],
      ["1c", ["0a", "0d", "1b", "1c"]]
    ])
    expect(arrivals(Network.ordered(), "1b", "1b")).toEqual([["1b", ["1b"]]])
  })
})

describe("a batch that arrives at an actor", () => {
  test("is added to its inbox, and nothing else changes", () => {
    const { actor, actors, inbox, show } = actorsOf()
    const batch = inbox("0b", "0a")
    const before = actor(1, "x", inbox("0a"), { ...plain, progress: 1 })
    const after = actors.arrive(1, before, batch)
    expect(show(actors.inboxOf[1]!.data[after]!)).toEqual(["0b", "0a", "0a"])
    expect(after).toBe(actor(1, "x", inbox("0a", "0b", "0a"), { ...plain, progress: 1 }))
    expect([actors.arrive(1, before, batch), actors.arrive(1, before, 0)]).toEqual([after, before])
    // The same inbox and batch at another node.
    const elsewhere = actors.arrive(0, actor(0, "y", inbox("0a")), batch)
    expect(show(actors.inboxOf[0]!.data[elsewhere]!)).toEqual(["0b", "0a", "0a"])
  })

  test("waits while it is down, unless the crash broke its connections", () => {
    const { actor, actors, inbox } = actorsOf()
    const down = { ...plain, up: false }
    expect(actors.arrive(1, actor(1, "x", 0, down), inbox("0a"))).toBe(actor(1, "x", inbox("0a"), down))
    const unreachable = actor(1, "x", 0, { ...down, unreachable: true })
    expect(actors.arrive(1, unreachable, inbox("0a"))).toBe(unreachable)
  })
})

describe("the hash of an actor", () => {
  const busy = { ...plain, progress: 1 }

  test("is the same however its parts were found", () => {
    for (const network of [Network.unordered(), Network.ordered()]) {
      const [left, right] = [actorsOf(network), actorsOf(network)]
      for (const each of ["1c", "0d", "1b"]) right.inbox(each)
      right.actor(0, "other", right.inbox("0d"), busy)
      const of = ({ actor, hash, inbox }: typeof left) => hash(0, actor(0, "x", inbox("1b", "1c", "0d"), plain))
      expect(of(left)).toEqual(of(right))
    }
  })

  test("is another one for each part, in both halves", () => {
    for (const network of [Network.unordered(), Network.ordered()]) {
      const { actor, hash, inbox } = actorsOf(network)
      const all = [
        actor(0, "x", 0),
        actor(0, "y", 0),
        actor(0, "x", inbox("1b")),
        actor(0, "x", inbox("1b", "1b")),
        actor(0, "x", inbox("1c")),
        actor(0, "x", inbox("1b", "1c")),
        actor(0, "x", 0, busy)
      ].map((id) => hash(0, id))
      const distinct = (half: number) => new Set(all.map((each) => each[half])).size
      expect([distinct(0), distinct(1), new Set(all.flat()).size]).toEqual([7, 7, 14])
    }
  })

  test("of an ordered network depends on the order", () => {
    const { actor, hash, inbox } = actorsOf(Network.ordered())
    expect(hash(0, actor(0, "x", inbox("1b", "1c")))).not.toEqual(hash(0, actor(0, "x", inbox("1c", "1b"))))
  })
})

test("a node starts with no operation invoked, no timer set, and knows what the system keeps track of", () => {
  expect(initialCompanion({ up: true, clocks: undefined, causal: false })).toEqual(plain)
  const clocks = Clocks.drifting({ horizon: 1, skew: 1, stepsBack: 2 })
  expect(initialCompanion({ up: false, clocks, causal: true })).toEqual({
    up: false,
    progress: 0,
    timers: [],
    zone: { least: 0, last: null, offset: null, stepsBack: 2 },
    past: []
  })
})
