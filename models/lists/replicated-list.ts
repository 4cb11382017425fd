/**
 * Replicas of a list that insert and delete at once and send each other their operations, with an algorithm that
 * computes the place of an arriving element.
 *
 * Users type `forward` (each element after their last one), `backward` (each before it), both from the front of the
 * list, or `anywhere`. With delivery `causal` a message waits until the replica has applied all that its sender had; in
 * `any-order` an operation that refers to a missing element is dropped. Mutant `no-tombstones`: a deleted node is
 * removed, and a node that refers to it goes to the front.
 *
 * Source: see the algorithms, rga.ts and fugue.ts; causal broadcast by vectors after Birman, Schiper and Stephenson
 * (1991). Left out: collecting tombstones.
 */
import { Effect, Schema } from "effect"
import { Choice, Machine, Model, Network, Observe, Self, System, Topology, Workload } from "plait"
import { isSame, type ListAlgorithm, ListNode, NodeName } from "./list-node.ts"

const Vector = Schema.Array(Schema.Natural)

/** Inserts an element at the place of the user's way of typing. */
export const Insert = Schema.TaggedStruct("Insert", { element: Schema.String })

/** Deletes any one of the elements shown. */
export const Delete = Schema.TaggedStruct("Delete", {})

/** Brings an insertion to another replica, with the operations its sender had applied before. */
export const Inserted = Schema.TaggedStruct("Inserted", { past: Vector, node: ListNode })

/** Brings a deletion to another replica. */
export const Deleted = Schema.TaggedStruct("Deleted", { past: Vector, target: NodeName, element: Schema.String })

/** A replica: its nodes in the algorithm's order, its user's last element, and the operations applied, by replica. */
export interface ListState {
  readonly nodes: ReadonlyArray<ListNode>
  readonly typed: string | null
  readonly vector: ReadonlyArray<number>
}

/** Place at which users type. */
export type Typing = "forward" | "backward" | "anywhere"

/** Parts of the replicas except their number. */
export interface ListParts {
  readonly algorithm: ListAlgorithm
  readonly typing: Typing
  readonly delivery: "causal" | "any-order"
  readonly tombstones: boolean
}

const declared = Machine.make("replicated-list", {
  state: Schema.Struct({ nodes: Schema.Array(ListNode), typed: Schema.NullOr(Schema.String), vector: Vector }),
  operations: [Insert, Delete],
  messages: [Inserted, Deleted],
  initial: ({ nodes }): ListState => ({ nodes: [], typed: null, vector: Array.from({ length: nodes }, () => 0) })
})

/** The elements a user sees, in order. */
export const listShown =
  (algorithm: ListAlgorithm) =>
  ({ nodes }: ListState): ReadonlyArray<string> =>
    visible(algorithm, nodes).map(({ element }) => element)

const visible = (algorithm: ListAlgorithm, nodes: ReadonlyArray<ListNode>) =>
  algorithm.document(nodes).filter(({ deleted }) => !deleted)

const counted = (vector: ReadonlyArray<number>, replica: number) => vector.with(replica, (vector[replica] ?? 0) + 1)

const has = (nodes: ReadonlyArray<ListNode>, name: NodeName | null) =>
  name === null || nodes.some((node) => isSame(node.name, name))

