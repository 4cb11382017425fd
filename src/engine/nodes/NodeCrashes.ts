/**
 * Crashes of nodes: which nodes may crash, what is left of one, and what becomes of the messages in flight to it. The
 * words are those of src/model/Faults.ts.
 */
import { afterCrash } from "../../model/Durability.ts"
import type { NodeSystem } from "../../model/index.ts"
import type { NodeConfigurations, NodeMetadata } from "./NodeConfigurations.ts"
import type { Environment } from "./Environment.ts"
import { MOST_WAYS } from "../memo/HandlerMemo.ts"
import { Refusal } from "../execution/ModelRefused.ts"
import type { NodeTransition, NodeContext } from "./NodeSemantics.ts"

/** A node that has just gone down. */
export interface Crashed {
  /** The node's local state, by id: what is durable of it. */
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

  /** `anew`: the initial local state of a node, by id. */
  constructor(system: NodeSystem<unknown>, configurations: NodeConfigurations, anew: (node: number) => number) {
    this.system = system
    this.configurations = configurations
    this.anew = anew
  }

  /** Whether a node that is up may crash. */
  mayCrash(node: number, environment: Environment): boolean {
    return environment.crash > 0 && (this.system.faults.nodes?.includes(node) ?? true)
  }

  /** Every way a node can crash; `inbox`: what becomes of its inbox in a crash that loses no messages. */
  ways(place: NodeContext, inbox: NodeTransition["inbox"]): ReadonlyArray<Crashed> {
    const { metadata, environment } = place
    const local = this.durable(place)
    const down: NodeMetadata = { ...metadata, up: false, timers: [] }
    const after = { ...environment, crash: environment.crash - 1 }
    const kept: Crashed = { local, metadata: down, environment: after, inbox }
    switch (this.system.faults.inFlight) {
      case "kept":
        return [kept]
      case "lost":
        return [{ ...kept, inbox: "lost" }]
      case "either":
        return [kept, { ...kept, inbox: "lost", metadata: { ...down, unreachable: true } }]
    }
  }

  /** What a local state keeps over a crash, by id. */
  private durable({ local, node }: NodeContext): number {
    const { durable } = this.system.machines[node]!
    if (durable === undefined) return local
    const locals = this.configurations.locals[node]!
    const anew = this.anew(node)
    return locals.intern(afterCrash(durable, locals.values[local], locals.values[anew]))
  }
}

/** What the harness keeps for a node that is up again. */
export const recovered = ({ unreachable: _, ...metadata }: NodeMetadata): NodeMetadata => ({ ...metadata, up: true })

/** So many ways to crash in the middle of a handler, and those of one more outcome, in which any of its sends may have left. */
export const withCrashes = (ways: number, sends: number): number => {
  const all = ways + 2 ** sends
  if (all <= MOST_WAYS) return all
  const detail = `it sends ${sends} messages, of which any may have left; at most ${MOST_WAYS} ways are tried`
  throw new Refusal("may crash in too many ways", detail)
}
