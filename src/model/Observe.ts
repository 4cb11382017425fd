/**
 * What happened, said by the handlers and by the harness, for properties that need a truth which the protocol itself
 * does not store. Observations never change what a protocol does; they cost states only where a chosen property
 * remembers them.
 *
 * A write is named by the protocol, usually by its value, which a workload keeps unique. The harness keeps, outside
 * the protocol's state, which writes happened before each event (Lamport's happens-before over the messages), and
 * hands that to observers that ask for it.
 */
import { Context, type Effect } from "effect"
import type { NodeId } from "./Self.ts"

/** The name of a write: unique in a run. */
export type WriteName = string | number

/** How a protocol's clock ordered two events. */
export type Ordering = "before" | "after" | "concurrent" | "equal"

/** What a handler or the harness noted, without its place. */
export type Note =
  /** The harness: a client invoked an operation, the message of which is given. */
  | { readonly kind: "invoked"; readonly operation: unknown }
  /** The harness: a node crashed, or recovered. */
  | { readonly kind: "crashed" }
  | { readonly kind: "recovered" }
  /** The operation in hand is the write of this name; its causal past is fixed here. */
  | { readonly kind: "wrote"; readonly write: WriteName }
  /** The client was told that the write succeeded. */
  | { readonly kind: "acknowledged"; readonly write: WriteName }
  /** This node now reflects the write. */
  | { readonly kind: "applied"; readonly write: WriteName }
  /** A client's read returned exactly these writes. */
  | { readonly kind: "read"; readonly writes: ReadonlyArray<WriteName> }
  /** The protocol's clock compared two writes. */
  | { readonly kind: "compared"; readonly left: WriteName; readonly right: WriteName; readonly verdict: Ordering }
  /** Anything else a protocol wants its own observer to see; the data is plain. */
  | { readonly kind: "noted"; readonly name: string; readonly data: unknown }

/** A note with the node it was made at and the writes that happened before it, sorted; the past is empty unless asked for. */
export type Observation = Note & { readonly node: NodeId; readonly past: ReadonlyArray<WriteName> }

/** Notes observations from a handler. */
export class Observe extends Context.Service<
  Observe,
  {
    readonly note: (note: Note) => Effect.Effect<void>
  }
>()("plait/model/Observe") {
  /** The operation in hand is the write of this name. */
  static readonly wrote = (write: WriteName): Effect.Effect<void, never, Observe> => note({ kind: "wrote", write })

  /** The client is told that the write succeeded. */
  static readonly acknowledged = (write: WriteName): Effect.Effect<void, never, Observe> =>
    note({ kind: "acknowledged", write })

  /** This node now reflects the write. */
  static readonly applied = (write: WriteName): Effect.Effect<void, never, Observe> => note({ kind: "applied", write })

  /** A client's read returns exactly these writes. */
  static readonly read = (writes: ReadonlyArray<WriteName>): Effect.Effect<void, never, Observe> =>
    note({ kind: "read", writes })

  /** The protocol's clock says how two writes are ordered. */
  static readonly compared = (
    left: WriteName,
    right: WriteName,
    verdict: Ordering
  ): Effect.Effect<void, never, Observe> => note({ kind: "compared", left, right, verdict })

  /** Anything else, for an observer of the protocol's own. */
  static readonly note = (name: string, data: unknown): Effect.Effect<void, never, Observe> =>
    note({ kind: "noted", name, data })
}

const note = (what: Note): Effect.Effect<void, never, Observe> => Observe.use((observe) => observe.note(what))
