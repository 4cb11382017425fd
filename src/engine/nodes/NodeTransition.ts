/**
 * One transition of a node, and the context in which a node takes it. In a transition local states, metadata,
 * environments and envelopes stand as ids of interners.
 */
import type { Envelope, Observation } from "../../model/index.ts"
import type { StepKind } from "../Program.ts"
import type { Environment } from "./Environment.ts"
import type { NodeMetadata } from "./NodeConfigurations.ts"

/** One possible transition of a node, independent of the rest of its inbox. */
export interface NodeTransition {
  readonly kind: Exclude<StepKind, "cut" | "heal" | "action">
  readonly action: number
  /** The node's next local state, by id. */
  readonly local: number
  /** The node's metadata afterwards, by id. */
  readonly metadata: number
  /** Change of the inbox: it stays, loses or doubles the envelope in hand, or is lost. */
  readonly inbox: "kept" | "received" | "doubled" | "lost"
  /** The environment afterwards, by id. */
  readonly environment: number
  /** Envelopes sent, per destination, in the order of sending. */
  readonly sends: ReadonlyMap<number, ReadonlyArray<number>>
  readonly observations: ReadonlyArray<Observation>
  /** The operation or message in hand. */
  readonly input: unknown
  /** The source of the message in hand. */
  readonly from: number | undefined
  readonly picks: ReadonlyArray<string>
  /** Messages that a crash prevented from leaving. */
  readonly unsent: ReadonlyArray<Envelope>
}

/** Node context: a node with its local state and metadata, and the environment. */
export interface NodeContext {
  readonly node: number
  /** The node's local state, by id. */
  readonly local: number
  readonly metadata: NodeMetadata
  readonly environment: Environment
}
