/**
 * One key at several servers, read and written by clients that hand back the context of their last read: four
 * mechanisms to decide which siblings a write replaces. Servers exchange their whole state.
 *
 * Source: a specification in TLA+, Dvv.tla, ported variable by variable, for the mechanisms of Almeida, Baquero,
 * Gonçalves, Preguiça and Fonte, "Scalable and Accurate Causality Tracking" (DAIS 2014). `merged` keeps one version
 * vector for all siblings; `perctx` one per sibling, the writer's context incremented; `permax` one per sibling with a
 * counter that is new at the server; `dvv` adds to the context a dot of the write's own.
 *
 * Deviation: servers, clients and places in vectors count from 0; writes count from 1 as there.
 */
import { Effect, Schema } from "effect"
import { Model, WholeState } from "plait"

const Vector = Schema.Array(Schema.Natural)
const Writes = Schema.Array(Schema.Natural)
const Sibling = Schema.Struct({
  id: Schema.Natural,
  vector: Vector,
  dot: Schema.Struct({ server: Schema.Natural, counter: Schema.Natural })
})
const Server = Schema.Struct({ vector: Vector, siblings: Schema.Array(Sibling) })

type Vector = typeof Vector.Type
type Sibling = typeof Sibling.Type
type Server = typeof Server.Type

/** Mechanism by which a server decides which siblings a write replaces. */
export type SiblingMechanism = "merged" | "perctx" | "permax" | "dvv"

/** Variables that properties see. */
export interface DvvView {
  readonly servers: ReadonlyArray<Server>
  /** The true causal past of each write: the writes whose values its client had seen. Write n is at place n − 1. */
  readonly puts: ReadonlyArray<ReadonlyArray<number>>
}

const at = (vector: Vector, place: number): number => vector[place] ?? 0
const join = (left: Vector, right: Vector): Vector => left.map((count, place) => Math.max(count, at(right, place)))
const covers = (left: Vector, right: Vector): boolean => right.every((count, place) => at(left, place) >= count)
const same = (left: Vector, right: Vector): boolean => covers(left, right) && covers(right, left)
const withCount = (vector: Vector, place: number, count: number): Vector =>
  vector.map((before, other) => (other === place ? count : before))

const union = (left: ReadonlyArray<Sibling>, right: ReadonlyArray<Sibling>): ReadonlyArray<Sibling> =>
  [...left, ...right.filter(({ id }) => !left.some((other) => other.id === id))].sort((a, b) => a.id - b.id)

/** Drops dominated siblings, and of equal vectors all but the latest write: one value per vector. */
const undominated = (siblings: ReadonlyArray<Sibling>): ReadonlyArray<Sibling> =>
  siblings
    .filter((x) => !siblings.some((y) => !same(x.vector, y.vector) && covers(y.vector, x.vector)))
    .filter((x, _, left) => left.every((y) => !same(x.vector, y.vector) || y.id <= x.id))

interface Mechanism {
  readonly context: (server: Server) => Vector
  readonly put: (server: Server, context: Vector, place: number, id: number) => Server
  readonly sync: (from: Server, to: Server) => Server
}

