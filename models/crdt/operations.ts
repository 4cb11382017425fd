/**
 * What clients ask of counters and sets. Their tags and fields are what the specifications in
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
