/**
 * The initial states of a system of nodes: every node is in its machine's initial state, and the start handlers of the
 * machines have run, node by node. A start that chooses makes several initial states.
 */
import { type Environment, withNow } from "./Environment.ts"
import type { NodeSemantics } from "./NodeSemantics.ts"
import type { NodeTransition } from "./NodeTransition.ts"
import type { Observers } from "../tracking/Observers.ts"

type Started = Pick<NodeTransition, "sends" | "observations"> & {
  readonly configuration: number
  /** Least real time at its end; 0 without clocks. */
  readonly moment: number
}

/** A state in which some nodes have started, and the observations of their starts. */
interface Partly {
  readonly state: Int32Array
  readonly noted: ReadonlyArray<{ readonly moment: number; readonly batch: number }>
}

/**
 * The states that follow from `before`, in which no node has started; observers' slots begin at `firstObserver`.
 *
 * Nodes start at any moment, and no step is taken before all have. If steps are taken in the order of time, so are the
 * observations of the starts, and the time is then the moment of the last start.
 */
export const startedStates = (
  semantics: NodeSemantics,
  environment: Environment,
  observers: Observers,
  firstObserver: number,
  before: Int32Array
): ReadonlyArray<Int32Array> => {
  const { configurations, environments } = semantics
  const inTime = environment.now !== undefined
  const after = (
    { noted, state }: Partly,
    node: number,
    { configuration, moment, observations, sends }: Started
  ): Partly => {
    const next = state.with(node, configuration)
    for (const [to, envelopes] of sends)
      next[to] = configurations.arrive(to, next[to]!, configurations.inbox(envelopes))
    return {
      state: next,
      noted: [...noted, { moment: inTime ? moment : 0, batch: observers.observationsId(observations) }]
    }
  }
  const seen = ({ noted, state }: Partly): Int32Array => {
    const next = state.slice()
    for (const { batch } of noted.toSorted((left, right) => left.moment - right.moment)) {
      for (let index = 0; index < observers.count; index++) {
        next[firstObserver + index] = observers.next(index, next[firstObserver + index]!, batch)
      }
    }
    if (inTime) {
      const last = Math.max(0, ...noted.map(({ moment }) => moment))
      next[firstObserver - 1] = environments.intern(withNow(environment, last))
    }
    return next
  }
  const started = semantics.system.machines.reduce(
    (states: ReadonlyArray<Partly>, _, node) =>
      states.flatMap((partly) => {
        const starts = startsOf(semantics, node, partly.state[node]!, environment)
        return starts === undefined ? [partly] : distinct(starts.map((start) => after(partly, node, start)))
      }),
    [{ state: before, noted: [] }]
  )
  return [...new Map(started.map(seen).map((state) => [state.join(), state])).values()]
}

/** Every way in which a node can start; `undefined` if it is down or its machine has no start handler. */
const startsOf = (
  { actions, configurations, commands, memo, system }: NodeSemantics,
  node: number,
  configuration: number,
  environment: Environment
): ReadonlyArray<Started> | undefined => {
  const machine = system.machines[node]!
  const metadata = configurations.metadata(node, configuration)
  if (machine.start === undefined || !metadata.up) return undefined
  const key = actions.handler(machine, "start")
  const context = {
    self: node,
    operation: undefined,
    sender: undefined,
    neighbours: system.topology.neighbours[node]!,
    zone: metadata.zone ?? undefined
  }
  const found: Array<Started> = []
  const local = configurations.localOf[node]!.data[configuration]!
  memo.outcomes(key, configurations.locals[node]!, local, -1, undefined, context, (outcome, zone) => {
    const updated = { ...metadata, zone: zone ?? null }
    const whole = commands.carryOut(node, updated, outcome, undefined, environment, undefined, key, undefined)
    const inbox = configurations.inboxOf[node]!.data[configuration]!
    found.push({
      ...whole,
      moment: whole.metadata.zone?.least ?? 0,
      configuration: configurations.intern(
        node,
        outcome.local,
        inbox,
        configurations.metadataIds.intern(whole.metadata)
      )
    })
  })
  return found
}

const distinct = (states: ReadonlyArray<Partly>): ReadonlyArray<Partly> => [
  ...new Map(
    states.map((each) => [
      `${each.state.join()} ${each.noted.map(({ batch, moment }) => [batch, moment]).join()}`,
      each
    ])
  ).values()
]
