/**
 * Traces as files against the Informal Trace Format: a schema written from Apalache ADR-015, which gives the format in
 * words, and from the shape of Quint's two variables. That the schema is not too strict is shown by a trace that Quint
 * itself wrote, that it is not too lax by traces spoilt in one place each.
 */
import { readFileSync } from "node:fs"
import { Ajv } from "ajv"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { blinking, faulty, hostile } from "../../../test/example-traces.ts"
import { catalogue } from "../../../test/catalogue.ts"
import { checkCase } from "../../suite/CheckCase.ts"
import { caseFromId } from "../../suite/Suite.ts"
import { printTrace } from "./Itf.ts"
import type { Trace } from "../Trace.ts"

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../test/fixtures/${name}`, import.meta.url), "utf8"))

const validate = new Ajv({ allErrors: true }).compile(read("itf.schema.json") as object)

interface Document {
  readonly "#meta": object
  readonly vars: ReadonlyArray<string>
  readonly loop?: number
  readonly states: ReadonlyArray<{ readonly [name: string]: unknown }>
}

const written = (trace: Trace): Document => JSON.parse(printTrace(trace, { caseId: "c", property: "p" })) as Document

/** Faults beyond the schema: every state has the variables and nothing else, and the loop starts at one of them. */
const faultsIn = (document: Document): unknown => {
  const { loop, states, vars } = document
  const own = states.map((state) => Object.keys(state).filter((name) => name !== "#meta"))
  return {
    errors: validate(document) ? [] : validate.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`),
    states: own.filter((names) => names.toSorted().join() !== vars.toSorted().join()),
    loop: loop === undefined || loop < states.length ? [] : [loop]
  }
}

const none = { errors: [], states: [], loop: [] }

const cases = [
  "race/leaders=3,delivery=any-order",
  "two-phase-commit-forgetful/n=3",
  "alternating-bit",
  "grow-only-set/replicas=3,operations=5"
]

describe("is valid", () => {
  test.each([
    ["faulty", faulty],
    ["blinking, a lasso", blinking],
    ["hostile", hostile]
  ])("the trace by hand: %s", (_, trace) => {
    expect(faultsIn(written(trace))).toEqual(none)
  })

  test.each(cases)("every trace of %s", async (id) => {
    const { traces } = await Effect.runPromise(checkCase(caseFromId(catalogue, id)!))
    for (const trace of traces.values()) expect(faultsIn(written(trace))).toEqual(none)
  })

  test.each(["two-phase.itf.json", "two-phase.quint.itf.json"])("%s", (name) => {
    expect(faultsIn(read(name) as Document)).toEqual(none)
  })

  test("every kind of value, null as the variant None", () => {
    const value = { a: [1n, -2], b: new Set([new Map([[{ c: "d" }, null]])]), e: undefined, f: -0, g: 1.5, h: true }
    const document = written({ initialIndex: 0, initial: { value }, steps: [] })
    expect(faultsIn(document)).toEqual(none)
    expect(document.states[0]?.["value"]).toEqual({
      a: [{ "#bigint": "1" }, { "#bigint": "-2" }],
      b: { "#set": [{ "#map": [[{ c: "d" }, { tag: "None", value: { "#tup": [] } }]] }] },
      e: { "#unserializable": "undefined" },
      f: { "#unserializable": "-0" },
      g: { "#unserializable": "1.5" },
      h: true
    })
  })
})

test.each([
  ["null", { states: [{ x: null }] }],
  ["a fraction", { states: [{ x: 1.5 }] }],
  ["a number that JSON's readers may round", { states: [{ x: 2 ** 53 }] }],
  ["a big integer that is none", { states: [{ x: { "#bigint": "1e3" } }] }],
  ["a pair of three", { states: [{ x: { "#map": [[1, 2, 3]] } }] }],
  ["an unknown sign", { states: [{ x: { "#list": [] } }] }],
  ["a loop that is no index", { loop: -1, states: [{ x: 1 }] }],
  ["no variables", { vars: undefined, states: [{ x: 1 }] }],
  ["picks that are no options", { states: [{ x: 1, "mbt::nondetPicks": { node: 1 } }] }]
])("the schema refuses %s", (_, spoilt) => {
  expect(validate(JSON.parse(JSON.stringify({ vars: ["x"], ...spoilt })))).toBe(false)
})

test("what each step drew is in the state that it led to, and absent where it drew nothing", () => {
  const { states } = written(faulty)
  const absent = { tag: "None", value: { "#tup": [] } }
  const some = (value: unknown) => ({ tag: "Some", value })
  const picks = states.map((state) => state["mbt::nondetPicks"])
  expect([picks[0], picks[1], picks[3], picks[6]]).toEqual([
    { node: absent, from: absent, message: absent },
    { node: some({ "#bigint": "0" }), from: absent, message: absent },
    { node: some({ "#bigint": "2" }), from: some({ "#bigint": "0" }), message: some({ _tag: "Replicate" }) },
    { node: absent, from: absent, message: absent }
  ])
})
