/**
 * The semantics of a system of nodes: the transitions of a node, given its local state, its metadata, and the
 * environment. They do not depend on the rest of the node's inbox, so `NodeTransitions` computes them once for every
 * inbox.
 */
import type { Machine, Message, NodeSystem, Note } from "../../model/index.ts"
import { NodeConfigurations, initialMetadata } from "./NodeConfigurations.ts"
import { afterDelivery, notBefore } from "../tracking/ClockZone.ts"
import { Commands, observationOf } from "../messages/Commands.ts"
import { withNow, withSession } from "./Environment.ts"
import { HandlerMemo } from "../memo/HandlerMemo.ts"
import { InitialLocals } from "../memo/InitialLocals.ts"
import { Inputs } from "../messages/Inputs.ts"
import { Interner } from "../interning/Interner.ts"
import { withKnowledge } from "../tracking/Knowledge.ts"
import { NodeActions } from "./NodeActions.ts"
import { NodeCrashes, recovered, withCrashes } from "./NodeCrashes.ts"
import type { NodeContext, NodeTransition } from "./NodeTransition.ts"
import { NodeGuards } from "../memo/NodeGuards.ts"
import { type Invocation, NodeWorkload } from "./NodeWorkload.ts"
import { admitBy } from "../execution/StrictRunner.ts"

/** Node outcome: a transition whose metadata and environment are not interned yet. */
type NodeOutcome = Omit<NodeTransition, "metadata" | "environment"> & Pick<NodeContext, "metadata" | "environment">

type Visit = (nodeOutcome: NodeOutcome) => void

/** Options for turning a system into transitions. */
export interface NodeOptions {
  /** True if causal pasts are tracked. */
  readonly causal: boolean
  /** True if each handler call is run twice and compared. */
  readonly checkDeterminism: boolean
}

/** The transitions of a system's nodes. */
export class NodeSemantics {
  readonly configurations: NodeConfigurations
  readonly actions: NodeActions
  readonly memo: HandlerMemo
  readonly system: NodeSystem<unknown>
  readonly workload: NodeWorkload
  readonly environments = new Interner()
  readonly commands: Commands
  readonly guards: NodeGuards
  /** Called, while it is set, with each step that only the horizon of a clock prevents. */
  outOfTime: ((step: Pick<NodeTransition, "action" | "from" | "input">) => void) | undefined = undefined
  private readonly initials: InitialLocals
  private readonly crashes: NodeCrashes
  private readonly inputs: Inputs

  constructor(system: NodeSystem<unknown>, options: NodeOptions) {
    this.system = system
    this.actions = new NodeActions(system)
    this.guards = new NodeGuards(system, options.checkDeterminism)
    this.memo = new HandlerMemo(system.name, system.clocks, options.checkDeterminism)
    this.workload = new NodeWorkload(system)
    this.inputs = new Inputs(system)
    const interners = new Map(
      [...new Set(system.machines)].map((machine) => [machine, new Interner(admitBy(machine.state))])
    )
    this.configurations = new NodeConfigurations(
      system,
      system.machines.map((machine) => interners.get(machine)!),
      (node, metadata) => this.workload.hasWork(node, metadata.progress)
    )
    this.initials = new InitialLocals(system, this.configurations, options.checkDeterminism)
    this.crashes = new NodeCrashes(system, this.configurations, (node) => this.initials.of(node))
    this.commands = new Commands(system, this.inputs, this.configurations.envelopes)
    for (const { node, operation } of this.workload.all()) this.inputs.acceptOperation(node, operation)
  }

  /** The initial configuration of a node. */
  initial(node: number, causal: boolean): number {
    const up = !this.system.faults.down.includes(node)
    const metadata = initialMetadata({ up, clocks: this.system.clocks, causal })
    return this.configurations.intern(node, this.initials.of(node), 0, this.configurations.metadataIds.intern(metadata))
  }

  /** Runs some calls of the model's code again. Throws `ModelRefused` if one differs. */
  recheck(): void {
    this.initials.recheck()
    this.guards.recheck()
    this.memo.recheck()
  }

  /** Transitions before any arrival: invocations of operations, or the recovery of a node that is down. */
  first(place: NodeContext): ReadonlyArray<NodeTransition> {
    return this.collect(place, (now, visit) =>
      now.metadata.up ? this.invocations(now, visit) : this.recovery(now, visit)
    )
  }

