/**
 * A system of nodes as a program. Each node's transitions are enumerated once per (configuration id, environment) and
 * stored as runs of integers; expanding a state reads those runs.
 *
 * Slots: one per node, then the environment if it can change, then one per observer.
 */
import type { Envelope, NodeSystem, NodesView, NodeView, Observation } from "../../model/index.ts"
import type { Observer } from "../../property/index.ts"
import { grown, HashLanes } from "../interning/ContentHash.ts"
import { type Environment, initialEnvironment, isConstant, isCut, linksOf, withCut, withHealed } from "./Environment.ts"
import type { NodeTransition } from "./NodeTransition.ts"
import { codeBehind } from "../description/NodeCode.ts"
import { startedStates } from "./NodeStart.ts"
import { NodeTransitions } from "./NodeTransitions.ts"
import { Observers } from "../tracking/Observers.ts"
import { OutcomeCounts } from "../memo/OutcomeCounts.ts"
import { PairTable } from "../interning/PairTable.ts"
import {
  OBSERVED,
  type Position,
  type Program,
  type Snapshot,
  type StepDescription,
  type Successors
} from "../Program.ts"
import { inWords, labelOf, without } from "../description/StepLabels.ts"
import { isDeadlocked, isIdling, refusedWaits, exceptObservers } from "../description/Waiting.ts"
import { FairnessClasses } from "../fairness/FairnessClasses.ts"

/** Options for making a program. */
export interface ProgramOptions {
  /** The observers of the properties to check. */
  readonly observers: ReadonlyArray<Observer<unknown>>
  /** Runs each distinct handler call twice and refuses a handler whose runs differ. */
  readonly checkDeterminism: boolean
  /** Takes steps in the order of real time, given clocks; `compile` always does. Default: if an observer needs it. */
  readonly timed?: boolean
}

/** Runs of integers: count; per transition configuration, action, observations, environment, sends, (node, inbox)*. */
class Runs {
  data = new Int32Array(4096)
  length = 1
  push(value: number): void {
    if (this.length >= this.data.length) this.data = grown(this.data, this.length)
    this.data[this.length++] = value
  }
}

/** Actions that belong to a link. */
const ofNoNode: ReadonlySet<string> = new Set(["cut", "heal"])

