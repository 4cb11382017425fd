/**
 * What can happen at one node, given its actor id and the environment: the semantics of a system of nodes. Whoever
 * wants successors, counts or labels gets them from this one enumeration, in an order that depends on values only.
 */
import type { Envelope, InputSchema, Machine, Message, NodeSystem, Note, Observation } from "../model/index.ts"
import { Actors, type Companion, type Flight, initialCompanion } from "./Actors.ts"
import { afterDelivery } from "./ClockZone.ts"
import { type Environment, isCut } from "./Environment.ts"
import { type HandlerKey, HandlerMemo, type Outcome } from "./HandlerMemo.ts"
import type { Sending } from "./HandlerCall.ts"
import { Interner } from "./Interner.ts"
import { brief, ModelRefused, Refusal } from "./ModelRefused.ts"
import { NodeActions } from "./NodeActions.ts"
import { NodeWorkload } from "./NodeWorkload.ts"
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
  private readonly inputs = new Interner()
  private readonly admitted = new Map<InputSchema, Set<number>>()
  private readonly admit = new Map<InputSchema, (value: unknown) => void>()

  constructor(system: NodeSystem<unknown>, options: NodeOptions) {
    this.system = system
    this.actions = new NodeActions(system)
    this.memo = new HandlerMemo(system.name, system.clocks, options.checkDeterminism)
    this.workload = new NodeWorkload(system)
    const interners = new Map(
      [...new Set(system.machines)].map((machine) => [machine, new Interner(admitBy(machine.state))])
    )
    this.actors = new Actors(
      system,
      system.machines.map((machine) => interners.get(machine)!),
      (node, companion) => this.workload.hasWork(node, companion.progress)
    )
    for (const { node, operation } of this.workload.all()) this.accept(node, operation, "operations")
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
    const companion = this.actors.companion(node, actor)
    if (!companion.up) return this.recovery(node, actor, companion, environment, visit)
    this.invocations(node, actor, companion, environment, visit)
    this.deliveries(node, actor, companion, environment, visit)
    for (const name of companion.timers) {
      const key = this.actions.handler(this.machine(node), `timeout ${name}`)
      const next = { ...companion, timers: companion.timers.filter((timer) => timer !== name) }
      this.handle(
        node,
        actor,
        next,
        this.flights(node, actor),
        environment,
        "timeout",
        `timeout ${name}`,
        key,
        undefined,
        undefined,
        visit
      )
    }
    this.crash(node, actor, companion, environment, visit)
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

  /** The id of an input that the node's machine accepts; refuses any other. */
  private accept(node: number, input: Message, as: "operations" | "messages"): number {
    const machine = this.machine(node)
    const schema = machine[as].get(input._tag)
    if (schema === undefined) {
      if (as === "messages") {
        throw new Refusal(
          "sent a message its destination does not accept",
          `${brief(input)} to n${node}, a ${machine.name}`
        )
      }
      throw this.refused(
        new Refusal("is not composed correctly", `the workload asks n${node}, a ${machine.name}, for ${brief(input)}`),
        "workload",
        ""
      )
    }
    const id = this.inputs.intern(input)
    let known = this.admitted.get(schema)
    if (known === undefined) this.admitted.set(schema, (known = new Set()))
    if (!known.has(id)) {
      let admit = this.admit.get(schema)
      if (admit === undefined) this.admit.set(schema, (admit = admitBy(schema as never)))
      try {
        admit(this.inputs.values[id])
      } catch (thrown) {
        throw as === "messages" ? thrown : this.refused(refusalOf(thrown), "workload", brief(input))
      }
      known.add(id)
    }
    return id
  }

  private guarded(node: number, actor: number, input: Message): boolean {
    const guard = this.machine(node).guards.get(input._tag)
    if (guard === undefined) return true
    const state = this.actors.locals[node]!.values[this.local(node, actor)]
    try {
      return guard(state, input)
    } catch (thrown) {
      const where = `machine ${this.machine(node).name}, guard ${input._tag}`
      throw this.refused(refusalOf(thrown), where, `${brief(input)} in state ${brief(state)}`)
    }
  }

  private invocations(node: number, actor: number, companion: Companion, environment: Environment, visit: Visit): void {
    for (const { draws, id, operation, progress } of this.workload.next(node, companion.progress, environment.draw)) {
      if (!this.guarded(node, actor, operation)) continue
      const key = this.actions.handler(this.machine(node), operation._tag)
      const after = draws ? { ...environment, draw: environment.draw - 1 } : environment
      const next = { ...companion, progress }
      this.handle(
        node,
        actor,
        next,
        this.flights(node, actor),
        after,
        "invoke",
        `invoke ${operation._tag}`,
        key,
        operation,
        undefined,
        visit,
        id
      )
    }
  }

  private deliveries(node: number, actor: number, companion: Companion, environment: Environment, visit: Visit): void {
    const flights = this.flights(node, actor)
    for (const id of this.deliverable(flights)) {
      const flight = this.actors.flight(id)
      const rest = flights.toSpliced(flights.indexOf(id), 1)
      if (this.guarded(node, actor, flight.message)) {
        const key = this.actions.handler(this.machine(node), flight.message._tag)
        const next = this.informed(companion, flight)
        this.handle(
          node,
          actor,
          next,
          rest,
          environment,
          "deliver",
          `deliver ${flight.message._tag}`,
          key,
          flight.message,
          flight.from,
          visit
        )
      }
      if (environment.lose > 0) {
        visit(
          this.networkFault(
            node,
            actor,
            companion,
            rest,
            { ...environment, lose: environment.lose - 1 },
            "lose",
            flight
          )
        )
      }
      if (environment.duplicate > 0) {
        const twice = this.actors.withFlight(flights, id)
        visit(
          this.networkFault(
            node,
            actor,
            companion,
            twice,
            { ...environment, duplicate: environment.duplicate - 1 },
            "duplicate",
            flight
          )
        )
      }
    }
  }

  /** The flights that may arrive next, each distinct one once, ordered by content. */
  private deliverable(flights: ReadonlyArray<number>): ReadonlyArray<number> {
    const { keys } = this.actors.flights
    const next =
      this.system.network.order === "unordered"
        ? new Set(flights)
        : new Set(new Map(flights.toReversed().map((id) => [this.actors.flight(id).from, id])).values())
    return [...next].sort((left, right) => (keys[left]! < keys[right]! ? -1 : 1))
  }

  /** What the harness knows of a node once a message has reached it. */
  private informed(companion: Companion, flight: Flight): Companion {
    const { clocks } = this.system
    const past = companion.past === null || flight.past === null ? null : union(companion.past, flight.past)
    if (clocks === undefined || companion.zone === null || flight.sentAt === null) return { ...companion, past }
    return { ...companion, past, zone: afterDelivery(clocks, companion.zone, flight.sentAt) }
  }

  private networkFault(
    node: number,
    actor: number,
    companion: Companion,
    flights: ReadonlyArray<number>,
    environment: Environment,
    kind: "lose" | "duplicate",
    flight: Flight
  ): NodeTransition {
    return {
      kind,
      action: this.actions.number(kind),
      actor: this.actors.intern(node, this.local(node, actor), this.actors.inbox(flights), companion),
      environment,
      sends: new Map(),
      observations: [],
      input: flight.message,
      from: flight.from,
      picks: [],
      unsent: []
    }
  }

  private mayCrash(node: number, environment: Environment): boolean {
    return environment.crash > 0 && (this.system.faults.nodes?.includes(node) ?? true)
  }

  private crash(node: number, actor: number, companion: Companion, environment: Environment, visit: Visit): void {
    if (!this.mayCrash(node, environment)) return
    visit({
      kind: "crash",
      action: this.actions.number("crash"),
      actor: this.crashed(node, this.local(node, actor), companion),
      environment: { ...environment, crash: environment.crash - 1 },
      sends: new Map(),
      observations: [this.observation(node, companion, { kind: "crashed" })],
      input: undefined,
      from: undefined,
      picks: [],
      unsent: []
    })
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

  private recovery(node: number, actor: number, companion: Companion, environment: Environment, visit: Visit): void {
    if (environment.recover === 0 || this.system.faults.down.includes(node)) return
    const next = { ...companion, up: true }
    const after = { ...environment, recover: environment.recover - 1 }
    const machine = this.machine(node)
    const observed: Note = { kind: "recovered" }
    if (machine.recover !== undefined) {
      const key = this.actions.handler(machine, "recover")
      return this.handle(
        node,
        actor,
        next,
        [],
        after,
        "recover",
        "recover",
        key,
        undefined,
        undefined,
        visit,
        undefined,
        observed
      )
    }
    visit({
      kind: "recover",
      action: this.actions.number("recover"),
      actor: this.actors.intern(node, this.local(node, actor), 0, next),
      environment: after,
      sends: new Map(),
      observations: [this.observation(node, companion, observed)],
      input: undefined,
      from: undefined,
      picks: [],
      unsent: []
    })
  }

  private observation(node: number, companion: Companion, note: Note): Observation {
    return { ...note, node, past: companion.past ?? [] } as Observation
  }

  /** Visits every outcome of a handler call, and the crashes in the middle of it. */
  private handle(
    node: number,
    actor: number,
    companion: Companion,
    flights: ReadonlyArray<number>,
    environment: Environment,
    kind: StepKind,
    action: string,
    key: HandlerKey,
    input: Message | undefined,
    from: number | undefined,
    visit: Visit,
    operation?: string,
    note?: Note
  ): void {
    const context = {
      self: node,
      operation,
      sender: from,
      neighbours: this.system.topology.neighbours[node]!,
      zone: companion.zone ?? undefined
    }
    const first: Note | undefined =
      note ?? (operation === undefined ? undefined : { kind: "invoked", operation: input })
    const inputId = input === undefined ? -1 : this.inputs.intern(input)
    const canonical = input === undefined ? undefined : this.inputs.values[inputId]
    this.memo.outcomes(
      key,
      this.actors.locals[node]!,
      this.local(node, actor),
      inputId,
      canonical,
      context,
      (outcome, zone, picks) => {
        const told: Companion = { ...companion, zone: zone ?? null }
        const effect = this.carryOut(node, told, outcome, from, environment, first, key, undefined)
        const base = { input, from, picks }
        visit({
          ...base,
          ...effect,
          kind,
          action: this.actions.number(action),
          actor: this.actors.intern(node, outcome.local, this.actors.inbox(flights), effect.companion),
          environment
        })
        if (!this.system.faults.midHandler || !this.mayCrash(node, environment)) return
        for (let kept = 0; kept < 2 ** effect.sendCount - 1; kept++) {
          const partial = this.carryOut(node, told, outcome, from, environment, first, key, kept)
          visit({
            ...base,
            ...partial,
            kind: "crash",
            action: this.actions.number("crash in mid-handler"),
            actor: this.crashed(node, outcome.local, partial.companion),
            environment: { ...environment, crash: environment.crash - 1 },
            observations: [...partial.observations, this.observation(node, partial.companion, { kind: "crashed" })]
          })
        }
      }
    )
  }

  /**
   * What the deeds of an outcome come to. `kept`: a bit per send that left before a crash; what was noted after the
   * first one that did not leave was not noted.
   */
  private carryOut(
    node: number,
    before: Companion,
    outcome: Outcome,
    sender: number | undefined,
    environment: Environment,
    first: Note | undefined,
    key: HandlerKey,
    kept: number | undefined
  ): Effected {
    const notes: Array<Note> = first === undefined ? [] : [first]
    const envelopes: Array<Envelope> = []
    const unsent: Array<Envelope> = []
    const timers = new Set(before.timers)
    let sendCount = 0
    for (const deed of outcome.deeds) {
      if (deed.kind === "note") {
        if (unsent.length === 0) notes.push(deed.note)
      } else if (deed.kind === "cancelTimer") timers.delete(deed.name)
      else if (deed.kind === "setTimer") {
        if (!key.machine.timeouts.has(deed.name)) throw new Refusal("set a timer that has no handler", deed.name)
        timers.add(deed.name)
      } else {
        for (const to of this.destinations(node, deed, sender)) {
          const left = kept === undefined || ((kept >> sendCount) & 1) === 1
          sendCount++
          ;(left ? envelopes : unsent).push({ from: node, to, message: deed.message })
        }
      }
    }
    const { observations, past } = this.observe(node, before, notes)
    const companion = { ...before, timers: [...timers].sort(), past }
    return { companion, observations, unsent, sendCount, sends: this.launch(envelopes, companion, environment) }
  }

  /** Where a send goes; refuses destinations that do not exist, have no link, or do not accept the message. */
  private destinations(node: number, deed: Sending, sender: number | undefined): ReadonlyArray<number> {
    const { machines, topology } = this.system
    const neighbours = topology.neighbours[node]!
    if (deed.kind === "broadcast") return neighbours.filter((other) => machines[other] === machines[node])
    if (deed.kind === "forward") return sender === undefined ? [] : topology.forwarding(node, sender)
    if (machines[deed.to] === undefined)
      throw new Refusal("sent to a node that does not exist", `${brief(deed.message)} to n${deed.to}`)
    if (!neighbours.includes(deed.to)) {
      throw new Refusal(
        "sent over a link the topology lacks",
        `${brief(deed.message)} from n${node} to n${deed.to} in ${topology.name}`
      )
    }
    return [deed.to]
  }

  private launch(
    envelopes: ReadonlyArray<Envelope>,
    companion: Companion,
    environment: Environment
  ): ReadonlyMap<number, ReadonlyArray<number>> {
    const sends = new Map<number, Array<number>>()
    for (const { from, message, to } of envelopes) {
      this.accept(to, message, "messages")
      if (isCut(environment, from, to)) continue
      const flight: Flight = { from, message, sentAt: companion.zone?.least ?? null, past: companion.past }
      const list = sends.get(to) ?? []
      sends.set(to, [...list, this.actors.flights.intern(flight)])
    }
    return sends
  }

  /** Notes with the node and the writes that happened before; a write is in its node's past from here on. */
  private observe(node: number, companion: Companion, notes: ReadonlyArray<Note>) {
    let past = companion.past
    const observations = notes.map((note) => {
      const observation = this.observation(node, { ...companion, past }, note)
      if (note.kind === "wrote" && past !== null) past = union(past, [note.write])
      return observation
    })
    return { observations, past }
  }
}

interface Effected {
  readonly companion: Companion
  readonly observations: ReadonlyArray<Observation>
  readonly sends: ReadonlyMap<number, ReadonlyArray<number>>
  readonly unsent: ReadonlyArray<Envelope>
  readonly sendCount: number
}

const union = (
  left: ReadonlyArray<string | number>,
  right: ReadonlyArray<string | number>
): ReadonlyArray<string | number> => [...new Set([...left, ...right])].sort((a, b) => (String(a) < String(b) ? -1 : 1))
