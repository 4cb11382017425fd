/**
 * What can happen in a state of a system of nodes, on plain objects: written from the words of src/model and of the
 * README, and importing nothing of src/engine. A state says everything outright, and nothing is remembered between calls.
 */
import type { Message, NodeSystem, Note, Observation } from "../../src/model/index.ts"
import type { Observer } from "../../src/property/index.ts"
import { type Cause, handlerRuns } from "./HandlerRuns.ts"
import { carriedOut, destinations, flying } from "./ReferenceCommands.ts"
import { operationsAt } from "./ReferenceWorkload.ts"
import { hasArrived, notBefore, readingsOf, ticksFrom } from "./ReferenceClocks.ts"
import {
  faults,
  type TrackedEnvelope,
  lasting,
  linkOf,
  seenAt,
  spend,
  type State,
  type Step,
  text,
  union,
  withNode
} from "./ReferenceState.ts"

type Seen = ReadonlyArray<Observation>

/** A state in which some nodes have started, and what they noted when. */
interface Started {
  readonly state: State
  readonly notes: ReadonlyArray<{ readonly moment: number; readonly seen: Seen }>
}

/** The steps of one system. */
export class ReferenceSteps {
  private readonly system: NodeSystem<unknown>
  private readonly observers: ReadonlyArray<Observer<unknown>>
  private readonly causal: boolean
  /** Whether clocks tick: real time is an exact moment, and any of it may pass before a step. */
  private readonly ticking: boolean

  constructor(system: NodeSystem<unknown>, observers: ReadonlyArray<Observer<unknown>>, ticking = false) {
    this.ticking = ticking && system.clocks !== undefined
    this.system = system
    this.observers = observers
    this.causal = observers.some(({ causal }) => causal)
  }

  /**
   * Every state after all nodes that are up have started, each as early as what its clock showed allows; a start is no
   * step. `offsets`: of each clock, where they are known from the beginning.
   */
  initial(offsets: ReadonlyArray<number | undefined> = []): ReadonlyArray<State> {
    const all = this.system.machines.reduce(
      (found: ReadonlyArray<Started>, _, id) => found.flatMap((each) => this.starts(each, id)),
      [{ state: this.unstarted(offsets), notes: [] }]
    )
    return all.map(({ notes, state }) => {
      const inTime = notes.toSorted((left, right) => left.moment - right.moment)
      const { remembered } = this.step(
        "start",
        undefined,
        state,
        inTime.flatMap(({ seen }) => seen)
      ).after
      const last = Math.max(0, ...inTime.map(({ moment }) => moment))
      return { ...state, remembered, ...(state.now === undefined ? {} : { now: last }) }
    })
  }

  private starts({ notes, state }: Started, id: number): ReadonlyArray<Started> {
    const { start } = this.system.machines[id]!
    if (start === undefined || !state.nodes[id]!.up) return [{ notes, state }]
    const cause = { action: "start", handler: start }
    return this.runs(state, id, cause, () => {}, false).map(({ clock, commands, local }) => {
      const before = withNode(state, id, { local, clock })
      const { after, seen } = carriedOut(this.system, this.causal, before, id, cause, commands)
      return { state: after, notes: [...notes, { moment: clock.least, seen }] }
    })
  }

  private unstarted(offsets: ReadonlyArray<number | undefined>): State {
    const { clocks, faults: bounds, machines, network, workload } = this.system
    const sessions = workload.kind === "sessions" ? workload.sessions : []
    return {
      nodes: machines.map((_, id) => ({
        local: this.anew(id),
        up: !bounds.down.includes(id),
        isCutOff: bounds.down.includes(id),
        timers: [],
        invoked: [],
        clock: {
          least: 0,
          back: clocks?.stepsBack ?? 0,
          ...(offsets[id] === undefined ? {} : { offset: offsets[id] })
        },
        past: []
      })),
      envelopes: [],
      left: {
        lose: network.lose,
        duplicate: network.duplicate,
        cut: network.cut,
        crash: bounds.crashes,
        recover: bounds.recoveries,
        draw: workload.kind === "drawn" ? workload.total : 0
      },
      cut: [],
      sessions: sessions.map(() => ({ next: 0, waiting: false, past: [], answeredAt: 0 })),
      remembered: this.observers.map(({ initial }) => initial),
      ...(clocks === undefined ? {} : { now: 0 })
    }
  }

  /** Everything that can happen. */
  steps(state: State): ReadonlyArray<Step<State>> {
    const atNodes = state.nodes.flatMap((_, id) => this.stepsInTime(state, id)).filter((step) => !step.isOutOfTime)
    return [...atNodes, ...this.linkSteps(state)]
  }

