/**
 * Paths of writes from leader to leader: in an order that respects causes, and round a node that is down. Each model
 * has a reachability property for its interesting state, and a setting that must fail.
 */
import { causalBroadcastModel, type CausalState, causalWrites } from "./causal-broadcast.ts"
import { reroutingModel, type ReroutingState, reroutingWrites } from "./rerouting.ts"
import { causalPrefix } from "plait/properties/consistent-prefix"
import { convergence } from "plait/properties/convergence"
import { everyLiveNodeHasIt } from "plait/properties/delivery"
import { entry, type Entry, type NodesView, Property } from "plait"
import { parts } from "../stores/guarantees.ts"

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
  properties: () => [
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
  // The mutated gates are not designs of their own.
  place: ({ gate, repeat }) =>
    gate === "none" || gate === "exact"
      ? {
          part: parts.spreading,
          design: `all-to-all, writes ${gate === "none" ? "shown at once" : "wait for their causes"}`,
          setting: repeat > 0 ? "a message comes again" : "no faults"
        }
      : undefined
})

const netEmpties = Property.eventually<NodesView<ReroutingState>>("the net empties for good", {
  holds: ({ nodes }) => nodes.every(({ inbox }) => inbox.length === 0),
  stable: true,
  explain: ({ nodes }) =>
    nodes
      .filter(({ inbox }) => inbox.length > 0)
      .map(({ id }) => `The write is on its way to n${id}, which passes it on again and again.`)
      .join(" ")
})

const wentRound = (gone: number) =>
  Property.reachable<NodesView<ReroutingState>>("a node is down, nothing is in flight, and all others have the write", {
    holds: ({ nodes }) =>
      nodes[gone]?.up === false &&
      nodes.every(({ id, inbox, state }) => inbox.length === 0 && (id === gone || state.origin !== null))
  })

const rerouted = {
  resend: "everything sent again",
  switch: "nothing sent again",
  stay: "orders ignored"
}

const rerouting = entry(reroutingModel, {
  properties: ({ gone, nodes, origin, stop }) => [
    // If the write circulates for ever no state is quiescent.
    ...(stop === "origin" && gone === origin
      ? []
      : [
          everyLiveNodeHasIt<ReroutingState>({
            has: reroutingWrites,
            among: Array.from({ length: nodes }, (_, node) => node).filter((node) => node !== gone)
          })
        ]),
    netEmpties,
    wentRound(gone)
  ],
  settings: [
    ...(["resend", "switch", "stay"] as const).flatMap((answer) => [
      { shape: "ring" as const, nodes: 4, origin: 0, gone: 2, answer, stop: "seen" as const },
      { shape: "star" as const, nodes: 4, origin: 2, gone: 0, answer, stop: "seen" as const }
    ]),
    ...([0, 2] as const).map((gone) => ({
      shape: "ring" as const,
      nodes: 4,
      origin: 0,
      gone,
      answer: "resend" as const,
      stop: "origin" as const
    })),
    { shape: "ring", nodes: 4, origin: 0, gone: 0, answer: "resend", stop: "seen" },
    { shape: "star", nodes: 4, origin: 0, gone: 0, answer: "resend", stop: "seen" }
  ],
  place: ({ answer, gone, origin, shape, stop }) => ({
    part: parts.spreading,
    design: `${shape}, re-routed, ${rerouted[answer]}${stop === "origin" ? ", stopped by its origin only" : ""}`,
    setting: gone === origin ? "the origin crashes" : shape === "star" ? "the hub crashes" : "a node crashes"
  })
})

/** The entries. */
export const topologies: ReadonlyArray<Entry> = [causalBroadcast, rerouting]
