/**
 * The actions of a system of nodes. They are fixed before the search starts, so an action that is never taken is listed
 * with 0.
 */
import type { AnyHandler, Machine, NodeSystem } from "../../model/index.ts"
import type { HandlerKey } from "../memo/HandlerMemo.ts"
import { ModelRefused } from "../execution/ModelRefused.ts"
import { operationsOf } from "./NodeWorkload.ts"
import type { ActionInfo } from "../Program.ts"

/** Purpose of a handler: an operation or message, a timer, a node's start, a recovery. */
export type HandlerKind = "input" | "timeout" | "start" | "recover"

/**
 * The name of a handler in words: its input's tag, `timeout …`, `start` or `recover`. Names are unique within a
 * machine: a tag that could be the name of another handler is written as `input "…"`.
 */
export const handlerName = (kind: HandlerKind, name: string): string => {
  if (kind === "timeout") return `timeout ${name}`
  if (kind !== "input") return kind
  return /^(?:(?:start|recover)?$|timeout |input ")/.test(name) ? `input ${JSON.stringify(name)}` : name
}

/** The handlers of one machine by kind, then by tag or timer; starts and recoveries have no name. */
type MachineHandlers = { readonly [kind in HandlerKind]: ReadonlyMap<string, HandlerKey> }

/** Action numbers by name, and the handlers of all machines. */
export class NodeActions {
  readonly list: Array<ActionInfo> = []
  private readonly numbers = new Map<string, number>()
  private readonly handlers = new Map<Machine<unknown>, MachineHandlers>()
  private readonly system: NodeSystem<unknown>
  private handlerCount = 0

  constructor(system: NodeSystem<unknown>) {
    this.system = system
    const { faults, network } = system
    const machines = [...new Set(system.machines)]
    for (const machine of machines) this.handlers.set(machine, this.handlersOf(machine))
    const tags = (of: (machine: Machine<unknown>) => Iterable<string>) =>
      new Set(machines.flatMap((machine) => [...of(machine)]))
    const invocable = this.operationTags()
    for (const tag of tags((machine) => machine.operations.keys()))
      if (invocable.has(tag)) this.add(`invoke ${tag}`, false)
    for (const tag of tags((machine) => machine.messages.keys())) this.add(`deliver ${tag}`, false)
    for (const name of tags((machine) => machine.timeouts.keys())) this.add(`timeout ${name}`, false)
    if (network.lose > 0) this.add("lose", true)
    if (network.duplicate > 0) this.add("duplicate", true)
    if (network.cut > 0) this.add("cut", true)
    if (network.cut > 0 && network.heal) this.add("heal", true)
    if (faults.crashes > 0) this.add("crash", true)
    if (faults.crashes > 0 && faults.midHandler) this.add("crash in mid-handler", true)
    if (faults.crashes > 0 && faults.recoveries > 0) this.add("recover", true)
  }

  /** The number of an action. */
  number(name: string): number {
    const existing = this.numbers.get(name)
    if (existing === undefined) throw new Error(`plait's fault: action "${name}" was not foreseen`)
    return existing
  }

  /**
   * The handler of a machine: for an input by its tag, for a timer by its name, for a start or recovery without a name.
   */
  handler(machine: Machine<unknown>, kind: HandlerKind, name = ""): HandlerKey {
    const existing = this.handlers.get(machine)![kind].get(name)
    if (existing === undefined) {
      throw new ModelRefused({
        system: this.system.name,
        where: `machine ${machine.name}, ${handlerName(kind, name)}`,
        offence: "has no handler",
        input: "",
        detail: ""
      })
    }
    return existing
  }

  private operationTags(): ReadonlySet<string> {
    return new Set(operationsOf(this.system.workload).map((operation) => operation._tag))
  }

  private add(name: string, fault: boolean): void {
    this.numbers.set(name, this.list.length)
    this.list.push({ name, fault })
  }

  private handlersOf(machine: Machine<unknown>): MachineHandlers {
    const keyed = (kind: HandlerKind, handlers: Iterable<readonly [string, AnyHandler]>) =>
      new Map(
        [...handlers].map(([name, handler]): [string, HandlerKey] => [
          name,
          { machine, name: handlerName(kind, name), handler, index: this.handlerCount++ }
        ])
      )
    const only = (handler: AnyHandler | undefined): Iterable<readonly [string, AnyHandler]> =>
      handler === undefined ? [] : [["", handler]]
    return {
      input: keyed("input", machine.handlers),
      timeout: keyed(
        "timeout",
        [...machine.timeouts].map(([name, handler]) => [name, (state) => handler(state, undefined)] as const)
      ),
      start: keyed("start", only(machine.start)),
      recover: keyed("recover", only(machine.recover))
    }
  }
}