  /** Steps that only the horizon of the clocks keeps from happening, at the first moment at which they are due. */
  outOfTime(state: State): ReadonlyArray<Step<State>> {
    const all = state.nodes.flatMap((_, id) => this.stepsInTime(state, id))
    return all.filter((step) => {
      const due = all.find(({ unit }) => unit === step.unit)
      return step.isOutOfTime && due?.moment === step.moment
    })
  }

  /** Where steps are taken in the order of time, none is earlier than the last. */
  private stepsInTime(state: State, id: number): ReadonlyArray<Step<State>> {
    const { now } = state
    const { clocks } = this.system
    if (now === undefined || clocks === undefined) return this.stepsAt(state, id)
    const moments = this.ticking ? ticksFrom(clocks, now) : [now]
    return moments.flatMap((moment) => {
      const present = withNode(state, id, { clock: notBefore(clocks, state.nodes[id]!.clock, moment) })
      return this.stepsAt({ ...present, now: moment }, id).map((step) => ({
        ...step,
        moment,
        after: { ...step.after, now: Math.max(moment, step.after.nodes[id]!.clock.least) }
      }))
    })
  }

  private stepsAt(state: State, id: number): ReadonlyArray<Step<State>> {
    if (state.nodes[id]?.up !== true) return [...this.recoveries(state, id), ...this.arrivals(state, id)]
    return [
      ...this.invocations(state, id),
      ...this.arrivals(state, id),
      ...this.timeouts(state, id),
      ...crashes(this, state, id)
    ]
  }

  /** Nothing in flight, no timer pending, no operation that can be invoked: at any node that is up. */
  isQuiescent(state: State, isIdle = false): boolean {
    const isUp = (id: number) => state.nodes[id]?.up === true
    return (
      (isIdle || state.nodes.every(({ timers, up }) => !up || timers.length === 0)) &&
      state.envelopes.every(({ to }) => !isUp(to)) &&
      state.nodes.every((_, id) => !isUp(id) || operationsAt(this.system, state, id).length === 0)
    )
  }

  mayCrash(state: State, id: number): boolean {
    return state.left.crash > 0 && (this.system.faults.nodes?.includes(id) ?? true)
  }

  /** The states of a node that has just gone down, durable fields kept; its connections break, or hold, or either. */
  down(state: State, id: number): ReadonlyArray<State> {
    const local = lasting(this.system.machines[id]!.durable, state.nodes[id]!.local, this.anew(id))
    const held = spend(withNode(state, id, { local, up: false, timers: [] }), "crash")
    const broken = {
      ...withNode(held, id, { isCutOff: true }),
      envelopes: state.envelopes.filter(({ to }) => to !== id)
    }
    return { kept: [held], lost: [broken], either: [held, broken] }[this.system.faults.inFlight]
  }

  /** `of`: what the action is done with, where that is not its node alone. */
  step(action: string, node: number | undefined, after: State, seen: Seen = [], of?: unknown): Step<State> {
    const remembered = this.observers.map((observer, index) =>
      seen.reduce(
        (value, each) => observer.observe(value, observer.causal ? each : { ...each, past: [] }),
        after.remembered[index]
      )
    )
    const observations = seen.map((each) => ({ ...each, past: [] }))
    const unit = `${action} ${node} ${text(of)}`
    return { action, unit, fault: faults.has(action), node, observations, after: { ...after, remembered } }
  }

  private anew(id: number): unknown {
    return this.system.machines[id]!.initial({ id, nodes: this.system.machines.length })
  }

  private isAllowed(state: State, id: number, input: Message): boolean {
    return this.system.machines[id]!.guards.get(input._tag)?.(state.nodes[id]!.local, input) ?? true
  }

  private invocations(state: State, id: number): ReadonlyArray<Step<State>> {
    return operationsAt(this.system, state, id)
      .filter(({ operation }) => this.isAllowed(state, id, operation))
      .flatMap(({ after, name, operation }) =>
        this.handle(after, id, {
          action: `invoke ${operation._tag}`,
          handler: this.system.machines[id]!.handlers.get(operation._tag),
          input: operation,
          operation: name,
          first: { kind: "invoked", operation, id: name }
        })
      )
  }

