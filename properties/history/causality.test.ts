/**
 * Each bad pattern of Bouajjani, Enea, Guerraoui, Hamza (POPL 2017) in the smallest history that has it and its nearest
 * twin that has not, with the calls that are shown. That the patterns together decide what the definitions say:
 * testers.test.ts.
 */
import { describe, expect, test } from "vitest"
import { callsFrom } from "../../test/histories.ts"
import { badPattern, causalOrder, type CausalStrength } from "./causality.ts"

/** The pattern with the names of its calls, or "none". */
const found = (sessions: ReadonlyArray<string>, strength: CausalStrength): string => {
  const pattern = badPattern(callsFrom(...sessions), strength)
  return pattern === undefined ? "none" : [pattern.name, ...pattern.calls.map(({ id }) => id)].join(" ")
}

/** The paper names writes per key; a history here names them over all keys. */
const named = (session: string): string => session.replaceAll(/(\w)(,|\)=)(\d)/g, "$1$2$1$3")

/** Expected verdicts of CC, CCv and CM; one text if they agree. */
interface Case {
  readonly says: string
  readonly sessions: ReadonlyArray<string>
  readonly found: string | readonly [CC: string, CCv: string, CM: string]
}

const cases: ReadonlyArray<Case> = [
  { says: "no call at all", sessions: [], found: "none" },
  { says: "a read of nothing before anything was written", sessions: ["r(x)=- w(x,1)"], found: "none" },

  // Cycles of co.
  {
    says: "a read of what its session writes later is a cycle of the two",
    sessions: ["w(x,0)", "r(x)=1 w(x,1)"],
    found: "CyclicCO s1.0 s1.1"
  },
  {
    says: "two sessions that read what the other writes afterwards are a cycle of four; who reads them is not in it",
    sessions: ["r(x)=1 w(y,2)", "r(y)=2 w(x,1) w(z,3)", "r(z)=3"],
    found: "CyclicCO s0.0 s0.1 s1.0 s1.1"
  },
  {
    says: "of two cycles the first is shown",
    sessions: ["r(x)=1 w(x,1)", "r(y)=2 w(y,2)"],
    found: "CyclicCO s0.0 s0.1"
  },
  {
    says: "a cycle is shown where a cause of it comes first",
    sessions: ["w(y,2)", "r(y)=2 r(x)=1 w(x,1)"],
    found: "CyclicCO s1.1 s1.2"
  },

  // Reads that found nothing.
  {
    says: "a session that does not find what it wrote has the write in its past",
    sessions: ["w(x,1) r(x)=-"],
    found: "WriteCOInitRead s0.0 s0.1"
  },
  {
    says: "a write in the past through another key has to be found, and is if it is of the key",
    sessions: ["w(x,1) w(y,2)", "r(y)=2 r(x)=-"],
    found: "WriteCOInitRead s0.0 s1.1"
  },
  {
    says: "a write that is not in the past need not be found",
    sessions: ["w(x,1) w(y,2)", "r(x)=- r(y)=2"],
    found: "none"
  },
  {
    says: "a write of another key need not be found",
    sessions: ["w(y,2) r(x)=-"],
    found: "none"
  },
  { says: "nothing was written before either of two reads", sessions: ["r(x)=- r(x)=-"], found: "none" },

  // Reads of what nobody wrote.
  { says: "what nobody wrote comes from thin air", sessions: ["w(x,1) r(x)=1 r(x)=2"], found: "ThinAirRead s0.2" },
  {
    says: "one of several that nobody wrote comes from thin air",
    sessions: ["w(x,1) r(x)=1,2"],
    found: "ThinAirRead s0.1"
  },
  {
    says: "what was written to another key comes from thin air",
    sessions: ["w(y,1) r(x)=1"],
    found: "ThinAirRead s0.1"
  },

  // Reads that are older than their past.
  {
    says: "a session that returns what its own write replaced",
    sessions: ["w(x,1)", "r(x)=1 w(x,2) r(x)=1"],
    found: "WriteCORead s1.1 s1.2"
  },
  {
    says: "a reader of the second write may not return the first",
    sessions: ["w(x,1) w(x,2) w(y,3)", "r(y)=3 r(x)=1"],
    found: "WriteCORead s0.1 s1.1"
  },
  {
    says: "a reader that knows only the first write may return it",
    sessions: ["w(x,1) w(x,2)", "r(x)=1 r(x)=1 r(x)=2"],
    found: "none"
  },
  {
    says: "a replaced write of another key is no reason",
    sessions: ["w(x,1) w(y,2) r(x)=1"],
    found: "none"
  },
  {
    says: "siblings are stale where all of them were replaced",
    sessions: ["w(x,1)", "w(x,2)", "r(x)=1,2 w(x,3) w(y,4)", "r(y)=4 r(x)=1,2"],
    found: "WriteCORead s2.1 s3.1"
  },
  {
    says: "siblings are not stale where one of them was not replaced",
    sessions: ["w(x,1)", "w(x,2) w(x,4)", "r(x)=1,2 w(x,3) r(x)=1,4"],
    found: "none"
  },

  // Concurrent writes: CCv wants one order of them for all, CM one for each session.
  {
    says: "two sessions that place two writes differently have no one order; each has its own",
    sessions: ["w(x,1) r(x)=2", "w(x,2) r(x)=1"],
    found: ["none", "CyclicCF s0.0 s1.0", "none"]
  },
  { says: "two that place them alike have one order", sessions: ["w(x,1) r(x)=2", "w(x,2) r(x)=2"], found: "none" },
  {
    says: "three sessions may place three writes in a circle, too",
    sessions: ["w(x,1)", "w(x,2)", "w(x,3)", "r(x)=1 r(x)=2", "r(x)=2 r(x)=3", "r(x)=3 r(x)=1"],
    found: ["none", "CyclicCF s0.0 s1.0 s2.0", "none"]
  },
  {
    says: "who reads in turns what two sessions wrote has no order of the writes",
    sessions: ["w(x,1)", "w(x,2)", "r(x)=1 r(x)=2 r(x)=1"],
    found: ["none", "CyclicCF s0.0 s1.0", "CyclicHB s0.0 s1.0"]
  },
  {
    says: "how another session placed two writes binds CCv, but not CM, whoever knows of its reads",
    sessions: ["w(x,1) r(x)=2 w(y,3)", "w(x,2) r(x)=1 r(y)=3"],
    found: ["none", "CyclicCF s0.0 s1.0", "none"]
  },
  {
    says: "a read that returns both writes places neither before the other",
    sessions: ["w(x,1)", "w(x,2)", "r(x)=1,2 r(x)=1,2"],
    found: "none"
  },
  {
    says: "a read places its write after others of its key only",
    sessions: ["w(x,1) w(y,2)", "r(y)=2 r(x)=1"],
    found: "none"
  },
  {
    says: "the paper's history b: s1 had to place w(x,1) before w(x,2), and with it w(z,1) before it found nothing",
    sessions: ["w(z,1) w(x,1) w(y,1)", "w(x,2) r(z)=- r(y)=1 r(x)=2"].map(named),
    found: ["none", "none", "WriteHBInitRead s0.0 s1.1"]
  },
  {
    says: "a read that found nothing need not fit into the order of another session that knows of it",
    sessions: ["w(x,1) w(y,2)", "w(y,3) r(x)=- w(z,4)", "r(y)=2 r(z)=4 r(y)=3"],
    found: "none"
  },
  {
    // s2 knows of w(y,3) when it reads y for the second time, so that w(y,3) comes before w(y,5); and w(y,5) before
    // r(x)=1. Only through these two does w(x,2) come before r(x)=1, so that w(x,1), its cause, would come after it.
    says: "what has to come before a read can follow from how an earlier pair was placed",
    sessions: ["w(x,1) w(x,2) w(y,3) w(z,4)", "w(y,5)", "r(y)=5 r(x)=1 r(z)=4 r(y)=5"],
    found: ["none", "none", "CyclicHB s0.0 s0.1"]
  },
  {
    says: "a call of unknown kind is no part of what is shown",
    sessions: ["r(x)=1 ? w(x,1)"],
    found: "CyclicCO s0.0 s0.2"
  }
]

