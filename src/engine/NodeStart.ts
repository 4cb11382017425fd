/**
 * The initial states of a system of nodes: every node in its machine's initial state, after the machines that do
 * something at the start have done it, node by node. A start that chooses makes several initial states.
 */
import type { Environment } from "./Environment.ts"
import type { NodeSemantics, NodeTransition } from "./NodeSemantics.ts"
import type { Observers } from "./Observers.ts"

type Started = Pick<NodeTransition, "sends" | "observations"> & { readonly actor: number }

/** The states that come of `before`, in which nothing has started; observers' slots begin at `firstObserver`. */
export const startedStates = (
  semantics: NodeSemantics,
  environment: Environment,
  observers: Observers,
  firstObserver: number,
  before: Int32Array
): ReadonlyArray<Int32Array> => {
  const { actors } = semantics
  const after = (state: Int32Array, node: number, { actor, observations, sends }: Started): Int32Array => {
    const next = state.with(node, actor)
    for (const [to, flights] of sends) next[to] = actors.arrive(to, next[to]!, actors.inbox(flights))
    const batch = observers.batch(observations)
    for (let index = 0; index < observers.count; index++) {
      next[firstObserver + index] = observers.next(index, next[firstObserver + index]!, batch)
    }
    return next
  }
  return semantics.system.machines.reduce(
    (states: ReadonlyArray<Int32Array>, _, node) =>
      states.flatMap((state) => {
        const starts = startsOf(semantics, node, state[node]!, environment)
        return starts === undefined ? [state] : distinct(starts.map((start) => after(state, node, start)))
      }),
    [before]
  )
}

/** Every way in which a node can start; nothing if it is down or its machine does nothing then. */
const startsOf = (
  { actions, actors, deeds, memo, system }: NodeSemantics,
  node: number,
  actor: number,
  environment: Environment
): ReadonlyArray<Started> | undefined => {
  const machine = system.machines[node]!
  const companion = actors.companion(node, actor)
  if (machine.start === undefined || !companion.up) return undefined
  const key = actions.handler(machine, "start")
  const context = {
    self: node,
    operation: undefined,
    sender: undefined,
    neighbours: system.topology.neighbours[node]!,
    zone: companion.zone ?? undefined
  }
  const found: Array<Started> = []
  const local = actors.localOf[node]!.data[actor]!
  memo.outcomes(key, actors.locals[node]!, local, -1, undefined, context, (outcome, zone) => {
    const told = { ...companion, zone: zone ?? null }
    const whole = deeds.carryOut(node, told, outcome, undefined, environment, undefined, key, undefined)
    const inbox = actors.inboxOf[node]!.data[actor]!
    found.push({
      ...whole,
      actor: actors.intern(node, outcome.local, inbox, actors.companions.intern(whole.companion))
    })
  })
  return found
}

const distinct = (states: ReadonlyArray<Int32Array>): ReadonlyArray<Int32Array> => [
  ...new Map(states.map((state) => [state.join(), state])).values()
]
