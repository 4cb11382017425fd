/**
 * Consensus: all nodes that have decided have decided the same.
 *
 *   ∀ nodes i, j that have decided: decision(i) = decision(j)
 *
 * Source: Lamport, "Paxos Made Simple" (2001), section 2.1: only a single value is chosen. The property compares the
 * values that nodes believe to be chosen.
 *
 * Observes nothing and costs no states; judged once per distinct combination of decisions.
 */
import { type NodesView, Property } from "plait"

/** The decision of a node; `undefined` before it decides. */
export interface DecisionOptions<State> {
  readonly decision: (state: State) => string | undefined
}

const decisions = <State>({ nodes }: NodesView<State>, decision: (state: State) => string | undefined) =>
  nodes.flatMap(({ id, state }) => {
    const value = decision(state)
    return value === undefined ? [] : [{ id, value }]
  })

/** No two nodes decide differently. */
export const agreement = <State>({ decision }: DecisionOptions<State>) =>
  Property.invariant<NodesView<State>>("no two nodes decide differently", {
    premise: (view) => decisions(view, decision).length > 1,
    holds: (view) => new Set(decisions(view, decision).map(({ value }) => value)).size <= 1,
    explain: (view) =>
      `${decisions(view, decision)
        .map(({ id, value }) => `n${id} has decided ${value}`)
        .join(", ")}.`
  })