/** A replica of the list. */
export const listReplica = ({ algorithm, delivery, tombstones, typing }: ListParts) => {
  const show = listShown(algorithm)
  const remove = (nodes: ReadonlyArray<ListNode>, target: NodeName) =>
    nodes.flatMap((node) => (!isSame(node.name, target) ? [node] : tombstones ? [{ ...node, deleted: true }] : []))
  const add = (nodes: ReadonlyArray<ListNode>, node: ListNode) => {
    if (has(nodes, node.parent)) return algorithm.integrate(nodes, node)
    return tombstones ? nodes : algorithm.integrate(nodes, { ...node, parent: null })
  }
  const next = Effect.fnUntraced(function* (state: ListState) {
    yield* Observe.read(show(state))
    return state
  })
  const ready = ({ vector }: ListState, { past }: { readonly past: ReadonlyArray<number> }) =>
    delivery === "any-order" || past.every((count, replica) => count <= (vector[replica] ?? 0))
  const caret = Effect.fnUntraced(function* (state: ListState) {
    const shown = show(state)
    if (typing === "anywhere") return yield* Choice.among([...shown.keys(), shown.length])
    const own = state.typed === null ? -1 : shown.indexOf(state.typed)
    return Math.max(0, typing === "forward" ? own + 1 : own)
  })
  return declared.handlers(
    {
      Insert: Effect.fnUntraced(function* (state, { element }) {
        const replica = yield* Self.id
        const vector = counted(state.vector, replica)
        const at = yield* caret(state)
        const after = visible(algorithm, state.nodes)[at - 1]?.name ?? null
        const name = { count: vector.reduce((sum, count) => sum + count), replica }
        const node = { name, element, ...algorithm.place(state.nodes, after), deleted: false }
        yield* Observe.wrote(element)
        yield* Observe.applied(element)
        yield* Network.broadcast(Inserted.make({ past: state.vector, node }))
        yield* Observe.acknowledged(element)
        yield* Observe.note("inserted", { element, at })
        return yield* next({ nodes: add(state.nodes, node), typed: typing === "anywhere" ? null : element, vector })
      }),
      Delete: Effect.fnUntraced(function* (state) {
        const replica = yield* Self.id
        const { element, name: target } = yield* Choice.among(visible(algorithm, state.nodes))
        yield* Network.broadcast(Deleted.make({ past: state.vector, target, element }))
        yield* Observe.note("deleted", { element })
        return yield* next({ ...state, nodes: remove(state.nodes, target), vector: counted(state.vector, replica) })
      }),
      Inserted: Effect.fnUntraced(function* (state, { node }) {
        yield* Observe.applied(node.element)
        yield* Observe.note("inserted", { element: node.element })
        const vector = counted(state.vector, yield* Network.sender)
        return yield* next({ ...state, nodes: add(state.nodes, node), vector })
      }),
      Deleted: Effect.fnUntraced(function* (state, { element, target }) {
        yield* Observe.note("deleted", { element })
        const vector = counted(state.vector, yield* Network.sender)
        return yield* next({ ...state, nodes: remove(state.nodes, target), vector })
      })
    },
    { guards: { Delete: (state) => show(state).length > 0, Inserted: ready, Deleted: ready } }
  )
}

/** The author of an element: the letter before its number. */
export const authorOf = (element: string): string => element.slice(0, 1)

/** The replicas, all linked; each inserts elements named by user and number and then deletes some it sees. */
export const listSystem = (
  name: string,
  parts: ListParts & { readonly replicas: number; readonly inserts: number; readonly deletes: number }
) =>
  System.make(name, {
    machine: listReplica(parts),
    topology: Topology.allToAll(parts.replicas),
    workload: Workload.script(
      Array.from({ length: parts.replicas }, (_, user) => [
        ...Array.from({ length: parts.inserts }, (__, number) =>
          Insert.make({ element: `${String.fromCharCode(97 + user)}${number + 1}` })
        ),
        ...Array.from({ length: parts.deletes }, () => Delete.make({}))
      ])
    ),
    ends: {
      when: ({ nodes }) => nodes.every(({ inbox }) => inbox.length === 0),
      why: "Nothing is in flight: a deletion that is left finds no element to delete."
    }
  })

/** The parameters that models of replicated lists share. */
export const listParameters = {
  replicas: Model.integer({ default: 2, least: 2, most: 4, about: "replicas with a user each, all-to-all" }),
  inserts: Model.integer({ default: 2, least: 1, most: 5, about: "elements each user types" }),
  deletes: Model.integer({ default: 0, least: 0, most: 3, about: "deletions of each user, after typing" }),
  typing: Model.choice({
    default: "forward",
    values: ["forward", "backward", "anywhere"],
    about: "each element after the user's last one, before it, or at any place"
  }),
  delivery: Model.choice({
    default: "causal",
    values: ["causal", "any-order"],
    about: "whether a message waits for what its sender knew"
  })
} as const
