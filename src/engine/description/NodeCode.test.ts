/**
 * The code behind the steps of a system of two nodes, of which only the first has guards.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { Machine, System, Topology } from "../../model/index.ts"
import { codeBehind } from "./NodeCode.ts"
import type { StepDescription } from "../Program.ts"

const Put = Schema.TaggedStruct("Put", {})
const Start = Schema.TaggedStruct("start", {})

const keep = (state: number) => Effect.succeed(state)

const declared = (name: string) =>
  Machine.make(name, { state: Schema.Int, operations: [Put], messages: [Start], initial: () => 0 })

const system = System.make("pair", {
  machine: [
    declared("guarded").handlers(
      { Put: keep, start: keep },
      { guards: { Put: () => true, start: () => true }, timeouts: { retry: keep }, recover: keep }
    ),
    declared("free").handlers({ Put: keep, start: keep })
  ],
  topology: Topology.allToAll(2)
})

const received = { from: 0, to: 1, message: Start.make({}) }

const behind = (kind: StepDescription["kind"], action: string, node?: number, message?: typeof received) =>
  codeBehind(system, { kind, action, node, received: message })

test("a handler is behind what is asked for and what arrives, with the guard of its input", () => {
  expect(behind("invoke", "invoke Put", 0)).toEqual({
    code: "machine guarded, handler Put",
    guard: "machine guarded, guard Put"
  })
  expect(behind("deliver", "deliver start", 0, received)).toEqual({
    code: 'machine guarded, handler input "start"',
    guard: "machine guarded, guard start"
  })
  expect(behind("invoke", "invoke Put", 1)).toEqual({ code: "machine free, handler Put", guard: undefined })
})

test("a handler without an input is behind a timeout and a recovery", () => {
  expect(behind("timeout", "timeout retry", 0)).toEqual({
    code: "machine guarded, handler timeout retry",
    guard: undefined
  })
  expect(behind("recover", "recover", 0)).toEqual({ code: "machine guarded, handler recover", guard: undefined })
})

test("the initial state of what is not durable is behind a crash, and a handler behind one in its middle", () => {
  expect(behind("crash", "crash", 1)).toEqual({ code: "machine free, initial state of n1", guard: undefined })
  expect(behind("crash", "crash in mid-handler", 1, received)).toEqual({
    code: 'machine free, handler input "start"',
    guard: undefined
  })
  expect(behind("crash", "crash in mid-handler", 1)).toEqual({
    code: "machine free, action crash in mid-handler",
    guard: undefined
  })
})

test("no code is behind what the network does", () => {
  expect(behind("lose", "lose", 1, received)).toEqual({ code: "machine free, action lose", guard: undefined })
  expect(behind("cut", "cut")).toEqual({ code: "action cut", guard: undefined })
})
