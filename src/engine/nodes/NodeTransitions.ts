/**
 * The transitions of a node, given its actor id and the environment. What can happen in a situation (local state, what
 * the harness keeps, environment) and what can come of a flight in it is found out once, whatever else is in the inbox:
 * the register of three replicas with two writes each has 345 handler calls, but 15,129 things that can happen at an
 * actor. Whoever wants successors, counts or labels gets them from this one enumeration, in an order that depends on
 * values only.
 */
import type { Environment } from "./Environment.ts"
import { type NodeOptions, NodeSemantics, type NodeTransition, type Place } from "./NodeSemantics.ts"
import type { NodeSystem } from "../../model/index.ts"
import { PairTable } from "../interning/PairTable.ts"

/** `actor`: the node's next actor id. */
export type VisitTransition = (transition: NodeTransition, actor: number) => void

/** What is known of one node. */
class Known {
  private readonly kept = new PairTable()
  private readonly situations = new PairTable()
  private readonly deliveries = new PairTable()
  readonly first: Array<ReadonlyArray<NodeTransition>> = []
  readonly last: Array<ReadonlyArray<NodeTransition>> = []
  readonly received: Array<ReadonlyArray<NodeTransition>> = []

  situation(local: number, companion: number, environment: number): number {
    return this.situations.put(this.kept.put(local, companion), environment)
  }

  delivery(situation: number, flight: number): number {
    return this.deliveries.put(situation, flight)
  }
}

/** The transitions of a system's nodes. */
export class NodeTransitions {
  readonly semantics: NodeSemantics
  private readonly known: ReadonlyArray<Known>

  constructor(system: NodeSystem<unknown>, options: NodeOptions) {
    this.semantics = new NodeSemantics(system, options)
    this.known = system.machines.map(() => new Known())
  }

  /** Visits everything that can happen at a node; `environment` is an id. */
  forEach(node: number, actor: number, environment: number, visit: VisitTransition): void {
    const { actors } = this.semantics
    const known = this.known[node]!
    const local = actors.localOf[node]!.data[actor]!
    const inbox = actors.inboxOf[node]!.data[actor]!
    const situation = known.situation(local, actors.companionOf(node, actor), environment)
    const place = (): Place => this.placeOf(node, actor, environment)
    const each = (transitions: ReadonlyArray<NodeTransition>, flight: number, rest: number): void => {
      for (const transition of transitions) {
        const left = this.inboxAfter(transition.inbox, inbox, flight, rest)
        visit(transition, actors.intern(node, transition.local, left, transition.companion))
      }
    }
    each((known.first[situation] ??= this.semantics.first(place())), 0, inbox)
    for (const { flight, rest } of actors.arrivals(inbox)) {
      const delivery = known.delivery(situation, flight)
      each((known.received[delivery] ??= this.semantics.received(place(), flight)), flight, rest)
    }
    if (actors.upOf[node]!.data[actor] === 0) return
    each((known.last[situation] ??= this.semantics.last(place())), 0, inbox)
  }

  /** Visits the steps of a node that only the horizon of a clock keeps from happening, or from going in some way. */
  forEachOutOfTime(
    node: number,
    actor: number,
    environment: number,
    visit: NonNullable<NodeSemantics["outOfTime"]>
  ): void {
    const { semantics } = this
    const { actors } = semantics
    const place = this.placeOf(node, actor, environment)
    semantics.outOfTime = visit
    semantics.first(place)
    for (const { flight } of actors.arrivals(actors.inboxOf[node]!.data[actor]!)) semantics.received(place, flight)
    if (place.companion.up) semantics.last(place)
    semantics.outOfTime = undefined
  }

  private placeOf(node: number, actor: number, environment: number): Place {
    const { actors, environments } = this.semantics
    return {
      node,
      local: actors.localOf[node]!.data[actor]!,
      companion: actors.companion(node, actor),
      environment: environments.values[environment] as Environment
    }
  }

  private inboxAfter(becomes: NodeTransition["inbox"], inbox: number, flight: number, rest: number): number {
    const { actors } = this.semantics
    switch (becomes) {
      case "kept":
        return inbox
      case "received":
        return rest
      case "doubled":
        return actors.inbox(actors.withFlight(actors.inboxes[inbox]!, flight))
      case "lost":
        return 0
    }
  }
}
