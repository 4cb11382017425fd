/**
 * One key at a server under seven mechanisms to decide which siblings a write replaces. Pure functions; the servers and
 * clients are in sibling-clients.ts.
 *
 * `merged` has one version vector for all siblings. `per-sibling` has one each, made from the writer's context;
 * `per-sibling-max` makes it with a counter that is new at the server. Both have one entry per server; `client-ids` has
 * one per client, and `client-ids-pruned` keeps no more than one of them. `dvv` keeps the context as the client sent it
 * and gives the write a dot of its own; `dvv-set` keeps the dots and one vector for all.
 *
 * Source: Parker et al. 1983; DeCandia et al., "Dynamo" (2007), section 4.4 (vectors, and pruning them); Almeida,
 * Baquero, Gonçalves, Preguiça, Fonte, "Scalable and Accurate Causality Tracking for Eventually Consistent Stores"
 * (2014). Deviations: Dynamo prunes the oldest entry, here it is the first by name but never the writer's; a set's dots
 * are written out, where the paper lists the newest values of each server after its counter.
 */
import { at, covers, join, joined, type Sibling, sorted, type Store, union, type Vector } from "./sibling-versions.ts"

/** A write as it reaches a server. */
export interface Incoming {
  readonly write: string
  readonly context: Vector
  readonly server: string
  readonly client: string
}

/** The mechanisms that distinguish siblings. */
export const mechanisms = [
  "merged",
  "per-sibling",
  "per-sibling-max",
  "client-ids",
  "client-ids-pruned",
  "dvv",
  "dvv-set"
] as const

/** One of the mechanisms. */
export type Mechanism = (typeof mechanisms)[number]

/**
 * Mutants: the client sends no context (`blind`), the server counts on from the context only, so that two writes can
 * share a dot (`reuses-dot`), or keeps the siblings that the context covers exactly (`keeps-seen`).
 */
export type SiblingMutant = "none" | "blind" | "reuses-dot" | "keeps-seen"

/** The functions of a mechanism. */
export interface SiblingRules {
  /** The context that a client gets with its read and returns with its write. */
  readonly context: (store: Store) => Vector
  readonly put: (store: Store, incoming: Incoming) => Store
  readonly merge: (store: Store, other: Store) => Store
}

const merged: SiblingRules = {
  context: ({ vector }) => vector,
  put: ({ siblings, vector }, { context, server, write }) => {
    const both = join(context, vector)
    const written: Sibling = { write, actor: server, count: 0, vector: {} }
    const kept = covers(context, vector) ? [] : siblings
    return { vector: { ...both, [server]: at(both, server) + 1 }, siblings: sorted([...kept, written]) }
  },
  merge: (store, other) => {
    const [newer, older] = [covers(other.vector, store.vector), covers(store.vector, other.vector)]
    if (newer !== older) return newer ? other : store
    return { vector: join(store.vector, other.vector), siblings: union(store.siblings, other.siblings) }
  }
}

/**
 * Drops siblings that another vector dominates; of equal vectors the later write by name stays: one value per vector.
 */
const undominated = (siblings: ReadonlyArray<Sibling>): Store => ({
  vector: {},
  siblings: sorted(
    siblings.filter((sibling) =>
      siblings.every((other) => {
        if (!covers(other.vector, sibling.vector)) return true
        return covers(sibling.vector, other.vector) && other.write <= sibling.write
      })
    )
  )
})

const perSibling = (
  actorOf: (incoming: Incoming) => string,
  counter: (known: number, seen: number) => number,
  most = Infinity
): SiblingRules => {
  const context = ({ siblings }: Store) => joined(siblings.map(({ vector }) => vector))
  return {
    context,
    put: (store, incoming) => {
      const actor = actorOf(incoming)
      const count = counter(at(context(store), actor), at(incoming.context, actor)) + 1
      const others = Object.entries(incoming.context).filter(([other]) => other !== actor)
      const vector = Object.fromEntries([...others.sort().slice(Math.max(0, others.length + 1 - most)), [actor, count]])
      const kept = store.siblings.filter((sibling) => !covers(incoming.context, sibling.vector))
      return undominated([...kept, { write: incoming.write, actor, count, vector }])
    },
    merge: (store, other) => undominated(union(store.siblings, other.siblings))
  }
}

const dottedContext = ({ siblings, vector }: Store): Vector =>
  joined([vector, ...siblings.map((sibling) => join(sibling.vector, { [sibling.actor]: sibling.count }))])

/** Common part of a put for versions with dots: its own dot, and the siblings that the context does not cover. */
const dotted = (mutant: SiblingMutant) => (store: Store, incoming: Incoming) => {
  const { context, server } = incoming
  const known = mutant === "reuses-dot" ? 0 : at(dottedContext(store), server)
  const covered = mutant === "keeps-seen" ? 1 : 0
  return {
    count: Math.max(known, at(context, server)) + 1,
    kept: store.siblings.filter(({ actor, count }) => at(context, actor) < count + covered)
  }
}

const dvv = (mutant: SiblingMutant): SiblingRules => ({
  context: dottedContext,
  put: (store, incoming) => {
    const { count, kept } = dotted(mutant)(store, incoming)
    const { context, server, write } = incoming
    return { vector: {}, siblings: sorted([...kept, { write, actor: server, count, vector: context }]) }
  },
  merge: (store, other) => {
    const both = union(store.siblings, other.siblings)
    return {
      vector: {},
      siblings: both.filter(({ actor, count }) => !both.some(({ vector }) => at(vector, actor) >= count))
    }
  }
})

const dvvSet = (mutant: SiblingMutant): SiblingRules => ({
  context: ({ vector }) => vector,
  put: (store, incoming) => {
    const { count, kept } = dotted(mutant)(store, incoming)
    const { context, server, write } = incoming
    return {
      vector: { ...join(store.vector, context), [server]: Math.max(count, at(store.vector, server)) },
      siblings: sorted([...kept, { write, actor: server, count, vector: {} }])
    }
  },
  merge: (store, other) => {
    const holds = ({ siblings, vector }: Store, { actor, count, write }: Sibling) =>
      at(vector, actor) < count || siblings.some((sibling) => sibling.write === write)
    const both = union(store.siblings, other.siblings)
    return {
      vector: join(store.vector, other.vector),
      siblings: both.filter((sibling) => holds(store, sibling) && holds(other, sibling))
    }
  }
})

/** The rules of a mechanism, correct or mutated. */
export const siblingRules = (mechanism: Mechanism, mutant: SiblingMutant): SiblingRules => {
  switch (mechanism) {
    case "merged":
      return merged
    case "per-sibling":
      return perSibling(
        ({ server }) => server,
        (_known, seen) => seen
      )
    case "per-sibling-max":
      return perSibling(({ server }) => server, Math.max)
    case "client-ids":
      return perSibling(({ client }) => client, Math.max)
    case "client-ids-pruned":
      return perSibling(({ client }) => client, Math.max, 1)
    case "dvv":
      return dvv(mutant)
    case "dvv-set":
      return dvvSet(mutant)
  }
}
