/**
 * What can happen at one node, given its actor id and the environment: the semantics of a system of nodes. Whoever
 * wants successors, counts or labels gets them from this one enumeration, in an order that depends on values only.
 */
import type { Envelope, Machine, Message, NodeSystem, Note, Observation } from "../model/index.ts"
import { Actors, type Companion, initialCompanion } from "./Actors.ts"
import { afterDelivery, notBefore } from "./ClockZone.ts"
import { Deeds, observationOf } from "./Deeds.ts"
import { type Environment, withNow, withSession } from "./Environment.ts"
import { HandlerMemo } from "./HandlerMemo.ts"
import { Inputs } from "./Inputs.ts"
import { Interner } from "./Interner.ts"
import { learn } from "./Knowledge.ts"
import { ModelRefused, Refusal } from "./ModelRefused.ts"
import { NodeActions } from "./NodeActions.ts"
import { NodeGuards } from "./NodeGuards.ts"
import { type Invocation, NodeWorkload } from "./NodeWorkload.ts"
import type { StepKind } from "./Program.ts"
import { admitBy, refusalOf } from "./StrictRunner.ts"

/** One thing that can happen at a node. */
export interface NodeTransition {
  readonly kind: StepKind
  readonly action: number
  /** The node's next actor id. */
  readonly actor: number
  readonly environment: Environment
  /** Flights put on their way, per destination, in the order of sending. */
  readonly sends: ReadonlyMap<number, ReadonlyArray<number>>
  readonly observations: ReadonlyArray<Observation>
  /** The operation or message in hand. */
  readonly input: unknown
  /** The source of the message in hand. */
  readonly from: number | undefined
  readonly picks: ReadonlyArray<string>
  /** Messages a crash kept from leaving. */
  readonly unsent: ReadonlyArray<Envelope>
}

/** How a system is turned into transitions. */
export interface NodeOptions {
  /** Whether true causal pasts are tracked. */
  readonly causal: boolean
  /** Whether each handler call is run twice and compared. */
  readonly checkDeterminism: boolean
}

type Visit = (transition: NodeTransition) => void

/** The transitions of a system's nodes. */
export class NodeTransitions {
  readonly actors: Actors
  readonly actions: NodeActions
  readonly memo: HandlerMemo
  readonly system: NodeSystem<unknown>
  readonly workload: NodeWorkload
  private readonly inputs: Inputs
  readonly deeds: Deeds
  readonly guards: NodeGuards

  constructor(system: NodeSystem<unknown>, options: NodeOptions) {
    this.system = system
    this.actions = new NodeActions(system)
    this.guards = new NodeGuards(system)
    this.memo = new HandlerMemo(system.name, system.clocks, options.checkDeterminism)
    this.workload = new NodeWorkload(system)
    this.inputs = new Inputs(system)
    const interners = new Map(
      [...new Set(system.machines)].map((machine) => [machine, new Interner(admitBy(machine.state))])
    )
    this.actors = new Actors(
      system,
      system.machines.map((machine) => interners.get(machine)!),
      (node, companion) => this.workload.hasWork(node, companion.progress)
    )
    this.deeds = new Deeds(system, this.inputs, this.actors.flights)
    for (const { node, operation } of this.workload.all()) this.inputs.acceptOperation(node, operation)
  }

  /** The actor a node starts as. */
  initial(node: number, causal: boolean): number {
    const machine = this.system.machines[node]!
    const up = !this.system.faults.down.includes(node)
    const companion = initialCompanion({ up, clocks: this.system.clocks, causal })
    return this.actors.intern(node, this.initialLocal(machine, node), 0, companion)
  }

  /** Visits everything that can happen at a node. */
  forEach(node: number, actor: number, environment: Environment, visit: Visit): void {
    const { now } = environment
    const flights = this.flights(node, actor)
    const known = this.actors.companion(node, actor)
    if (now === undefined) return this.each({ node, actor, companion: known, environment, flights }, visit)
    const companion = learn(this.system.clocks, known, { past: known.past, moment: now }, notBefore)
    this.each({ node, actor, companion, environment, flights }, (transition) => {
      const least = this.actors.companion(node, transition.actor).zone?.least ?? now
      visit({ ...transition, environment: withNow(transition.environment, least) })
    })
  }

