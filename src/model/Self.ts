/**
 * The identity of the node that runs a handler. A read of a service is part of the input of a handler's result, so a
 * handler that does not read its identity runs once for all nodes of its machine.
 */
import { Context, Effect } from "effect"

/** A node's identity: its index in the system, from 0. Traces print node 2 as `n2`. */
export type NodeId = number

/**
 * The node that runs the handler, and the operation or message in hand.
 *
 * @example
 * ```ts
 * const version = { value, writer: yield* Self.id }
 * ```
 */
export class Self extends Context.Service<
  Self,
  {
    readonly id: Effect.Effect<NodeId>
    readonly operation: Effect.Effect<string>
  }
>()("plait/model/Self") {
  /** This node's identity. */
  static readonly id: Effect.Effect<NodeId, never, Self> = Self.use((self) => self.id)

  /**
   * A name for the operation in hand that no other operation of the run has, such as `n0.2`. Only in an operation's
   * handler.
   */
  static readonly operation: Effect.Effect<string, never, Self> = Self.use((self) => self.operation)
}
