/**
 * How writes get from leader to leader: in an order that respects causes, and round what is down. Each model stands with
 * the claim that its interesting situation occurs, and with a setting that must fail.
 */
import { causalBroadcastModel, type CausalState, causalWrites } from "../../models/multi-leader/causal-broadcast.ts"
import { causalPrefix } from "../../properties/consistent-prefix.ts"
import { convergence } from "../../properties/convergence.ts"
import { type NodesView, Property } from "../property/index.ts"
import { type Entry, entry } from "../suite/Suite.ts"

const effectBeforeCause = Property.reachable<NodesView<CausalState>>(
  "a write is under way to a leader without its cause",
  {
    holds: ({ nodes }) =>
      nodes.some(
        ({ inbox, state }) =>
          !state.writes.includes("a1") &&
          inbox.some(
            ({ from, message }) => from === 1 && "vector" in message && Reflect.get(message.vector ?? [], 0) === 1
          )
      )
  }
)

const causalBroadcast = entry(causalBroadcastModel, {
  claims: () => [
    causalPrefix<CausalState>({ visible: causalWrites }),
    convergence<CausalState>({ view: causalWrites }),
    effectBeforeCause
  ],
  settings: [
    ...(["none", "exact", "at-most", "others-only"] as const).map((gate) => ({
      gate,
      leaders: 3,
      writes: 2,
      repeat: 0
    })),
    ...(["none", "exact", "at-most"] as const).map((gate) => ({ gate, leaders: 3, writes: 2, repeat: 1 }))
  ],
  // The faulty gates are no designs of their own.
  place: ({ gate, repeat }) =>
    gate === "none" || gate === "exact"
      ? {
          design: `all-to-all, writes ${gate === "none" ? "shown at once" : "wait for their causes"}`,
          setting: repeat > 0 ? "a message comes again" : "no faults"
        }
      : undefined
})

/** The entries. */
export const topologies: ReadonlyArray<Entry> = [causalBroadcast]
