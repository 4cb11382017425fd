/**
 * The actions and handlers of systems, in the order in which reports list them.
 */
import { Effect, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { refusalOf } from "../../../test/programs.ts"
import { Faults, Machine, Network, System, type SystemParts, Topology, Workload } from "../../model/index.ts"
import type { HandlerKey } from "../memo/HandlerMemo.ts"
import { type HandlerKind, NodeActions } from "./NodeActions.ts"

const Put = Schema.TaggedStruct("Put", {})
const Get = Schema.TaggedStruct("Get", {})
const Ack = Schema.TaggedStruct("Ack", {})
const Copy = Schema.TaggedStruct("Copy", {})

const keep = (state: number) => Effect.succeed(state)
const give = (value: number) => () => Effect.succeed(value)

const server = () =>
  Machine.make("server", { state: Schema.Int, operations: [Put, Get], messages: [Copy], initial: () => 0 }).handlers(
    { Put: keep, Get: keep, Copy: keep },
    { timeouts: { retry: (state) => Effect.succeed(state + 1) }, start: give(2), recover: give(3) }
  )
const client = () =>
  Machine.make("client", { state: Schema.Int, operations: [Get], messages: [Ack, Copy], initial: () => 0 }).handlers(
    { Get: keep, Ack: keep, Copy: keep },
    { timeouts: { retry: keep, give: keep } }
  )

const systemOf = (parts: Partial<SystemParts<number>> = {}) =>
  System.make("acting", { machine: [server(), client()], topology: Topology.allToAll(2), ...parts })

const listed = (parts: Partial<SystemParts<number>> = {}) =>
  new NodeActions(systemOf(parts)).list.map(({ fault, name }) => (fault ? `${name} (fault)` : name))

const always = ["deliver Copy", "deliver Ack", "timeout retry", "timeout give"]

describe("the actions of a system", () => {
  test("are the operations that are asked, each message and each timer, once for all machines", () => {
    expect(listed()).toEqual(always)
    expect(listed({ workload: Workload.script([[Put.make({})]]) })).toEqual(["invoke Put", ...always])
    expect(listed({ workload: Workload.drawn(1, [Get.make({}), Put.make({})]) })).toEqual([
      "invoke Put",
      "invoke Get",
      ...always
    ])
  })

  const crash = (options: Parameters<typeof Faults.crash>[0]) => ({ faults: Faults.crash(options) })

  test.each<[string, Partial<SystemParts<number>>, ReadonlyArray<string>]>([
    ["lost messages", { network: Network.unordered({ lose: 1 }) }, ["lose"]],
    ["duplicated messages", { network: Network.unordered({ duplicate: 1 }) }, ["duplicate"]],
    ["cut links that heal", { network: Network.unordered({ cut: 1 }) }, ["cut", "heal"]],
    ["cut links that do not", { network: Network.unordered({ cut: 1, heal: false }) }, ["cut"]],
    ["crashes for good", crash({}), ["crash"]],
    ["crashes in the middle of a handler", crash({ midHandler: true }), ["crash", "crash in mid-handler"]],
    ["recoveries", crash({ recoveries: 1 }), ["crash", "recover"]],
    ["no crash, in any of its forms", crash({ atMost: 0, midHandler: true, recoveries: 1 }), []],
    ["nodes that are down from the start", { faults: Faults.down([0]) }, []],
    [
      "all of it",
      {
        network: Network.ordered({ lose: 1, duplicate: 1, cut: 1 }),
        ...crash({ recoveries: 1, midHandler: true })
      },
      ["lose", "duplicate", "cut", "heal", "crash", "crash in mid-handler", "recover"]
    ]
  ])("and the faults that its bounds allow: %s", (_, parts, faults) => {
    expect(listed(parts)).toEqual([...always, ...faults.map((name) => `${name} (fault)`)])
  })

  test("are numbered by their place in the list; another name is the engine's own mistake", () => {
    const actions = new NodeActions(systemOf())
    expect(actions.list.map(({ name }) => actions.number(name))).toEqual([0, 1, 2, 3])
    expect(() => actions.number("lose")).toThrow(new Error(`plait's fault: action "lose" was not foreseen`))
  })
})

describe("the handlers of a machine", () => {
  test("are found by name, and numbered over all machines of the system", () => {
    const [first, second] = [server(), client()]
    const actions = new NodeActions(systemOf({ machine: [first, second] }))
    const handlers: ReadonlyArray<[HandlerKind, string?]> = [
      ["input", "Put"],
      ["input", "Get"],
      ["input", "Copy"],
      ["timeout", "retry"],
      ["start"],
      ["recover"]
    ]
    const found = handlers.map(([kind, name]) => actions.handler(first, kind, name))
    expect(found.map(({ index, machine, name }) => [index, machine === first, name])).toEqual([
      [0, true, "Put"],
      [1, true, "Get"],
      [2, true, "Copy"],
      [3, true, "timeout retry"],
      [4, true, "start"],
      [5, true, "recover"]
    ])
    expect(actions.handler(second, "input", "Get").index).toBe(6)
    const run = ({ handler }: HandlerKey) => Effect.runSync(handler(6, Put.make({})) as never)
    expect([found[0]!, ...found.slice(3)].map(run)).toEqual([6, 7, 2, 3])
  })

  test("are those of one machine where several nodes run it", () => {
    const machine = server()
    const actions = new NodeActions(systemOf({ machine }))
    expect(actions.handler(machine, "recover").index).toBe(5)
  })

  test.each<[string, HandlerKind, string?]>([
    ["Ack", "input", "Ack"],
    ["timeout give", "timeout", "give"],
    ["start", "start"],
    ["recover", "recover"]
  ])("that it lacks are refused by name: %s", (name, kind, of) => {
    const [first, second] = [server(), client()]
    const actions = new NodeActions(systemOf({ machine: [first, second] }))
    const machine = of === undefined ? second : first
    expect(refusalOf(() => actions.handler(machine, kind, of))).toEqual({
      system: "acting",
      where: `machine ${machine.name}, ${name}`,
      offence: "has no handler",
      detail: "",
      input: ""
    })
  })
})
