/**
 * Coordination of a client's operation by a node of a leaderless store: it queries and stores at other nodes, and
 * answers once enough of them have replied.
 *
 * Source and deviations: leaderless-store.ts.
 */
import { Effect } from "effect"
import { Choice, Network, Observe, Self, Timer } from "plait"
import { Fetch, Store, Sync } from "./quorum-messages.ts"
import {
  type Asking,
  finished,
  held,
  isLater,
  latest,
  type QuorumState,
  requesting,
  storing,
  type Storing,
  type Version
} from "./quorum-replica.ts"

/** Parameters of a store, and its mutant. */
export interface Quorums {
  readonly read: number
  readonly write: number
  readonly rounds: "one" | "two"
  readonly repair: "none" | "after-answer" | "before-answer" | "anti-entropy"
  readonly unanswered: "waits" | "gives-up" | "stand-in"
  /** Number of attempts of a stand-in to hand a hint over. */
  readonly attempts: number
  readonly mutant: "none" | "acknowledges-early" | "ties-by-arrival" | "forgets-hints"
}

/** Number of nodes that store a key. */
export const replicas = 3
/** The node that takes writes for a replica that does not answer. */
export const standIn = replicas

/** The other nodes that store a key. */
export const others = (self: number): ReadonlyArray<number> =>
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

/** The steps of coordination in a store with these parameters. */
export const coordination = ({ mutant, read, repair, unanswered, write }: Quorums) => {
  const keep = Effect.fnUntraced(function* (state: QuorumState, key: string, version: Version) {
    yield* Observe.applied(version.write)
    const after = storing(state, key, version, mutant === "ties-by-arrival")
    if (repair === "anti-entropy" && after !== state) yield* Timer.set("anti-entropy")
    return after
  })
  /**
   * Answers a request that has the holders it needs; a coordinator stops waiting once no request of its own is open.
   */
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
  /** Continues from the latest version: a write adds to it, a read returns it, and outdated replicas are repaired. */
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
  return { keep, settle, put, ask, decide }
}
