/**
 * Found, written, read and taken again: the same violation; and what changed is said.
 */
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { catalogue } from "../../test/catalogue.ts"
import { checkCase } from "../suite/CheckCase.ts"
import { caseFromId } from "../suite/Suite.ts"
import { changes, inline } from "./diff.ts"
import { parseForeignTrace } from "./formats/ForeignItf.ts"
import { parseTrace, printTrace, TraceUnreadable } from "./formats/Itf.ts"
import { replay } from "./replay.ts"
import { decodeReplayId, encodeReplayId } from "./ReplayId.ts"
import { scheduleOf, type Trace } from "./Trace.ts"

const violations = [
  ["two-phase-commit-forgetful/n=3", "no resource manager commits what another aborted"],
  ["race/leaders=3,delivery=any-order", "an update is never visible before its insert"]
] as const

describe.each(violations)("%s", (id, property) => {
  const suiteCase = caseFromId(catalogue, id)!
  const { properties, system } = suiteCase.entry.build(suiteCase.values)
  const find = async (): Promise<readonly [name: string, trace: Trace]> => {
    const { traces } = await Effect.runPromise(checkCase(suiteCase))
    const found = [...traces].find(([name]) => name === property) ?? [...traces][0]
    return found ?? ["none", { initialIndex: 0, initial: {}, steps: [] }]
  }

  test("its trace survives a replay identifier and a trace file, and still decides the property", async () => {
    const [name, trace] = await find()
    expect(trace.steps.length).toBeGreaterThan(0)
    const fromId = decodeReplayId(encodeReplayId(suiteCase.id, scheduleOf(trace)))
    expect(fromId).toEqual({ caseId: suiteCase.id, schedule: scheduleOf(trace) })
    const fromFile = parseTrace("x.itf.json", printTrace(trace, { caseId: suiteCase.id, property: name }))
    expect([fromFile.caseId, fromFile.property, fromFile.schedule]).toEqual([suiteCase.id, name, scheduleOf(trace)])
    const again = replay(system, properties, fromFile.schedule, fromFile.labels)
    expect(again).toMatchObject({ _tag: "replayed", trace })
    expect(again._tag === "replayed" && again.decided.includes(name)).toBe(true)
  })

  test("a step that is another, or that no longer exists, is where the replay diverges", async () => {
    const [, trace] = await find()
    const { initialIndex, ordinals } = scheduleOf(trace)
    expect(replay(system, properties, { initialIndex, ordinals }, ["something else"])).toMatchObject({
      _tag: "changed",
      step: 1
    })
    const missing = replay(system, properties, { initialIndex, ordinals: [...ordinals.slice(0, 1), 999] })
    expect(missing).toMatchObject({ _tag: "diverged", step: 2 })
    expect(missing._tag === "diverged" && missing.possible.length > 0).toBe(true)
    expect(replay(system, properties, { initialIndex: 9, ordinals })).toMatchObject({ _tag: "diverged", step: 0 })
  })
})

test("what is no replay identifier is not taken for one", () => {
  for (const text of ["", "race", "race@", "race@1.x", "traces/a.itf.json"])
    expect(decodeReplayId(text)).toBe(undefined)
})

test("hostile and odd values are written as ITF", () => {
  const state = {
    text: '"</script>\u0000',
    big: 2n,
    odd: [-0, 0.5, undefined, null, true],
    set: new Set([1]),
    map: new Map([["k", 1]])
  }
  const written = JSON.parse(
    printTrace({ initialIndex: 0, initial: { x: state }, steps: [] }, { caseId: "c", property: "p" })
  ) as {
    readonly states: ReadonlyArray<{ readonly x: unknown }>
  }
  expect(written.states[0]?.x).toEqual({
    text: '"</script>\u0000',
    big: { "#bigint": "2" },
    odd: [
      { "#unserializable": "-0" },
      { "#unserializable": "0.5" },
      { "#unserializable": "undefined" },
      { tag: "None", value: { "#tup": [] } },
      true
    ],
    set: { "#set": [{ "#bigint": "1" }] },
    map: { "#map": [["k", { "#bigint": "1" }]] }
  })
})

test("fields and variables named as what every object inherits are written as ITF and read back", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"]
  const record = (value: unknown): object => Object.fromEntries(names.map((name) => [name, value]))
  const initial = record(record(1)) as Trace["initial"]
  const written = printTrace({ initialIndex: 0, initial, steps: [] }, { caseId: "c", property: "p" })
  const [state] = parseForeignTrace("t.itf.json", written)
  const read = names.map((name) => Object.getOwnPropertyDescriptor(state, name)?.value as object)
  expect(read.map(Object.entries)).toEqual(names.map(() => names.map((name) => [name, 1])))
})

test.each([
  "",
  "{}",
  '{"#meta":{"plait:case":"c","plait:property":"p","plait:initial":0,"plait:schedule":[]},"states":[]}'
])("%j is no trace", (text) => {
  expect(() => parseTrace("t.itf.json", text)).toThrow(TraceUnreadable)
  expect(() => parseTrace("t.itf.json", text)).toThrow("t.itf.json is no trace of plait")
})

test("only what changed is told, path by path", () => {
  const before = {
    a: 1,
    b: { c: [1, 2], d: new Set([1]) },
    m: new Map([
      ["k", 1],
      ["l", 2]
    ]),
    gone: 1
  }
  const after = {
    a: 1,
    b: { c: [1, 3], d: new Set([1, 2]) },
    m: new Map([
      ["k", 1],
      ["l", 3]
    ]),
    list: [1]
  }
  expect(
    changes(before, after).map((change) => `${change.path}: ${inline(change.before)} → ${inline(change.after)}`)
  ).toEqual(["b.c[1]: 2 → 3", "b.d: {1} → {1, 2}", "m{l}: 2 → 3", "gone: 1 → ∅", "list: ∅ → [1]"])
  expect(inline({ x: 3n, y: new Map([["k", [true]]]) })).toBe('{x: 3n, y: {"k" → [true]}}')
})
