/**
 * Which operations a node's clients may invoke next, from one integer of progress per node.
 */
import type { NodeSystem, Operation, Workload } from "../model/index.ts"
import { ModelRefused } from "./ModelRefused.ts"

/** One operation that can be invoked. */
export interface Invocation {
  readonly operation: Operation
  /** Unique in a run, such as `n0.2`. */
  readonly id: string
  /** The node's progress afterwards. */
  readonly progress: number
  /** Whether it takes from the number of operations of the whole system. */
  readonly draws: boolean
}

/** Operations in any order are kept as bits of an integer. */
const MOST_IN_ANY_ORDER = 30

/** The workload of a system, per node. */
export class NodeWorkload {
  private readonly workload: Workload
  private readonly size: number

  constructor(system: NodeSystem<unknown>) {
    this.workload = system.workload
    this.size = system.machines.length
    const refuse = (detail: string): never => {
      throw new ModelRefused({
        system: system.name,
        where: "workload",
        offence: "is not composed correctly",
        input: "",
        detail
      })
    }
    if (this.workload.kind === "drawn") return
    const { kind, perNode } = this.workload
    if (perNode.length > this.size) refuse(`operations for ${perNode.length} nodes, but there are ${this.size}`)
    if (kind === "anyOrder" && perNode.some((operations) => operations.length > MOST_IN_ANY_ORDER)) {
      refuse(`more than ${MOST_IN_ANY_ORDER} operations in any order at one node`)
    }
  }

  /** Every operation with every node that may be asked for it. */
  all(): ReadonlyArray<{ readonly node: number; readonly operation: Operation }> {
    const { workload } = this
    if (workload.kind !== "drawn") {
      return workload.perNode.flatMap((operations, node) => operations.map((operation) => ({ node, operation })))
    }
    const nodes = workload.nodes ?? Array.from({ length: this.size }, (_, node) => node)
    return nodes.flatMap((node) => workload.operations.map((operation) => ({ node, operation })))
  }

  /** Whether a node has operations of its own left. */
  hasWork(node: number, progress: number): boolean {
    const { workload } = this
    if (workload.kind === "drawn") return false
    const count = workload.perNode[node]?.length ?? 0
    return workload.kind === "script" ? progress < count : progress !== 2 ** count - 1
  }

  /** Whether a node may be asked for operations that are drawn. */
  mayDraw(node: number): boolean {
    const { workload } = this
    return workload.kind === "drawn" && (workload.nodes?.includes(node) ?? true)
  }

  /** The operations that a node's clients may invoke next. */
  next(node: number, progress: number, drawsLeft: number): ReadonlyArray<Invocation> {
    const { workload } = this
    if (workload.kind === "drawn") {
      if (drawsLeft === 0 || !this.mayDraw(node)) return []
      return workload.operations.map((operation) => ({
        operation,
        id: `n${node}.${progress}`,
        progress: progress + 1,
        draws: true
      }))
    }
    const operations = workload.perNode[node] ?? []
    if (workload.kind === "script") {
      const operation = operations[progress]
      return operation === undefined
        ? []
        : [{ operation, id: `n${node}.${progress}`, progress: progress + 1, draws: false }]
    }
    return operations.flatMap((operation, index) =>
      ((progress >> index) & 1) === 1
        ? []
        : [{ operation, id: `n${node}.${index}`, progress: progress | (1 << index), draws: false }]
    )
  }
}
