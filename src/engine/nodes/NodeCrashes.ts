/**
 * Crashes of nodes: the nodes that may crash, the state that survives, and the fate of the messages in flight to a
 * crashed node. The terms are those of src/model/Faults.ts.
 */
import { afterCrash } from "../../model/Durability.ts"
import type { NodeSystem } from "../../model/index.ts"
import type { NodeConfigurations, NodeMetadata } from "./NodeConfigurations.ts"
import type { Environment } from "./Environment.ts"
import { MOST_WAYS } from "../memo/HandlerMemo.ts"
import { Refusal } from "../execution/ModelRefused.ts"
import type { NodeContext, NodeTransition } from "./NodeTransition.ts"

/** A node that has just gone down. */
export interface Crashed {
  /** The durable part of the node's local state, by id. */
  readonly local: number
  readonly metadata: NodeMetadata
  readonly environment: Environment
  readonly inbox: NodeTransition["inbox"]
}

/** The crashes of a system's nodes. */
export class NodeCrashes {
  private readonly system: NodeSystem<unknown>
  private readonly configurations: NodeConfigurations
  private readonly anew: (node: number) => number

  /** Creates the crashes of a system. `anew` returns the initial local state of a node, by id. */
  constructor(system: NodeSystem<unknown>, configurations: NodeConfigurations, anew: (node: number) => number) {
    this.system = system
    this.configurations = configurations
    this.anew = anew
  }

  /** True if a node that is up may crash. */
  mayCrash(node: number, environment: Environment): boolean {
    return environment.crash > 0 && (this.system.faults.nodes?.includes(node) ?? true)
  }

  /** Every way a node can crash. `inbox` is the fate of its inbox in a crash that loses no messages. */
  ways(place: NodeContext, inbox: NodeTransition["inbox"]): ReadonlyArray<Crashed> {
    const { metadata, environment } = place
    const local = this.durable(place)
    const down: NodeMetadata = { ...metadata, up: false, timers: [] }
    const after = { ...environment, crash: environment.crash - 1 }
    const crashed: Crashed = { local, metadata: down, environment: after, inbox }
    switch (this.system.faults.inFlight) {
      case "kept":
        return [crashed]
      case "lost":
        return [{ ...crashed, inbox: "lost" }]
      case "either":
        return [crashed, { ...crashed, inbox: "lost", metadata: { ...down, unreachable: true } }]
    }
  }

  /** The part of a local state that survives a crash, by id. */
  private durable({ local, node }: NodeContext): number {
    const { durable } = this.system.machines[node]!
    if (durable === undefined) return local
    const locals = this.configurations.locals[node]!
    const anew = this.anew(node)
    return locals.intern(afterCrash(durable, locals.values[local], locals.values[anew]))
  }
}

/** The metadata of a node that is up again. */
export const recovered = ({ unreachable: _, ...metadata }: NodeMetadata): NodeMetadata => ({ ...metadata, up: true })

/** Adds the ways to crash during one more result of a handler, in which any of its sends may have left, to `ways`. */
export const withCrashes = (ways: number, sends: number): number => {
  const all = ways + 2 ** sends
  if (all <= MOST_WAYS) return all
  const detail = `it sends ${sends} messages, of which any may have left; at most ${MOST_WAYS} ways are tried`
  throw new Refusal("may crash in too many ways", detail)
}
