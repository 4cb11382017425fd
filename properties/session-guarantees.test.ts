/**
 * Each guarantee about histories: what refutes it and its nearest twin that does not, through the observers; and that
 * the guarantees imply each other as the literature says, on random histories.
 */
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Monitor, Observation, Observer } from "../src/property/index.ts"
import { causalConsistency } from "./causal-consistency.ts"
import type { History } from "./history/History.ts"
import { linearizability, sequentialConsistency } from "./linearizability.ts"
import { monotonicReads } from "./monotonic-reads.ts"
import { monotonicWrites } from "./monotonic-writes.ts"
import { readYourWrites } from "./read-your-writes.ts"
import { writesFollowReads } from "./writes-follow-reads.ts"

type Event = readonly [
  id: string,
  kind: "invoked" | "wrote" | "acknowledged" | "rejected" | "read",
  key?: string,
  ...writes: ReadonlyArray<string>
]

const observation = ([id, kind, key = "", ...writes]: Event): Observation => {
  const base = { node: 0, past: [], id }
  switch (kind) {
    case "invoked":
      return { ...base, kind, operation: {} }
    case "rejected":
      return { ...base, kind }
    case "wrote":
      return { ...base, kind, key, write: writes[0] ?? "" }
    case "acknowledged":
      return { ...base, kind, write: writes[0] ?? "" }
    case "read":
      return { ...base, kind, key, writes }
  }
}

/** What a monitor says of a run: why it rejects, `fine`, or `silent` where its premise is not met. */
const says = (monitor: Monitor<unknown>, events: ReadonlyArray<Event>): string => {
  const observer = monitor.observer as Observer<unknown>
  const seen = events.reduce((before, event) => observer.observe(before, observation(event)), observer.initial)
  const holds = monitor.holds as (view: unknown, remembered: unknown) => boolean
  const premise = monitor.premise as (view: unknown, remembered: unknown) => boolean
  const explain = monitor.explain as unknown as (view: unknown, remembered: unknown) => string
  if (!holds(undefined, seen)) return explain(undefined, seen)
  return premise(undefined, seen) ? "fine" : "silent"
}

const write = (id: string, key: string, name: string): ReadonlyArray<Event> => [
  [id, "invoked"],
  [id, "wrote", key, name],
  [id, "acknowledged", key, name]
]
const read = (id: string, key: string, ...writes: ReadonlyArray<string>): ReadonlyArray<Event> => [
  [id, "invoked"],
  [id, "read", key, ...writes]
]

describe("read your writes", () => {
  test("is refuted by a read that finds nothing after the session's own write", () => {
    expect(says(readYourWrites(), [...write("s0.0", "", "a"), ...read("s0.1", "")])).toBe(
      "s0 read nothing, although s0 wrote a before, in the same session."
    )
  })

  test("is refuted by a value that the own write replaced, not by a concurrent one that won", () => {
    const own = [...read("s0.0", "", "a"), ...write("s0.1", "", "b")]
    expect(says(readYourWrites(), [...write("s1.0", "", "a"), ...own, ...read("s0.2", "", "a")])).toBe(
      "s0 read a, although s0 wrote b before, in the same session."
    )
    expect(says(readYourWrites(), [...write("s1.0", "", "c"), ...own, ...read("s0.2", "", "c")])).toBe("fine")
  })

  test("demands more where concurrent values are all returned: the own write, or one after it", () => {
    const events = [...write("s1.0", "", "c"), ...write("s0.0", "", "a"), ...read("s0.1", "", "c")]
    expect(says(readYourWrites(), events)).toBe("fine")
    expect(says(readYourWrites({ siblings: true }), events)).toBe(
      "s0 read c, although s0 wrote a before, in the same session."
    )
    expect(says(readYourWrites({ siblings: true }), [...events.slice(0, -1), ["s0.1", "read", "", "a", "c"]])).toBe(
      "fine"
    )
  })

  test("says nothing of a write that its client was told had failed, nor of another key", () => {
    const failed: ReadonlyArray<Event> = [
      ["s0.0", "wrote", "", "a"],
      ["s0.0", "rejected"]
    ]
    expect(says(readYourWrites(), [...failed, ...read("s0.1", "")])).toBe("silent")
    expect(says(readYourWrites(), [...write("s0.0", "x", "a"), ...read("s0.1", "y")])).toBe("silent")
  })
})

describe("monotonic reads", () => {
  const both = [...write("s0.0", "", "a"), ...write("s0.1", "", "b")]
  test("is refuted by a read that is older than an earlier one, and by one that finds nothing any more", () => {
    expect(says(monotonicReads(), [...both, ...read("s1.0", "", "b"), ...read("s1.1", "", "a")])).toBe(
      "s1 read b, and then s1 read a, which is older."
    )
    expect(says(monotonicReads(), [...both, ...read("s1.0", "", "a"), ...read("s1.1", "")])).toBe(
      "s1 read a, and then s1 read nothing, which is older."
    )
  })
  test("holds where reads get newer, and speaks of one session only", () => {
    expect(says(monotonicReads(), [...both, ...read("s1.0", "", "a"), ...read("s1.1", "", "b")])).toBe("fine")
    expect(says(monotonicReads(), [...both, ...read("s1.0", "", "b"), ...read("s2.0", "", "a")])).toBe("silent")
  })
})

