/**
 * A node of a store with home leaders: it passes on what it is asked, or answers as the home, keeps what homes send, and
 * becomes the home of x.
 *
 * Source, deviations and mutants: home-leader-store.ts.
 */
import { Effect } from "effect"
import { LocalClock, Machine, Network, Observe, Self, Timer } from "../../src/model/index.ts"
import {
  HandedOver,
  heldAt,
  homeOf,
  HomeState,
  type HomeVersion,
  later,
  Question,
  Refused,
  Rehomed,
  Store,
  Stored,
  TakeOver,
  valueOf,
  type Waiting,
  withVersion
} from "./home-replica.ts"
import { Get, Put } from "./probes.ts"

/** How the store is set up. */
export interface HomeLeader {
  readonly rehoming: "never" | "announced" | "lease" | "epoch"
  readonly answers: "at once" | "writes replicated" | "all replicated"
  /** When n0's lease on x ends, and by how much n1 assumes that two clocks differ. */
  readonly lease: { readonly end: number; readonly assumed: number }
  readonly mutant: "none" | "takes-old-epochs" | "ignores-expiry" | "checks-once" | "starts-early"
}

/** The key whose home is replaced. */
export const moving = "x"
/** The node that is neither its home nor to become it. */
const witness = 2

/** A node of a store that is set up like this. */
export const homeNode = ({ answers, lease, mutant, rehoming }: HomeLeader) => {
  /** Whether the home of this epoch may answer now. */
  const holds = Effect.fnUntraced(function* (key: string, epoch: number) {
    if (rehoming !== "lease" || mutant === "ignores-expiry" || key !== moving || epoch > 0) return true
    return (yield* LocalClock.now) < lease.end
  })
  const answer = Effect.fnUntraced(function* ({ key, operation, reads, shown }: typeof Waiting.Type) {
    yield* Observe.note("answers as home", { key })
    if (reads) yield* Observe.read(shown, { key, operation })
    else for (const write of shown) yield* Observe.acknowledged(write, { operation })
  })
  /** The node with this version instead of its own, or with the later of the two; it has considered what it was sent. */
  const keep = Effect.fnUntraced(function* (
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
  /** The home answers; anyone else passes the question on to it. */
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
  /** Another node is the key's home now: what waits here has failed. */
  const follow = Effect.fnUntraced(function* (state: HomeState, key: string, home: number, epoch: number) {
    for (const each of state.waiting) if (each.key === key) yield* Observe.rejected({ operation: each.operation })
    const waiting = state.waiting.filter((each) => each.key !== key)
    return { ...state, waiting, homes: { ...state.homes, [key]: { home, epoch } } }
  })
  /** This node is the home of x from now on; what it goes on from belongs to its epoch. */
  const lead = Effect.fnUntraced(function* (state: HomeState, held: HomeVersion | null) {
    const home = yield* Self.id
    const epoch = rehoming === "announced" ? 0 : 1
    const version = held === null ? null : { ...held, epoch, home }
    yield* Network.broadcast(Rehomed.make({ key: moving, epoch, version }))
    const after = yield* keep(state, moving, version)
    return { ...after, taking: null, homes: { ...state.homes, [moving]: { home, epoch } } }
  })
  const isOpen = ({ taking }: HomeState, { key }: { readonly key: string }) => taking !== key
  return Machine.make("home node", {
    state: HomeState,
    operations: [Put, Get],
    messages: [Question, Store, Stored, Refused, TakeOver, HandedOver, Rehomed],
    initial: (): HomeState => ({ versions: {}, homes: {}, waiting: [], taking: null })
  }).handlers(
    {
      Put: Effect.fnUntraced(function* (state, { key, write }) {
        yield* Observe.wrote(write, { key })
        return yield* serve(state, Question.make({ operation: yield* Self.operation, key, write }))
      }),
      Get: Effect.fnUntraced(function* (state, { key }) {
        return yield* serve(state, Question.make({ operation: yield* Self.operation, key, write: null }))
      }),
      Question: (state, question) => serve(state, question),
      Store: Effect.fnUntraced(function* (state, { epoch, key, operation, version }) {
        const sender = yield* Network.sender
        const known = homeOf(state, key)
        if (rehoming === "epoch" && epoch < known.epoch && mutant !== "takes-old-epochs") {
          return yield* Effect.as(Network.send(sender, Refused.make({ key, ...known })), state)
        }
        if (answers !== "at once") yield* Network.send(sender, Stored.make({ operation }))
        return yield* keep(state, key, version)
      }),
      Stored: Effect.fnUntraced(function* (state, { operation }) {
        const request = state.waiting.find((each) => each.operation === operation)
        if (request === undefined) return state
        const { epoch } = homeOf(state, request.key)
        if (mutant === "checks-once" || (yield* holds(request.key, epoch))) yield* answer(request)
        else yield* Observe.rejected({ operation })
        return { ...state, waiting: state.waiting.filter((each) => each !== request) }
      }),
      Refused: Effect.fnUntraced(function* (state, { epoch, home, key }) {
        return homeOf(state, key).epoch < epoch ? yield* follow(state, key, home, epoch) : state
      }),
      TakeOver: Effect.fnUntraced(function* (state, { epoch, key }) {
        const successor = yield* Network.sender
        yield* Network.send(successor, HandedOver.make({ key, version: heldAt(state, key) }))
        return rehoming === "epoch" ? yield* follow(state, key, successor, epoch) : state
      }),
      HandedOver: Effect.fnUntraced(function* (state, { key, version }) {
        return state.taking === key ? yield* lead(state, later(heldAt(state, key), version)) : state
      }),
      Rehomed: Effect.fnUntraced(function* (state, { epoch, key, version }) {
        const after = yield* follow(state, key, yield* Network.sender, epoch)
        // An epoch goes on from what its home has, and from nothing else.
        return yield* keep(after, key, version, rehoming === "epoch")
      })
    },
    {
      guards: { Put: isOpen, Get: isOpen, Question: isOpen },
      start: Effect.fnUntraced(function* (state) {
        if (rehoming !== "never" && (yield* Self.id) === 1) yield* Timer.set("home is gone")
        return state
      }),
      timeouts: {
        "home is gone": Effect.fnUntraced(function* (state) {
          if (rehoming === "announced") return yield* lead(state, heldAt(state, moving))
          const hurries = rehoming === "epoch" || mutant === "starts-early"
          if (!hurries && (yield* LocalClock.now) - lease.assumed < lease.end) {
            yield* Timer.set("home is gone")
            return state
          }
          yield* Network.send(witness, TakeOver.make({ key: moving, epoch: 1 }))
          return { ...state, taking: moving }
        })
      }
    }
  )
}
