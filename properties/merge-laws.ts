/**
 * The three laws under which merging converges whatever the order and number of deliveries, over the values that the
 * nodes hold in one reachable state. Source: Shapiro, Preguiça, Baquero, Zawirski (SSS 2011).
 *
 * Left out: values that are only in flight, and values that no one state holds together.
 */
import { Equal } from "effect"
import { type Invariant, type NodesView, Property } from "../src/property/index.ts"

/** The value a node holds, or null where it has none yet, and the merge. */
export interface MergeOptions<State, Value> {
  readonly value: (state: State) => Value | null
  readonly merge: (own: Value, other: Value) => Value
}

/** Merging is commutative, associative and idempotent: one claim for each law, in this order. */
export const mergeLaws = <State, Value>({
  merge,
  value
}: MergeOptions<State, Value>): ReadonlyArray<Invariant<NodesView<State>>> => {
  const held = ({ nodes }: NodesView<State>) => nodes.map(({ state }) => value(state)).filter((each) => each !== null)
  const law = (name: string, least: number, holds: (x: Value, y: Value, z: Value) => boolean) =>
    Property.invariant<NodesView<State>>(name, {
      premise: (view) => held(view).length >= least,
      holds: (view) => {
        const values = held(view)
        return values.every((x) => values.every((y) => values.every((z) => holds(x, y, z))))
      }
    })
  return [
    law("merging is commutative", 2, (x, y) => Equal.equals(merge(x, y), merge(y, x))),
    law("merging is associative", 2, (x, y, z) => Equal.equals(merge(merge(x, y), z), merge(x, merge(y, z)))),
    law("merging is idempotent", 1, (x) => Equal.equals(merge(x, x), x))
  ]
}
