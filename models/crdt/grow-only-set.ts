/**
 * Operation-based grow-only set: each replica adds its own elements in any order and broadcasts each once.
 *
 * Source: Shapiro, Preguiça, Baquero, Zawirski, "A comprehensive study of convergent and commutative replicated data
 * types" (INRIA RR-7506, 2011), section 3.3.1; specification 11 there is the state-based twin. Operation o belongs to
 * replica o mod R. With an unordered network that neither loses nor duplicates, the number of distinct states has a
 * closed form: (1 + 2^(R-1))^n.
 */
import { Effect, Schema } from "effect"
import { Machine, Model, Network, System, Topology, Workload } from "plait"

const Element = Schema.Natural

/** Adds an element at the replica that handles it. */
export const Add = Schema.TaggedStruct("Add", { element: Element })

/** Brings an element to another replica. */
export const Added = Schema.TaggedStruct("Added", { element: Element })

/** A replica: the set of elements it has. */
export const growOnlySet = Machine.make("grow-only-set", {
  state: Schema.ReadonlySet(Element),
  operations: [Add],
  messages: [Added],
  initial: () => new Set<number>()
}).handlers({
  Add: Effect.fnUntraced(function* (elements, { element }) {
    yield* Network.broadcast(Added.make({ element }))
    return new Set([...elements, element])
  }),
  Added: (elements, { element }) => Effect.succeed(new Set([...elements, element]))
})

/** The replicas, fully meshed. */
export const growOnlySetModel = Model.make({
  name: "grow-only-set",
  about: "Operation-based grow-only set, every addition broadcast once over an unordered network.",
  source: "Shapiro et al. 2011, section 3.3.1",
  parameters: {
    replicas: Model.integer({ default: 3, least: 1, most: 6, about: "replicas, all-to-all" }),
    operations: Model.integer({ default: 3, least: 0, most: 12, about: "additions in all, dealt round-robin" })
  },
  system: ({ operations, replicas }) =>
    System.make("grow-only-set", {
      machine: growOnlySet,
      topology: Topology.allToAll(replicas),
      workload: Workload.anyOrder(
        Array.from({ length: replicas }, (_, replica) =>
          Array.from({ length: operations }, (_, element) => element)
            .filter((element) => element % replicas === replica)
            .map((element) => Add.make({ element }))
        )
      )
    })
})