  /**
   * Transitions of an envelope that may arrive next: a node that is up receives it, it is lost, or it is duplicated.
   */
  received(place: NodeContext, envelope: number): ReadonlyArray<NodeTransition> {
    return this.collect(place, (now, visit) => this.delivery(now, envelope, visit))
  }

  /** The remaining transitions of a node that is up: timeouts and a crash. */
  last(place: NodeContext): ReadonlyArray<NodeTransition> {
    return this.collect(place, (now, visit) => {
      const { metadata } = now
      for (const name of metadata.timers) {
        const after = { ...metadata, timers: metadata.timers.filter((timer) => timer !== name) }
        this.handle(
          { ...now, metadata: after },
          { kind: "timeout", name, action: `timeout ${name}`, inbox: "kept" },
          visit
        )
      }
      this.crash(now, visit)
    })
  }

  /** The transitions that `each` visits. If steps are taken in the order of time, they keep that order. */
  private collect(place: NodeContext, each: (place: NodeContext, visit: Visit) => void): ReadonlyArray<NodeTransition> {
    const { now } = place.environment
    const found: Array<NodeTransition> = []
    const before = place.metadata
    const metadata =
      now === undefined
        ? before
        : withKnowledge(this.system.clocks, before, { past: before.past, moment: now }, notBefore)
    each({ ...place, metadata }, ({ metadata: after, environment, ...transition }) => {
      const moment = after.zone?.least ?? now
      const settled = moment === undefined ? environment : withNow(environment, moment)
      found.push({
        ...transition,
        metadata: this.configurations.metadataIds.intern(after),
        environment: this.environments.intern(settled)
      })
    })
    return found
  }

  private machine(node: number): Machine<unknown> {
    return this.system.machines[node]!
  }

  private guarded({ local, node }: NodeContext, input: Message, action: string): boolean {
    return this.guards.allows(this.machine(node), this.configurations.locals[node]!.values[local], input, action)
  }

  private invocations(place: NodeContext, visit: Visit): void {
    const { metadata, environment, node } = place
    for (const invocation of this.workload.next(node, metadata.progress, environment)) {
      const { id, operation } = invocation
      if (!this.guarded(place, operation, `invoke ${operation._tag}`)) continue
      const note: Note = { kind: "invoked", operation, id }
      this.handle(
        this.invoked(place, invocation),
        {
          kind: "invoke",
          name: operation._tag,
          action: `invoke ${operation._tag}`,
          inbox: "kept",
          input: operation,
          operation: id,
          note
        },
        visit
      )
    }
  }

  /** The context after an operation has been invoked and before its handler runs. */
  private invoked(place: NodeContext, { draws, progress, session }: Invocation): NodeContext {
    const { metadata, environment } = place
    const own = { ...metadata, progress }
    if (draws) return { ...place, metadata: own, environment: { ...environment, draw: environment.draw - 1 } }
    if (session === undefined) return { ...place, metadata: own }
    const state = environment.sessions![session]!
    const after = withSession(environment, session, { next: state.next + 1, waiting: true })
    const brought = { past: state.past, moment: state.answeredAt }
    return { ...place, metadata: withKnowledge(this.system.clocks, own, brought, notBefore), environment: after }
  }

  private delivery(place: NodeContext, id: number, visit: Visit): void {
    const { metadata, environment } = place
    const envelope = this.configurations.envelope(id)
    const { from, message } = envelope
    const brought = { past: envelope.past, moment: envelope.sentAt }
    if (metadata.up && this.guarded(place, message, `deliver ${message._tag}`)) {
      const action = `deliver ${message._tag}`
      this.handle(
        { ...place, metadata: withKnowledge(this.system.clocks, metadata, brought, afterDelivery) },
        { kind: "deliver", name: message._tag, action, inbox: "received", input: message, from },
        visit
      )
    }
    if (environment.lose > 0) {
      const after = { ...environment, lose: environment.lose - 1 }
      visit(this.bare({ ...place, environment: after }, "lose", "received", { input: message, from }))
    }
    if (environment.duplicate > 0) {
      const after = { ...environment, duplicate: environment.duplicate - 1 }
      visit(this.bare({ ...place, environment: after }, "duplicate", "doubled", { input: message, from }))
    }
  }

