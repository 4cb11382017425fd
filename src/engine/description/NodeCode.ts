/**
 * The code of a system of nodes behind a step: the handler that took it, and the guard that let it happen.
 */
import type { NodeSystem } from "../../model/index.ts"
import { handlerName } from "../nodes/NodeActions.ts"
import type { StepDescription } from "../Program.ts"

/** A step of an action with a name. */
type NamedStep = Pick<StepDescription, "kind" | "node" | "received"> & { readonly action: string }

/** The tag of the operation or message that a step handles; `undefined` if it handles none. */
const tagOf = ({ action, kind, received }: NamedStep): string | undefined => {
  if (kind === "invoke") return action.slice("invoke ".length)
  return kind === "deliver" || kind === "crash" ? received?.message._tag : undefined
}

/** The code behind a step, in words; most faults have no code of the model behind them. */
export const codeBehind = (
  { machines }: NodeSystem<unknown>,
  step: NamedStep
): { readonly code: string; readonly guard: string | undefined } => {
  const { action, kind, node } = step
  const machine = machines[node ?? -1]
  if (machine === undefined) return { code: `action ${action}`, guard: undefined }
  const of = `machine ${machine.name}`
  const tag = tagOf(step)
  if (tag !== undefined) {
    const guard = machine.guards.has(tag) ? `${of}, guard ${tag}` : undefined
    return { code: `${of}, handler ${handlerName("input", tag)}`, guard }
  }
  if (action === "crash") return { code: `${of}, initial state of n${node}`, guard: undefined }
  const isHandled = kind === "timeout" || kind === "recover"
  return { code: isHandled ? `${of}, handler ${action}` : `${of}, action ${action}`, guard: undefined }
}