describe("the bad patterns of CC, CCv and CM", () => {
  test.each(cases)("$says", ({ found: expected, sessions }) => {
    expect([found(sessions, "CC"), found(sessions, "CCv"), found(sessions, "CM")]).toEqual(
      typeof expected === "string" ? [expected, expected, expected] : expected
    )
  })
})

test("the causal order is what follows from sessions and reads: from s0 to s3 over three writes", () => {
  const calls = callsFrom("w(x,1)", "r(z)=3", "r(x)=1 w(y,2)", "r(y)=2,4 w(z,3)", "w(y,4)")
  const before = causalOrder(calls)
  const after = calls.map((left) => calls.filter((right) => before(left, right)).map(({ id }) => id))
  expect(calls.map(({ id }, index) => [id, "<", ...(after[index] ?? [])].join(" "))).toEqual([
    "s0.0 < s1.0 s2.0 s2.1 s3.0 s3.1",
    "s1.0 <",
    "s2.0 < s1.0 s2.1 s3.0 s3.1",
    "s2.1 < s1.0 s3.0 s3.1",
    "s3.0 < s1.0 s3.1",
    "s3.1 < s1.0",
    "s4.0 < s1.0 s3.0 s3.1"
  ])
})

test("a call of another list comes neither before nor after", () => {
  const [write, read] = callsFrom("w(x,1) r(x)=1")
  const [stranger] = callsFrom("r(x)=1")
  if (write === undefined || read === undefined || stranger === undefined) throw new Error("three calls")
  const before = causalOrder([write, read])
  expect([before(write, read), before(write, stranger), before(stranger, read)]).toEqual([true, false, false])
})
