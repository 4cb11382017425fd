/**
 * The guards of a system of nodes: asked of a node's state and an input, their answers counted for coverage.
 */
import type { Machine, NodeSystem } from "../model/index.ts"
import { truthValue } from "../model/TruthValue.ts"
import { GuardCounts } from "./GuardCounts.ts"
import { brief } from "./ModelRefused.ts"
import { asModelCode, type ModelCode } from "./ModelCode.ts"
import { refusalOf } from "./StrictRunner.ts"

const guardedActions = (machine: Machine<unknown>): ReadonlyArray<string> =>
  [...machine.guards.keys()].flatMap((tag) => [
    ...(machine.operations.has(tag) ? [`invoke ${tag}`] : []),
    ...(machine.messages.has(tag) ? [`deliver ${tag}`] : [])
  ])

/** The guards of all machines. */
export class NodeGuards {
  readonly counts: GuardCounts
  private readonly system: string

  constructor(system: NodeSystem<unknown>) {
    this.system = system.name
    this.counts = new GuardCounts(system.machines.flatMap(guardedActions))
  }

  /** Whether the input may be handled in the state. Throws `ModelRefused` where the guard throws. */
  allows(machine: Machine<unknown>, state: unknown, input: { readonly _tag: string }, action: string): boolean {
    const guard = machine.guards.get(input._tag)
    if (guard === undefined) return true
    const enabled = this.ask(guard, machine, state, input)
    this.counts.count(action, enabled)
    return enabled
  }

  /** Whether a guard, if there is one, lets the input be handled; not counted. */
  permits(machine: Machine<unknown>, state: unknown, input: { readonly _tag: string }): boolean {
    const guard = machine.guards.get(input._tag)
    return guard === undefined || this.ask(guard, machine, state, input)
  }

  private ask(
    guard: (state: unknown, input: unknown) => boolean,
    machine: Machine<unknown>,
    state: unknown,
    input: { readonly _tag: string }
  ): boolean {
    const describe = (): ModelCode => ({
      where: `machine ${machine.name}, guard ${input._tag}`,
      input: `${brief(input)} in state ${brief(state)}`
    })
    try {
      return asModelCode(describe, () => truthValue(guard(state, input)))
    } catch (thrown) {
      throw refusalOf(thrown).of({ system: this.system, ...describe() })
    }
  }
}
