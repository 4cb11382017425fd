import { describe, expect, test } from "vitest"
import { type Event, read, says, write } from "../test/histories.ts"
import { causalConsistency } from "./causal-consistency.ts"

/** Histories a to c and e of the paper have a pattern each; the others are the smallest that have theirs. */
const cases: ReadonlyArray<
  readonly [pattern: string, strength: "CC" | "CCv" | "CM", events: ReadonlyArray<Event>, says: string]
> = [
  [
    "CyclicCO",
    "CC",
    [...read("s0.0", "", "a"), ...write("s0.1", "", "a")],
    "s0 read a; s0 wrote a: each of these would have to come before the others (CyclicCO)."
  ],
  [
    "WriteCOInitRead",
    "CC",
    [...write("s0.0", "x", "a"), ...read("s0.1", "x")],
    "s0 wrote x := a; s0 read x = nothing: " +
      "the read found nothing, although the write is in its causal past (WriteCOInitRead)."
  ],
  ["ThinAirRead", "CC", read("s0.0", "x", "a"), "s0 read x = a: nobody wrote what was read (ThinAirRead)."],
  [
    "WriteCORead",
    "CC",
    [...write("s0.0", "", "a"), ...write("s0.1", "", "b"), ...read("s0.2", "", "a")],
    "s0 wrote b; s0 read a: the read returned something older than a write in its causal past (WriteCORead)."
  ],
  [
    "CyclicCF",
    "CCv",
    [...write("s0.0", "", "a"), ...write("s1.0", "", "b"), ...read("s0.1", "", "b"), ...read("s1.1", "", "a")],
    "s0 wrote a; s1 wrote b: no one order of the concurrent writes explains all that was read (CyclicCF)."
  ],
  [
    "WriteHBInitRead",
    "CM",
    [
      ...write("s0.0", "z", "a"),
      ...write("s0.1", "x", "b"),
      ...write("s0.2", "y", "c"),
      ...write("s1.0", "x", "d"),
      ...read("s1.1", "z"),
      ...read("s1.2", "y", "c"),
      ...read("s1.3", "x", "d")
    ],
    "s0 wrote z := a; s1 read z = nothing: " +
      "the read found nothing, although its session had to place the write before it (WriteHBInitRead)."
  ],
  [
    "CyclicHB",
    "CM",
    [...write("s0.0", "", "a"), ...write("s1.0", "", "b"), ...read("s1.1", "", "a"), ...read("s1.2", "", "b")],
    "s0 wrote a; s1 wrote b: no one order of the writes explains what one session read (CyclicHB)."
  ]
]

describe("causal consistency", () => {
  test.each(cases)("%s refutes %s and says why", (_pattern, strength, events, expected) => {
    expect(says(causalConsistency(strength), events)).toBe(expected)
  })

  test("holds of what was written and read in one order, and is silent before anything was read", () => {
    const written = write("s0.0", "", "a")
    for (const strength of ["CC", "CCv", "CM"] as const) {
      expect(says(causalConsistency(strength), [...written, ...read("s1.0", "", "a")])).toBe("fine")
      expect(says(causalConsistency(strength), written)).toBe("silent")
    }
  })

  test("is a property over the histories of sessions, under the name of its strength", () => {
    const properties = (["CC", "CCv", "CM"] as const).map((strength) => causalConsistency(strength))
    expect(properties.map(({ name, observer }) => [name, observer?.name])).toEqual([
      ["causal consistency (CC)", "sessions"],
      ["causal convergence (CCv)", "sessions"],
      ["causal memory (CM)", "sessions"]
    ])
  })
})
