/**
 * The matrix: which claims are made of which systems. A cell is one model with one setting of its parameters; its
 * properties are judged in one exploration.
 */
import { Schema } from "effect"
import type { Model, Parameter, ParameterValues, System } from "../model/index.ts"
import type { Property } from "../property/index.ts"
import { closest } from "./closest.ts"

/** A model with the claims made of it and the settings in the matrix; types forgotten. */
export interface Entry {
  readonly name: string
  readonly about: string
  readonly source: string
  readonly parameters: { readonly [name: string]: Parameter }
  /** Settings that `verify` checks. */
  readonly settings: ReadonlyArray<ParameterValues>
  /** Settings that only `verify --deep` checks: over a minute each. */
  readonly deep: ReadonlyArray<ParameterValues>
  readonly build: (values: ParameterValues) => Built
  /** The row of the guarantee matrix that a setting belongs to, if it belongs to one. */
  readonly place: (values: ParameterValues) => Place | undefined
}

/** A row of the guarantee matrix: a design, and the setting in which it is judged. */
export interface Place {
  readonly design: string
  /** Faults, clocks, clients; `no faults` where there is nothing to say. */
  readonly setting: string
}

/** A system with the properties to judge. */
export interface Built {
  readonly system: System<unknown>
  readonly properties: ReadonlyArray<Property<unknown>>
}

/** One model with one setting. */
export interface Cell {
  /** Such as `two-phase-commit/n=3`. */
  readonly id: string
  readonly entry: Entry
  readonly values: ParameterValues
}

/** A request that names something that does not exist. */
export class UsageError extends Schema.TaggedError<UsageError>()("UsageError", {
  problem: Schema.String,
  /** What to type instead. */
  advice: Schema.String
}) {
  override get message(): string {
    return this.advice === "" ? this.problem : `${this.problem}\n  ${this.advice}`
  }
}

/** Puts a model into the matrix. `claims` may depend on the setting. */
export const entry = <Values extends ParameterValues, View>(
  model: Model<Values, View>,
  options: {
    readonly claims: (values: Values) => ReadonlyArray<Property<View>>
    readonly settings: ReadonlyArray<Values>
    readonly deep?: ReadonlyArray<Values>
    readonly place?: (values: Values) => Place | undefined
  }
): Entry => ({
  name: model.name,
  about: model.about,
  source: model.source,
  parameters: model.parameters,
  settings: options.settings,
  deep: options.deep ?? [],
  place: (values) => options.place?.(values as Values),
  build: (values) => ({
    system: model.system(values as Values) as System<unknown>,
    properties: options.claims(values as Values) as unknown as ReadonlyArray<Property<unknown>>
  })
})

/** The identifier of a setting: the model's name and every parameter in the order of declaration. */
export const cellId = (entry: Entry, values: ParameterValues): string => {
  const names = Object.keys(entry.parameters)
  return names.length === 0 ? entry.name : `${entry.name}/${names.map((name) => `${name}=${values[name]}`).join(",")}`
}

/** The cells of the matrix. */
export const cellsOf = (entries: ReadonlyArray<Entry>, deep: boolean): ReadonlyArray<Cell> =>
  entries.flatMap((entry) =>
    [...entry.settings, ...(deep ? entry.deep : [])].map((values) => ({ id: cellId(entry, values), entry, values }))
  )

/** Each parameter's default. */
export const defaultsOf = (entry: Entry): ParameterValues =>
  Object.fromEntries(Object.entries(entry.parameters).map(([name, parameter]) => [name, parameter.default]))

/**
 * The cells that the filters name: a model's name, a cell's identifier or a part of one; all cells without filters.
 * Parameters that are set build the named models' cells anew, in the matrix or not. Throws `UsageError`.
 */
