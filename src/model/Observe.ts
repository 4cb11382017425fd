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

/** What a write or read is about, where a system has several registers; a system of one need not name it. */
export type Key = string | number

/** How a protocol's clock ordered two events. */
export type Ordering = "before" | "after" | "concurrent" | "equal"

/** What a handler or the harness noted, without its place. */
export type Note =
  /** The harness, or a client that is a node: an operation was invoked, given as asked; `id` as in `Self.operation`. */
  | { readonly kind: "invoked"; readonly operation: unknown; readonly id: string }
  /** The harness: a node crashed, or recovered. */
  | { readonly kind: "crashed" }
  | { readonly kind: "recovered" }
  /** The operation in hand is the write of this name; its causal past is fixed here. */
  | { readonly kind: "wrote"; readonly write: WriteName; readonly key: Key; readonly id: string | null }
  /** The client was told that the write succeeded. */
  | { readonly kind: "acknowledged"; readonly write: WriteName; readonly id: string | null }
  /** The client was told that its operation failed; it may have taken effect all the same, or still do. */
  | { readonly kind: "rejected"; readonly id: string | null }
  /** This node now reflects the write. */
  | { readonly kind: "applied"; readonly write: WriteName }
  /** A client's read returned exactly these writes. */
  | { readonly kind: "read"; readonly writes: ReadonlyArray<WriteName>; readonly key: Key; readonly id: string | null }
  /** The protocol's clock compared two writes. */
  | { readonly kind: "compared"; readonly left: WriteName; readonly right: WriteName; readonly verdict: Ordering }
  /** Anything else a protocol wants its own observer to see; the data is plain. */
  | { readonly kind: "noted"; readonly name: string; readonly data: unknown }

/** A note with the node it was made at and the writes that happened before it, sorted; the past is empty unless asked for. */
export type Observation = Note & { readonly node: NodeId; readonly past: ReadonlyArray<WriteName> }

/**
 * Which operation is answered. In an operation's own handler that is the operation in hand; a handler that answers later
 * gives the name it has kept (`Self.operation`).
 */
export interface AnswerOptions {
  readonly operation?: string
}

/** Notes observations from a handler. */
export class Observe extends Context.Service<
  Observe,
  {
    readonly note: (note: Note) => Effect.Effect<void>
  }
>()("plait/model/Observe") {
  /**
   * A client that is itself a node begins an operation, named by its session and place such as `n3.1`; its later notes
   * give that name. Operations of a workload are noted by the harness.
   */
  static readonly invoked = (id: string, operation: unknown): Effect.Effect<void, never, Observe> =>
    note({ kind: "invoked", operation, id })

  /** The operation in hand is the write of this name, to the register `key`. */
  static readonly wrote = (
    write: WriteName,
    options: AnswerOptions & { readonly key?: Key } = {}
  ): Effect.Effect<void, never, Observe> =>
    note({ kind: "wrote", write, key: options.key ?? "", id: options.operation ?? null })

  /** The client is told that the write succeeded. */
  static readonly acknowledged = (write: WriteName, options: AnswerOptions = {}): Effect.Effect<void, never, Observe> =>
    note({ kind: "acknowledged", write, id: options.operation ?? null })

  /** The client is told that its operation failed; it may have taken effect all the same, or still do. */
  static readonly rejected = (options: AnswerOptions = {}): Effect.Effect<void, never, Observe> =>
    note({ kind: "rejected", id: options.operation ?? null })

  /** This node now reflects the write. */
  static readonly applied = (write: WriteName): Effect.Effect<void, never, Observe> => note({ kind: "applied", write })

  /** A client's read of the register `key` returns exactly these writes; none, if it was never written as far as this node knows. */
  static readonly read = (
    writes: ReadonlyArray<WriteName>,
    options: AnswerOptions & { readonly key?: Key } = {}
  ): Effect.Effect<void, never, Observe> =>
    note({ kind: "read", writes, key: options.key ?? "", id: options.operation ?? null })

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
