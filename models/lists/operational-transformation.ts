/**
 * Operational transformation of insertions and deletions of single characters: an edit made for one list is changed so
 * that it has the same meaning in a list to which a concurrent edit was applied first.
 *
 * Source: OT.tla and Op.tla of Wei, Huang and Lu's Jupiter refinement project (2019), in the manner of Ellis and Gibbs,
 * "Concurrency Control in Groupware Systems" (1989). Two insertions at one place are ordered by the priorities of their
 * makers; the lower comes first. Deviations: positions count from 0; characters are unique, so equal insertions at one
 * place do not occur.
 */
import { Schema } from "effect"

/** An edit of a list; `Nothing` remains of a deletion whose character another client has deleted. */
export const Edit = Schema.Union([
  Schema.TaggedStruct("Insert", { at: Schema.Natural, character: Schema.String, priority: Schema.Natural }),
  Schema.TaggedStruct("Delete", { at: Schema.Natural }),
  Schema.TaggedStruct("Nothing", {})
])
export type Edit = typeof Edit.Type
type Insert = Extract<Edit, { readonly _tag: "Insert" }>
type Delete = Extract<Edit, { readonly _tag: "Delete" }>

/**
 * Mutants: of two insertions at one place both move on (`no-priority`); an insertion behind a deletion does not move
 * (`no-shift`); a character that two delete takes its neighbour with it (`deletes-twice`).
 */
export type TransformationMutant = "none" | "no-priority" | "no-shift" | "deletes-twice"

/** Changes an edit for a list to which `other` was applied. */
export type Transformation = (edit: Edit, other: Edit) => Edit

/** The list after an edit. */
export const applyEdit = (list: ReadonlyArray<string>, edit: Edit): ReadonlyArray<string> => {
  if (edit._tag === "Insert") return list.toSpliced(edit.at, 0, edit.character)
  return edit._tag === "Delete" ? list.toSpliced(edit.at, 1) : list
}

/** Every edit of a list that inserts the character or deletes one of the list. */
export const everyEdit = (list: ReadonlyArray<string>, character: string, priority: number): ReadonlyArray<Edit> => [
  ...[...list.keys(), list.length].map((at) => ({ _tag: "Insert" as const, at, character, priority })),
  ...list.map((_, at) => ({ _tag: "Delete" as const, at }))
]

const moved = <E extends Insert | Delete>(edit: E, by: number): E => ({ ...edit, at: edit.at + by })

const insertAgainst = (edit: Insert, other: Insert | Delete, mutant: TransformationMutant): Edit => {
  if (other._tag === "Delete") return edit.at <= other.at || mutant === "no-shift" ? edit : moved(edit, -1)
  const first = mutant !== "no-priority" && edit.priority < other.priority
  return edit.at < other.at || (edit.at === other.at && first) ? edit : moved(edit, 1)
}

const deleteAgainst = (edit: Delete, other: Insert | Delete, mutant: TransformationMutant): Edit => {
  if (edit.at < other.at) return edit
  if (other._tag === "Insert") return moved(edit, 1)
  if (edit.at > other.at) return moved(edit, -1)
  return mutant === "deletes-twice" ? edit : { _tag: "Nothing" }
}

/** The published transformation, or a mutant. */
export const transformation =
  (mutant: TransformationMutant): Transformation =>
  (edit, other) => {
    if (edit._tag === "Nothing" || other._tag === "Nothing") return edit
    return edit._tag === "Insert" ? insertAgainst(edit, other, mutant) : deleteAgainst(edit, other, mutant)
  }

/** An edit transformed past a sequence of others, and those others past the edit. */
export const transformPast = (transform: Transformation, edit: Edit, others: ReadonlyArray<Edit>) => {
  const past: Array<Edit> = []
  let current = edit
  for (const other of others) {
    past.push(transform(other, current))
    current = transform(current, other)
  }
  return { edit: current, others: past }
}
