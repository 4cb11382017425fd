/**
 * Operations that the clients of a system of nodes may ask for, on plain objects.
 */
import type { NodeSystem, Operation } from "../../src/model/index.ts"
import { notBefore } from "./ReferenceClocks.ts"
import { spend, type State, union, withNode } from "./ReferenceState.ts"

/** An operation with its name, and the state once a node was asked for it. */
interface Asked {
  readonly operation: Operation
  readonly name: string
  readonly after: State
}

/** The operations that clients may ask of a node, guarded or not. */
export const operationsAt = (
  { clocks, workload }: NodeSystem<unknown>,
  state: State,
  id: number
): ReadonlyArray<Asked> => {
  const { clock, invoked, past } = state.nodes[id]!
  if (workload.kind === "sessions") {
    return workload.sessions.flatMap((steps, index) => {
      const session = state.sessions[index]!
      const step = steps[session.next]
      if (step === undefined || session.waiting || ![step.at].flat().includes(id)) return []
      const knows = withNode(state, id, {
        past: union(past, session.past),
        clock: clocks === undefined ? clock : notBefore(clocks, clock, session.answeredAt)
      })
      const asked = { ...session, next: session.next + 1, waiting: true }
      const after = { ...knows, sessions: state.sessions.with(index, asked) }
      return [{ operation: step.operation, name: `s${index}.${session.next}`, after }]
    })
  }
  if (workload.kind === "drawn") {
    if (state.left.draw === 0 || !(workload.nodes?.includes(id) ?? true)) return []
    const after = spend(withNode(state, id, { invoked: [...invoked, 0] }), "draw")
    return workload.operations.map((operation) => ({ operation, name: `n${id}.${invoked.length}`, after }))
  }
  const left = (workload.perNode[id] ?? []).map((operation, place) => ({ operation, place }))
  const next = left.filter(({ place }) => !invoked.includes(place))
  return (workload.kind === "script" ? next.slice(0, 1) : next).map(({ operation, place }) => ({
    operation,
    name: `n${id}.${place}`,
    after: withNode(state, id, { invoked: [...invoked, place].sort() })
  }))
}
