/**
 * Machines whose parts do not fit each other: each is refused where it is declared, with a sentence that says which part.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { Machine } from "./Machine.ts"

const Put = Schema.TaggedStruct("Put", { value: Schema.Finite })
const Ack = Schema.TaggedStruct("Ack", {})
const keep = (state: unknown) => Effect.succeed(state)
const Votes = Schema.Struct({ term: Schema.Finite, vote: Schema.optionalKey(Schema.Finite) })

/** Declares a machine as code would that no compiler saw. */
const declared = (definition: object, handlers: object, behaviour?: object) => () =>
  Machine.make("m", { state: Schema.Finite, initial: () => 0, ...definition } as never).handlers(
    handlers as never,
    behaviour as never
  )

describe("a machine is refused where it is declared", () => {
  test.each<[string, () => unknown, string]>([
    [
      "two operations of one tag",
      declared({ operations: [Put, Schema.TaggedStruct("Put", {})] }, { Put: keep }),
      `operations has two inputs tagged "Put", but it takes one schema for each tag`
    ],
    [
      "one message listed twice",
      declared({ messages: [Ack, Ack] }, { Ack: keep }),
      `messages has two inputs tagged "Ack", but it takes one schema for each tag`
    ],
    [
      "an operation and a message of one tag with different schemas",
      declared({ operations: [Put], messages: [Schema.TaggedStruct("Put", {})] }, { Put: keep }),
      `an operation and a message are both tagged "Put", with different schemas, but it takes one schema for both, or a tag for each`
    ],
    [
      "a tag that is a number",
      declared({ operations: [Schema.Struct({ _tag: Schema.tag(1 as never) })] }, {}),
      "operations has 1 for a tag, but it takes structs with a literal text as _tag"
    ],
    [
      "a schema without a tag",
      declared({ messages: [Schema.Struct({ value: Schema.Finite })] }, {}),
      "messages has undefined for a tag, but it takes structs with a literal text as _tag"
    ],
    ["inputs that are no list", declared({ operations: Put }, {}), "operations is a function, but it takes a list"],
    [
      "an input without a handler",
      declared({ operations: [Put], messages: [Ack] }, { Put: keep }),
      `handlers has none for "Ack", but it takes one for each input`
    ],
    [
      "a handler that every object inherits",
      declared({ operations: [Schema.TaggedStruct("constructor", {})] }, {}),
      `handlers has none for "constructor", but it takes one for each input`
    ],
    [
      "a handler of an input that is not declared",
      declared({ operations: [Put] }, { Put: keep, Ptu: keep }),
      `handlers has one for "Ptu", which is no input of the machine, but it takes those of "Put"`
    ],
    [
      "a guard of an input that is not declared",
      declared({}, {}, { guards: { Put: () => true } }),
      `guards has one for "Put", which is no input of the machine, but it takes none, since it declares no inputs`
    ],
    [
      "a handler that is no function",
      declared({ operations: [Put] }, { Put: Effect.succeed(1) }),
      `handlers has an object for "Put", but it takes functions`
    ],
    [
      "a timer whose handler is no function",
      declared({}, {}, { timeouts: { retry: undefined } }),
      `timeouts has undefined for "retry", but it takes functions`
    ],
    [
      "a durable field that the state lacks",
      declared({ state: Votes, durable: ["votes"] }, {}),
      `durable names "votes", which is no field of the state, but it takes "term", "vote"`
    ],
    [
      "a durable field named twice",
      declared({ state: Votes, durable: ["vote", "vote"] }, {}),
      `durable has "vote" twice, but it takes each value once`
    ],
    [
      "a durable field of a struct without fields",
      declared({ state: Schema.Struct({}), durable: ["vote"] }, {}),
      `durable names "vote", which is no field of the state, but it takes nothing, since the state has no fields`
    ],
    ...[Schema.Finite, Schema.ReadonlySet(Schema.Finite), Schema.Record(Schema.String, Schema.Finite)].map(
      (state): [string, () => unknown, string] => [
        "durable fields of a state that is no struct",
        declared({ state, durable: [] }, {}),
        "durable is given for a state that is no struct, but it takes fields of a struct"
      ]
    )
  ])("%s", (_, declare, problem) => {
    expect(declare).toThrow(new RangeError(`Machine.make("m"): ${problem}`))
  })

  test("a machine without a name", () => {
    const make = () => Machine.make("", { state: Schema.Finite, initial: () => 0 }).handlers({})
    expect(make).toThrow(new RangeError(`Machine.make: the name is "", but it takes a name`))
  })
})

test("an operation and a message of one schema share their handler, and timers need not be set by anyone", () => {
  const machine = declared({ operations: [Put], messages: [Put] }, { Put: keep }, { timeouts: { retry: keep } })()
  expect([...machine.operations.keys(), ...machine.messages.keys()]).toEqual(["Put", "Put"])
})

test("optional fields of the state can be durable", () => {
  expect(declared({ state: Votes, durable: ["vote"] }, {})().durable).toEqual(["vote"])
})
