/**
 * Common parts of the algorithms for replicated lists: each element becomes a node with a unique identifier, attached
 * to an existing node; deletion leaves the node as a tombstone.
 *
 * An identifier is the number of operations its maker had applied, this one included, and the maker: it grows along
 * happens-before if delivery is causal. (The sum of a vector clock orders insertions in the same way in Roh, Jeon, Kim
 * and Lee, "Replicated abstract data types", 2011.)
 */
import { Schema } from "effect"

/** Identifies a node. */
export const NodeName = Schema.Struct({ count: Schema.Natural, replica: Schema.Natural })
export type NodeName = typeof NodeName.Type

/** An element in its place: beside `parent`, or at the start of the list if that is null. */
export const ListNode = Schema.Struct({
  name: NodeName,
  element: Schema.String,
  parent: Schema.NullOr(NodeName),
  side: Schema.Literals(["left", "right"]),
  deleted: Schema.Boolean
})
export type ListNode = typeof ListNode.Type

/** Place of a new node. */
export type Place = Pick<ListNode, "parent" | "side">

/** An algorithm for replicated lists: pure functions over the nodes of a replica. */
export interface ListAlgorithm {
  /** All nodes in the order of the document, tombstones included. */
  readonly document: (nodes: ReadonlyArray<ListNode>) => ReadonlyArray<ListNode>
  /** Place of an element that comes right after the given one; null: at the front. */
  readonly place: (nodes: ReadonlyArray<ListNode>, after: NodeName | null) => Place
  /** The nodes with the new one. */
  readonly integrate: (nodes: ReadonlyArray<ListNode>, node: ListNode) => ReadonlyArray<ListNode>
}

/** True if two identifiers are the same. */
export const isSame = (left: NodeName | null, right: NodeName | null): boolean =>
  left?.count === right?.count && left?.replica === right?.replica

/** Negative if the first identifier is the lower one. */
export const compareNames = (left: NodeName, right: NodeName): number =>
  left.count - right.count || left.replica - right.replica
