/**
 * Actors of two nodes: what arrives in which inbox, what may arrive next, and that a hash is one of the content, however
 * it was found.
 */
import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { Clocks, Machine, Network, type NetworkModel, System, Topology } from "../../model/index.ts"
import { NodeConfigurations, type NodeMetadata, type TrackedEnvelope, initialMetadata } from "./NodeConfigurations.ts"
import { Interner } from "../interning/Interner.ts"

const plain: NodeMetadata = { up: true, progress: 0, timers: [], zone: null, past: null }
const envelopeOf = (from: number, word: string): TrackedEnvelope => ({
  from,
  message: { _tag: word },
  sentAt: null,
  past: null
})

/** Actors of two nodes of one machine; a node has work while its progress is below 2, node 1 never. */
const configurationsOf = (network: NetworkModel = Network.unordered()) => {
  const machine = Machine.make("any", { state: Schema.String, initial: () => "" }).handlers({})
  const system = System.make("actors", { machine, topology: Topology.allToAll(2), network })
  const locals = new Interner()
  const configurations = new NodeConfigurations(
    system,
    [locals, locals],
    (node, { progress }) => node === 0 && progress < 2
  )
  /** The id of an inbox of envelopes, each given as its source and tag, such as "0a". */
  const inbox = (...envelopes: ReadonlyArray<string>) =>
    configurations.inbox(
      envelopes.reduce((list: ReadonlyArray<number>, each) => configurations.withEnvelope(list, number(each)), [])
    )
  const number = (envelope: string) =>
    configurations.envelopes.intern(envelopeOf(Number(envelope[0]), envelope.slice(1)))
  const show = (id: number) => configurations.inboxes[id]!.map((each) => word(each))
  const word = (id: number) => `${configurations.envelope(id).from}${configurations.envelope(id).message._tag}`
  const configuration = (node: number, local: string, inboxId: number, metadata: NodeMetadata = plain) =>
    configurations.intern(node, locals.intern(local), inboxId, configurations.metadataIds.intern(metadata))
  const hash = (node: number, id: number) => [
    configurations.hashes[node]?.low[id],
    configurations.hashes[node]?.high[id]
  ]
  return { configurations, locals, inbox, number, show, word, configuration, hash }
}

describe("an actor", () => {
  test("is a number for each local state, inbox and companion, and has them", () => {
    const { configuration, configurations, inbox, locals } = configurationsOf()
    const one = inbox("0a")
    const busy = { ...plain, progress: 1 }
    expect([
      configuration(0, "x", 0),
      configuration(0, "y", 0),
      configuration(0, "x", one),
      configuration(0, "x", 0, busy)
    ]).toEqual([0, 1, 2, 3])
    expect([
      configuration(0, "x", 0),
      configuration(0, "y", 0),
      configuration(0, "x", one),
      configuration(0, "x", 0, busy)
    ]).toEqual([0, 1, 2, 3])
    // Nodes count for themselves.
    expect([configuration(1, "x", one), configurations.countOf(0), configurations.countOf(1)]).toEqual([0, 4, 1])
    const read = (of: ReadonlyArray<{ readonly data: Int32Array }>) => Array.from(of[0]!.data.subarray(0, 4))
    expect(read(configurations.localOf)).toEqual([0, 1, 0, 0].map((id) => locals.intern(["x", "y"][id])))
    expect(read(configurations.inboxOf)).toEqual([0, 0, one, 0])
    expect(read(configurations.upOf)).toEqual([1, 1, 1, 1])
    expect([configurations.metadata(0, 2), configurations.metadata(0, 3)]).toEqual([plain, busy])
    expect(configurations.metadataIdOf(0, 3)).toBe(configurations.metadataIds.intern(busy))
  })

  test("is like another of its node that differs in its causal past alone", () => {
    const { configuration, configurations, inbox } = configurationsOf()
    const knowing = { ...plain, past: ["w"] }
    const known = configuration(0, "x", 0, knowing)
    const others = [
      configuration(0, "x", 0, knowing),
      configuration(0, "x", 0, { ...plain, past: [] }),
      configuration(0, "x", 0, { ...plain, past: ["v", "w"] }),
      configuration(0, "y", 0, { ...plain, past: [] }),
      configuration(0, "x", inbox("1a"), { ...plain, past: [] }),
      configuration(0, "x", 0, { ...plain, past: [], timers: ["retry"] }),
      configuration(0, "x", 0, { ...plain, past: [], progress: 1 })
    ]
    expect(others.map((other) => configurations.isAlike(0, known, other))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false
    ])
    const [idle, busy] = [configuration(1, "x", 0), configuration(1, "x", 0, { ...plain, progress: 1 })]
    expect([configurations.isAlike(1, idle, idle), configurations.isAlike(1, idle, busy)]).toEqual([true, false])
  })

  test("is pending while it is up and has a message in flight, a timer, or work", () => {
    const { configuration, configurations, inbox } = configurationsOf()
    const done: NodeMetadata = { ...plain, progress: 2 }
    const timer = { ...done, timers: ["retry"] }
    const pending = (node: number, id: number) => configurations.pendingOf[node]!.data[id]
    const inTurn = [
      pending(0, configuration(0, "", 0, done)),
      pending(0, configuration(0, "", inbox("1a"), done)),
      pending(0, configuration(0, "", 0, timer)),
      pending(0, configuration(0, "", 0, plain)),
      pending(1, configuration(1, "", 0, plain)),
      pending(0, configuration(0, "", inbox("1a"), { ...plain, timers: ["retry"], up: false }))
    ]
    expect(inTurn).toEqual([0, 1, 1, 1, 0, 0])
    expect(configurations.upOf[0]!.data[configurations.countOf(0) - 1]).toBe(0)
  })

  test("is found among more than there was room for at first", () => {
    const { configuration, configurations, inbox } = configurationsOf()
    for (let index = 0; index < 200; index++) configuration(0, `s${index}`, index % 2 === 0 ? 0 : inbox("1a"))
    expect(configurations.countOf(0)).toBe(200)
    const rows = Array.from({ length: 200 }, (_, id) => [
      configurations.locals[0]!.values[configurations.localOf[0]!.data[id]!],
      configurations.inboxOf[0]!.data[id],
      configurations.upOf[0]!.data[id]
    ])
    expect(rows).toEqual(rows.map((_, index) => [`s${index}`, index % 2 === 0 ? 0 : inbox("1a"), 1]))
  })
})

