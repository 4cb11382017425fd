/**
 * What each replicated data type should show, given the updates applied at a replica and which happened before which:
 * the functions that data-type-specification.ts compares replicas with. They know nothing of dots, vectors or
 * tombstones.
 *
 * Source: Burckhardt, Gotsman, Yang, Zawirski (POPL 2014), for counter and observed-remove set; the others from Shapiro et al. 2011, section 3.
 *
 * Formulas: counter |increments| − |decrements|; observed-remove set {x : ∃ add(x) ∈ D ¬∃ remove(x) ∈ D: add → remove}; the
 * others beside their functions. Observes nothing by itself; what judging by them costs, data-type-specification.ts says.
 */
import type { UpdateMade } from "./data-type-specification.ts"

type Updates<Operation> = ReadonlyArray<UpdateMade<Operation>>

/** An operation, and the fields that some operations have. */
export interface DataOperation {
  readonly _tag: string
  readonly key?: string
  readonly element?: string
  readonly timestamp?: number
}

const those = (updates: Updates<DataOperation>, tag: string): Updates<DataOperation> =>
  updates.filter(({ operation }) => operation._tag === tag)

const follows = (later: UpdateMade<unknown>, earlier: UpdateMade<unknown>): boolean =>
  later.past.includes(earlier.write)

/** Increments less decrements. */
export const counterValue = (updates: Updates<DataOperation>): number =>
  those(updates, "Increment").length - those(updates, "Decrement").length

/** The elements of which some addition passes a test, sorted. */
const elementsOf = (
  updates: Updates<DataOperation>,
  stays: (addition: UpdateMade<DataOperation>, removals: Updates<DataOperation>) => boolean
): ReadonlyArray<string> => {
  const removals = those(updates, "Remove")
  const staying = those(updates, "Add").filter((addition) =>
    stays(
      addition,
      removals.filter(({ operation }) => operation.element === addition.operation.element)
    )
  )
  return [...new Set(staying.map(({ operation }) => operation.element ?? ""))].sort()
}

/** Everything that was added. */
export const addedElements = (updates: Updates<DataOperation>) => elementsOf(updates, () => true)

/** Everything that was added and never removed: a removal is for good. */
export const neverRemovedElements = (updates: Updates<DataOperation>) =>
  elementsOf(updates, (_addition, removals) => removals.length === 0)

/** Everything of which there is an addition that no removal observed: of concurrent updates the addition wins. */
export const observedRemoveElements = (updates: Updates<DataOperation>) =>
  elementsOf(updates, (addition, removals) => !removals.some((removal) => follows(removal, addition)))

/** Everything whose latest addition is later than its latest removal, or of its time if the bias is to additions. */
export const latestElements = (bias: "add" | "remove") => (updates: Updates<DataOperation>) => {
  const latest = (tag: string, element: string | undefined) =>
    Math.max(
      0,
      ...those(updates, tag)
        .filter(({ operation }) => operation.element === element)
        .map(({ operation }) => operation.timestamp ?? 0)
    )
  const stays = (element: string): boolean => {
    const [added, removed] = [latest("AddAt", element), latest("RemoveAt", element)]
    return added > removed || (added === removed && bias === "add")
  }
  const all = those(updates, "AddAt").map(({ operation }) => operation.element ?? "")
  return [...new Set(all)].filter(stays).sort()
}

/** The maximal writes: every value of which there is a write that no other write applied here has seen. */
export const maximalWrites = (updates: Updates<DataOperation>) => {
  const writes = those(updates, "Assign")
  const maximal = writes.filter((write) => !writes.some((other) => follows(other, write)))
  return [...new Set(maximal.map(({ operation }) => operation.element ?? ""))].sort()
}

type Value = (updates: Updates<DataOperation>) => unknown

const byKey = (updates: Updates<DataOperation>) => Map.groupBy(updates, ({ operation }) => operation.key ?? "")

/**
 * By key, what its type's own specification says of the updates under it that no deletion of the key observed; a key
 * without any is not there.
 */
export const observedRemoveMap = (value: Value) => (updates: Updates<DataOperation>) => {
  const entries = [...byKey(updates)].map(([key, all]) => {
    const deletions = those(all, "Delete")
    const stand = all.filter(({ operation }) => operation._tag !== "Delete")
    return [key, stand.filter((update) => !deletions.some((deletion) => follows(deletion, update)))] as const
  })
  return Object.fromEntries(entries.filter(([, stand]) => stand.length > 0).map(([key, stand]) => [key, value(stand)]))
}

/** By key, what the latest operation put there, of equally late ones that of the higher node; nothing if it deletes. */
export const latestByKey = (updates: Updates<DataOperation>) => {
  const later = (left: UpdateMade<DataOperation>, right: UpdateMade<DataOperation>): number =>
    (left.operation.timestamp ?? 0) - (right.operation.timestamp ?? 0) || left.node - right.node
  const latest = [...byKey(updates)].map(([key, all]) => [key, all.toSorted(later).at(-1)?.operation] as const)
  const there = latest.filter(([, operation]) => operation?._tag === "Put")
  return Object.fromEntries(there.map(([key, operation]) => [key, operation?.element]))
}
