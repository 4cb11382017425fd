/**
 * A node of a leaderless store: it coordinates what its clients ask, keeps versions, and stands in for others.
 *
 * Source and deviations: leaderless-store.ts.
 */
import { Effect } from "effect"
import { Choice, Machine, Network, Observe, Self, Timer } from "../../src/model/index.ts"
import { Get, Put } from "./probes.ts"
import { Fetch, Fetched, HandedOver, HandOver, Store, Stored, Sync } from "./quorum-messages.ts"
import {
  type Asking,
  askingFor,
  emptyReplica,
  finished,
  held,
  isLater,
  latest,
  QuorumState,
  requesting,
  storing,
  storingFor,
  type Storing,
  type Version
} from "./quorum-replica.ts"

/** How a store is set up, and what is wrong with it. */
export interface Quorums {
  readonly read: number
  readonly write: number
  readonly rounds: "one" | "two"
  readonly repair: "none" | "after-answer" | "before-answer" | "anti-entropy"
  readonly unanswered: "waits" | "gives-up" | "stand-in"
  /** How often a stand-in tries to hand a hint over. */
  readonly attempts: number
  readonly mutant: "none" | "acknowledges-early" | "ties-by-arrival" | "forgets-hints"
}

/** How many nodes keep a key. */
export const replicas = 3
/** The node that takes writes for a replica that does not answer. */
const standIn = replicas

const others = (self: number): ReadonlyArray<number> =>
  Array.from({ length: replicas }, (_, node) => node).filter((node) => node !== self)

const subsets = (nodes: ReadonlyArray<number>, size: number): ReadonlyArray<ReadonlyArray<number>> => {
  const [first, ...rest] = nodes
  if (size === 0) return [[]]
  if (first === undefined) return []
  return [...subsets(rest, size - 1).map((chosen) => [first, ...chosen]), ...subsets(rest, size)]
}

const answer = Effect.fnUntraced(function* (key: string, operation: string, version: Version | null) {
  yield* Observe.read(version === null ? [] : [version.write], { key, operation })
})