  private each(place: Place, visit: Visit): void {
    const { companion } = place
    if (!companion.up) return this.recovery(place, visit)
    this.invocations(place, visit)
    this.deliveries(place, visit)
    for (const name of companion.timers) {
      const after = { ...companion, timers: companion.timers.filter((timer) => timer !== name) }
      this.handle(
        { ...place, companion: after },
        { kind: "timeout", handler: `timeout ${name}`, action: `timeout ${name}` },
        visit
      )
    }
    this.crash(place, visit)
  }

  private machine(node: number): Machine<unknown> {
    return this.system.machines[node]!
  }

  private flights(node: number, actor: number): ReadonlyArray<number> {
    return this.actors.inboxes[this.actors.inboxOf[node]!.data[actor]!]!
  }

  private local(node: number, actor: number): number {
    return this.actors.localOf[node]!.data[actor]!
  }

  private initialLocal(machine: Machine<unknown>, node: number): number {
    try {
      const state = machine.initial({ id: node, nodes: this.system.machines.length })
      return this.actors.locals[node]!.intern(state)
    } catch (thrown) {
      throw this.refused(refusalOf(thrown), `machine ${machine.name}, initial state of n${node}`, "")
    }
  }

  private refused(refusal: Refusal, where: string, input: string): ModelRefused {
    return new ModelRefused({
      system: this.system.name,
      where,
      offence: refusal.offence,
      input,
      detail: refusal.detail
    })
  }

  private guarded(node: number, actor: number, input: Message, action: string): boolean {
    const state = this.actors.locals[node]!.values[this.local(node, actor)]
    return this.guards.allows(this.machine(node), state, input, action)
  }

  private invocations(place: Place, visit: Visit): void {
    const { actor, companion, environment, node } = place
    for (const invocation of this.workload.next(node, companion.progress, environment)) {
      const { id, operation } = invocation
      if (!this.guarded(node, actor, operation, `invoke ${operation._tag}`)) continue
      const note: Note = { kind: "invoked", operation, id }
      this.handle(
        this.asked(place, invocation),
        {
          kind: "invoke",
          handler: operation._tag,
          action: `invoke ${operation._tag}`,
          input: operation,
          operation: id,
          note
        },
        visit
      )
    }
  }

  /** The place once an operation has been invoked there, before its handler runs. */
  private asked(place: Place, { draws, progress, session }: Invocation): Place {
    const { companion, environment } = place
    const own = { ...companion, progress }
    if (draws) return { ...place, companion: own, environment: { ...environment, draw: environment.draw - 1 } }
    const state = session === undefined ? undefined : environment.sessions?.[session]
    if (session === undefined || state === undefined) return { ...place, companion: own }
    const after = withSession(environment, session, { next: state.next + 1, waiting: true })
    const brought = { past: state.past, moment: state.answeredAt }
    return { ...place, companion: learn(this.system.clocks, own, brought, notBefore), environment: after }
  }

  private deliveries(place: Place, visit: Visit): void {
    const { actor, companion, environment, flights, node } = place
    for (const id of this.actors.deliverable(flights)) {
      const flight = this.actors.flight(id)
      const { from, message } = flight
      const brought = { past: flight.past, moment: flight.sentAt }
      const rest = flights.toSpliced(flights.indexOf(id), 1)
      if (this.guarded(node, actor, message, `deliver ${message._tag}`)) {
        this.handle(
          { ...place, flights: rest, companion: learn(this.system.clocks, companion, brought, afterDelivery) },
          { kind: "deliver", handler: message._tag, action: `deliver ${message._tag}`, input: message, from },
          visit
        )
      }
      if (environment.lose > 0) {
        const after = { ...environment, lose: environment.lose - 1 }
        visit(this.bare({ ...place, flights: rest, environment: after }, "lose", { input: message, from }))
      }
      if (environment.duplicate > 0) {
        const after = { ...environment, duplicate: environment.duplicate - 1 }
        const twice = this.actors.withFlight(flights, id)
        visit(this.bare({ ...place, flights: twice, environment: after }, "duplicate", { input: message, from }))
      }
    }
  }

  /** A transition in which no handler runs. */
  private bare(
    { actor, companion, environment, flights, node }: Place,
    kind: StepKind,
    more: Partial<NodeTransition>
  ): NodeTransition {
    return {
      kind,
      action: this.actions.number(kind),
      actor: more.actor ?? this.actors.intern(node, this.local(node, actor), this.actors.inbox(flights), companion),
      environment,
      sends: new Map(),
      observations: more.observations ?? [],
      input: more.input,
      from: more.from,
      picks: [],
      unsent: []
    }
  }

