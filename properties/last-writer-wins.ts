/**
 * Convergence of a register whose replicas merge: if no message is in flight, all hold the same value.
 *
 * Source: "eventually consistent" of Stateright's example `lww-register`; Shapiro et al., strong eventual consistency.
 *
 * Formula: network = ∅ ⇒ ∀ i, j: held(i) = held(j). Observes nothing and costs no states.
 */
import { Property } from "plait"

/** The state that the property reads: the value that each node holds, and those in flight to each. */
export interface Registers {
  readonly node: ReadonlyArray<{
    readonly register: { readonly value: string; readonly stamp: number; readonly writer: number } | null
  }>
  readonly inbox: ReadonlyArray<ReadonlyArray<unknown>>
}

const isSilent = ({ inbox }: Registers): boolean => inbox.every((waiting) => waiting.length === 0)

const held = ({ node }: Registers): ReadonlyArray<string> =>
  node.map(({ register }) =>
    register === null ? "nothing" : `${register.value} stamped ${register.stamp} by node ${register.writer}`
  )

/** All nodes hold the same value with the same stamp if no message is in flight. */
export const silentNodesAgree = Property.invariant<Registers>("nodes agree once no message is in flight", {
  premise: (registers) => isSilent(registers) && registers.node.some(({ register }) => register !== null),
  holds: (registers) => !isSilent(registers) || new Set(held(registers)).size <= 1,
  explain: (registers) =>
    `Nothing is in flight, however ${held(registers)
      .map((what, node) => `node ${node} holds ${what}`)
      .join(", ")}.`
})

/** Guard against vacuity: a run exists in which nodes that differ have different values in flight to them. */
export const writesCross = Property.reachable<Registers>("two nodes wait for each other's write", {
  holds: ({ inbox, node }) =>
    inbox.every((waiting) => waiting.length > 1) && node.every(({ register }) => register !== null)
})
