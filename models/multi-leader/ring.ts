/**
 * One write on a directed ring whose nodes pass on what they receive, under four rules for stopping: never, by
 * de-duplication, by the origin's tag, by the set of nodes visited. One node may be down from the start.
 *
 * Source: a specification in TLA+, Ring.tla, ported variable by variable; MySQL's circular replication stops by origin
 * tag (server id) or de-duplication (GTID). Nodes are numbered from 1 as there; the write is at node 1.
 */
import { Effect, Schema } from "effect"
import { Choice, Model, WholeState } from "plait"

const Nodes = Schema.ReadonlySet(Schema.Natural)
const InFlight = Schema.Struct({ at: Schema.Natural, tags: Nodes })

/** Variables that properties see: the nodes that have the write, the messages in flight, true if the write was made. */
export interface RingView {
  readonly applied: ReadonlySet<number>
  readonly net: ReadonlyArray<typeof InFlight.Type>
  readonly sent: boolean
}

/** Rule by which a node passes a message on. */
export type RingPolicy = "none" | "dedupe" | "origin" | "visited"

interface Arrival {
  readonly node: number
  readonly tags: ReadonlySet<number>
  readonly applied: ReadonlySet<number>
}

const passesOn: { readonly [P in RingPolicy]: (arrival: Arrival) => boolean } = {
  none: () => true,
  dedupe: ({ applied, node }) => !applied.has(node),
  origin: ({ node }) => node !== 1,
  visited: ({ node, tags }) => !tags.has(node)
}

/** The variables and actions of Ring.tla; `crashed` is the node that is down, 0 for none. */
export const ring = (size: number, policy: RingPolicy, crashed: number) =>
  WholeState.make("ring", {
    variables: {
      applied: WholeState.variable(Nodes, new Set<number>()),
      net: WholeState.variable(Schema.Array(InFlight), []),
      sent: WholeState.variable(Schema.Boolean, false)
    },
    actions: ({ applied, net, sent }) => {
      const successor = (node: number) => (node === size ? 1 : node + 1)
      return {
        write: WholeState.action(
          Effect.gen(function* () {
            yield* WholeState.when(!(yield* sent.get))
            yield* sent.set(true)
            yield* applied.set(new Set([1]))
            yield* net.set([{ at: successor(1), tags: new Set([1]) }])
          })
        ),
        receive: WholeState.action(
          Effect.gen(function* () {
            const before = yield* net.get
            yield* WholeState.when(before.length > 0)
            const message = yield* Choice.among(before)
            const others = before.filter((other) => other !== message)
            const { at: node, tags } = message
            if (node === crashed) return yield* net.set(others)
            const have = yield* applied.get
            const carried = policy === "visited" ? new Set([...tags, node]) : tags
            const onward = passesOn[policy]({ node, tags, applied: have })
            yield* applied.set(new Set([...have, node]))
            yield* net.set(onward ? [...others, { at: successor(node), tags: carried }] : others)
          })
        )
      }
    }
  })

/** The ring with its rule for stopping and its crash. */
export const ringModel = Model.make({
  name: "ring",
  about: "One write on a directed ring of nodes that pass messages on, with a rule for when to stop.",
  source: "Ring.tla; MySQL circular replication",
  parameters: {
    nodes: Model.integer({ default: 3, least: 2, most: 8, about: "nodes, numbered from 1" }),
    policy: Model.choice({
      default: "origin",
      values: ["none", "dedupe", "origin", "visited"],
      about: "when a node stops passing on: never, what it has, its own, what it has seen"
    }),
    crash: Model.integer({ default: 0, least: 0, most: 8, about: "the node that is down from the start, 0 for none" })
  },
  requires: ({ crash, nodes }) =>
    crash > nodes ? `the node ${crash} that is down is none of the nodes 1 to ${nodes}` : undefined,
  system: ({ crash, nodes, policy }) => ring(nodes, policy, crash)
})
