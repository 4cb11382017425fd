/**
 * No resurrection: a replica does not show an item again after it has applied its deletion, unless a client wrote it
 * again.
 *
 * Source: DeCandia et al., "Dynamo" (2007), section 4.4, for deleted items that come back; Apache Cassandra's
 * documentation on tombstones, for the cause (a tombstone collected before every replica had it). removal.ts has the
 * same for sets, only in quiescent states.
 *
 * Costs: the writes that each node has applied and the true past per node and message multiply states.
 */
import { type Invariant, type NodesView, Property, type WriteName } from "plait"
import { appliedAt, type UpdateMade, type UpdatesSeen, updatesSeen } from "./data-type-specification.ts"

/** The items of a node. */
export interface ResurrectionOptions<State> {
  /** The writes whose values a client reads at a replica; a deletion is not among them. */
  readonly items: (state: State) => ReadonlyArray<WriteName>
}

/** The parts of an operation that the property uses: `Delete` deletes, of its key if it has one. */
interface ItemOperation {
  readonly _tag: string
  readonly key?: string
}

const isDeletion = ({ operation }: UpdateMade<ItemOperation>): boolean => operation._tag === "Delete"

const deletes = (deletion: UpdateMade<ItemOperation>, write: WriteName, { made }: UpdatesSeen): boolean => {
  const written = made[write] as UpdateMade<ItemOperation> | undefined
  return deletion.past.includes(write) && deletion.operation.key === written?.operation.key
}

const ghosts = <State>(
  { nodes }: NodesView<State>,
  items: (state: State) => ReadonlyArray<WriteName>,
  seen: UpdatesSeen
) =>
  nodes
    .filter(({ up }) => up)
    .flatMap(({ id, state }) => {
      const deletions = appliedAt<ItemOperation>(seen, id).filter(isDeletion)
      return items(state).flatMap((item) => {
        const deletion = deletions.find((each) => deletes(each, item, seen))
        return deletion === undefined ? [] : [{ id, item, deletion: deletion.write }]
      })
    })

/**
 * No node that has applied a deletion shows a write that it deleted.
 *
 * **Details** ∀ node i up, d ∈ D(i) a deletion, w shown at i and of the same key: ¬(w → d). A write concurrent with the
 * deletion, or made after it, may be shown. Premise: a deletion was applied. A deletion that never takes effect,
 * because its timestamp is too small, breaks the property as well. Observes `invoked`, `wrote` and `applied`; the true
 * past is stored per node and message, which multiplies states. Deletions are recognised by their tag `Delete`.
 */
export const noResurrection = <State>({ items }: ResurrectionOptions<State>): Invariant<NodesView<State>> =>
  Property.invariant<NodesView<State>, UpdatesSeen>("no deleted item comes back", {
    observer: updatesSeen,
    premise: ({ nodes }, seen) => nodes.some(({ id }) => appliedAt<ItemOperation>(seen, id).some(isDeletion)),
    holds: (view, seen) => ghosts(view, items, seen).length === 0,
    explain: (view, seen) =>
      ghosts(view, items, seen)
        .map(({ deletion, id, item }) => `n${id} has applied ${deletion} and shows ${item}, which ${deletion} deleted.`)
        .join(" ")
  })
