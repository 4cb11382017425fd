/** The part of a state that survives a crash, field by field, and over a whole search. */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { explore } from "../search/Explorer.ts"
import { afterCrash, fieldsOf } from "./Durability.ts"
import { Faults } from "./Faults.ts"
import { Machine } from "./Machine.ts"
import { System } from "./System.ts"
import { Topology } from "./Topology.ts"

test("durable fields are kept as they were, present or absent; the others start anew", () => {
  expect(afterCrash(["vote"], { vote: 2, term: 7 }, { vote: 0, term: 1 })).toEqual({ vote: 2, term: 1 })
  expect(Object.keys(afterCrash(["vote"], { term: 7 }, { vote: 0, term: 1 }) as object)).toEqual(["term"])
  expect(Object.keys(afterCrash(["term"], { vote: 2, term: 7 }, { term: 1 }) as object)).toEqual(["term"])
  expect(afterCrash([], { vote: 2, term: 7 }, { term: 1 })).toEqual({ term: 1 })
})

test("fields that every object inherits are absent unless they are the state's own", () => {
  expect(Object.keys(afterCrash(["constructor", "toString"], { term: 7 }, { term: 1 }) as object)).toEqual(["term"])
})

test("a field that is there and undefined is not absent", () => {
  expect(Object.keys(afterCrash(["vote"], { vote: undefined }, {}) as object)).toEqual(["vote"])
})

describe("the fields of a state", () => {
  test("are those of a struct, optional ones included", () => {
    expect(fieldsOf(Schema.Struct({ term: Schema.Finite, vote: Schema.optional(Schema.Finite) }))).toEqual([
      "term",
      "vote"
    ])
    expect(fieldsOf(Schema.TaggedStruct("node", {}))).toEqual(["_tag"])
  })

  test.each([Schema.Finite, Schema.Array(Schema.Finite), Schema.Record(Schema.String, Schema.Finite)])(
    "are none where it is no struct",
    (state) => {
      expect(fieldsOf(state as Schema.Schema<unknown>)).toBe(undefined)
    }
  )
})

describe("a node that crashes and recovers before it voted has not voted", () => {
  const states = async (vote: Schema.Schema<number>, durable: ReadonlyArray<never> | undefined) => {
    const machine = Machine.make("voter", {
      state: Schema.Struct({ term: Schema.Finite, vote } as never) as Schema.Schema<object>,
      initial: () => ({ term: 0 }),
      ...(durable === undefined ? {} : { durable })
    }).handlers({} as never)
    const faults = Faults.crash({ recoveries: 1 })
    return (await Effect.runPromise(explore(System.make("x", { machine, topology: Topology.allToAll(1), faults }), [])))
      .distinct
  }

  test.each([
    ["an optional field", Schema.optional(Schema.Finite)],
    ["an optional key", Schema.optionalKey(Schema.Finite)]
  ])("%s", async (_, vote) => {
    // Up, down, and up again with nothing left to crash: nothing else differs.
    expect(await states(vote as never, ["vote"] as never)).toBe(3)
    expect(await states(vote as never, undefined)).toBe(3)
  })
})