describe("monotonic writes", () => {
  const both = [...write("s0.0", "x", "a"), ...write("s0.1", "y", "b")]
  test("is refuted by a reader of the second write who misses the first", () => {
    expect(says(monotonicWrites(), [...both, ...read("s1.0", "y", "b"), ...read("s1.1", "x")])).toBe(
      "s1 read x = nothing, although s0 wrote x := a before s0 wrote y := b, which s1 had read."
    )
  })
  test("holds for a reader who sees both, and is silent about one who looks the other way round", () => {
    expect(says(monotonicWrites(), [...both, ...read("s1.0", "y", "b"), ...read("s1.1", "x", "a")])).toBe("fine")
    expect(says(monotonicWrites(), [...both, ...read("s1.0", "x"), ...read("s1.1", "y", "b")])).toBe("silent")
  })
})

describe("writes follow reads", () => {
  const answer = [...write("s0.0", "x", "a"), ...read("s1.0", "x", "a"), ...write("s1.1", "y", "b")]
  test("is refuted by a reader of the answer who misses what it answers", () => {
    expect(says(writesFollowReads(), [...answer, ...read("s2.0", "y", "b"), ...read("s2.1", "x")])).toBe(
      "s2 read x = nothing, although s0 wrote x := a, s1 read that and then wrote b, and s2 had read the latter."
    )
  })
  test("holds for a reader who sees both", () => {
    expect(says(writesFollowReads(), [...answer, ...read("s2.0", "y", "b"), ...read("s2.1", "x", "a")])).toBe("fine")
  })
})

describe("linearizability", () => {
  test("is refuted by a read that finds nothing after the write was acknowledged; sequential consistency is not", () => {
    const late = [...write("s0.0", "", "a"), ...read("s1.0", "")]
    expect(says(linearizability, late)).toBe(
      "No order that real time allows explains this: s0 wrote a; s1 read nothing."
    )
    expect(says(sequentialConsistency, late)).toBe("fine")
  })
  test("allows a read to find nothing, or the write, while the write is under way, but not new and then old", () => {
    const underWay: ReadonlyArray<Event> = [
      ["s0.0", "invoked"],
      ["s0.0", "wrote", "", "a"]
    ]
    expect(says(linearizability, [...underWay, ...read("s1.0", "")])).toBe("fine")
    expect(says(linearizability, [...underWay, ...read("s1.0", "", "a")])).toBe("fine")
    expect(says(linearizability, [...underWay, ...read("s1.0", "", "a"), ...read("s2.0", "")])).toBe(
      "No order that real time allows explains this: s0 wrote a; s1 read a; s2 read nothing."
    )
  })
})

/** Random histories: what sessions did, each operation answered before the next of any session begins. */
const histories = fc
  .array(fc.record({ session: fc.nat(2), isWrite: fc.boolean(), key: fc.constantFrom("x", "y"), value: fc.nat(2) }), {
    minLength: 3,
    maxLength: 7
  })
  .map((drawn): ReadonlyArray<Event> => {
    const count = new Map<string, number>()
    const next = (name: string) => count.set(name, (count.get(name) ?? -1) + 1).get(name) ?? 0
    return drawn.flatMap(({ isWrite, key, session, value }) => {
      const id = `s${session}.${next(`s${session}`)}`
      if (isWrite) return write(id, key, `${key}${next(key)}`)
      return read(id, key, ...(value === 2 ? [] : [`${key}${value}`]))
    })
  })

const isRefuted = (monitor: Monitor<unknown>, events: ReadonlyArray<Event>): boolean =>
  !["fine", "silent"].includes(says(monitor, events))

test.each([
  ["linearizability", linearizability, sequentialConsistency],
  ["sequential consistency", sequentialConsistency, causalConsistency("CM")],
  ["sequential consistency", sequentialConsistency, causalConsistency("CCv")],
  ["CM", causalConsistency("CM"), causalConsistency("CC")],
  ["CCv", causalConsistency("CCv"), causalConsistency("CC")],
  ["CC", causalConsistency("CC"), readYourWrites()],
  ["CC", causalConsistency("CC"), monotonicReads()],
  ["CC", causalConsistency("CC"), monotonicWrites()],
  ["CC", causalConsistency("CC"), writesFollowReads()]
] as const)("%s implies what is weaker, on 3,000 random histories", (_name, stronger, weaker) => {
  let telling = 0
  fc.assert(
    fc.property(histories, (events) => {
      if (!isRefuted(weaker, events)) return
      telling++
      expect(isRefuted(stronger, events)).toBe(true)
    }),
    { numRuns: 3000, seed: 5 }
  )
  expect(telling).toBeGreaterThan(5)
})

test("histories keep no more than they must: a premise that was never met is silence, not success", () => {
  const empty: History = {}
  expect(readYourWrites().observer?.initial).toEqual(empty)
  expect(says(causalConsistency("CC"), write("s0.0", "", "a"))).toBe("silent")
})
