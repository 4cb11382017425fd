/**
 * A last-writer-wins register whose nodes stamp writes with a clock that may be set forwards and back. A node's stamps
 * are meant to be unique, since it stores the highest one it has used; but it does not at the first write. Two writes
 * of one node can then carry the same stamp, and replicas that get them in different orders stay different.
 *
 * Source: Stateright, example `lww-register`, as it is (`published`). A node sends to itself too, as there. There the
 * clocks are unbounded and a limit of depth ends the search; here clocks and stamps stay within `horizon` of the start,
 * a bound that no run of fewer steps than `horizon` reaches. `remembers` also stores the first stamp, which is not
 * sufficient: a write may still be stamped below the one it replaces. `witnesses` also stamps a write above the one it
 * replaces; `ties-by-arrival` is that with a mutant merge that ignores the writer.
 */
import { Effect, Schema } from "effect"
import { Choice, Model, WholeState } from "plait"

const Register = Schema.Struct({ value: Schema.String, stamp: Schema.Natural, writer: Schema.Natural })
type Register = typeof Register.Type
const Node = Schema.Struct({ register: Schema.NullOr(Register), clock: Schema.Natural, highest: Schema.Natural })

type Stamping = "published" | "remembers" | "witnesses" | "ties-by-arrival"

const START = 1000

const order = (left: Register, right: Register): number =>
  left.stamp - right.stamp || left.writer - right.writer || (left.value < right.value ? -1 : 1)

const merge = (held: Register | null, incoming: Register, byWriter: boolean): Register => {
  if (held === null || held.stamp < incoming.stamp) return incoming
  if (held.stamp > incoming.stamp) return held
  return byWriter && held.writer > incoming.writer ? held : incoming
}

const lwwRegister = (nodes: number, values: number, horizon: number, stamping: Stamping) => {
  const everyone = Array.from({ length: nodes }, (_, index) => index)
  const letters = ["A", "B", "C"].slice(0, values)
  return WholeState.make("lww-register", {
    variables: {
      node: WholeState.family(nodes, Node, { register: null, clock: START, highest: START }),
      inbox: WholeState.family(nodes, Schema.Array(Register), [])
    },
    actions: ({ inbox, node }) => ({
      writes: WholeState.each(
        everyone.flatMap((writer) => letters.map((value) => ({ writer, value }))),
        Effect.fnUntraced(function* ({ value, writer }) {
          const { clock, highest, register } = yield* node.at(writer).get
          const witnessed = stamping === "published" || stamping === "remembers" ? 0 : (register?.stamp ?? 0)
          const stamp = register === null ? clock : Math.max(clock, Math.max(highest, witnessed) + 1)
          yield* WholeState.when(stamp <= START + horizon)
          const remembered = register === null && stamping === "published" ? highest : Math.max(highest, stamp)
          const written = { value, stamp, writer }
          yield* node.at(writer).set({ register: written, clock, highest: remembered })
          for (const to of everyone) {
            yield* inbox.at(to).set([...(yield* inbox.at(to).get), written].sort(order))
          }
        })
      ),
      setsClock: WholeState.each(
        everyone.flatMap((owner) => [1, -1].map((by) => ({ owner, by }))),
        Effect.fnUntraced(function* ({ by, owner }) {
          const before = yield* node.at(owner).get
          const clock = before.clock + by
          yield* WholeState.when(Math.abs(clock - START) <= horizon)
          yield* node.at(owner).set({ ...before, clock })
        })
      ),
      receives: WholeState.each(
        everyone,
        Effect.fnUntraced(function* (receiver) {
          const waiting = yield* inbox.at(receiver).get
          const different = waiting.flatMap((each, place) => {
            const before = waiting[place - 1]
            const same = before?.stamp === each.stamp && before.writer === each.writer && before.value === each.value
            return same ? [] : [place]
          })
          yield* WholeState.when(different.length > 0)
          const place = yield* Choice.among(different)
          const before = yield* node.at(receiver).get
          const [incoming] = waiting.slice(place)
          if (incoming === undefined) return
          const register = merge(before.register, incoming, stamping !== "ties-by-arrival")
          yield* node.at(receiver).set({ ...before, register })
          yield* inbox.at(receiver).set(waiting.toSpliced(place, 1))
        })
      )
    })
  })
}

/** Nodes that stamp their writes and send them to all nodes, themselves included. */
export const lwwRegisterModel = Model.make({
  name: "lww-register",
  about: "A last-writer-wins register with settable clocks, whose first stamp is not remembered.",
  source: "Stateright, examples/lww-register.rs",
  parameters: {
    nodes: Model.integer({ default: 2, least: 1, most: 4, about: "nodes" }),
    values: Model.integer({ default: 2, least: 1, most: 3, about: "values that may be written" }),
    horizon: Model.integer({ default: 1, least: 0, most: 100, about: "how far clocks and stamps go from the start" }),
    stamping: Model.choice({
      default: "published",
      values: ["published", "remembers", "witnesses", "ties-by-arrival"],
      about: "how stamps are kept unique and compared"
    })
  },
  system: ({ horizon, nodes, stamping, values }) => lwwRegister(nodes, values, horizon, stamping)
})
