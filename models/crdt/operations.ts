/**
 * What clients ask of counters, sets and maps of them. Their tags and fields are what the specifications in
 * properties/data-type-values.ts and what traces speak of.
 */
import { Schema } from "effect"

/** Adds one to a counter. */
export const Increment = Schema.TaggedStruct("Increment", {})

/** Takes one from a counter. */
export const Decrement = Schema.TaggedStruct("Decrement", {})

/** Puts an element into a set. */
export const Add = Schema.TaggedStruct("Add", { element: Schema.String })

/** Takes an element out of a set. */
export const Remove = Schema.TaggedStruct("Remove", { element: Schema.String })

/** An operation on a set. */
export type SetOperation = typeof Add.Type | typeof Remove.Type

/** Adds one to the counter under a key. */
export const IncrementAt = Schema.TaggedStruct("Increment", { key: Schema.String })

/** Puts an element into the set under a key. */
export const AddTo = Schema.TaggedStruct("Add", { key: Schema.String, element: Schema.String })

/** Assigns an element to the register under a key. */
export const AssignTo = Schema.TaggedStruct("Assign", { key: Schema.String, element: Schema.String })

/** Takes a key out of a map, with all that is under it. */
export const Delete = Schema.TaggedStruct("Delete", { key: Schema.String })

/** An operation on a map. */
export type MapOperation = typeof IncrementAt.Type | typeof AddTo.Type | typeof AssignTo.Type | typeof Delete.Type
