/**
 * The initial local states of a system's nodes, by id: for the start, and for the parts of a state that a crash erases.
 */
import type { NodeSystem } from "../../model/index.ts"
import type { NodeConfigurations } from "../nodes/NodeConfigurations.ts"
import { callModelCode } from "../execution/ModelCode.ts"
import { brief, Refusal } from "../execution/ModelRefused.ts"
import { refusalOf } from "../execution/StrictRunner.ts"

/** Runs `initial` of the machines and compares its results with the first one of each node. */
export class InitialLocals {
  private readonly system: NodeSystem<unknown>
  private readonly configurations: NodeConfigurations
  private readonly runsTwice: boolean
  /** The first result of each node, by id. */
  private readonly firstIds = new Map<number, number>()

  /** Creates the table. With `runsTwice`, each call is made twice and the results are compared. */
  constructor(system: NodeSystem<unknown>, configurations: NodeConfigurations, runsTwice: boolean) {
    this.system = system
    this.configurations = configurations
    this.runsTwice = runsTwice
  }

  /** The initial local state of a node. Throws `ModelRefused`. */
  of(node: number): number {
    const id = this.run(node)
    if (this.runsTwice) this.run(node)
    return id
  }

  /** Makes the calls again. Throws `ModelRefused` if one differs. */
  recheck(): void {
    for (const node of this.firstIds.keys()) this.run(node)
  }

  private run(node: number): number {
    const machine = this.system.machines[node]!
    const code = { where: `machine ${machine.name}, initial state of n${node}`, input: "", written: machine.initial }
    try {
      const state = callModelCode(
        () => code,
        () => machine.initial({ id: node, nodes: this.system.machines.length })
      )
      const locals = this.configurations.locals[node]!
      const id = locals.intern(state)
      const before = this.firstIds.get(node) ?? id
      this.firstIds.set(node, before)
      if (before === id) return id
      const detail = `It was ${brief(locals.values[before])} first, and then ${brief(locals.values[id])}.`
      throw new Refusal("is not deterministic", detail)
    } catch (thrown) {
      throw refusalOf(thrown).of({ system: this.system.name, ...code })
    }
  }
}
