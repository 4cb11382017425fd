/**
 * No resurrection: what a replica has seen deleted it does not show again, unless somebody wrote it anew.
 *
 * Source: DeCandia et al., "Dynamo" (2007), section 4.4, for deleted items that come back; Apache Cassandra's
 * documentation on tombstones, for how (a tombstone collected before every replica had it). removal.ts says the same of
 * sets, and only of the end of a run.
 *
 * Costs: what each node has applied and the true past per node and message multiply states.
 */
import { type Invariant, type NodesView, Property, type WriteName } from "plait"
import { appliedAt, type UpdateMade, type UpdatesSeen, updatesSeen } from "./data-type-specification.ts"

/** What the property looks at. */
export interface ResurrectionOptions<State> {
  /** The writes whose values a client reads at a replica; a deletion is none of them. */
  readonly items: (state: State) => ReadonlyArray<WriteName>
}

/** An operation as far as the property knows it: `Delete` deletes, of its key if it has one. */
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
 * No node that has applied a deletion shows what the deletion deleted.
 *
 * **Details** ∀ node i up, d ∈ D(i) a deletion, w shown at i and of the same key: ¬(w → d). A write concurrent with the
 * deletion, or made after it, may be shown. Says something once a deletion was applied. A deletion that never takes
 * effect, because its timestamp is too small, breaks the property as well. Observes `invoked`, `wrote` and `applied`; the
 * true past is kept per node and message, which multiplies states. Operations are told apart by their tag `Delete`.
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
