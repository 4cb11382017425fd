/**
 * Operations of clients on counters, sets and maps of them. The specifications in properties/data-type-values.ts and
 * traces use their tags and fields.
 */
import { Schema } from "effect"

/** Adds one to a counter. */
export const Increment = Schema.TaggedStruct("Increment", {})

/** Subtracts one from a counter. */
export const Decrement = Schema.TaggedStruct("Decrement", {})

/** Adds an element to a set. */
export const Add = Schema.TaggedStruct("Add", { element: Schema.String })

/** Removes an element from a set. */
export const Remove = Schema.TaggedStruct("Remove", { element: Schema.String })

/** An operation on a set. */
export type SetOperation = typeof Add.Type | typeof Remove.Type

/** Adds one to the counter under a key. */
export const IncrementAt = Schema.TaggedStruct("Increment", { key: Schema.String })

/** Adds an element to the set under a key. */
export const AddTo = Schema.TaggedStruct("Add", { key: Schema.String, element: Schema.String })

/** Assigns an element to the register under a key. */
export const AssignTo = Schema.TaggedStruct("Assign", { key: Schema.String, element: Schema.String })

/** Removes a key from a map, with all that is under it. */
export const Delete = Schema.TaggedStruct("Delete", { key: Schema.String })

/** An operation on a map. */
export type MapOperation = typeof IncrementAt.Type | typeof AddTo.Type | typeof AssignTo.Type | typeof Delete.Type
