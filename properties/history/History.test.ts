import { describe, expect, test } from "vitest"
import { callsFrom, type Event, observation, read, remembered, write } from "../../test/histories.ts"
import { callsOf, type History, inWords, sessionHistory, sessionOf, timedHistory } from "./History.ts"

const answeredWrite = { kind: "write", key: "x", writes: ["a"], answered: true, after: [] } as const

describe("a history without time", () => {
  test.each<{ readonly says: string; readonly events: ReadonlyArray<Event>; readonly is: History }>([
    { says: "is empty before anything happened", events: [], is: {} },
    { says: "does not know of what was only invoked", events: [["s0.0", "invoked"]], is: {} },
    {
      says: "has a write from when it was made, and whether it was answered",
      events: [["s0.0", "wrote", "x", "a"]],
      is: { s0: [{ id: "s0.0", kind: "write", key: "x", writes: ["a"], answered: false, after: [] }] }
    },
    {
      says: "has an answered write",
      events: write("s0.0", "x", "a"),
      is: { s0: [{ id: "s0.0", ...answeredWrite }] }
    },
    {
      says: "has a read with all it returned",
      events: read("s0.0", "x", "a", "b"),
      is: { s0: [{ id: "s0.0", kind: "read", key: "x", writes: ["a", "b"], answered: true, after: [] }] }
    },
    {
      says: "keeps the calls of a session in their order, and sessions apart",
      events: [...write("s0.0", "x", "a"), ...write("s1.0", "x", "a"), ...read("s0.1", "x")],
      is: {
        s0: [
          { id: "s0.0", ...answeredWrite },
          { id: "s0.1", kind: "read", key: "x", writes: [], answered: true, after: [] }
        ],
        s1: [{ id: "s1.0", ...answeredWrite }]
      }
    },
    {
      says: "changes the call that is answered, and no other of its session",
      events: [
        ["s0.0", "wrote", "x", "a"],
        ["s0.1", "wrote", "x", "b"],
        ["s0.0", "acknowledged"]
      ],
      is: {
        s0: [
          { id: "s0.0", ...answeredWrite },
          { id: "s0.1", kind: "write", key: "x", writes: ["b"], answered: false, after: [] }
        ]
      }
    },
    {
      says: "knows an answer before it knows of what",
      events: [["s0.0", "acknowledged"]],
      is: { s0: [{ id: "s0.0", kind: "unknown", key: "", writes: [], answered: true, after: [] }] }
    },
    {
      says: "lets a write that was answered with a failure stand in a session of its own",
      events: [...write("s0.0", "x", "a"), ["s0.1", "wrote", "x", "b"], ["s0.1", "rejected"]],
      is: {
        s0: [{ id: "s0.0", ...answeredWrite }],
        "s0.1 (failed)": [{ id: "s0.1", kind: "write", key: "x", writes: ["b"], answered: false, after: [] }]
      }
    },
    {
      says: "leaves out a read that failed",
      events: [...write("s0.0", "x", "a"), ...read("s0.1", "x"), ["s0.1", "rejected"]],
      is: { s0: [{ id: "s0.0", ...answeredWrite }] }
    },
    {
      says: "leaves out a failure of which nothing was known",
      events: [["s0.0", "rejected"]],
      is: { s0: [] }
    },
    {
      says: "leaves out what belongs to no operation",
      events: [
        [null, "wrote", "x", "a"],
        [null, "acknowledged"],
        [null, "read", "x", "a"],
        [null, "rejected"]
      ],
      is: {}
    }
  ])("$says", ({ events, is }) => {
    expect(remembered(sessionHistory, events)).toEqual(is)
  })

  test("learns nothing from what replicas do among themselves", () => {
    const before = remembered(sessionHistory, write("s0.0", "x", "a"))
    expect(sessionHistory.observe(before, { kind: "applied", write: "a", node: 1, past: [] })).toBe(before)
    expect(sessionHistory.observe(before, observation(["s0.1", "invoked"]))).toBe(before)
  })
})

describe("a history with time", () => {
  test("says of each call which were over when it was invoked, sorted by name", () => {
    const history = remembered(timedHistory, [
      ["s0.0", "invoked"],
      ["s1.0", "invoked"],
      ["s1.0", "wrote", "x", "b"],
      ["s1.0", "acknowledged"],
      ["s2.0", "invoked"],
      ["s0.0", "wrote", "x", "a"],
      ["s0.0", "acknowledged"],
      ...read("s1.1", "x", "a")
    ])
    expect(callsOf(history).map(({ after, id }) => [id, ...after])).toEqual([
      ["s0.0"],
      ["s1.0"],
      ["s1.1", "s0.0", "s1.0"],
      ["s2.0", "s1.0"]
    ])
  })

  test("sorts what was over also where a later session was invoked first", () => {
    const history = remembered(timedHistory, [
      ...write("s1.0", "x", "b"),
      ...write("s0.0", "x", "a"),
      ["s2.0", "invoked"]
    ])
    expect(history["s2"]).toEqual([
      { id: "s2.0", kind: "unknown", key: "", writes: [], answered: false, after: ["s0.0", "s1.0"] }
    ])
  })
})

test("the histories are observed under these names, and only one of them asks for real time", () => {
  const { name: plain, timed: isPlainTimed } = sessionHistory
  const { initial, name, timed } = timedHistory
  expect([plain, isPlainTimed]).toEqual(["sessions", false])
  expect([name, timed, initial]).toEqual(["sessions and their real-time order", true, {}])
})

test("calls are listed session by session, with their session and place", () => {
  const history = remembered(sessionHistory, [
    ...write("s0.0", "x", "a"),
    ...write("s1.0", "y", "b"),
    ...read("s0.1", "y")
  ])
  expect(callsOf(history).map(({ id, place, session }) => [id, session, place])).toEqual([
    ["s0.0", "s0", 0],
    ["s0.1", "s0", 1],
    ["s1.0", "s1", 0]
  ])
})

test("the session of an operation is its name up to the last dot", () => {
  expect(["s0.1", "client 2.10", "n1.a.3"].map(sessionOf)).toEqual(["s0", "client 2", "n1.a"])
})

test("a call in words names its session and its key, if it has one", () => {
  const calls = callsFrom("w(x,a) r(x)=a r(x)=a,b r(x)=-")
  expect(calls.map(inWords)).toEqual(["s0 wrote x := a", "s0 read x = a", "s0 read x = a, b", "s0 read x = nothing"])
  expect(calls.map((call) => inWords({ ...call, key: "" }))).toEqual([
    "s0 wrote a",
    "s0 read a",
    "s0 read a, b",
    "s0 read nothing"
  ])
})
