/**
 * Operations that clients invoke at the nodes. A workload is finite: it bounds the operations of a run, and a run is
 * quiescent only after every operation that can be invoked has been.
 *
 * A node's own client (`script`, `anyOrder`, `drawn`) does not wait for answers. A session does: it is one client that
 * goes from node to node and invokes its next operation after the answer to the last one, by `Observe.acknowledged`,
 * `Observe.read` or `Observe.rejected`. It carries its causal past and the least real time with it.
 */
import { list, nodesOf, oneOf, refuse, shown, wholeNumber, options } from "./Checked.ts"
import type { NodeId } from "./Self.ts"

/** An operation as a workload names it: any value with a `_tag` that the node's machine accepts as an operation. */
export interface Operation {
  readonly _tag: string
}

/** One operation of a session, and the node at which it is invoked: one of them, if there are several. */
export interface SessionStep {
  readonly at: NodeId | ReadonlyArray<NodeId>
  readonly operation: Operation
}

/** The operations of each node, of each session, or a number of operations for the whole system. */
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
  /** Each session's operations one after another, each after the answer to the last. */
  | { readonly kind: "sessions"; readonly sessions: ReadonlyArray<ReadonlyArray<SessionStep>> }

const checked = (of: string, workload: Workload): Workload => {
  refuseWorkload(of, workload)
  return workload
}

/**
 * Operations that each node's client invokes in the given order; nodes without a script get none.
 *
 * @example
 * ```ts
 * Workload.script([[Put.make({ value: "a" })], [], [Put.make({ value: "b" })]])
 * ```
 */
const script = (perNode: ReadonlyArray<ReadonlyArray<Operation>>): Workload =>
  checked("Workload.script", { kind: "script", perNode })

/** Operations that each node's clients invoke in any order, each once. */
const anyOrder = (perNode: ReadonlyArray<ReadonlyArray<Operation>>): Workload =>
  checked("Workload.anyOrder", { kind: "anyOrder", perNode })

/** A total of `total` operations, each any of the given ones, at any node (or any of `nodes`). */
const drawn = (
  total: number,
  operations: ReadonlyArray<Operation>,
  given: { readonly nodes?: ReadonlyArray<NodeId> } = {}
): Workload => {
  options("Workload.drawn", given, ["nodes"])
  return checked("Workload.drawn", { kind: "drawn", total, operations, nodes: given.nodes })
}

/**
 * Clients that go from node to node; operation k of session i is named `s<i>.<k>`.
 *
 * @example
 * ```ts
 * Workload.sessions([
 *   [{ at: 0, operation: Put.make({ value: "a" }) }, { at: [0, 1], operation: Get.make({}) }],
 *   [{ at: 1, operation: Put.make({ value: "b" }) }]
 * ])
 * ```
 */
const sessions = (each: ReadonlyArray<ReadonlyArray<SessionStep>>): Workload =>
  checked("Workload.sessions", { kind: "sessions", sessions: each })

/** A workload without operations. */
const none: Workload = { kind: "script", perNode: [] }

/** Constructors of workloads: `script`, `anyOrder`, `drawn`, `sessions`, `none`. */
export const Workload = { script, anyOrder, drawn, sessions, none }

/** Throws `RangeError` if a workload's total is not a number, or an operation can never be invoked. */
export const refuseWorkload = (of: string, workload: Workload): void => {
  oneOf({ of, name: "the kind" }, workload.kind, ["script", "anyOrder", "drawn", "sessions"])
  switch (workload.kind) {
    case "script":
    case "anyOrder":
      list({ of, name: "the operations" }, workload.perNode)
      for (const operations of workload.perNode) {
        list({ of, name: "the operations of a node" }, operations)
        for (const operation of operations) refuseOperation(of, operation)
      }
      return
    case "drawn": {
      const { nodes, operations, total } = workload
      wholeNumber({ of, name: "the total" }, total)
      list({ of, name: "the operations" }, operations)
      for (const operation of operations) refuseOperation(of, operation)
      if (nodes !== undefined) nodesOf({ of, name: "nodes" }, nodes)
      if (total > 0 && operations.length === 0) refuse({ of, name: "the operations" }, "are none", "one to draw")
      if (total > 0 && nodes?.length === 0) refuse({ of, name: "nodes" }, "are none", "one to draw at")
      return
    }
    case "sessions":
      list({ of, name: "the sessions" }, workload.sessions)
      for (const session of workload.sessions) {
        list({ of, name: "a session" }, session)
        for (const step of session) refuseStep(of, step)
      }
  }
}

const refuseStep = (of: string, step: unknown): void => {
  const { at, operation } = Object(step) as { readonly at?: unknown; readonly operation?: unknown }
  const argument = { of, name: "the node of a session's step" }
  refuseOperation(of, operation)
  if (!Array.isArray(at)) return wholeNumber(argument, at)
  nodesOf(argument, at)
  if (at.length === 0) refuse(argument, "is none of an empty list", "a node, or a list of at least one")
}

const refuseOperation = (of: string, operation: unknown): void => {
  if (typeof operation === "object" && operation !== null && typeof Reflect.get(operation, "_tag") === "string") return
  refuse({ of, name: "an operation" }, `is ${shown(operation)}`, "values with a _tag")
}
