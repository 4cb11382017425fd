/**
 * Lamport's distributed mutual exclusion: requests carry logical clocks, every process acknowledges, and the earliest
 * request enters. Links keep their order.
 *
 * Source: LamportMutex.tla of the TLA+ Examples, action by action, with its constraint on clocks; Lamport, "Time,
 * Clocks and the Ordering of Events in a Distributed System" (1978). A message is a number: a request's clock, 0 to
 * acknowledge, −1 to release. `enters-early` is a mutant that does not wait for acknowledgements.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const acknowledgement = 0
const release = -1

const lamportMutex = (n: number, clocks: number, mutant: "none" | "enters-early") => {
  const all = Array.from({ length: n }, (_, process) => process)
  const pairs = all.flatMap((to) => all.filter((from) => from !== to).map((from) => ({ to, from })))
  return WholeState.make("lamport-mutex", {
    variables: {
      clock: WholeState.family(n, Schema.Int, 1),
      /** `request[n · p + q]`: the clock of q's request as p knows it, or 0. */
      request: WholeState.family(n * n, Schema.Int, 0),
      acknowledged: WholeState.family(n, Schema.Array(Schema.Int), []),
      /** `link[n · p + q]`: the messages that p has sent to q and q has not received. */
      link: WholeState.family(n * n, Schema.Array(Schema.Int), []),
      inside: WholeState.family(n, Schema.Boolean, false)
    },
    actions: ({ acknowledged, clock, inside, link, request }) => {
      const send = Effect.fnUntraced(function* (from: number, to: number, message: number) {
        const channel = link.at(n * from + to)
        yield* channel.set([...(yield* channel.get), message])
      })
      const others = (process: number) => all.filter((other) => other !== process)
      const broadcast = (from: number, message: number) =>
        Effect.forEach(others(from), (to) => send(from, to, message), { discard: true })
      /** The next message of a link, received if it is of the wanted kind. */
      const receive = Effect.fnUntraced(function* (
        { from, to }: { readonly from: number; readonly to: number },
        isWanted: (message: number) => boolean
      ) {
        const channel = link.at(n * from + to)
        const [message, ...rest] = yield* channel.get
        yield* WholeState.when(message !== undefined && isWanted(message))
        yield* channel.set(rest)
        return message ?? release
      })
      return {
        requests: WholeState.each(
          all,
          Effect.fnUntraced(function* (process) {
            yield* WholeState.when((yield* request.at((n + 1) * process).get) === 0)
            const now = yield* clock.at(process).get
            yield* request.at((n + 1) * process).set(now)
            yield* acknowledged.at(process).set([process])
            yield* broadcast(process, now)
          })
        ),
        receivesRequest: WholeState.each(
          pairs,
          Effect.fnUntraced(function* ({ from, to }) {
            const sent = yield* receive({ from, to }, (message) => message > 0)
            yield* request.at(n * to + from).set(sent)
            yield* clock.at(to).set(Math.max(sent, yield* clock.at(to).get) + 1)
            yield* send(to, from, acknowledgement)
          })
        ),
        receivesAcknowledgement: WholeState.each(
          pairs,
          Effect.fnUntraced(function* ({ from, to }) {
            yield* receive({ from, to }, (message) => message === acknowledgement)
            const known = yield* acknowledged.at(to).get
            yield* acknowledged.at(to).set([...new Set([...known, from])].sort())
          })
        ),
        enters: WholeState.each(
          all,
          Effect.fnUntraced(function* (process) {
            const known = yield* acknowledged.at(process).get
            yield* WholeState.when(known.length === n || (mutant === "enters-early" && known.length > 0))
            const own = yield* request.at((n + 1) * process).get
            for (const other of others(process)) {
              const theirs = yield* request.at(n * process + other).get
              yield* WholeState.when(theirs === 0 || own < theirs || (own === theirs && process < other))
            }
            yield* inside.at(process).set(true)
          })
        ),
        exits: WholeState.each(
          all,
          Effect.fnUntraced(function* (process) {
            yield* WholeState.when(yield* inside.at(process).get)
            yield* inside.at(process).set(false)
            yield* request.at((n + 1) * process).set(0)
            yield* acknowledged.at(process).set([])
            yield* broadcast(process, release)
          })
        ),
        receivesRelease: WholeState.each(
          pairs,
          Effect.fnUntraced(function* ({ from, to }) {
            yield* receive({ from, to }, (message) => message === release)
            yield* request.at(n * to + from).set(0)
          })
        )
      }
    },
    // The second bound has an effect only in the mutant: no link holds more than three messages.
    constraint: ({ clock, link }) => clock.every((time) => time <= clocks) && link.every(({ length }) => length <= 3)
  })
}

/** Mutual exclusion by logical clocks. */
export const lamportMutexModel = Model.make({
  name: "lamport-mutex",
  about: "Mutual exclusion by logical clocks: the earliest request enters once all have acknowledged it.",
  source: "Lamport 1978; TLA+ Examples, lamport_mutex/LamportMutex.tla",
  parameters: {
    processes: Model.integer({ default: 2, least: 2, most: 4, about: "processes" }),
    clocks: Model.integer({ default: 6, least: 2, most: 9, about: "largest clock" }),
    mutant: Model.mutants({ default: "none", values: ["none", "enters-early"], about: "what is wrong with it" })
  },
  system: ({ clocks, mutant, processes }) => lamportMutex(processes, clocks, mutant)
})
