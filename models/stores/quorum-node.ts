/**
 * A node of a leaderless store: it coordinates its clients' operations, stores versions, and is the stand-in for
 * others.
 *
 * Source and deviations: leaderless-store.ts.
 */
import { Effect } from "effect"
import { Machine, Network, Observe, Self, Timer } from "plait"
import { Get, Put } from "./probes.ts"
import { coordination, others, type Quorums, replicas, standIn } from "./quorum-coordination.ts"
import { Fetch, Fetched, HandedOver, HandOver, Store, Stored, Sync } from "./quorum-messages.ts"
import { askingFor, emptyReplica, finished, held, QuorumState, requesting, storingFor } from "./quorum-replica.ts"

/** A node of a store with these parameters. */
export const quorumNode = (quorums: Quorums) => {
  const { attempts, mutant, read, rounds, unanswered } = quorums
  const { ask, decide, keep, put, settle } = coordination(quorums)
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
        /** Ends the coordinator's waiting: rejects the operation, or uses a stand-in. */
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