describe("an inbox", () => {
  test("of an unordered network is a multiset: the order of arrival does not matter", () => {
    const { inbox, show } = configurationsOf()
    expect(show(inbox("1b", "0a", "1b"))).toEqual(["1b", "1b", "0a"])
    expect(inbox("0a", "1b", "1b")).toBe(inbox("1b", "0a", "1b"))
    expect(inbox("0a", "1b")).not.toBe(inbox("1b", "0a", "1b"))
    expect([inbox(), inbox("0a") === inbox()]).toEqual([0, false])
  })

  test("of messages 1 and 2 is another one than of message 12", () => {
    const { configurations, number } = configurationsOf()
    const all = Array.from({ length: 13 }, (_, index) => number(`0m${index}`))
    expect(all).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(configurations.inbox([1, 2])).not.toBe(configurations.inbox([12]))
  })

  test("of an unordered network stays sorted by number past ten messages", () => {
    const { configurations, number } = configurationsOf()
    const all = Array.from({ length: 12 }, (_, index) => number(`0m${index}`))
    expect(
      all.toReversed().reduce((list: ReadonlyArray<number>, each) => configurations.withEnvelope(list, each), [])
    ).toEqual(all)
  })

  test("of an ordered network is a queue for each source, in the order of sources", () => {
    const { inbox, show } = configurationsOf(Network.ordered())
    expect(show(inbox("1b", "0a", "1c", "0d", "0a"))).toEqual(["0a", "0d", "0a", "1b", "1c"])
    expect(inbox("1b", "0a", "0d")).toBe(inbox("0a", "1b", "0d"))
    expect(inbox("0d", "0a")).not.toBe(inbox("0a", "0d"))
  })

  test.each([
    ["unordered", Network.unordered({ copies: 2 })],
    ["ordered", Network.ordered({ copies: 2 })]
  ])("of an %s network with so many copies takes no more of one message", (_, network) => {
    const { configurations, inbox, number, show } = configurationsOf(network)
    expect(show(inbox("0a", "0b", "0a", "0a", "0b", "0b", "1a"))).toEqual(
      network.order === "ordered" ? ["0a", "0b", "0a", "0b", "1a"] : ["0a", "0a", "0b", "0b", "1a"]
    )
    const full = configurations.inboxes[inbox("0a", "0a")]!
    expect(configurations.withEnvelope(full, number("0a"))).toBe(full)
    expect(show(inbox("0a", "0b", "0b"))).toEqual(["0a", "0b", "0b"])
  })

  test("counts copies of a message by its content and source, whatever is known of when it was sent", () => {
    const { configurations } = configurationsOf(Network.unordered({ copies: 1 }))
    const [first, again] = [["w"], ["v", "w"]].map((past) =>
      configurations.envelopes.intern({ ...envelopeOf(0, "a"), past })
    )
    const other = configurations.envelopes.intern(envelopeOf(1, "a"))
    const envelopes = [first!]
    expect(configurations.withEnvelope(envelopes, again!)).toBe(envelopes)
    expect(configurations.withEnvelope(envelopes, other)).toEqual([first, other])
  })

  test("without such a bound takes as many as come", () => {
    const { inbox, show } = configurationsOf()
    expect(show(inbox("0a", "0a", "0a", "0a")).length).toBe(4)
  })
})