/** A node of a store that is set up like this. */
export const quorumNode = ({ attempts, mutant, read, repair, rounds, unanswered, write }: Quorums) => {
  const keep = Effect.fnUntraced(function* (state: QuorumState, key: string, version: Version) {
    yield* Observe.applied(version.write)
    const after = storing(state, key, version, mutant === "ties-by-arrival")
    if (repair === "anti-entropy" && after !== state) yield* Timer.set("anti-entropy")
    return after
  })
  /** Answers a request that has the holders it needs; a coordinator stops waiting once nothing of its own is open. */
  const settle = Effect.fnUntraced(function* (state: QuorumState, operation: string, request: Storing) {
    const enough = mutant === "acknowledges-early" ? 1 : write
    if (request.holders.length < enough) return requesting(state, operation, request)
    if (request.reads) yield* answer(request.key, operation, request.version)
    else yield* Observe.acknowledged(request.version.write, { operation })
    const after = finished(state, operation)
    if (unanswered !== "waits" && Object.keys(after.requests).length === 0) yield* Timer.cancel("unanswered")
    return after
  })
  const replicate = Effect.fnUntraced(function* (state: QuorumState, operation: string, request: Storing) {
    const { holders, key, version } = request
    const self = yield* Self.id
    for (const node of others(self).filter((each) => !holders.includes(each))) {
      yield* Network.send(node, Store.make({ request: operation, key, version, home: node }))
    }
    if (unanswered !== "waits" && !request.reads) yield* Timer.set("unanswered")
    return yield* settle(yield* keep(state, key, version), operation, request)
  })
  const put = Effect.fnUntraced(function* (
    state: QuorumState,
    operation: string,
    key: string,
    name: string,
    seen: number
  ) {
    const coordinator = yield* Self.id
    const version = { write: name, timestamp: seen + 1, coordinator }
    return yield* replicate(state, operation, { _tag: "Storing", key, version, reads: false, holders: [coordinator] })
  })
  /** The latest version is known: a write goes on from it, a read returns it, and repairs what was behind. */
  const decide = Effect.fnUntraced(function* (state: QuorumState, operation: string, request: Asking) {
    const { answers, key, write: name } = request
    const version = latest(state, request)
    const without = finished(state, operation)
    if (name !== null) return yield* put(without, operation, key, name, version?.timestamp ?? 0)
    const behind = answers.filter((each) => isLater(version, each.version)).map(({ node }) => node)
    if (repair === "before-answer" && version !== null) {
      const holders = [yield* Self.id, ...answers.map(({ node }) => node).filter((node) => !behind.includes(node))]
      return yield* replicate(without, operation, { _tag: "Storing", key, version, reads: true, holders })
    }
    yield* answer(key, operation, version)
    if (repair !== "after-answer" || version === null) return without
    for (const node of behind) yield* Network.send(node, Sync.make({ key, version }))
    return isLater(version, held(without, key)) ? yield* keep(without, key, version) : without
  })
  const ask = Effect.fnUntraced(function* (state: QuorumState, operation: string, key: string, name: string | null) {
    const request: Asking = { _tag: "Asking", key, write: name, answers: [] }
    if (read === 1) return yield* decide(state, operation, request)
    const asked = yield* Choice.among(subsets(others(yield* Self.id), read - 1))
    for (const node of asked) yield* Network.send(node, Fetch.make({ request: operation, key }))
    return requesting(state, operation, request)
  })
  return Machine.make("quorum node", {
    state: QuorumState,
    operations: [Put, Get],
    messages: [Store, Stored, Fetch, Fetched, Sync, HandOver, HandedOver],
    initial: emptyReplica
  }).handlers(
    {
      Put: Effect.fnUntraced(function* (state, { key, write: name }) {
        const operation = yield* Self.operation
        yield* Observe.wrote(name, { key })
        if (rounds === "two") return yield* ask(state, operation, key, name)
        return yield* put(state, operation, key, name, held(state, key)?.timestamp ?? 0)
      }),
      Get: Effect.fnUntraced(function* (state, { key }) {
        return yield* ask(state, yield* Self.operation, key, null)
      }),
      Store: Effect.fnUntraced(function* (state, { home, key, request, version }) {
        const self = yield* Self.id
        yield* Network.send(yield* Network.sender, Stored.make({ request, home }))
        if (home === self) return yield* keep(state, key, version)
        if (mutant === "forgets-hints") return state
        yield* Timer.set("hand over")
        return { ...state, hints: [...state.hints, { home, key, version, attempts }] }
      }),
      Stored: Effect.fnUntraced(function* (state, { home, request: name }) {
        const request = storingFor(state, name)
        if (request === undefined) return state
        const holders = [...new Set([...request.holders, home])].toSorted((left, right) => left - right)
        return yield* settle(state, name, { ...request, holders })
      }),
      Fetch: Effect.fnUntraced(function* (state, { key, request }) {
        yield* Network.send(yield* Network.sender, Fetched.make({ request, version: held(state, key) }))
        return state
      }),
      Fetched: Effect.fnUntraced(function* (state, { request: name, version }) {
        const request = askingFor(state, name)
        if (request === undefined) return state
        const answers = [...request.answers, { node: yield* Network.sender, version }]
        const next = { ...request, answers: answers.sort((left, right) => left.node - right.node) }
        return answers.length < read - 1 ? requesting(state, name, next) : yield* decide(state, name, next)
      }),
      Sync: (state, { key, version }) => keep(state, key, version),
      HandOver: Effect.fnUntraced(function* (state, { key, version }) {
        yield* Network.send(yield* Network.sender, HandedOver.make({ key, version }))
        return yield* keep(state, key, version)
      }),
      HandedOver: Effect.fnUntraced(function* (state, { key, version }) {
        const home = yield* Network.sender
        const hints = state.hints.filter(
          (hint) => hint.home !== home || hint.key !== key || hint.version.write !== version.write
        )
        if (hints.length === 0) yield* Timer.cancel("hand over")
        return { ...state, hints }
      })
    },
    {
      timeouts: {
        /** The coordinator's patience is at an end: its client is told so, or a stand-in is asked. */
        unanswered: Effect.fnUntraced(function* (state) {
          const writes = Object.entries(state.requests).flatMap(([name, request]) =>
            request._tag === "Storing" && !request.reads ? [{ name, request }] : []
          )
          for (const { name, request } of writes) {
            if (unanswered === "gives-up") yield* Observe.rejected({ operation: name })
            const { holders, key, version } = request
            if (unanswered !== "stand-in") continue
            for (const home of others(yield* Self.id).filter((node) => !holders.includes(node))) {
              yield* Network.send(standIn, Store.make({ request: name, key, version, home }))
            }
          }
          return unanswered === "gives-up" ? writes.reduce((after, { name }) => finished(after, name), state) : state
        }),
        "hand over": Effect.fnUntraced(function* (state) {
          const due = state.hints.filter((hint) => hint.attempts > 0)
          for (const { home, key, version } of due) yield* Network.send(home, HandOver.make({ key, version }))
          const hints = state.hints.map((hint) => ({ ...hint, attempts: Math.max(0, hint.attempts - 1) }))
          if (hints.some((hint) => hint.attempts > 0)) yield* Timer.set("hand over")
          return { ...state, hints }
        }),
        "anti-entropy": Effect.fnUntraced(function* (state) {
          const next = ((yield* Self.id) + 1) % replicas
          for (const [key, version] of Object.entries(state.versions)) {
            yield* Network.send(next, Sync.make({ key, version }))
          }
          return state
        })
      }
    }
  )
}
