/**
 * The initial states of a whole-state model: all products of its variables' initial values, optionally filtered by a
 * predicate, or a list of states.
 */
import type { WholeState } from "../../model/index.ts"
import { canonical, takenOnce } from "../interning/Canonical.ts"
import { belongingTo, isTrueOf, type Shown } from "./Constraint.ts"
import type { Interner } from "../interning/Interner.ts"
import { brief, ModelRefused, Refusal } from "../execution/ModelRefused.ts"
import { Predicate } from "../predicates/Predicates.ts"
import { refusalOf } from "../execution/StrictRunner.ts"

/** Initial values, per slot. */
type Start = ReadonlyArray<ReadonlyArray<unknown>>

/** The initial states, each once. Throws `ModelRefused`. */
export const initialStatesOf = (
  model: WholeState<unknown>,
  interners: ReadonlyArray<Interner>,
  shown: Shown
): ReadonlyArray<Int32Array> => {
  const { initialStates, initialWhere, name } = model
  const declared = model.slots.map((slot) => takenOnce(slot, () => slot.initials.map(copied)))
  const starts = initialStates?.map((listed) => {
    const state = takenOnce(listed, () => copied(listed))
    return startOf(model, declared, state)
  }) ?? [declared]
  const products = starts.flatMap((start) => productsOf(model, interners, shown.slots, start))
  const distinct = [...new Map(products.map((state) => [state.join(), state])).values()]
  if (initialWhere === undefined) return distinct
  const of = belongingTo(model, "initial", shown)
  const predicate = new Predicate(of, shown.positions, (read) => {
    const state = shown.view(read) as never
    return () => initialWhere(state)
  })
  const admitted = distinct.filter((state) => isTrueOf(of, predicate, state))
  predicate.recheck()
  if (admitted.length > 0) return admitted
  throw refused(name, "initial", `it is true of none of ${distinct.length} states: a model needs one to start in`)
}

/** A canonical copy of a value. A value that is not plain data stays as it is: interning refuses it. */
const copied = <A>(value: A): A => {
  try {
    return canonical(value)
  } catch {
    return value
  }
}

const refused = (system: string, where: string, detail: string): ModelRefused =>
  new ModelRefused({ system, where, offence: "is not composed correctly", input: "", detail })

/** The values of each slot in a listed state. */
const startOf = (
  { name, variables }: WholeState<unknown>,
  declared: Start,
  listed: { readonly [variable: string]: unknown }
): Start => {
  const start = [...declared]
  for (const [variable, value] of Object.entries(listed)) {
    const found = variables.find((each) => each.name === variable)
    if (found === undefined) {
      const names = variables.map((each) => `"${each.name}"`).join(", ")
      throw refused(name, `initial state ${brief(listed)}`, `"${variable}" is none of ${names}`)
    }
    const { first, size } = found
    if (size === undefined) start[first] = [value]
    else if (Array.isArray(value) && value.length === size) {
      for (const [index, member] of value.entries()) start[first + index] = [member]
    } else {
      const detail = `"${variable}" is a family: it takes an array of ${size} values`
      throw refused(name, `initial state ${brief(listed)}`, detail)
    }
  }
  return start
}

const productsOf = (
  model: WholeState<unknown>,
  interners: ReadonlyArray<Interner>,
  slots: number,
  start: Start
): ReadonlyArray<Int32Array> => {
  let states = [new Int32Array(slots)]
  for (const [slot, initials] of start.entries()) {
    const where = `initial value of ${model.slots[slot]!.name}`
    try {
      const ids = [...new Set(initials.map((initial) => interners[slot]!.intern(initial)))]
      states = states.flatMap((state) => ids.map((id) => state.with(slot, id)))
    } catch (thrown) {
      throw refusalOf(thrown).of({ system: model.name, where, input: "" })
    }
  }
  return states
}

/** The ids of a state given by its variables, as properties see them. Throws `Refusal`. */
export const vectorOf = (
  { variables }: WholeState<unknown>,
  interners: ReadonlyArray<Interner>,
  slots: number,
  state: unknown
): Int32Array => {
  const wrong = (detail: string): Refusal => new Refusal("is not composed correctly", detail)
  if (typeof state !== "object" || state === null) throw wrong(`${brief(state)} is no state`)
  const vector = new Int32Array(slots)
  for (const { first, name, size } of variables) {
    if (!Object.hasOwn(state, name)) throw wrong(`it has no "${name}"`)
    const value: unknown = Reflect.get(state, name)
    const members: ReadonlyArray<unknown> = size === undefined ? [value] : Array.isArray(value) ? value : []
    if (members.length !== (size ?? 1)) throw wrong(`"${name}" is a family: it takes an array of ${size} values`)
    for (const [index, member] of members.entries()) vector[first + index] = interners[first + index]!.intern(member)
  }
  const unknown = Object.keys(state).find((name) => !variables.some((each) => each.name === name))
  if (unknown !== undefined) throw wrong(`there is no variable "${unknown}"`)
  return vector
}