describe("next may arrive", () => {
  const arrivals = (network: NetworkModel, ...envelopes: ReadonlyArray<string>) => {
    const { configurations, inbox, show, word } = configurationsOf(network)
    // Their numbers are in no order of their content, neither this way nor the other.
    for (const each of ["1b", "0d", "0a", "1c"]) inbox(each)
    const found = configurations.arrivals(inbox(...envelopes))
    expect(configurations.arrivals(inbox(...envelopes))).toBe(found)
    return found.map(({ envelope, rest }) => [word(envelope), show(rest).toSorted()])
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
    const { configuration, configurations, inbox, show } = configurationsOf()
    const arriving = inbox("0b", "0a")
    const before = configuration(1, "x", inbox("0a"), { ...plain, progress: 1 })
    const after = configurations.arrive(1, before, arriving)
    expect(show(configurations.inboxOf[1]!.data[after]!)).toEqual(["0b", "0a", "0a"])
    expect(after).toBe(configuration(1, "x", inbox("0a", "0b", "0a"), { ...plain, progress: 1 }))
    expect([configurations.arrive(1, before, arriving), configurations.arrive(1, before, 0)]).toEqual([after, before])
    // The same inbox and batch at another node.
    const elsewhere = configurations.arrive(0, configuration(0, "y", inbox("0a")), arriving)
    expect(show(configurations.inboxOf[0]!.data[elsewhere]!)).toEqual(["0b", "0a", "0a"])
  })

  test("waits while it is down, unless the crash broke its connections", () => {
    const { configuration, configurations, inbox } = configurationsOf()
    const down = { ...plain, up: false }
    expect(configurations.arrive(1, configuration(1, "x", 0, down), inbox("0a"))).toBe(
      configuration(1, "x", inbox("0a"), down)
    )
    const unreachable = configuration(1, "x", 0, { ...down, unreachable: true })
    expect(configurations.arrive(1, unreachable, inbox("0a"))).toBe(unreachable)
  })
})

describe("the hash of an actor", () => {
  const busy = { ...plain, progress: 1 }

  test("is the same however its parts were found", () => {
    for (const network of [Network.unordered(), Network.ordered()]) {
      const [left, right] = [configurationsOf(network), configurationsOf(network)]
      for (const each of ["1c", "0d", "1b"]) right.inbox(each)
      right.configuration(0, "other", right.inbox("0d"), busy)
      const of = ({ configuration, hash, inbox }: typeof left) =>
        hash(0, configuration(0, "x", inbox("1b", "1c", "0d"), plain))
      expect(of(left)).toEqual(of(right))
    }
  })

  test("is another one for each part, in both halves", () => {
    for (const network of [Network.unordered(), Network.ordered()]) {
      const { configuration, hash, inbox } = configurationsOf(network)
      const all = [
        configuration(0, "x", 0),
        configuration(0, "y", 0),
        configuration(0, "x", inbox("1b")),
        configuration(0, "x", inbox("1b", "1b")),
        configuration(0, "x", inbox("1c")),
        configuration(0, "x", inbox("1b", "1c")),
        configuration(0, "x", 0, busy)
      ].map((id) => hash(0, id))
      const distinct = (half: number) => new Set(all.map((each) => each[half])).size
      expect([distinct(0), distinct(1), new Set(all.flat()).size]).toEqual([7, 7, 14])
    }
  })

  test("of an ordered network depends on the order", () => {
    const { configuration, hash, inbox } = configurationsOf(Network.ordered())
    expect(hash(0, configuration(0, "x", inbox("1b", "1c")))).not.toEqual(
      hash(0, configuration(0, "x", inbox("1c", "1b")))
    )
  })
})

test("a node starts with no operation invoked, no timer set, and knows what the system keeps track of", () => {
  expect(initialMetadata({ up: true, clocks: undefined, causal: false })).toEqual(plain)
  const clocks = Clocks.drifting({ horizon: 1, skew: 1, stepsBack: 2 })
  expect(initialMetadata({ up: false, clocks, causal: true })).toEqual({
    up: false,
    progress: 0,
    timers: [],
    zone: { least: 0, last: null, offset: null, stepsBack: 2 },
    past: []
  })
})
