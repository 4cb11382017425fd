/**
 * Conditions on clocks with respect to happens-before, on three writes: a happened before b, and c is concurrent with
 * both.
 */
import { describe, expect, test } from "vitest"
import type { Monitor, Observation, Ordering } from "plait"
import { applied, compared, declared, remembers, says, wrote } from "../test/observed.ts"
import {
  clockProperties,
  clockIsComplete,
  clockIsConsistent,
  concurrentEventsMeet,
  noEventPrecedesItself,
  noFalseConcurrencyReported,
  noMissedConcurrency,
  timestampsAreUnique,
  verdictsAreCausality
} from "./happens-before.ts"

const made = [wrote("a"), wrote("b", { node: 1, past: ["a"] }), wrote("c", { node: 2 })]
const orderings: ReadonlyArray<Ordering> = ["before", "after", "concurrent", "equal"]

/** Two of the writes that stand so in truth. */
const pairs: { readonly [truth in Ordering]: readonly [left: string, right: string] } = {
  before: ["a", "b"],
  after: ["b", "a"],
  concurrent: ["a", "c"],
  equal: ["b", "b"]
}

/** The verdict of a property on one comparison: + allowed, x violated, . not judged. */
const sign = (property: Monitor<unknown>, comparison: Observation): string => {
  const said = says(property, undefined, [...made, comparison])
  return said === "fine" ? "+" : said === "silent" ? "." : "x"
}

/** A property's signs: a word for each truth, in it a sign for each verdict, both in the order of `orderings`. */
const table = (property: Monitor<unknown>): string =>
  orderings
    .map((truth) => orderings.map((verdict) => sign(property, compared(...pairs[truth], verdict))).join(""))
    .join(" ")

// Each follows from the property's formula. It says nothing where the formula's left side is false of the pair both ways.
test.each<[property: Monitor<unknown>, name: string, before_after_concurrent_equal: string]>([
  [verdictsAreCausality, "the clock's verdict equals happens-before", "+xxx x+xx xx+x xxx+"],
  [clockIsConsistent, "an event that happened before another has the smaller timestamp", "+xxx x+xx .... ...."],
  [clockIsComplete, "an event with a smaller timestamp happened before", "+x.. x+.. xx.. xx.."],
  [
    noFalseConcurrencyReported,
    "no false concurrency: what the clock does not order is concurrent",
    "..xx ..xx ..++ ...."
  ],
  [noMissedConcurrency, "no missed concurrency: the clock does not order concurrent events", ".... .... xx++ ...."],
  [timestampsAreUnique, "different events have different timestamps", "+++x +++x +++x ...."],
  [noEventPrecedesItself, "no event has a smaller timestamp than itself", ".... .... .... xx++"]
])("%#: the table of a property", (property, name, signs) => {
  expect(property.name).toBe(name)
  expect(table(property)).toBe(signs)
})

test("the properties are monitors, listed with the exact one first; all but that one share an observer", () => {
  const shared = "the clock's verdicts against causality, causal"
  expect(clockProperties).toEqual([
    verdictsAreCausality,
    clockIsConsistent,
    clockIsComplete,
    noFalseConcurrencyReported,
    noMissedConcurrency,
    timestampsAreUnique,
    noEventPrecedesItself
  ])
  expect(clockProperties.map(({ kind }) => kind)).toEqual(clockProperties.map(() => "monitor"))
  expect(clockProperties.map((property) => declared(property).observer)).toEqual([
    "the clock's first mistake about causality, causal",
    ...clockProperties.slice(1).map(() => shared)
  ])
  expect(declared(concurrentEventsMeet)).toEqual({
    kind: "reachable",
    name: "two concurrent events are compared",
    observer: shared
  })
})

test("nothing is said before anything was compared, and a write nobody noted is concurrent with every other", () => {
  expect(clockProperties.map((property) => says(property, undefined, [...made, applied("a")]))).toEqual(
    clockProperties.map(() => "silent")
  )
  expect(says(noMissedConcurrency, undefined, [...made, compared("a", "z", "equal")])).toBe("fine")
  expect(says(noMissedConcurrency, undefined, [...made, compared("z", "a", "before")])).toBe(
    "In truth z is concurrent with a; the clock says that z happened before a."
  )
})

describe("why a clock is wrong", () => {
  test.each<[property: Monitor<unknown>, seen: Observation, because: string]>([
    [
      verdictsAreCausality,
      compared("a", "b", "after"),
      "In truth a happened before b; the clock says that a happened after b."
    ],
    [
      verdictsAreCausality,
      compared("b", "a", "concurrent"),
      "In truth b happened after a; the clock says that b is concurrent with a."
    ],
    [
      verdictsAreCausality,
      compared("a", "c", "equal"),
      "In truth a is concurrent with c; the clock says that a has the timestamp of c."
    ],
    [verdictsAreCausality, compared("c", "c", "before"), "In truth c is c; the clock says that c happened before c."],
    [
      timestampsAreUnique,
      compared("a", "c", "equal"),
      "In truth a is concurrent with c; the clock says that a has the timestamp of c."
    ]
  ])("%#: in words", (property, seen, because) => {
    expect(says(property, undefined, [...made, seen])).toBe(because)
  })

  test("the exact property names the first mistake of a run", () => {
    const run = [
      compared("a", "b", "before"),
      compared("a", "b", "equal"),
      compared("a", "c", "before"),
      compared("c", "c", "equal")
    ]
    expect(says(verdictsAreCausality, undefined, [...made, ...run])).toBe(
      "In truth a happened before b; the clock says that a has the timestamp of b."
    )
  })

  test("the others name the first mistake of the last step, and none that another property speaks of", () => {
    const last = [
      applied("b"),
      compared("a", "b", "before"),
      compared("a", "b", "equal"),
      compared("c", "b", "before"),
      compared("c", "a", "after")
    ]
    expect(says(noMissedConcurrency, undefined, [...made, compared("a", "c", "before"), last])).toBe(
      "In truth c is concurrent with b; the clock says that c happened before b."
    )
  })
})

test("the shared observer remembers which kinds of verdict were met, in whatever order, each once", () => {
  const met = [compared("a", "c", "equal"), compared("b", "a", "before"), compared("c", "a", "equal"), applied("a")]
  const pasts = { a: [], b: ["a"], c: [] }
  expect(remembers(clockIsComplete, [...made, ...met])).toEqual({ pasts, met: ["after/before", "concurrent/equal"] })
  expect(remembers(verdictsAreCausality, [...made, compared("a", "c", "concurrent"), applied("a")])).toEqual({
    pasts,
    any: true,
    wrong: null
  })
})

test.each<[of: string, seen: ReadonlyArray<Observation>, verdict: string]>([
  ["nothing is compared", [], "unreached"],
  ["one event happened before the other", [compared("a", "b", "concurrent")], "unreached"],
  ["some are concurrent", [compared("a", "b", "before"), compared("b", "c", "before")], "reached"]
])("the guard is reached where concurrent events are compared: %s", (_of, seen, verdict) => {
  expect(says(concurrentEventsMeet, undefined, [...made, ...seen])).toBe(verdict)
})
