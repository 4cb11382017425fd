/**
 * What is claimed of the register: that replicas agree in the end, and that the interesting situation happens at all.
 */
import { type NodesView, Property } from "plait"
import type { Register } from "./max-register.ts"

/** When nothing is left to happen, all replicas have the same value. */
export const replicasAgree = Property.atQuiescence<NodesView<Register>>("replicas agree", {
  holds: ({ nodes }) => nodes.every(({ state }) => state.value === nodes[0]?.state.value),
  explain: ({ nodes }) =>
    `Nothing is left to happen, and yet ${nodes.map(({ id, state }) => `n${id} has ${state.value}`).join(", ")}.`
})

/** Two different writes are under way at once: without this, agreement would be no achievement. */
export const writesCross = Property.reachable<NodesView<Register>>("two writes are in flight to each other's replica", {
  holds: ({ nodes }) => nodes.filter(({ inbox, state }) => state.value > 0 && inbox.length > 0).length > 1
})
