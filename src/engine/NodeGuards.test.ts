/**
 * Guards of two machines, asked directly.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { refusalOf } from "../../test/programs.ts"
import { Machine, System, Topology } from "../model/index.ts"
import { NodeGuards } from "./NodeGuards.ts"

const Put = Schema.TaggedStruct("Put", { value: Schema.Int })
const Get = Schema.TaggedStruct("Get", {})
const Ack = Schema.TaggedStruct("Ack", {})

const keep = (state: number) => Effect.succeed(state)

/** A server takes a `Put` above its state, never an `Ack`, and any `Get`; a client's guard throws. */
const setting = () => {
  const server = Machine.make("server", {
    state: Schema.Int,
    operations: [Put, Get],
    messages: [Ack],
    initial: () => 0
  }).handlers(
    { Put: keep, Get: keep, Ack: keep },
    { guards: { Put: (state, { value }) => value > state, Ack: () => false } }
  )
  const client = Machine.make("client", { state: Schema.Int, messages: [Put], initial: () => 0 }).handlers(
    { Put: keep },
    {
      guards: {
        Put: () => {
          throw new RangeError("no such value")
        }
      }
    }
  )
  const system = System.make("guarded", { machine: [server, client], topology: Topology.allToAll(2) })
  return { guards: new NodeGuards(system), server, client }
}

test("a guard is shown the state and the input; its answers are counted under its action", () => {
  const { guards, server } = setting()
  expect(guards.allows(server, 3, Put.make({ value: 4 }), "invoke Put")).toBe(true)
  expect(guards.allows(server, 3, Put.make({ value: 3 }), "invoke Put")).toBe(false)
  expect(guards.allows(server, 2, Put.make({ value: 3 }), "invoke Put")).toBe(true)
  expect(guards.allows(server, 2, Ack.make({}), "deliver Ack")).toBe(false)
  expect(guards.counts.get("invoke Put")).toEqual({ enabled: 2, disabled: 1 })
  expect(guards.counts.get("deliver Ack")).toEqual({ enabled: 0, disabled: 1 })
})

test("an input without a guard is always allowed, and nothing is counted", () => {
  const { guards, server } = setting()
  expect(guards.allows(server, 3, Get.make({}), "invoke Get")).toBe(true)
  expect(guards.counts.get("invoke Get")).toBe(undefined)
})

test("guards are listed with 0 before they are asked: of an operation as invoked, of a message as delivered", () => {
  const { counts } = setting().guards
  const none = { enabled: 0, disabled: 0 }
  expect(["invoke Put", "deliver Ack", "deliver Put", "deliver Get"].map((name) => counts.get(name))).toEqual([
    none,
    none,
    none,
    undefined
  ])
})

test("a guard that throws is refused by its machine and input, with the state it was asked in", () => {
  const { client, guards } = setting()
  expect(refusalOf(() => guards.allows(client, 5, Put.make({ value: 4 }), "deliver Put"))).toEqual({
    system: "guarded",
    where: "machine client, guard Put",
    offence: "threw",
    detail: "RangeError: no such value",
    input: '{"_tag":"Put","value":4} in state 5'
  })
})
