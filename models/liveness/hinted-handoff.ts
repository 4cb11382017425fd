/**
 * Hinted handoff: a substitute stores a write whose home replica does not answer, with a hint that names the home; it
 * sends the write to the home after its recovery, and then drops it.
 *
 * Node 0 coordinates one write, node 1 is its home and may crash and recover, node 2 is the substitute.
 *
 * Source: DeCandia et al., "Dynamo: Amazon's highly available key-value store" (2007), section 4.6. There the
 * substitute scans its hints periodically: a timer here. Deviations: one replica of the write; the substitute tries the
 * home instead of detecting its recovery. Left out: failures of the substitute. `handoff` values `never` and
 * `forgets-on-sending` are mutants.
 */
import { Effect, Schema } from "effect"
import { Faults, Machine, Model, Network, System, Timer, Topology, Workload } from "plait"

const HOME = 1
const SUBSTITUTE = 2

/** Makes the write. */
export const Put = Schema.TaggedStruct("Put", {})

/** Brings the write to its home. */
export const Store = Schema.TaggedStruct("Store", {})

/** Confirms that the home has the write. */
export const Stored = Schema.TaggedStruct("Stored", {})

/** Brings the write to the substitute, with the hint. */
export const Keep = Schema.TaggedStruct("Keep", { home: Schema.Natural })

const State = Schema.Struct({ has: Schema.Boolean, hint: Schema.NullOr(Schema.Natural) })

/** A node: true if it has the write as its home, and the home of the write that it stores for another. */
export type HandoffState = typeof State.Type

/** Handing over by the substitute: repeated until the home answers, never, or once without waiting for an answer. */
export type Handoff = "timer" | "never" | "forgets-on-sending"

const declared = Machine.make("hinted-handoff", {
  state: State,
  operations: [Put],
  messages: [Store, Stored, Keep],
  initial: (): HandoffState => ({ has: false, hint: null })
})

/** A node in any of the three roles. */
export const handoffNode = (handoff: Handoff) =>
  declared.handlers(
    {
      Put: Effect.fnUntraced(function* (state) {
        yield* Network.send(HOME, Store.make({}))
        yield* Timer.set("no answer")
        return state
      }),
      Store: Effect.fnUntraced(function* (state) {
        yield* Network.send(yield* Network.sender, Stored.make({}))
        return { ...state, has: true }
      }),
      Stored: Effect.fnUntraced(function* (state) {
        yield* Timer.cancel("no answer")
        yield* Timer.cancel("hand off")
        return { ...state, hint: null }
      }),
      Keep: Effect.fnUntraced(function* (state, { home }) {
        if (handoff !== "never") yield* Timer.set("hand off")
        return { ...state, hint: home }
      })
    },
    {
      timeouts: {
        "no answer": Effect.fnUntraced(function* (state) {
          yield* Network.send(SUBSTITUTE, Keep.make({ home: HOME }))
          return state
        }),
        "hand off": Effect.fnUntraced(function* (state) {
          if (state.hint === null) return state
          yield* Network.send(state.hint, Store.make({}))
          if (handoff === "forgets-on-sending") return { ...state, hint: null }
          yield* Timer.set("hand off")
          return state
        })
      }
    }
  )

/** The three nodes, of which the home crashes. */
export const hintedHandoffModel = Model.make({
  name: "hinted-handoff",
  about: "A write kept by a substitute while its home replica is down, and handed over when that is back.",
  source: "DeCandia et al. 2007, section 4.6",
  parameters: {
    crashes: Model.integer({ default: 1, least: 0, most: 3, about: "crashes of the home, each with a recovery" }),
    handoff: Model.choice({
      default: "timer",
      values: ["timer", "never", "forgets-on-sending"],
      about: "when the substitute hands the write over"
    })
  },
  system: ({ crashes, handoff }) =>
    System.make("hinted-handoff", {
      machine: handoffNode(handoff),
      topology: Topology.allToAll(3),
      network: Network.unordered({ copies: 1 }),
      faults: Faults.crash({ atMost: crashes, recoveries: crashes, nodes: [HOME], inFlight: "lost" }),
      workload: Workload.script([[Put.make({})]])
    })
})
