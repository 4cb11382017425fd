/**
 * The actions of a system of nodes, known before the search starts so that one that is never taken is listed with 0.
 */
import type { AnyHandler, Machine, NodeSystem } from "../model/index.ts"
import type { HandlerKey } from "./HandlerMemo.ts"
import { ModelRefused } from "./ModelRefused.ts"
import { operationsOf } from "./NodeWorkload.ts"
import type { ActionInfo } from "./Program.ts"

/** Action numbers by name, and the handlers of all machines. */
export class NodeActions {
  readonly list: Array<ActionInfo> = []
  private readonly numbers = new Map<string, number>()
  private readonly handlers = new Map<Machine<unknown>, Map<string, HandlerKey>>()
  private readonly system: NodeSystem<unknown>
  private handlerCount = 0

  constructor(system: NodeSystem<unknown>) {
    this.system = system
    const { faults, network } = system
    const machines = [...new Set(system.machines)]
    for (const machine of machines) this.handlers.set(machine, this.handlersOf(machine))
    const tags = (of: (machine: Machine<unknown>) => Iterable<string>) =>
      new Set(machines.flatMap((machine) => [...of(machine)]))
    const asked = this.operationTags()
    for (const tag of tags((machine) => machine.operations.keys())) if (asked.has(tag)) this.add(`invoke ${tag}`, false)
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
    const known = this.numbers.get(name)
    if (known === undefined) throw new Error(`plait's fault: action "${name}" was not foreseen`)
    return known
  }

  /** A machine's handler by name: an input's tag, `timeout …`, `start` or `recover`. */
  handler(machine: Machine<unknown>, name: string): HandlerKey {
    const known = this.handlers.get(machine)!.get(name)
    if (known === undefined) {
      throw new ModelRefused({
        system: this.system.name,
        where: `machine ${machine.name}, ${name}`,
        offence: "has no handler",
        input: "",
        detail: ""
      })
    }
    return known
  }

  private operationTags(): ReadonlySet<string> {
    return new Set(operationsOf(this.system.workload).map((operation) => operation._tag))
  }

  private add(name: string, fault: boolean): void {
    this.numbers.set(name, this.list.length)
    this.list.push({ name, fault })
  }

  private handlersOf(machine: Machine<unknown>): Map<string, HandlerKey> {
    const keys = new Map<string, HandlerKey>()
    const add = (name: string, handler: AnyHandler) =>
      keys.set(name, { machine, name, handler, index: this.handlerCount++ })
    for (const [tag, handler] of machine.handlers) add(tag, handler)
    for (const [name, handler] of machine.timeouts) add(`timeout ${name}`, (state) => handler(state, undefined))
    if (machine.start !== undefined) add("start", machine.start)
    if (machine.recover !== undefined) add("recover", machine.recover)
    return keys
  }
}