  /** A transition in which no handler runs. */
  private bare(
    { metadata, environment, local }: NodeContext,
    kind: NodeTransition["kind"],
    inbox: NodeTransition["inbox"],
    more: Partial<NodeOutcome>
  ): NodeOutcome {
    return {
      kind,
      action: this.actions.number(kind),
      local,
      metadata,
      inbox,
      environment,
      sends: new Map(),
      observations: more.observations ?? [],
      input: more.input,
      from: more.from,
      picks: [],
      unsent: []
    }
  }

  private crash(place: NodeContext, visit: Visit): void {
    const { metadata, environment, node } = place
    if (!this.crashes.mayCrash(node, environment)) return
    const observations = [observationOf(node, metadata, { kind: "crashed" })]
    for (const { inbox, ...after } of this.crashes.ways(place, "kept")) {
      visit(this.bare({ node, ...after }, "crash", inbox, { observations }))
    }
  }

  private recovery(place: NodeContext, visit: Visit): void {
    const { metadata, environment, node } = place
    if (environment.recover === 0 || this.system.faults.down.includes(node)) return
    const after: NodeContext = {
      ...place,
      metadata: recovered(metadata),
      environment: { ...environment, recover: environment.recover - 1 }
    }
    const note: Note = { kind: "recovered" }
    if (this.machine(node).recover !== undefined) {
      return this.handle(after, { kind: "recover", action: "recover", inbox: "kept", note }, visit)
    }
    visit(this.bare(after, "recover", "kept", { observations: [observationOf(node, after.metadata, note)] }))
  }

  /** Visits every result of a handler call, and the crashes in the middle of it. */
  private handle(place: NodeContext, cause: Cause, visit: Visit): void {
    const { metadata, environment, local, node } = place
    const { from, inbox, input, note, operation } = cause
    const key = this.actions.handler(this.machine(node), handlerKinds[cause.kind], cause.name)
    const neighbours = this.system.topology.neighbours[node]!
    const outOfTime = () => this.outOfTime?.({ action: this.actions.number(cause.action), from, input })
    const context = { self: node, operation, sender: from, neighbours, zone: metadata.zone ?? undefined, outOfTime }
    const inputId = input === undefined ? -1 : this.inputs.interner.intern(input)
    const canonical = input === undefined ? undefined : this.inputs.interner.values[inputId]
    const locals = this.configurations.locals[node]!
    let ways = 0
    this.memo.outcomes(key, locals, local, inputId, canonical, context, (outcome, zone, picks) => {
      const updated = zone === context.zone ? metadata : { ...metadata, zone: zone ?? null }
      const carryOut = (departed: number | undefined) =>
        this.commands.carryOut(node, updated, outcome, from, environment, note, key, departed)
      const whole = carryOut(undefined)
      const base = { input, from, picks, local: outcome.local }
      visit({ ...base, ...whole, kind: cause.kind, action: this.actions.number(cause.action), inbox })
      if (!this.system.faults.midHandler || !this.crashes.mayCrash(node, environment)) return
      ways = withCrashes(ways, whole.sendCount)
      for (let departed = 0; departed < 2 ** whole.sendCount - 1; departed++) {
        const partial = carryOut(departed)
        const observations = [...partial.observations, observationOf(node, partial.metadata, { kind: "crashed" })]
        const action = this.actions.number("crash in mid-handler")
        const at = { node, local: outcome.local, metadata: partial.metadata, environment: partial.environment }
        for (const crashed of this.crashes.ways(at, inbox)) {
          visit({ ...base, ...partial, ...crashed, kind: "crash", action, observations })
        }
      }
    })
  }
}

/** The handlers that run in each kind of step. */
const handlerKinds = { invoke: "input", deliver: "input", timeout: "timeout", recover: "recover" } as const

/** Cause of a handler's run. */
interface Cause {
  readonly kind: keyof typeof handlerKinds
  /** The tag of the input, or the timer. */
  readonly name?: string
  readonly action: string
  readonly inbox: NodeTransition["inbox"]
  readonly input?: Message
  readonly from?: number
  /** The operation's name, for an operation. */
  readonly operation?: string
  /** The note that precedes those of the handler. */
  readonly note?: Note
}