/** Builds the program of a system of nodes. Throws `ModelRefused`. */
export const nodesProgram = (system: NodeSystem<unknown>, options: ProgramOptions): Program => {
  const size = system.machines.length
  const { checkDeterminism } = options
  const observers = new Observers(system.name, options.observers, checkDeterminism)
  const transitions = new NodeTransitions(system, { causal: observers.causal, checkDeterminism })
  const { actions, configurations, environments, guards, memo, workload } = transitions.semantics
  const start = initialEnvironment(system, {
    causal: observers.causal,
    timed: options.timed ?? observers.timed
  })
  const hasEnvironment = !isConstant(start)
  const environmentSlot = size
  const firstObserver = size + (hasEnvironment ? 1 : 0)
  const slots = Math.max(2, firstObserver + observers.count)
  const links = linksOf(system)
  const outcomes = new OutcomeCounts(actions.list.length, size)
  const runs = Array.from({ length: size }, () => new Runs())
  const entryOf = Array.from({ length: size }, () => new PairTable())
  const offsets = Array.from({ length: size }, () => ({ data: new Int32Array(64) }))

  /** Transitions without their node's next configuration, as integers. */
  const effects = new Map<NodeTransition, ReadonlyArray<number>>()
  const effectsOf = (transition: NodeTransition): ReadonlyArray<number> => {
    const existing = effects.get(transition)
    if (existing !== undefined) return existing
    const sends = [...transition.sends].flatMap(([to, envelopes]) => [to, configurations.inbox(envelopes)])
    const observationsId = observers.observationsId(transition.observations)
    const found = [transition.action, observationsId, transition.environment, sends.length / 2, ...sends]
    effects.set(transition, found)
    return found
  }

  const record = (node: number, configuration: number, environment: number): number => {
    const entry = hasEnvironment ? entryOf[node]!.put(configuration, environment) : configuration
    const run = runs[node]!
    const localOf = configurations.localOf[node]!
    const offset = run.length
    run.push(0)
    transitions.forEach(node, configuration, environment, (transition, after) => {
      run.data[offset]!++
      run.push(after)
      const { action, observations, sends } = transition
      const changes = localOf.data[after] !== localOf.data[configuration]
      outcomes.count({ action, node, observations, changes, sends: sends.size > 0 })
      for (const value of effectsOf(transition)) run.push(value)
    })
    const column = offsets[node]!
    if (entry >= column.data.length) column.data = grown(column.data, entry)
    column.data[entry] = offset
    return offset
  }

  const offsetOf = (node: number, configuration: number, environment: number): number => {
    const entry = hasEnvironment ? entryOf[node]!.find(configuration, environment) : configuration
    const offset = entry === -1 ? 0 : (offsets[node]!.data[entry] ?? 0)
    return offset === 0 ? record(node, configuration, environment) : offset
  }

  /** Most integers that one transition adds to the successors: its head and an edit of every slot. */
  const widest = 4 + 2 * slots

  const expandNode = (state: Int32Array, node: number, environment: number, out: Successors): void => {
    let at = offsetOf(node, state[node]!, environment)
    const { data } = runs[node]!
    const count = data[at++]!
    const into = out.reserve(count * widest)
    let to = out.length
    for (let left = count; left > 0; left--) {
      const observationsId = data[at + 2]!
      const head = to
      into[to] = data[at + 1]!
      into[to + 1] = observationsId
      into[to + 2] = node
      into[to + 4] = node
      into[to + 5] = data[at]!
      to += 6
      if (hasEnvironment) {
        into[to++] = environmentSlot
        into[to++] = data[at + 3]!
      }
      let sends = data[at + 4]!
      at += 5
      for (; sends > 0; sends--) {
        const other = data[at]!
        into[to++] = other
        into[to++] = configurations.arrive(other, state[other]!, data[at + 1]!)
        at += 2
      }
      if (observationsId !== 0) {
        for (let slot = firstObserver; slot < firstObserver + observers.count; slot++) {
          into[to++] = slot
          into[to++] = observers.next(slot - firstObserver, state[slot]!, observationsId)
        }
      }
      into[head + 3] = (to - head - 4) >> 1
    }
    out.length = to
    out.count += count
  }

  /** Cuts and heals of links, which belong to no node. */
  const environmentSteps = (environment: Environment) => {
    const steps: Array<{
      readonly kind: "cut" | "heal"
      readonly link: readonly [number, number]
      readonly after: Environment
    }> = []
    for (const link of links) {
      if (isCut(environment, ...link)) {
        if (system.network.heal) steps.push({ kind: "heal", link, after: withHealed(environment, link) })
      } else if (environment.cut > 0) steps.push({ kind: "cut", link, after: withCut(environment, link) })
    }
    return steps
  }

  const environmentOf = (state: Int32Array): number => (hasEnvironment ? state[environmentSlot]! : 0)

  const expand = (state: Int32Array, out: Successors): void => {
    const environment = environmentOf(state)
    for (let node = 0; node < size; node++) expandNode(state, node, environment, out)
    if (system.network.cut === 0) return
    for (const { after, kind } of environmentSteps(environments.values[environment] as Environment)) {
      out.begin(actions.number(kind), 0, -1)
      out.edit(environmentSlot, environments.intern(after))
    }
  }

  const fairnessClasses = new FairnessClasses(transitions)

  const fairnessClassesOf = (state: Int32Array): ReadonlyArray<number> => {
    const id = environmentOf(state)
    const found = Array.from({ length: size }, (_, node) => fairnessClasses.ofNode(node, state[node]!, id)).flat()
    for (const { kind, link } of environmentSteps(environments.values[id] as Environment)) {
      found.push(fairnessClasses.number(actions.number(kind), link.join("–")))
    }
    return found
  }

  const environmentIn = (state: Int32Array): Environment =>
    hasEnvironment ? (environments.values[environmentOf(state)] as Environment) : start

  const isSame = exceptObservers(transitions.semantics, firstObserver)
  const isFault = (action: number): boolean => actions.list[action]!.fault
  const hasNothingLeft = (state: Int32Array): boolean => {
    for (let node = 0; node < size; node++) if (configurations.pendingOf[node]!.data[state[node]!] === 1) return false
    if (!hasEnvironment) return true
    return !workload.hasSharedWork(environmentIn(state), (node) => configurations.upOf[node]!.data[state[node]!] === 1)
  }

  const inboxOf = (node: number, inbox: number): ReadonlyArray<Envelope> => {
    const { keys } = configurations.envelopes
    const envelopes = [...configurations.inboxes[inbox]!]
    if (system.network.order === "unordered") envelopes.sort((left, right) => (keys[left]! < keys[right]! ? -1 : 1))
    return Object.freeze(
      envelopes.map((id) => {
        const { from, message } = configurations.envelope(id)
        return Object.freeze({ from, to: node, message })
      })
    )
  }

  const describeStep = (state: Int32Array, ordinal: number): StepDescription => {
    const environment = environmentOf(state)
    let left = ordinal
    for (let node = 0; node < size; node++) {
      const found: Array<readonly [transition: NodeTransition, configuration: number]> = []
      transitions.forEach(node, state[node]!, environment, (each, configuration) => found.push([each, configuration]))
      const taken = found[left]
      if (taken !== undefined) return describeTransition(node, taken[0], state, state.with(node, taken[1]))
      left -= found.length
    }
    const step = environmentSteps(environments.values[environment] as Environment)[left]
    if (step === undefined) throw new RangeError(`no successor ${ordinal}`)
    const label = `the link n${step.link[0]}–n${step.link[1]} is ${step.kind === "cut" ? "cut" : "healed"}`
    return {
      kind: step.kind,
      action: actions.number(step.kind),
      label,
      node: undefined,
      received: undefined,
      sent: [],
      unsent: [],
      observations: []
    }
  }

  /** Describes a transition. `after`: the state with the node's new configuration, before its messages arrive. */
  const describeTransition = (
    node: number,
    transition: NodeTransition,
    before: Int32Array,
    after: Int32Array
  ): StepDescription => {
    const { action, from, input, kind, observations, unsent } = transition
    const received = from === undefined ? undefined : ({ from, to: node, message: input } as Envelope)
    const sent = [...transition.sends].flatMap(([to, envelopes]) =>
      envelopes.map((id) => ({ from: node, to, message: configurations.envelope(id).message }))
    )
    const waiting = transition.inbox === "lost" ? inboxOf(node, configurations.inboxOf[node]!.data[before[node]!]!) : []
    const lost = [...without(waiting, received), ...sent.filter(({ to }) => configurations.loses(to, after[to]!))]
    const label = labelOf(node, transition, system.faults.inFlight)
    const losses = lost.length > 0 ? { lost } : {}
    return { kind, action, label, node, received, sent, unsent, ...losses, observations }
  }

  const snapshot = (state: Int32Array): Snapshot => {
    const parts: Record<string, unknown> = {}
    for (let node = 0; node < size; node++) {
      const configuration = state[node]!
      const metadata = configurations.metadata(node, configuration)
      const inbox = inboxOf(node, configurations.inboxOf[node]!.data[configuration]!).map(
        ({ from, message }) => `${inWords(message)} from n${from}`
      )
      parts[`n${node}`] = {
        ...(metadata.up ? {} : { down: true }),
        ...(metadata.unreachable === true ? { unreachable: true } : {}),
        state: configurations.locals[node]!.values[configurations.localOf[node]!.data[configuration]!],
        ...(metadata.timers.length > 0 ? { timers: metadata.timers } : {}),
        inbox
      }
    }
    if (hasEnvironment) parts["environment"] = environments.values[environmentOf(state)]
    for (let index = 0; index < observers.count; index++) {
      parts[OBSERVED + observers.name(index)] = observers.value(index, state[firstObserver + index]!)
    }
    return parts
  }

  const positions: Array<Position> = []
  for (let node = 0; node < size; node++) {
    positions.push({ slot: node, project: configurations.localOf[node]! })
    positions.push({ slot: node, project: configurations.upOf[node]! })
    positions.push({ slot: node, project: configurations.inboxOf[node]! })
  }
  const end = firstObserver + observers.count
  for (let slot = firstObserver; slot < end; slot++) positions.push({ slot, project: undefined })

  const nodeView = (read: (position: number) => number, id: number): NodeView<unknown> =>
    Object.freeze({
      id,
      get state() {
        return configurations.locals[id]!.values[read(3 * id)]
      },
      get up() {
        return read(3 * id + 1) === 1
      },
      get inbox() {
        return inboxOf(id, read(3 * id + 2))
      }
    })

  const view = (read: (position: number) => number): NodesView<unknown> =>
    Object.freeze({ nodes: Object.freeze(Array.from({ length: size }, (_, id) => nodeView(read, id))) })

  const beforeStart = new Int32Array(slots)
  for (let node = 0; node < size; node++) beforeStart[node] = transitions.semantics.initial(node, observers.causal)
  const startId = environments.intern(start)
  if (hasEnvironment) beforeStart[environmentSlot] = startId
  for (let index = 0; index < observers.count; index++) beforeStart[firstObserver + index] = observers.initial(index)

  const padding = new HashLanes()
  const hashes = Array.from({ length: slots }, (_, slot) => {
    if (slot < size) return configurations.hashes[slot]!
    if (hasEnvironment && slot === environmentSlot) return environments.hashes
    return slot - firstObserver < observers.count ? observers.hashes(slot - firstObserver) : padding
  })

  return {
    system: system.name,
    runsTwice: options.checkDeterminism,
    slots,
    actions: actions.list,
    initial: startedStates(transitions.semantics, start, observers, firstObserver, beforeStart),
    hashes,
    expand,
    fairnessClasses: fairnessClasses.list,
    fairnessClassesOf,
    fairnessClassesOutOfTime: system.clocks && ((state) => fairnessClasses.outOfTime(state, environmentOf(state))),
    isQuiescent: (state, out) =>
      hasNothingLeft(state) || isIdling(transitions.semantics, state, environmentIn(state), out, isSame, isFault),
    isDeadlocked: (state, out) => isDeadlocked(transitions.semantics, state, environmentIn(state), out, isSame),
    waits: (state) => refusedWaits(transitions.semantics, state, environmentIn(state)),
    describeStep,
    codeBehind: (step) => codeBehind(system, { ...step, action: actions.list[step.action]!.name }),
    recheck: () => [transitions.semantics, observers].forEach((each) => each.recheck()),
    snapshot,
    positions,
    view,
    observerSlots: new Map(options.observers.map((observer, index) => [observer, firstObserver + index])),
    remembered: (slot, id) => observers.value(slot - firstObserver, id),
    observations: (id): ReadonlyArray<Observation> => observers.observations(id),
    guards: () => actions.list.map(({ name }) => guards.counts.get(name)),
    outcomes: (action) => (ofNoNode.has(actions.list[action]!.name) ? null : outcomes.get(action)),
    handlerRuns: () => memo.calls.runs,
    costs: () => null
  }
}