export const selectCells = (
  entries: ReadonlyArray<Entry>,
  filters: ReadonlyArray<string>,
  sets: ReadonlyArray<string>,
  deep = false
): ReadonlyArray<Cell> => {
  const all = cellsOf(entries, deep)
  if (sets.length === 0 && filters.length === 0) return all
  if (sets.length === 0) return [...new Set(filters.flatMap((filter) => matching(entries, all, filter)))]
  const named = filters.map((filter) => entryNamed(entries, filter))
  if (named.length === 0) {
    throw new UsageError({
      problem: "--set needs a model to set it for",
      advice: "plait check two-phase-commit --set n=4"
    })
  }
  return named.map((entry) => {
    const values = { ...defaultsOf(entry), ...Object.fromEntries(sets.map((set) => parseSet(entry, set))) }
    return { id: cellId(entry, values), entry, values }
  })
}

const matching = (entries: ReadonlyArray<Entry>, all: ReadonlyArray<Cell>, filter: string): ReadonlyArray<Cell> => {
  const exact = all.filter(({ entry, id }) => entry.name === filter || id === filter)
  if (exact.length > 0) return exact
  const named = cellFromId(entries, filter)
  if (named !== undefined) return [named]
  const partly = all.filter(({ id }) => id.includes(filter))
  if (partly.length > 0) return partly
  throw unknownModel(entries, filter)
}

/** The cell an identifier names, in the matrix or not. Throws `UsageError` for a known model with a bad setting. */
export const cellFromId = (entries: ReadonlyArray<Entry>, id: string): Cell | undefined => {
  const slash = id.indexOf("/")
  const entry = entries.find(({ name }) => name === (slash === -1 ? id : id.slice(0, slash)))
  if (entry === undefined) return undefined
  const sets = slash === -1 ? [] : id.slice(slash + 1).split(",")
  const values = { ...defaultsOf(entry), ...Object.fromEntries(sets.map((set) => parseSet(entry, set))) }
  return { id: cellId(entry, values), entry, values }
}

const unknownModel = (entries: ReadonlyArray<Entry>, name: string): UsageError => {
  const near = closest(
    name,
    entries.map((each) => each.name)
  )
  return new UsageError({
    problem: `no model or cell matches "${name}"`,
    advice: near === undefined ? "plait list shows them all" : `did you mean ${near}?`
  })
}

const entryNamed = (entries: ReadonlyArray<Entry>, name: string): Entry => {
  const found = entries.find((each) => each.name === name)
  if (found === undefined) throw unknownModel(entries, name)
  return found
}

const parseSet = (entry: Entry, set: string): readonly [string, ParameterValues[string]] => {
  const [name = "", text] = set.split(/=(.*)/s)
  const parameter = entry.parameters[name]
  if (parameter === undefined) {
    const names = Object.keys(entry.parameters)
    const near = closest(name, names) ?? names.join(", ")
    const advice = names.length === 0 ? "it has no parameters" : `did you mean ${near}?`
    throw new UsageError({ problem: `${entry.name} has no parameter "${name}"`, advice })
  }
  if (text === undefined)
    throw new UsageError({ problem: `--set ${set} has no value`, advice: `--set ${name}=${parameter.default}` })
  return [name, parseValue(entry, name, parameter, text)]
}

const parseValue = (entry: Entry, name: string, parameter: Parameter, text: string): ParameterValues[string] => {
  const problem = `${entry.name}: ${name}=${text} is not possible`
  if (parameter.kind === "choice") {
    const found = parameter.values.find((value) => String(value) === text)
    if (found !== undefined) return found
    const values = parameter.values.map(String)
    throw new UsageError({
      problem,
      advice: `${name} is one of ${values.join(", ")}; did you mean ${closest(text, values) ?? parameter.default}?`
    })
  }
  const value = Number(text)
  if (text.trim() !== "" && Number.isInteger(value) && value >= parameter.least && value <= parameter.most) return value
  throw new UsageError({ problem, advice: `${name} is a whole number from ${parameter.least} to ${parameter.most}` })
}
