/**
 * The operations that a node's clients may invoke next. They follow from one integer of progress per node, or from the
 * environment for operations that belong to no node (drawn ones, and those of sessions).
 */
import type { NodeSystem, Operation, SessionStep, Workload } from "../../model/index.ts"
import { canonicalFields, takenOnce } from "../interning/Canonical.ts"
import type { Environment, SessionState } from "./Environment.ts"
import { ModelRefused } from "../execution/ModelRefused.ts"

/** One operation that can be invoked. */
export interface Invocation {
  readonly operation: Operation
  /** Unique in a run, such as `n0.2`. */
  readonly id: string
  /** The node's progress afterwards. */
  readonly progress: number
  /** True if it takes from the number of operations of the whole system. */
  readonly draws: boolean
  /** The session that the operation belongs to; `undefined` if it belongs to none. */
  readonly session: number | undefined
}

/** The name of a session's operation at a position of its script, from 0. */
export const nameInSession = (session: number, place: number): string => `s${session}.${place}`

/** The operations of a workload, at any node. */
export const operationsOf = (workload: Workload): ReadonlyArray<Operation> => {
  switch (workload.kind) {
    case "drawn":
      return workload.operations
    case "sessions":
      return workload.sessions.flat().map(({ operation }) => operation)
    case "script":
    case "anyOrder":
      return workload.perNode.flat()
  }
}

const nodesOf = ({ at }: SessionStep): ReadonlyArray<number> => (typeof at === "number" ? [at] : at)

/** A copy of a workload, independent of the objects it was declared with. */
const withCopies = (workload: Workload): Workload => {
  const lists = <A>(each: ReadonlyArray<ReadonlyArray<A>>, copy: (one: A) => A) => each.map((list) => list.map(copy))
  switch (workload.kind) {
    case "script":
    case "anyOrder":
      return { ...workload, perNode: lists(workload.perNode, copied) }
    case "drawn":
      return { ...workload, operations: workload.operations.map(copied) }
    case "sessions": {
      const step = ({ at, operation }: SessionStep): SessionStep => ({
        at: typeof at === "number" ? at : [...at],
        operation: copied(operation)
      })
      return { ...workload, sessions: lists(workload.sessions, step) }
    }
  }
}

/** A copy of an operation. An operation that is not plain data stays as it is: it is refused on acceptance. */
const copied = (operation: Operation): Operation => {
  try {
    return canonicalFields(operation)
  } catch {
    return operation
  }
}

/** Most operations in any order at one node: they are stored as bits of an integer. */
const MOST_IN_ANY_ORDER = 30

/** The workload of a system, per node. */
export class NodeWorkload {
  private readonly workload: Workload
  private readonly size: number

  constructor(system: NodeSystem<unknown>) {
    this.workload = takenOnce(system.workload, () => withCopies(system.workload))
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
    if (this.workload.kind === "drawn" || this.workload.kind === "sessions") {
      const stranger = this.all().find(({ node }) => system.machines[node] === undefined)
      const asks = this.workload.kind === "sessions" ? "a session asks" : "operations are drawn at"
      if (stranger !== undefined) refuse(`${asks} node ${stranger.node}, but there are ${this.size} nodes`)
      return
    }
    const { kind, perNode } = this.workload
    if (perNode.length > this.size) refuse(`operations for ${perNode.length} nodes, but there are ${this.size}`)
    if (kind === "anyOrder" && perNode.some((operations) => operations.length > MOST_IN_ANY_ORDER)) {
      refuse(`more than ${MOST_IN_ANY_ORDER} operations in any order at one node`)
    }
  }

  /** Every operation with every node that may be the target of its invocation. */
  all(): ReadonlyArray<{ readonly node: number; readonly operation: Operation }> {
    const { workload } = this
    if (workload.kind === "sessions") {
      return workload.sessions
        .flat()
        .flatMap((step) => nodesOf(step).map((node) => ({ node, operation: step.operation })))
    }
    if (workload.kind !== "drawn") {
      return workload.perNode.flatMap((operations, node) => operations.map((operation) => ({ node, operation })))
    }
    const nodes = workload.nodes ?? Array.from({ length: this.size }, (_, node) => node)
    return nodes.flatMap((node) => workload.operations.map((operation) => ({ node, operation })))
  }

  /** True if a node has operations of its own left. */
  hasWork(node: number, progress: number): boolean {
    const { workload } = this
    if (workload.kind === "drawn" || workload.kind === "sessions") return false
    const count = workload.perNode[node]?.length ?? 0
    return workload.kind === "script" ? progress < count : progress !== 2 ** count - 1
  }

  /** True if drawn operations may be invoked at a node. */
  mayDraw(node: number): boolean {
    const { workload } = this
    return workload.kind === "drawn" && (workload.nodes?.includes(node) ?? true)
  }

  /** True if an operation that belongs to no node can be invoked at a node for which `mayInvokeAt` is true. */
  hasSharedWork({ draw, sessions = [] }: Environment, mayInvokeAt: (node: number) => boolean): boolean {
    const { workload } = this
    if (workload.kind === "drawn") {
      if (draw === 0) return false
      for (let node = 0; node < this.size; node++) if (this.mayDraw(node) && mayInvokeAt(node)) return true
      return false
    }
    return sessions.some((state, session) => this.steps(session, state).some((step) => nodesOf(step).some(mayInvokeAt)))
  }

  /** The next step of a session, as a list; empty while it waits for an answer, and after its last step. */
  private steps(session: number, { next, waiting }: SessionState): ReadonlyArray<SessionStep> {
    if (this.workload.kind !== "sessions" || waiting) return []
    return this.workload.sessions[session]!.slice(next, next + 1)
  }

  /** The operations that a node's clients may invoke next. */
  next(node: number, progress: number, { draw, sessions = [] }: Environment): ReadonlyArray<Invocation> {
    const { workload } = this
    if (workload.kind === "sessions") {
      return sessions.flatMap((state, session) =>
        this.steps(session, state)
          .filter((step) => nodesOf(step).includes(node))
          .map(({ operation }) => ({
            operation,
            id: nameInSession(session, state.next),
            progress,
            draws: false,
            session
          }))
      )
    }
    if (workload.kind === "drawn") {
      if (draw === 0 || !this.mayDraw(node)) return []
      return workload.operations.map((operation) => ({
        operation,
        id: `n${node}.${progress}`,
        progress: progress + 1,
        draws: true,
        session: undefined
      }))
    }
    const operations = workload.perNode[node] ?? []
    if (workload.kind === "script") {
      const operation = operations[progress]
      return operation === undefined
        ? []
        : [{ operation, id: `n${node}.${progress}`, progress: progress + 1, draws: false, session: undefined }]
    }
    return operations.flatMap((operation, index) =>
      ((progress >> index) & 1) === 1
        ? []
        : [{ operation, id: `n${node}.${index}`, progress: progress | (1 << index), draws: false, session: undefined }]
    )
  }
}
