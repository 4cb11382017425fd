/**
 * Operations and messages as nodes accept them: one canonical copy of each, checked against the schema of its receiver.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { Machine, System, Topology } from "../../model/index.ts"
import { Inputs } from "./Inputs.ts"
import { ModelRefused, Refusal } from "../execution/ModelRefused.ts"

/** Node 0 takes words as operations and as messages, node 1 only short ones, and as messages. */
const inputsOf = () => {
  const checked: Array<string> = []
  const short = Schema.String.check(
    Schema.makeFilter((word: string) => {
      checked.push(word)
      return word.length < 3
    })
  )
  const Put = Schema.TaggedStruct("Put", { word: Schema.String })
  const Tell = Schema.TaggedStruct("Tell", { word: Schema.String })
  const TellShort = Schema.TaggedStruct("Tell", { word: short })
  const definition = { state: Schema.Null, initial: () => null }
  const kept = (state: null) => Effect.succeed(state)
  const open = Machine.make("open", { ...definition, operations: [Put], messages: [Tell] }).handlers({
    Put: kept,
    Tell: kept
  })
  const brief = Machine.make("brief", { ...definition, messages: [TellShort] }).handlers({ Tell: kept })
  const system = System.make("inputs", { machine: [open, brief], topology: Topology.allToAll(2) })
  return { inputs: new Inputs(system), checked }
}

const thrownBy = (run: () => unknown): unknown => {
  try {
    run()
    return "nothing"
  } catch (thrown) {
    return thrown
  }
}

test("equal messages are one frozen copy, whose fields are in order", () => {
  const { inputs } = inputsOf()
  const copy = inputs.acceptMessage(0, { word: "w", _tag: "Tell" } as { readonly _tag: string })
  expect([copy, Object.keys(copy), Object.isFrozen(copy)]).toEqual([
    { _tag: "Tell", word: "w" },
    ["_tag", "word"],
    true
  ])
  expect(inputs.acceptMessage(0, { _tag: "Tell", word: "w" } as { readonly _tag: string })).toBe(copy)
  expect(inputs.interner.values).toEqual([copy])
})

test("a message is checked once against each schema that it has to fit", () => {
  const { checked, inputs } = inputsOf()
  const tell = (node: number, word: string) => inputs.acceptMessage(node, { _tag: "Tell", word } as { _tag: string })
  tell(0, "ab")
  expect(checked).toEqual([])
  tell(1, "ab")
  tell(1, "ab")
  tell(1, "c")
  tell(0, "ab")
  expect(checked).toEqual(["ab", "c"])
  // What one node takes, another need not, and it is refused as often as it is sent.
  tell(0, "long")
  for (const time of [1, 2]) {
    expect([time, thrownBy(() => tell(1, "long"))]).toEqual([
      time,
      expect.objectContaining({ offence: "returned a value its schema rejects" })
    ])
  }
})

test("a message that its destination does not know is refused", () => {
  const { inputs } = inputsOf()
  // An operation is no message.
  const thrown = thrownBy(() => inputs.acceptMessage(1, { _tag: "Put" }))
  expect(thrown).toBeInstanceOf(Refusal)
  expect(thrown).toMatchObject({
    offence: "sent a message its destination does not accept",
    detail: '{"_tag":"Put"} to n1, a brief'
  })
})

test("an operation is accepted by a node whose machine has it, and otherwise refused in the name of the workload", () => {
  const { inputs } = inputsOf()
  const refusal = (node: number, operation: { readonly _tag: string; readonly word?: unknown }) => {
    const thrown = thrownBy(() => inputs.acceptOperation(node, operation))
    return thrown instanceof ModelRefused ? { ...thrown } : thrown
  }
  expect(refusal(0, { _tag: "Put", word: "w" })).toBe("nothing")
  const inWorkload = { system: "inputs", where: "workload" }
  expect(refusal(1, { _tag: "Put", word: "w" })).toMatchObject({
    ...inWorkload,
    offence: "is not composed correctly",
    input: '{"_tag":"Put","word":"w"}',
    detail: 'it asks n1, a brief, for {"_tag":"Put","word":"w"}'
  })
  expect(refusal(0, { _tag: "Tell", word: "w" })).toMatchObject({
    detail: 'it asks n0, a open, for {"_tag":"Tell","word":"w"}'
  })
  expect(refusal(0, { _tag: "Put", word: 3 })).toMatchObject({
    ...inWorkload,
    offence: "returned a value its schema rejects",
    input: '{"_tag":"Put","word":3}',
    detail: 'Expected string\n  at ["word"]'
  })
})
