/**
 * Answers of a home to its clients: at once or when a replica has the version that the answer shows, and only while it
 * is the home.
 *
 * Source, deviations and mutants: home-leader-store.ts.
 */
import { Effect } from "effect"
import { LocalClock, Network, Observe, Self } from "plait"
import {
  heldAt,
  homeOf,
  type HomeState,
  type HomeVersion,
  later,
  type Question,
  Store,
  valueOf,
  type Waiting,
  withVersion
} from "./home-replica.ts"

/** Parameters of the store. */
export interface HomeLeader {
  readonly rehoming: "never" | "announced" | "lease" | "epoch"
  readonly answers: "at once" | "writes replicated" | "all replicated"
  /** The end of n0's lease on x, and the difference of two clocks that n1 assumes. */
  readonly lease: { readonly end: number; readonly assumed: number }
  readonly mutant: "none" | "takes-old-epochs" | "ignores-expiry" | "checks-once" | "starts-early"
}

/** The key whose home is replaced. */
export const moving = "x"

/**
 * The node with this version instead of its own, or with the later of the two; it has considered the one it was sent.
 */
export const keep = Effect.fnUntraced(function* (
  state: HomeState,
  key: string,
  version: HomeVersion | null,
  replaces = false
) {
  const held = heldAt(state, key)
  const news = (version?.writes ?? []).filter((write) => held?.writes.includes(write) !== true)
  for (const write of news) yield* Observe.applied(write)
  return withVersion(state, key, replaces ? version : later(held, version))
})

/** Functions by which the home of such a store serves a question, and answers those that waited for a replica. */
export const answering = ({ answers, lease, mutant, rehoming }: HomeLeader) => {
  /** True if the home of this epoch may answer now. */
  const holds = Effect.fnUntraced(function* (key: string, epoch: number) {
    if (rehoming !== "lease" || mutant === "ignores-expiry" || key !== moving || epoch > 0) return true
    return (yield* LocalClock.now) < lease.end
  })
  const answer = Effect.fnUntraced(function* ({ key, operation, reads, shown }: typeof Waiting.Type) {
    yield* Observe.note("answers as home", { key })
    if (reads) yield* Observe.read(shown, { key, operation })
    else for (const write of shown) yield* Observe.acknowledged(write, { operation })
  })
  /** Answers at the home; any other node passes the question on to it. */
  const serve = Effect.fnUntraced(function* (state: HomeState, question: typeof Question.Type) {
    const { key, operation, write } = question
    const self = yield* Self.id
    const { epoch, home } = homeOf(state, key)
    if (home !== self) return yield* Effect.as(Network.send(home, question), state)
    if (!(yield* holds(key, epoch))) return yield* Effect.as(Observe.rejected({ operation }), state)
    const held = heldAt(state, key)
    const version = write === null ? held : { epoch, home, writes: [...(held?.writes ?? []), write] }
    const request = { operation, key, reads: write === null, shown: valueOf(version) }
    const isSettled = write === null && !state.waiting.some((each) => each.key === key)
    const waits = answers === "all replicated" || (answers === "writes replicated" && !isSettled)
    if (waits || write !== null) yield* Network.broadcast(Store.make({ operation, key, epoch, version }))
    const after = yield* keep(state, key, version)
    if (waits) return { ...after, waiting: [...after.waiting, request] }
    return yield* Effect.as(answer(request), after)
  })
  /** Answers an operation whose result a replica now has. */
  const settle = Effect.fnUntraced(function* (state: HomeState, operation: string) {
    const request = state.waiting.find((each) => each.operation === operation)
    if (request === undefined) return state
    const { epoch } = homeOf(state, request.key)
    if (mutant === "checks-once" || (yield* holds(request.key, epoch))) yield* answer(request)
    else yield* Observe.rejected({ operation })
    return { ...state, waiting: state.waiting.filter((each) => each !== request) }
  })
  return { serve, settle }
}
