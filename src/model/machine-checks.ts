/**
 * What is refused of a machine where it is declared: two inputs of one tag, a handler or guard of an input that is not
 * declared, an input without a handler, durable fields that the state does not have.
 */
import { distinct, list, name, refuse, shown } from "./Checked.ts"
import { fieldsOf } from "./Durability.ts"
import type { InputSchema, Machine } from "./Machine.ts"

/** Input schemas by their tags. Throws `RangeError` where two have one tag. */
export const byTag = (
  machine: string,
  kind: "operations" | "messages",
  schemas: ReadonlyArray<InputSchema>
): ReadonlyMap<string, InputSchema> => {
  const argument = { of: `Machine.make("${machine}")`, name: kind }
  list(argument, schemas)
  const found = new Map<string, InputSchema>()
  for (const schema of schemas) {
    const tag: unknown = schema?.fields?._tag?.schema?.literal
    if (typeof tag !== "string")
      return refuse(argument, `has ${shown(tag)} for a tag`, "structs with a literal text as _tag")
    if (found.has(tag)) return refuse(argument, `has two inputs tagged ${shown(tag)}`, "one schema for each tag")
    found.set(tag, schema)
  }
  return found
}

/** Throws `RangeError` if the parts of a machine do not fit each other. */
export const refuseUnfit = (machine: Machine<unknown>): void => {
  const of = `Machine.make("${machine.name}")`
  const declared = new Set([...machine.operations.keys(), ...machine.messages.keys()])
  name({ of: "Machine.make", name: "the name" }, machine.name)
  for (const [tag, schema] of machine.operations) {
    const other = machine.messages.get(tag)
    if (other === undefined || other === schema) continue
    const tags = `are both tagged ${shown(tag)}, with different schemas`
    refuse({ of, name: "an operation and a message" }, tags, "one schema for both, or a tag for each")
  }
  for (const tag of declared) {
    if (!machine.handlers.has(tag)) refuse({ of, name: "handlers" }, `has none for ${shown(tag)}`, "one for each input")
  }
  const parts = { handlers: machine.handlers, guards: machine.guards, timeouts: machine.timeouts }
  for (const [part, functions] of Object.entries(parts)) {
    const argument = { of, name: part }
    for (const [tag, run] of functions) {
      if (typeof run !== "function") refuse(argument, `has ${shown(run)} for ${shown(tag)}`, "functions")
      if (part === "timeouts" || declared.has(tag)) continue
      refuse(argument, `has one for ${shown(tag)}, which is no input of the machine`, listed(declared))
    }
  }
  refuseDurable(of, machine)
}

const listed = (tags: Iterable<string>): string => {
  const all = [...tags].map(shown)
  return all.length === 0 ? "none, since it declares no inputs" : `those of ${all.join(", ")}`
}

const refuseDurable = (of: string, { durable, state }: Machine<unknown>): void => {
  if (durable === undefined) return
  const argument = { of, name: "durable" }
  list(argument, durable)
  const fields = fieldsOf(state)
  if (fields === undefined) return refuse(argument, "is given for a state that is no struct", "fields of a struct")
  const stranger = durable.find((field) => !fields.includes(field))
  if (stranger !== undefined) {
    const allowed = fields.length === 0 ? "nothing, since the state has no fields" : fields.map(shown).join(", ")
    refuse(argument, `names ${shown(stranger)}, which is no field of the state`, allowed)
  }
  distinct(argument, durable)
}
