/**
 * A node of a store with home leaders: it answers as the home or passes questions on, stores versions from homes, and
 * becomes the home of x.
 *
 * Source, deviations and mutants: home-leader-store.ts.
 */
import { Effect } from "effect"
import { LocalClock, Machine, Network, Observe, Self, Timer } from "plait"
import { answering, type HomeLeader, keep, moving } from "./home-answering.ts"
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
  TakeOver
} from "./home-replica.ts"
import { Get, Put } from "./probes.ts"

/** The node that is neither its home nor to become it. */
const witness = 2

/** A node of a store with these parameters. */
export const homeNode = (setup: HomeLeader) => {
  const { answers, lease, mutant, rehoming } = setup
  const { serve, settle } = answering(setup)
  /** Makes another node the key's home: operations that wait here have failed. */
  const follow = Effect.fnUntraced(function* (state: HomeState, key: string, home: number, epoch: number) {
    for (const each of state.waiting) if (each.key === key) yield* Observe.rejected({ operation: each.operation })
    const waiting = state.waiting.filter((each) => each.key !== key)
    return { ...state, waiting, homes: { ...state.homes, [key]: { home, epoch } } }
  })
  /** Makes this node the home of x from now on; the version from which it continues belongs to its epoch. */
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
      Stored: (state, { operation }) => settle(state, operation),
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
        // An epoch continues from the version of its home only.
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
