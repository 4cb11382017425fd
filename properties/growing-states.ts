/**
 * States of a state-based data type only move up their lattice: after every operation and message, a node's new state
 * S' contains its old one, S ⊔ S' = S'.
 *
 * Source: Shapiro, Preguiça, Baquero, Zawirski (SSS 2011), monotonic semilattice: m(S) ⊒ S for every update m.
 *
 * Observes nothing: judges single steps, adds no states, and costs one merge per distinct step of a node.
 */
import { Equal } from "effect"
import { type NodesView, Property, type StepInvariant } from "plait"

/** The value of a node, and the merge. */
export interface GrowthOptions<State, Value> {
  readonly value: (state: State) => Value
  readonly merge: (own: Value, other: Value) => Value
}

const shrunken = <State, Value>(
  { merge, value }: GrowthOptions<State, Value>,
  before: NodesView<State>,
  after: NodesView<State>
): ReadonlyArray<number> =>
  after.nodes.flatMap(({ id, state }) => {
    const old = before.nodes[id]
    if (old === undefined || old.state === state) return []
    const next = value(state)
    return Equal.equals(merge(value(old.state), next), next) ? [] : [id]
  })

/** No step moves a node's state down or sideways. Observes nothing. */
export const statesGrow = <State, Value>(options: GrowthOptions<State, Value>): StepInvariant<NodesView<State>> =>
  Property.stepInvariant<NodesView<State>>("a state only moves up its lattice", {
    holds: (before, after) => shrunken(options, before, after).length === 0,
    explain: (_view, _remembered, history) => {
      const [before, after] = history.slice(-2)
      if (before === undefined || after === undefined) return "The first step moved a state down."
      return shrunken(options, before.after, after.after)
        .map((id) => `n${id} had a state that, merged with its new one, is not the new one.`)
        .join(" ")
    }
  })
