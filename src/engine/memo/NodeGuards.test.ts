/**
 * Guards of two machines, asked directly.
 */
import { Effect, Schema } from "effect"
import { expect, test } from "vitest"
import { refusalOf } from "../../../test/programs.ts"
import { Machine, System, Topology } from "../../model/index.ts"
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
  return { guards: new NodeGuards(system, false), server, client }
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

/** A machine whose guard gives these answers in turn, the last for ever. */
const answering = (answers: ReadonlyArray<boolean>, runsTwice: boolean) => {
  let calls = 0
  const guard = () => answers[Math.min(calls++, answers.length - 1)]!
  const machine = Machine.make("fickle", { state: Schema.Int, operations: [Get], initial: () => 0 }).handlers(
    { Get: keep },
    { guards: { Get: guard } }
  )
  const system = System.make("guarded", { machine, topology: Topology.allToAll(1) })
  const guards = new NodeGuards(system, runsTwice)
  const allows = () => guards.allows(machine, 7, Get.make({}), "invoke Get")
  const permits = () => guards.permits(machine, 7, Get.make({}))
  return { guards, allows, permits, calls: () => calls }
}

const differs = (before: boolean, now: boolean) => ({
  system: "guarded",
  where: "machine fickle, guard Get",
  offence: "is not deterministic",
  detail: `It answered ${before} first, and then ${now}.`,
  input: '{"_tag":"Get"} in state 7'
})

test("a guard that answers otherwise is refused with both answers when some of its calls are made again", () => {
  const { allows, calls, guards, permits } = answering([true, false, true, false], false)
  expect([allows(), permits(), calls()]).toEqual([true, false, 2])
  expect(guards.counts.get("invoke Get")).toEqual({ enabled: 1, disabled: 0 })
  expect(refusalOf(() => guards.recheck())).toEqual(differs(false, true))
  const steady = answering([true], false)
  steady.allows()
  steady.guards.recheck()
  expect(steady.calls()).toBe(2)
})

test("each call of a guard is made twice where determinism is checked", () => {
  for (const asked of ["allows", "permits"] as const) {
    const steady = answering([false], true)
    expect([steady[asked](), steady.calls()]).toEqual([false, 2])
    expect(refusalOf(answering([true, false], true)[asked])).toEqual(differs(true, false))
  }
})

test("what has no guard is permitted", () => {
  const { guards, server } = setting()
  expect(guards.permits(server, 3, Get.make({}))).toBe(true)
})
