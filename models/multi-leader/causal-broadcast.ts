/**
 * Leaders that send every write straight to every other leader, and the gate that makes this a consistent prefix: a
 * write waits until all writes that its leader had seen before it have arrived. Without the gate a write overtakes its
 * cause.
 *
 * Leaders 0 and 1 write k times each; a leader writes at any time, and the writes it has by then are the write's
 * causes. Other leaders only receive. A message that waits stays in the network, so that it is not among the writes
 * that a leader has seen: delivery is one step, while in the source a message is received first and delivered later.
 * The exact gate drops a message that comes again.
 *
 * Source: Kleppmann, Designing Data-Intensive Applications (2017), chapter 5, figure 5-9, and its remedy, version
 * vectors; the gate is that of Birman, Schiper, Stephenson (1991). Mutants: gate `at-most` admits a write of its origin
 * that is not the next (≤ for =), so that a repeated write counts twice; `others-only` ignores the origin's own entry.
 * Left out: lost messages, for which the gate waits for ever.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"
import { counted, type Delivered, isDeliverable, type Stamped } from "../stores/causal-delivery.ts"

/** Makes a write. */
export const Write = Schema.TaggedStruct("Write", { write: Schema.String })

/** Brings a write; the vector counts what its origin had delivered, this write included. */
export const Bring = Schema.TaggedStruct("Bring", {
  write: Schema.String,
  origin: Schema.Natural,
  vector: Schema.Array(Schema.Natural)
})

/** A leader: the writes it shows, sorted, and how many it has delivered of each leader. */
export interface CausalState {
  readonly writes: ReadonlyArray<string>
  readonly delivered: ReadonlyArray<number>
}

/** Condition for which a write waits: none, or its causes, by the exact rule or a mutant. */
export type Gate = "none" | "exact" | "at-most" | "others-only"

const count = (delivered: Delivered, node: number): number => delivered[node] ?? 0

const opens: { readonly [G in Gate]: (delivered: Delivered, message: Stamped) => boolean } = {
  none: () => true,
  exact: isDeliverable,
  "at-most": (delivered, { origin, vector }) =>
    vector.every((seen, node) => seen <= count(delivered, node) + (node === origin ? 1 : 0)),
  "others-only": (delivered, { origin, vector }) =>
    vector.every((seen, node) => node === origin || seen <= count(delivered, node))
}

const declared = Machine.make("causal-broadcast", {
  state: Schema.Struct({ writes: Schema.Array(Schema.String), delivered: Schema.Array(Schema.Natural) }),
  operations: [Write],
  messages: [Bring],
  initial: ({ nodes }): CausalState => ({ writes: [], delivered: Array.from({ length: nodes }, () => 0) })
})

const show = (state: CausalState, write: string, origin: number): CausalState => ({
  writes: [...new Set([...state.writes, write])].sort(),
  delivered: counted(state.delivered, origin)
})

const isRepeated = (delivered: Delivered, { origin, vector }: Stamped): boolean =>
  count(vector, origin) <= count(delivered, origin)

/** A leader with its gate. */
export const causalLeader = (gate: Gate) =>
  declared.handlers(
    {
      Write: Effect.fnUntraced(function* (state, { write }) {
        const origin = yield* Self.id
        const after = show(state, write, origin)
        yield* Observe.wrote(write)
        yield* Observe.applied(write)
        yield* Network.broadcast(Bring.make({ write, origin, vector: after.delivered }))
        yield* Observe.acknowledged(write)
        return after
      }),
      Bring: Effect.fnUntraced(function* (state, message) {
        if (gate === "exact" && isRepeated(state.delivered, message)) return state
        yield* Observe.applied(message.write)
        return show(state, message.write, message.origin)
      })
    },
    {
      guards: {
        Bring: ({ delivered }, message) =>
          opens[gate](delivered, message) || (gate === "exact" && isRepeated(delivered, message))
      }
    }
  )

/** The writes a leader shows. */
export const causalWrites = ({ writes }: CausalState): ReadonlyArray<string> => writes

/** The leaders, fully meshed. */
export const causalBroadcastModel = Model.make({
  name: "causal-broadcast",
  about: "Writes sent straight from each leader to every other, with and without waiting for their causes.",
  source: "Kleppmann 2017, figure 5-9; Birman, Schiper, Stephenson 1991",
  parameters: {
    gate: Model.choice({
      default: "exact",
      values: ["none", "exact", "at-most", "others-only"],
      about: "what a write waits for before it is shown"
    }),
    leaders: Model.integer({ default: 3, least: 2, most: 4, about: "leaders, of which 0 and 1 write" }),
    writes: Model.integer({ default: 2, least: 1, most: 3, about: "writes of leader 0 and of leader 1" }),
    repeat: Model.integer({ default: 0, least: 0, most: 2, about: "messages that may be delivered once more" })
  },
  system: ({ gate, leaders, repeat, writes }) =>
    System.make("causal-broadcast", {
      machine: causalLeader(gate),
      topology: Topology.allToAll(leaders),
      network: Network.unordered({ duplicate: repeat }),
      workload: Workload.script(
        [0, 1].map((leader) =>
          Array.from({ length: writes }, (_, index) => Write.make({ write: `${leader === 0 ? "a" : "b"}${index + 1}` }))
        )
      ),
      ends: {
        when: ({ nodes }) =>
          nodes.every(({ inbox, state: { delivered } }) =>
            inbox.every(({ message }) => isRepeated(delivered, message as typeof Bring.Type))
          ),
        why: "Only repeated messages are in flight, which this gate never delivers."
      }
    })
})
