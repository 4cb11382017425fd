/**
 * The transitions of a node, given its configuration id and the environment. The transitions of a context (local state,
 * metadata, environment) and those of an envelope in it are computed once, for every inbox: the register of three
 * replicas with two writes each has 345 handler calls, but 15,129 transitions of configurations. Successors, counts and
 * labels all come from this one enumeration, whose order depends on values only.
 */
import type { Environment } from "./Environment.ts"
import { type NodeOptions, NodeSemantics } from "./NodeSemantics.ts"
import type { NodeContext, NodeTransition } from "./NodeTransition.ts"
import type { NodeSystem } from "../../model/index.ts"
import { PairTable } from "../interning/PairTable.ts"

/** Visits a transition; `configuration` is the node's next configuration id. */
export type VisitTransition = (transition: NodeTransition, configuration: number) => void

/** The transitions computed for one node so far. */
class ComputedTransitions {
  private readonly pairs = new PairTable()
  private readonly contexts = new PairTable()
  private readonly deliveries = new PairTable()
  readonly first: Array<ReadonlyArray<NodeTransition>> = []
  readonly last: Array<ReadonlyArray<NodeTransition>> = []
  readonly received: Array<ReadonlyArray<NodeTransition>> = []

  context(local: number, metadata: number, environment: number): number {
    return this.contexts.put(this.pairs.put(local, metadata), environment)
  }

  delivery(context: number, envelope: number): number {
    return this.deliveries.put(context, envelope)
  }
}

/** The transitions of a system's nodes. */
export class NodeTransitions {
  readonly semantics: NodeSemantics
  private readonly computed: ReadonlyArray<ComputedTransitions>

  constructor(system: NodeSystem<unknown>, options: NodeOptions) {
    this.semantics = new NodeSemantics(system, options)
    this.computed = system.machines.map(() => new ComputedTransitions())
  }

  /** Visits all transitions of a node; `environment` is an id. */
  forEach(node: number, configuration: number, environment: number, visit: VisitTransition): void {
    const { configurations } = this.semantics
    const computed = this.computed[node]!
    const local = configurations.localOf[node]!.data[configuration]!
    const inbox = configurations.inboxOf[node]!.data[configuration]!
    const context = computed.context(local, configurations.metadataIdOf(node, configuration), environment)
    const place = (): NodeContext => this.placeOf(node, configuration, environment)
    const each = (transitions: ReadonlyArray<NodeTransition>, envelope: number, rest: number): void => {
      for (const transition of transitions) {
        const left = this.inboxAfter(transition.inbox, inbox, envelope, rest)
        visit(transition, configurations.intern(node, transition.local, left, transition.metadata))
      }
    }
    each((computed.first[context] ??= this.semantics.first(place())), 0, inbox)
    for (const { envelope, rest } of configurations.arrivals(inbox)) {
      const delivery = computed.delivery(context, envelope)
      each((computed.received[delivery] ??= this.semantics.received(place(), envelope)), envelope, rest)
    }
    if (configurations.upOf[node]!.data[configuration] === 0) return
    each((computed.last[context] ??= this.semantics.last(place())), 0, inbox)
  }

  /** Visits the steps of a node that only the horizon of a clock prevents, wholly or in some of their ways. */
  forEachOutOfTime(
    node: number,
    configuration: number,
    environment: number,
    visit: NonNullable<NodeSemantics["outOfTime"]>
  ): void {
    const { semantics } = this
    const { configurations } = semantics
    const place = this.placeOf(node, configuration, environment)
    semantics.outOfTime = visit
    semantics.first(place)
    for (const { envelope } of configurations.arrivals(configurations.inboxOf[node]!.data[configuration]!))
      semantics.received(place, envelope)
    if (place.metadata.up) semantics.last(place)
    semantics.outOfTime = undefined
  }

  private placeOf(node: number, configuration: number, environment: number): NodeContext {
    const { configurations, environments } = this.semantics
    return {
      node,
      local: configurations.localOf[node]!.data[configuration]!,
      metadata: configurations.metadata(node, configuration),
      environment: environments.values[environment] as Environment
    }
  }

  private inboxAfter(becomes: NodeTransition["inbox"], inbox: number, envelope: number, rest: number): number {
    const { configurations } = this.semantics
    switch (becomes) {
      case "kept":
        return inbox
      case "received":
        return rest
      case "doubled":
        return configurations.inbox(configurations.withEnvelope(configurations.inboxes[inbox]!, envelope))
      case "lost":
        return 0
    }
  }
}
