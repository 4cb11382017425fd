/**
 * Observations of events, noted by the handlers and by plait itself, for properties that need facts which the protocol
 * does not store. Observations never change the behaviour of a protocol; they cost states only if a chosen property
 * records them.
 *
 * A write is named by the protocol, usually by its value, which a workload keeps unique. For each event plait stores,
 * outside the protocol's state, the writes that happened before it (Lamport's happens-before over the messages), and
 * passes them to observers that request them.
 */
import { Context, type Effect } from "effect"
import type { NodeId } from "./Self.ts"

/** The name of a write: unique in a run. */
export type WriteName = string | number

/** The register that a write or read is about, in a system with several; a system with one need not name it. */
export type Key = string | number

/** The order of two events by a protocol's clock. */
export type Ordering = "before" | "after" | "concurrent" | "equal"

/** An observation without the node at which it was made. */
export type Note =
  /**
   * By plait, or a client that is a node: an operation was invoked, in the form in which it was requested; `id` as in
   * `Self.operation`.
   */
  | { readonly kind: "invoked"; readonly operation: unknown; readonly id: string }
  /** By plait: a node crashed, or recovered. */
  | { readonly kind: "crashed" }
  | { readonly kind: "recovered" }
  /** The operation in hand is the write of this name; its causal past is fixed here. */
  | { readonly kind: "wrote"; readonly write: WriteName; readonly key: Key; readonly id: string | null }
  /** The client received the answer that the write succeeded. */
  | { readonly kind: "acknowledged"; readonly write: WriteName; readonly id: string | null }
  /** The client received the answer that its operation failed; it may have taken effect all the same, or still do. */
  | { readonly kind: "rejected"; readonly id: string | null }
  /** This node now reflects the write. */
  | { readonly kind: "applied"; readonly write: WriteName }
  /** A client's read returned exactly these writes. */
  | { readonly kind: "read"; readonly writes: ReadonlyArray<WriteName>; readonly key: Key; readonly id: string | null }
  /** The protocol's clock compared two writes. */
  | { readonly kind: "compared"; readonly left: WriteName; readonly right: WriteName; readonly verdict: Ordering }
  /** Any other event for the protocol's own observer; the data is plain. */
  | { readonly kind: "noted"; readonly name: string; readonly data: unknown }

/** A note with its node and the writes that happened before it, sorted; the past is empty unless requested. */
export type Observation = Note & { readonly node: NodeId; readonly past: ReadonlyArray<WriteName> }

/**
 * The operation that is answered. In an operation's own handler the default is the operation in hand; a handler that
 * answers later gives the name it has stored (`Self.operation`).
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
   * Notes that a client that is itself a node begins an operation, named by its session and place such as `n3.1`; its
   * later notes give that name. plait notes the operations of a workload.
   */
  static readonly invoked = (id: string, operation: unknown): Effect.Effect<void, never, Observe> =>
    note({ kind: "invoked", operation, id })

  /** Notes that the operation in hand is the write of this name, to the register `key`. */
  static readonly wrote = (
    write: WriteName,
    options: AnswerOptions & { readonly key?: Key } = {}
  ): Effect.Effect<void, never, Observe> =>
    note({ kind: "wrote", write, key: options.key ?? "", id: options.operation ?? null })

  /** Notes the answer to the client that the write succeeded. */
  static readonly acknowledged = (write: WriteName, options: AnswerOptions = {}): Effect.Effect<void, never, Observe> =>
    note({ kind: "acknowledged", write, id: options.operation ?? null })

  /** Notes the answer to the client that its operation failed; it may have taken effect all the same, or still do. */
  static readonly rejected = (options: AnswerOptions = {}): Effect.Effect<void, never, Observe> =>
    note({ kind: "rejected", id: options.operation ?? null })

  /** Notes that this node now reflects the write. */
  static readonly applied = (write: WriteName): Effect.Effect<void, never, Observe> => note({ kind: "applied", write })

  /**
   * Notes that a client's read of the register `key` returns exactly these writes; none, if it was never written as far
   * as this node knows.
   */
  static readonly read = (
    writes: ReadonlyArray<WriteName>,
    options: AnswerOptions & { readonly key?: Key } = {}
  ): Effect.Effect<void, never, Observe> =>
    note({ kind: "read", writes, key: options.key ?? "", id: options.operation ?? null })

  /** Notes the order of two writes by the protocol's clock. */
  static readonly compared = (
    left: WriteName,
    right: WriteName,
    verdict: Ordering
  ): Effect.Effect<void, never, Observe> => note({ kind: "compared", left, right, verdict })

  /** Notes any other event, for an observer of the protocol's own. */
  static readonly note = (name: string, data: unknown): Effect.Effect<void, never, Observe> =>
    note({ kind: "noted", name, data })
}

const note = (what: Note): Effect.Effect<void, never, Observe> => Observe.use((observe) => observe.note(what))