const mechanisms = (servers: number): { readonly [M in SiblingMechanism]: Mechanism } => {
  const zero: Vector = Array.from({ length: servers }, () => 0)
  const joined = (vectors: ReadonlyArray<Vector>) => vectors.reduce(join, zero)
  const only = (siblings: ReadonlyArray<Sibling>): Server => ({ vector: zero, siblings })
  const perSibling = (counter: (known: number, read: number) => number): Mechanism => {
    const context = ({ siblings }: Server) => joined(siblings.map(({ vector }) => vector))
    return {
      context,
      put: (server, read, place, id) => {
        const vector = withCount(read, place, counter(at(context(server), place), at(read, place)) + 1)
        const kept = server.siblings.filter((sibling) => !covers(read, sibling.vector))
        return only(undominated([...kept, { id, vector, dot: { server: place, counter: 0 } }]))
      },
      sync: (from, to) => only(undominated(union(from.siblings, to.siblings)))
    }
  }
  const dotted = ({ dot, vector }: Sibling) =>
    withCount(vector, dot.server, Math.max(at(vector, dot.server), dot.counter))
  const dottedContext = ({ siblings }: Server) => joined(siblings.map(dotted))
  return {
    merged: {
      context: ({ vector }) => vector,
      put: ({ siblings, vector }, read, place, id) => {
        const both = join(read, vector)
        const kept = covers(read, vector) ? [] : siblings
        const written = { id, vector: zero, dot: { server: place, counter: 0 } }
        return { vector: withCount(both, place, at(both, place) + 1), siblings: [...kept, written] }
      },
      sync: (from, to) => {
        if (same(from.vector, to.vector) || !(covers(from.vector, to.vector) || covers(to.vector, from.vector))) {
          return { vector: join(from.vector, to.vector), siblings: union(from.siblings, to.siblings) }
        }
        return covers(from.vector, to.vector) ? from : to
      }
    },
    perctx: perSibling((_known, read) => read),
    permax: perSibling(Math.max),
    dvv: {
      context: dottedContext,
      put: (server, read, place, id) => {
        const counter = Math.max(at(dottedContext(server), place), at(read, place)) + 1
        const kept = server.siblings.filter(({ dot }) => at(read, dot.server) < dot.counter)
        return only([...kept, { id, vector: read, dot: { server: place, counter } }])
      },
      sync: (from, to) => {
        const both = union(from.siblings, to.siblings)
        return only(both.filter(({ dot }) => !both.some(({ vector }) => at(vector, dot.server) >= dot.counter)))
      }
    }
  }
}

const places = (count: number) => Array.from({ length: count }, (_, place) => place)

/** The variables and actions of Dvv.tla. */
export const dvv = (servers: number, clients: number, most: number, mechanism: SiblingMechanism) => {
  const { context, put, sync } = mechanisms(servers)[mechanism]
  const zero: Vector = places(servers).map(() => 0)
  const pairs = places(clients).flatMap((client) => places(servers).map((server) => ({ client, server })))
  return WholeState.make("dvv", {
    variables: {
      servers: WholeState.family(servers, Server, { vector: zero, siblings: [] }),
      contexts: WholeState.family(clients, Vector, zero),
      pasts: WholeState.family(clients, Writes, []),
      puts: WholeState.variable(Schema.Array(Writes), [])
    },
    actions: (state) => ({
      get: WholeState.each(pairs, ({ client, server }) =>
        Effect.gen(function* () {
          const read = yield* state.servers.at(server).get
          const puts = yield* state.puts.get
          const seen = read.siblings.flatMap(({ id }) => [id, ...(puts[id - 1] ?? [])])
          yield* state.contexts.at(client).set(context(read))
          yield* state.pasts.at(client).set([...new Set(seen)].sort((a, b) => a - b))
        })
      ),
      put: WholeState.each(pairs, ({ client, server }) =>
        Effect.gen(function* () {
          const puts = yield* state.puts.get
          yield* WholeState.when(puts.length < most)
          const read = yield* state.contexts.at(client).get
          const before = yield* state.servers.at(server).get
          yield* state.puts.set([...puts, yield* state.pasts.at(client).get])
          yield* state.servers.at(server).set(put(before, read, server, puts.length + 1))
        })
      ),
      sync: WholeState.each(
        places(servers).flatMap((from) => places(servers).flatMap((to) => (from === to ? [] : [{ from, to }]))),
        ({ from, to }) =>
          Effect.gen(function* () {
            const source = yield* state.servers.at(from).get
            const target = yield* state.servers.at(to).get
            yield* state.servers.at(to).set(sync(source, target))
          })
      )
    })
  })
}

/** The key with its mechanism. */
export const dvvModel = Model.make({
  name: "dvv",
  about: "Siblings of one key under clients' contexts, with four ways to tell which of them a write replaces.",
  source: "Dvv.tla; Almeida et al., Scalable and Accurate Causality Tracking, DAIS 2014",
  parameters: {
    servers: Model.integer({ default: 1, least: 1, most: 3, about: "servers, numbered from 0" }),
    clients: Model.integer({ default: 2, least: 1, most: 3, about: "clients, numbered from 0" }),
    puts: Model.integer({ default: 3, least: 1, most: 20, about: "the most writes there are in a run" }),
    mechanism: Model.choice({
      default: "dvv",
      values: ["merged", "perctx", "permax", "dvv"],
      about: "one vector for all siblings, one each (from the context, or new at the server), a dot with the context"
    })
  },
  system: ({ clients, mechanism, puts, servers }) => dvv(servers, clients, puts, mechanism)
})