  private mayCrash(node: number, environment: Environment): boolean {
    return environment.crash > 0 && (this.system.faults.nodes?.includes(node) ?? true)
  }

  private crash(place: Place, visit: Visit): void {
    const { actor, companion, environment, node } = place
    if (!this.mayCrash(node, environment)) return
    const after = { ...environment, crash: environment.crash - 1 }
    visit(
      this.bare({ ...place, environment: after }, "crash", {
        actor: this.crashed(node, this.local(node, actor), companion),
        observations: [observationOf(node, companion, { kind: "crashed" })]
      })
    )
  }

  /** The actor of a node that has just gone down: durable state only, no inbox, no timers. */
  private crashed(node: number, local: number, companion: Companion): number {
    const { durable } = this.machine(node)
    let kept = local
    if (durable !== undefined) {
      const locals = this.actors.locals[node]!
      const before = locals.values[local] as Record<string, unknown>
      const anew = locals.values[this.initialLocal(this.machine(node), node)] as Record<string, unknown>
      kept = locals.intern({ ...anew, ...Object.fromEntries(durable.map((field) => [field, before[field]])) })
    }
    return this.actors.intern(node, kept, 0, { ...companion, up: false, timers: [] })
  }

  private recovery(place: Place, visit: Visit): void {
    const { companion, environment, node } = place
    if (environment.recover === 0 || this.system.faults.down.includes(node)) return
    const after: Place = {
      ...place,
      companion: { ...companion, up: true },
      environment: { ...environment, recover: environment.recover - 1 }
    }
    const note: Note = { kind: "recovered" }
    if (this.machine(node).recover !== undefined) {
      return this.handle(after, { kind: "recover", handler: "recover", action: "recover", note }, visit)
    }
    visit(this.bare(after, "recover", { observations: [observationOf(node, after.companion, note)] }))
  }

  /** Visits every outcome of a handler call, and the crashes in the middle of it. */
  private handle(place: Place, cause: Cause, visit: Visit): void {
    const { actor, companion, environment, flights, node } = place
    const { from, input, note, operation } = cause
    const key = this.actions.handler(this.machine(node), cause.handler)
    const neighbours = this.system.topology.neighbours[node]!
    const context = { self: node, operation, sender: from, neighbours, zone: companion.zone ?? undefined }
    const inputId = input === undefined ? -1 : this.inputs.interner.intern(input)
    const canonical = input === undefined ? undefined : this.inputs.interner.values[inputId]
    const { actors } = this
    this.memo.outcomes(
      key,
      actors.locals[node]!,
      this.local(node, actor),
      inputId,
      canonical,
      context,
      (outcome, zone, picks) => {
        const told = zone === context.zone ? companion : { ...companion, zone: zone ?? null }
        const carryOut = (kept: number | undefined) =>
          this.deeds.carryOut(node, told, outcome, from, environment, note, key, kept)
        const whole = carryOut(undefined)
        const base = { input, from, picks }
        visit({
          ...base,
          ...whole,
          kind: cause.kind,
          action: this.actions.number(cause.action),
          actor: actors.intern(node, outcome.local, actors.inbox(flights), whole.companion)
        })
        if (!this.system.faults.midHandler || !this.mayCrash(node, environment)) return
        for (let kept = 0; kept < 2 ** whole.sendCount - 1; kept++) {
          const partial = carryOut(kept)
          visit({
            ...base,
            ...partial,
            kind: "crash",
            action: this.actions.number("crash in mid-handler"),
            actor: this.crashed(node, outcome.local, partial.companion),
            environment: { ...partial.environment, crash: environment.crash - 1 },
            observations: [...partial.observations, observationOf(node, partial.companion, { kind: "crashed" })]
          })
        }
      }
    )
  }
}

/** Where something happens: a node with what belongs to it, and the environment. */
interface Place {
  readonly node: number
  readonly actor: number
  readonly companion: Companion
  readonly environment: Environment
  /** The node's inbox. */
  readonly flights: ReadonlyArray<number>
}

/** Why a handler runs. */
interface Cause {
  readonly kind: StepKind
  readonly handler: string
  readonly action: string
  readonly input?: Message
  readonly from?: number
  /** The operation's name, if it is one. */
  readonly operation?: string
  /** What the harness itself notes first. */
  readonly note?: Note
}
