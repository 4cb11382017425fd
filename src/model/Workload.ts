/**
 * What clients ask of the nodes. A workload is finite: it bounds the operations of a run, and a run is quiescent only
 * when every operation has been invoked.
 */
import type { NodeId } from "./Self.ts"

/** An operation as a workload names it: any value with a `_tag` that the node's machine accepts as an operation. */
export interface Operation {
  readonly _tag: string
}

/** The operations of each node, or a number of operations for the whole system. */
export type Workload =
  /** Each node's operations one after another, or in any order. */
  | { readonly kind: "script" | "anyOrder"; readonly perNode: ReadonlyArray<ReadonlyArray<Operation>> }
  /** Exactly `total` operations, each drawn from the given ones, at any of the given nodes. */
  | {
      readonly kind: "drawn"
      readonly total: number
      readonly operations: ReadonlyArray<Operation>
      readonly nodes: ReadonlyArray<NodeId> | undefined
    }

/**
 * Each node's client invokes its operations in the given order; nodes without a script get none.
 *
 * @example
 * ```ts
 * Workload.script([[Put.make({ value: "a" })], [], [Put.make({ value: "b" })]])
 * ```
 */
const script = (perNode: ReadonlyArray<ReadonlyArray<Operation>>): Workload => ({ kind: "script", perNode })

/** Each node's clients invoke its operations in any order, each once. */
const anyOrder = (perNode: ReadonlyArray<ReadonlyArray<Operation>>): Workload => ({ kind: "anyOrder", perNode })

/** In all `total` operations, each any of the given ones, at any node (or any of `nodes`). */
const drawn = (
  total: number,
  operations: ReadonlyArray<Operation>,
  options: { readonly nodes?: ReadonlyArray<NodeId> } = {}
): Workload => ({ kind: "drawn", total, operations, nodes: options.nodes })

/** No client asks anything. */
const none: Workload = { kind: "script", perNode: [] }

/** Constructors of workloads: `script`, `anyOrder`, `drawn`, `none`. */
export const Workload = { script, anyOrder, drawn, none }
