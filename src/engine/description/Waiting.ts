/**
 * What waits in a state of a system of nodes: each input that could be handled next, but for its guard or for want of time.
 */
import type { Message } from "../../model/index.ts"
import type { Environment } from "../nodes/Environment.ts"
import type { NodeSemantics } from "../nodes/NodeSemantics.ts"
import type { Successors } from "../Program.ts"
import { inWords } from "./StepLabels.ts"

/** An input that is not handled. */
interface Wait {
  readonly sentence: string
  /** Whether its guard refuses it; if not, its handler reads a clock that is past its horizon, or changes nothing. */
  readonly isRefused: boolean
}

/** Every input that waits at nodes that are up. */
const waitsIn = (semantics: NodeSemantics, state: Int32Array, environment: Environment): ReadonlyArray<Wait> =>
  semantics.system.machines.flatMap((_, node) => waitsAt(semantics, node, state[node]!, environment))

const waitsAt = (
  { configurations, guards, system, workload }: NodeSemantics,
  node: number,
  configuration: number,
  environment: Environment
): ReadonlyArray<Wait> => {
  if (configurations.upOf[node]!.data[configuration] === 0) return []
  const machine = system.machines[node]!
  const local = configurations.locals[node]!.values[configurations.localOf[node]!.data[configuration]!]
  const { progress, timers } = configurations.metadata(node, configuration)
  const wait = (what: string, input: Message): Wait => {
    const isRefused = !guards.permits(machine, local, input)
    return { sentence: `n${node} ${what}, which its guard refuses.`, isRefused }
  }
  return [
    ...workload
      .next(node, progress, environment)
      .map(({ operation }) => wait(`is to be asked to ${inWords(operation)}`, operation)),
    ...configurations.arrivals(configurations.inboxOf[node]!.data[configuration]!).map(({ envelope }) => {
      const { from, message } = configurations.envelope(envelope)
      return wait(`has ${inWords(message)} from n${from}`, message)
    }),
    // A timer has no guard.
    ...timers.map(() => ({ sentence: "", isRefused: false }))
  ]
}

/** What waits for a guard, a sentence each. */
export const refusedWaits = (
  semantics: NodeSemantics,
  state: Int32Array,
  environment: Environment
): ReadonlyArray<string> =>
  waitsIn(semantics, state, environment)
    .filter(({ isRefused }) => isRefused)
    .map(({ sentence }) => sentence)

/** Whether two values of a slot are the same. */
type IsSame = (before: number, after: number, slot: number) => boolean

/**
 * Tells values of slots that are the same but for what observers remember, in slots from `firstObserver` on, and the
 * causal pasts that some of them are shown. Neither is part of the system: whether a run is over does not depend on who
 * looks on.
 */
export const exceptObservers =
  ({ configurations, system }: NodeSemantics, firstObserver: number): IsSame =>
  (before, after, slot) => {
    if (before === after || slot >= firstObserver) return true
    return slot < system.machines.length && configurations.isAlike(slot, before, after)
  }

/**
 * Whether nothing but faults and steps that change nothing is left, such as timers that ring on. With clocks it is not
 * known: what a timer does may change with time.
 */
export const isIdling = (
  semantics: NodeSemantics,
  state: Int32Array,
  environment: Environment,
  out: Successors,
  isSame: IsSame,
  isFault: (action: number) => boolean
): boolean =>
  semantics.system.clocks === undefined &&
  out.staysAt(state, isFault, isSame) &&
  waitsIn(semantics, state, environment).every((wait) => !wait.isRefused)

/**
 * Whether a state that is not quiescent is deadlocked: no step leads out of it, and the horizon of the clocks is not what
 * ends the run. It may be wherever an input waits that no guard refuses: its handler reads a clock that shows nothing
 * more, or the same again and again. What the protocol would do later is then not known.
 */
export const isDeadlocked = (
  semantics: NodeSemantics,
  state: Int32Array,
  environment: Environment,
  out: Successors,
  isSame: IsSame
): boolean => {
  if (!out.staysAt(state, undefined, isSame)) return false
  return semantics.system.clocks === undefined || waitsIn(semantics, state, environment).every((wait) => wait.isRefused)
}
