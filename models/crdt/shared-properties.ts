/**
 * Properties of conflict-free replicated data types: the value of each is compared with that of its specification for
 * the updates applied; states obey the laws of a lattice; removals remove the updates they observed and no others.
 */
import type { Delivery, ReplicaState, Style } from "./replica.ts"
import { convergence, strongConvergence } from "plait/properties/convergence"
import { meetsSpecification, type UpdateMade } from "plait/properties/data-type-specification"
import type { DataOperation } from "plait/properties/data-type-values"
import { statesGrow } from "plait/properties/growing-states"
import { mergeLaws } from "plait/properties/merge-laws"
import { addedAgainIsThere, removedStaysOut } from "plait/properties/removal"
import { type NodesView, type MatrixPlace, Property } from "plait"
import { parts } from "../stores/guarantees.ts"

/** Parts of a data type that its properties use. */
export interface PropertySubject<Payload> {
  readonly style: Style
  readonly view: (payload: Payload) => unknown
  /** The specification in words; `value` is its function. */
  readonly property: string
  readonly value: (applied: ReadonlyArray<UpdateMade<DataOperation>>) => unknown
  readonly merge?: (own: Payload, other: Payload) => Payload
}

const lattice = <Payload>(merge: (own: Payload, other: Payload) => Payload) => {
  const value = ({ payload }: ReplicaState<Payload>) => payload
  return [...mergeLaws<ReplicaState<Payload>, Payload>({ value, merge }), statesGrow({ value, merge })]
}

/** The properties of every data type; those about merging are left out for operations, and if there is no merge. */
export const propertiesOf = <Payload>({ property, merge, style, value, view }: PropertySubject<Payload>) => {
  const shown = ({ payload }: ReplicaState<Payload>) => view(payload)
  return [
    convergence<ReplicaState<Payload>>({ view: shown }),
    strongConvergence<ReplicaState<Payload>>({ view: shown }),
    meetsSpecification<ReplicaState<Payload>, DataOperation>({ property, view: shown, value }),
    ...(style === "operation" || merge === undefined ? [] : lattice(merge)),
    updatesCross<Payload>()
  ]
}

/** Reachability: two replicas each have an update that the other is still to receive. */
const updatesCross = <Payload>() =>
  Property.reachable<NodesView<ReplicaState<Payload>>>("two updates cross in flight", {
    holds: ({ nodes }) =>
      nodes.some(({ inbox, id }) => inbox.some(({ from }) => nodes[from]?.inbox.some((other) => other.from === id)))
  })

/** Deliveries, from the weakest promise to the strongest. */
export const deliveries = [
  "at-most-once",
  "at-least-once",
  "exactly-once",
  "causal"
] as const satisfies ReadonlyArray<Delivery>

/** Intentions of clients that add and remove elements. */
export const removable = <Payload>(view: (payload: Payload) => ReadonlyArray<string>) => {
  const shown = ({ payload }: ReplicaState<Payload>) => view(payload)
  return [
    addedAgainIsThere<ReplicaState<Payload>>({ elements: shown }),
    removedStaysOut<ReplicaState<Payload>>({ elements: shown })
  ]
}

/** The row of a data type, whose mutants have none: its name, and the delivery under which it is judged. */
export const rowOf = (
  design: string,
  { delivery, mutant }: { readonly delivery: Delivery; readonly mutant: string },
  setting = ""
): MatrixPlace | undefined =>
  mutant === "none" ? { part: parts.dataTypes, design, setting: `${delivery} delivery${setting}` } : undefined
