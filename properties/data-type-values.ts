/**
 * Values that each replicated data type should show, given the updates applied at a replica and the happens-before
 * order among them: the functions with which data-type-specification.ts compares replicas. They do not use dots,
 * vectors or tombstones.
 *
 * Source: Burckhardt, Gotsman, Yang, Zawirski (POPL 2014), for counter and observed-remove set; the others from Shapiro
 * et al. 2011, section 3.
 *
 * Formulas: counter |increments| − |decrements|; observed-remove set {x : ∃ add(x) ∈ D ¬∃ remove(x) ∈ D: add → remove};
 * the others beside their functions. Observes nothing by itself; data-type-specification.ts has the costs of judging by
 * them.
 */
import type { UpdateMade } from "./data-type-specification.ts"

type Updates<Operation> = ReadonlyArray<UpdateMade<Operation>>

/** An operation with the optional fields of operations. */
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

/** The elements with an addition that passes a test, sorted. */
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

/** All elements that were added. */
export const addedElements = (updates: Updates<DataOperation>) => elementsOf(updates, () => true)

/** All elements that were added and never removed: a removal is final. */
export const neverRemovedElements = (updates: Updates<DataOperation>) =>
  elementsOf(updates, (_addition, removals) => removals.length === 0)

/** All elements with an addition that no removal observed: of concurrent updates the addition wins. */
export const observedRemoveElements = (updates: Updates<DataOperation>) =>
  elementsOf(updates, (addition, removals) => !removals.some((removal) => follows(removal, addition)))

/** All elements with a latest addition later than the latest removal, or at its time if the bias is to additions. */
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

/** The maximal writes: every value of a write that no other write applied here has seen. */
export const maximalWrites = (updates: Updates<DataOperation>) => {
  const writes = those(updates, "Assign")
  const maximal = writes.filter((write) => !writes.some((other) => follows(other, write)))
  return [...new Set(maximal.map(({ operation }) => operation.element ?? ""))].sort()
}

type Value = (updates: Updates<DataOperation>) => unknown

const byKey = (updates: Updates<DataOperation>) => Map.groupBy(updates, ({ operation }) => operation.key ?? "")

/**
 * By key, the value that the specification of its type gives for the updates under it that no deletion of the key
 * observed; a key without any is absent.
 */
export const observedRemoveMap = (value: Value) => (updates: Updates<DataOperation>) => {
  const entries = [...byKey(updates)].map(([key, all]) => {
    const deletions = those(all, "Delete")
    const stand = all.filter(({ operation }) => operation._tag !== "Delete")
    return [key, stand.filter((update) => !deletions.some((deletion) => follows(deletion, update)))] as const
  })
  return Object.fromEntries(entries.filter(([, stand]) => stand.length > 0).map(([key, stand]) => [key, value(stand)]))
}

/** By key, the value of the latest operation, of equally late ones that of the higher node; absent if it deletes. */
export const latestByKey = (updates: Updates<DataOperation>) => {
  const later = (left: UpdateMade<DataOperation>, right: UpdateMade<DataOperation>): number =>
    (left.operation.timestamp ?? 0) - (right.operation.timestamp ?? 0) || left.node - right.node
  const latest = [...byKey(updates)].map(([key, all]) => [key, all.toSorted(later).at(-1)?.operation] as const)
  const there = latest.filter(([, operation]) => operation?._tag === "Put")
  return Object.fromEntries(there.map(([key, operation]) => [key, operation?.element]))
}
