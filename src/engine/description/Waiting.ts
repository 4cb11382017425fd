/**
 * The inputs that wait in a state of a system of nodes: each could be handled next if its guard and the horizon of the
 * clocks allowed it.
 */
import type { Message } from "../../model/index.ts"
import type { Environment } from "../nodes/Environment.ts"
import type { NodeSemantics } from "../nodes/NodeSemantics.ts"
import type { Successors } from "../Program.ts"
import { inWords } from "./StepLabels.ts"

/** An input that is not handled. */
interface Wait {
  readonly sentence: string
  /**
   * True if its guard refuses it. Otherwise its handler reads a clock that is past its horizon, or changes no value.
   */
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

/** The inputs that a guard refuses, a sentence each. */
export const refusedWaits = (
  semantics: NodeSemantics,
  state: Int32Array,
  environment: Environment
): ReadonlyArray<string> =>
  waitsIn(semantics, state, environment)
    .filter(({ isRefused }) => isRefused)
    .map(({ sentence }) => sentence)

/** True if two values of a slot are the same. */
type IsSame = (before: number, after: number, slot: number) => boolean

/**
 * Makes a comparison of slots that ignores the values of observers, in slots from `firstObserver` on, and the causal
 * pasts in node metadata. Neither is part of the system: the end of a run does not depend on observers.
 */
export const exceptObservers =
  ({ configurations, system }: NodeSemantics, firstObserver: number): IsSame =>
  (before, after, slot) => {
    if (before === after || slot >= firstObserver) return true
    return slot < system.machines.length && configurations.isAlike(slot, before, after)
  }

/**
 * True if only faults and steps that change no value are left, such as timers that ring on. False with clocks: the
 * effect of a timer may change with time.
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
 * True if a state that is not quiescent is deadlocked: no step leads out of it, and the horizon of the clocks does not
 * end the run. The horizon may end it if an input waits that no guard refuses: its handler reads a clock that shows no
 * further value, or the same one again and again. The later behaviour of the protocol is then unknown.
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