  /** Deliveries, losses and duplications of the messages that may arrive next; equal ones are one choice. */
  private arrivals(state: State, id: number): ReadonlyArray<Step<State>> {
    const { clocks, network } = this.system
    const alike = (envelope: TrackedEnvelope): string =>
      network.order === "ordered" ? `${envelope.from}` : text(envelope)
    const next = state.envelopes.filter(
      (envelope, index, all) =>
        envelope.to === id && all.findIndex((other) => other.to === id && alike(other) === alike(envelope)) === index
    )
    return next.flatMap((envelope) => {
      const hasCome = !this.ticking || clocks === undefined || hasArrived(clocks, envelope.sentAt, state.now ?? 0)
      const isThere = hasCome && state.nodes[id]!.up
      const rest = { ...state, envelopes: state.envelopes.toSpliced(state.envelopes.indexOf(envelope), 1) }
      const { clock, past } = state.nodes[id]!
      const told = withNode(rest, id, {
        past: union(past, envelope.past),
        clock: clocks === undefined ? clock : notBefore(clocks, clock, envelope.sentAt + clocks.latency)
      })
      const cause = {
        action: `deliver ${envelope.message._tag}`,
        handler: this.system.machines[id]!.handlers.get(envelope.message._tag),
        input: envelope.message,
        sender: envelope.from
      }
      const twice = { ...state, envelopes: flying(this.system, state.envelopes, envelope) }
      const of = [envelope.from, envelope.message]
      return [
        ...(isThere && this.isAllowed(state, id, envelope.message) ? this.handle(told, id, cause) : []),
        ...(state.left.lose > 0 ? [this.step("lose", id, spend(rest, "lose"), [], of)] : []),
        ...(state.left.duplicate > 0 ? [this.step("duplicate", id, spend(twice, "duplicate"), [], of)] : [])
      ]
    })
  }

  private timeouts(state: State, id: number): ReadonlyArray<Step<State>> {
    const { timers } = state.nodes[id]!
    return timers.flatMap((timer) =>
      this.handle(withNode(state, id, { timers: timers.filter((other) => other !== timer) }), id, {
        action: `timeout ${timer}`,
        handler: this.system.machines[id]!.timeouts.get(timer)
      })
    )
  }

  private recoveries(state: State, id: number): ReadonlyArray<Step<State>> {
    if (state.left.recover === 0 || this.system.faults.down.includes(id)) return []
    const after = spend(withNode(state, id, { up: true, isCutOff: false }), "recover")
    const { recover } = this.system.machines[id]!
    const first: Note = { kind: "recovered" }
    if (recover !== undefined) return this.handle(after, id, { action: "recover", handler: recover, first })
    return [this.step("recover", id, after, [seenAt(state, id, first)])]
  }

  private linkSteps(state: State): ReadonlyArray<Step<State>> {
    const { network, topology } = this.system
    const links = new Set(topology.neighbours.flatMap((others, id) => others.map((other) => linkOf(id, other))))
    return [...links].flatMap((link) => {
      const isCut = state.cut.includes(link)
      if (!isCut && state.left.cut > 0) {
        return [this.step("cut", undefined, { ...spend(state, "cut"), cut: [...state.cut, link].sort() }, [], link)]
      }
      if (!isCut || !network.heal) return []
      return [this.step("heal", undefined, { ...state, cut: state.cut.filter((other) => other !== link) }, [], link)]
    })
  }

  private runs(
    state: State,
    id: number,
    { action, handler, input, operation, sender }: Cause,
    outOfTime = () => {},
    ticking = this.ticking
  ) {
    const { clocks, topology } = this.system
    const { clock, local } = state.nodes[id]!
    if (handler === undefined) throw new Error(`no handler for ${action}`)
    return handlerRuns(handler, local, input, {
      self: id,
      operation,
      sender,
      neighbours: topology.neighbours[id]!,
      clock,
      readings: readingsOf(clocks, id, ticking),
      outOfTime
    })
  }

  /** Every way in which a handler can go, and with each the crashes in which only some of its messages left. */
  private handle(state: State, id: number, cause: Cause): ReadonlyArray<Step<State>> {
    const late: Array<Step<State>> = []
    const runs = this.runs(state, id, cause, () => {
      late.push({ ...this.step(cause.action, id, state, [], [cause.sender, cause.input]), isOutOfTime: true })
    })
    const taken = runs.flatMap(({ clock, commands, local }) => {
      const before = withNode(state, id, { local, clock })
      const sends = commands.flatMap((command) => destinations(this.system, id, command, cause.sender)).length
      const whole = carriedOut(this.system, this.causal, before, id, cause, commands)
      const of = [cause.sender, cause.input]
      const steps = [this.step(cause.action, id, whole.after, whole.seen, of)]
      if (!this.system.faults.midHandler || !this.mayCrash(state, id)) return steps
      for (let leaving = 0; leaving < 2 ** sends - 1; leaving++) {
        const { after, seen } = carriedOut(
          this.system,
          this.causal,
          before,
          id,
          cause,
          commands,
          (index) => ((leaving >> index) & 1) === 1
        )
        const last = seenAt(after, id, { kind: "crashed" })
        steps.push(
          ...this.down(after, id).map((down) => this.step("crash in mid-handler", id, down, [...seen, last], of))
        )
      }
      return steps
    })
    return [...taken, ...late]
  }
}

const crashes = (reference: ReferenceSteps, state: State, id: number): ReadonlyArray<Step<State>> =>
  reference.mayCrash(state, id)
    ? reference
        .down(state, id)
        .map((down) => reference.step("crash", id, down, [seenAt(state, id, { kind: "crashed" })]))
    : []
