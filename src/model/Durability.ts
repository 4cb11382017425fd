/**
 * The part of a node's state that survives a crash: the fields of a struct that its machine names, present or absent as
 * they were. The other fields start anew.
 */
import { Schema, SchemaAST } from "effect"

/** The names of the fields of a struct, optional ones included; `undefined` for a state of another kind. */
export const fieldsOf = (state: Schema.Schema<unknown>): ReadonlyArray<string> | undefined => {
  const { ast } = Schema.toType(state as Schema.Top)
  if (!SchemaAST.isObjects(ast) || ast.indexSignatures.length > 0) return undefined
  return ast.propertySignatures.map(({ name }) => String(name))
}

/** The state of a node that has crashed, from its state before and that of a node that starts anew. */
export const afterCrash = (durable: ReadonlyArray<string>, before: unknown, anew: unknown): unknown =>
  Object.fromEntries([
    ...Object.entries(anew as object).filter(([field]) => !durable.includes(field)),
    ...Object.entries(before as object).filter(([field]) => durable.includes(field))
  ])
