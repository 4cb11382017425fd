/**
 * The guards of a system of nodes, evaluated on a node's state and an input. Their results are counted for coverage.
 */
import type { Machine, NodeSystem } from "../../model/index.ts"
import { truthValue } from "../../model/TruthValue.ts"
import { GuardCounts } from "./GuardCounts.ts"
import { brief, Refusal } from "../execution/ModelRefused.ts"
import { callModelCode, type ModelCode } from "../execution/ModelCode.ts"
import { SpotChecks } from "./SpotChecks.ts"
import { refusalOf } from "../execution/StrictRunner.ts"

type Guard = (state: unknown, input: unknown) => boolean

const guardedActions = (machine: Machine<unknown>): ReadonlyArray<string> =>
  [...machine.guards.keys()].flatMap((tag) => [
    ...(machine.operations.has(tag) ? [`invoke ${tag}`] : []),
    ...(machine.messages.has(tag) ? [`deliver ${tag}`] : [])
  ])

/** The guards of all machines. */
export class NodeGuards {
  readonly counts: GuardCounts
  private readonly system: string
  private readonly runsTwice: boolean
  private readonly spots = new SpotChecks<Guard>()

  /** Creates the guards. With `runsTwice`, each guard is evaluated twice and the results are compared. */
  constructor(system: NodeSystem<unknown>, runsTwice: boolean) {
    this.system = system.name
    this.runsTwice = runsTwice
    this.counts = new GuardCounts(system.machines.flatMap(guardedActions))
  }

  /** True if the input may be handled in the state; counted. Throws `ModelRefused` if the guard throws. */
  allows(machine: Machine<unknown>, state: unknown, input: { readonly _tag: string }, action: string): boolean {
    const guard = machine.guards.get(input._tag)
    if (guard === undefined) return true
    const enabled = this.answer(guard, machine, state, input)
    this.counts.count(action, enabled)
    return enabled
  }

  /** True if the input has no guard, or its guard lets it be handled; not counted. */
  permits(machine: Machine<unknown>, state: unknown, input: { readonly _tag: string }): boolean {
    const guard = machine.guards.get(input._tag)
    return guard === undefined || this.answer(guard, machine, state, input)
  }

  /** Runs some calls of guards again. Throws `ModelRefused` if a result differs. */
  recheck(): void {
    this.spots.recheck()
  }

  private answer(guard: Guard, machine: Machine<unknown>, state: unknown, input: { readonly _tag: string }): boolean {
    const answer = this.evaluate(guard, machine, state, input)
    const again = (): void => void this.evaluate(guard, machine, state, input, answer)
    this.spots.called(guard, again)
    if (this.runsTwice) again()
    return answer
  }

  private evaluate(
    guard: Guard,
    machine: Machine<unknown>,
    state: unknown,
    input: { readonly _tag: string },
    before?: boolean
  ): boolean {
    const describe = (): ModelCode => ({
      where: `machine ${machine.name}, guard ${input._tag}`,
      input: `${brief(input)} in state ${brief(state)}`,
      written: guard
    })
    try {
      const answer = callModelCode(describe, () => truthValue(guard(state, input)))
      if (answer === (before ?? answer)) return answer
      throw new Refusal("is not deterministic", `It answered ${before} first, and then ${answer}.`)
    } catch (thrown) {
      throw refusalOf(thrown).of({ system: this.system, ...describe() })
    }
  }
}
