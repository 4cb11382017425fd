/**
 * The suite: systems with their properties. A case is one model with one setting of its parameters; its properties are
 * judged in one exploration.
 */
import { shown } from "../model/Checked.ts"
import type { Model, Parameter, ParameterValues, System } from "../model/index.ts"
import type { Property } from "../property/index.ts"
import { callingFiles } from "./calling-files.ts"
import { closest } from "./closest.ts"
import { refuseSettings } from "./setting-checks.ts"
import { UsageError } from "./UsageError.ts"

/** A model with its properties and its settings in the suite, without types. */
export interface Entry {
  readonly name: string
  readonly about: string
  readonly source: string
  readonly parameters: { readonly [name: string]: Parameter }
  /** Settings that `verify` checks. */
  readonly settings: ReadonlyArray<ParameterValues>
  /** Settings that only `verify --deep` checks: over a minute each. */
  readonly deep: ReadonlyArray<ParameterValues>
  /** The reason why values do not go together; `undefined` if they do. */
  readonly requires: (values: ParameterValues) => string | undefined
  readonly build: (values: ParameterValues) => Built
  /** The row of the guarantee matrix for a setting, if it has one. */
  readonly place: (values: ParameterValues) => MatrixPlace | undefined
  /**
   * Files whose code made the entry. Its outcome depends on them and on all that they import; if they are unknown, on
   * everything that was loaded. A copy of an entry has none, since parts of it come from elsewhere.
   */
  readonly files?: ReadonlyArray<string>
}

/** A row of the guarantee matrix: a design, and the setting in which it is judged. */
export interface MatrixPlace {
  readonly design: string
  /** Faults, clocks, clients; `no faults` if there are none of them. */
  readonly setting: string
  /** Title of the row's table, for designs to which other guarantees matter than to the rest. */
  readonly part?: string
}

/** A system with the properties to judge. */
export interface Built {
  readonly system: System<unknown>
  readonly properties: ReadonlyArray<Property<unknown>>
}

/** One model with one setting. */
export interface Case {
  /** The identifier, such as `two-phase-commit/n=3`. */
  readonly id: string
  readonly entry: Entry
  readonly values: ParameterValues
}

/**
 * Puts a model into the suite. `properties` may depend on the setting. Throws `RangeError` if a setting is not
 * possible, as `--set` would refuse it, or occurs twice.
 */
export const entry = <Values extends ParameterValues, View>(
  model: Model<Values, View>,
  options: {
    readonly properties: (values: Values) => ReadonlyArray<Property<View>>
    readonly settings: ReadonlyArray<Values>
    readonly deep?: ReadonlyArray<Values>
    readonly place?: (values: Values) => MatrixPlace | undefined
  }
): Entry => {
  if (typeof options.properties !== "function") {
    throw new TypeError(
      `entry(${model.name}): properties is ${shown(options.properties)}, but it takes a function that gives the properties of a setting`
    )
  }
  const made: Entry = {
    name: model.name,
    about: model.about,
    source: model.source,
    parameters: model.parameters,
    settings: options.settings,
    deep: options.deep ?? [],
    place: (values) => options.place?.(values as Values),
    requires: (values) => model.requires?.(values as Values),
    build: (values) => ({
      system: model.system(values as Values) as System<unknown>,
      properties: options.properties(values as Values) as unknown as ReadonlyArray<Property<unknown>>
    })
  }
  refuseSettings(made, (values) => caseIdOf(made, values))
  const files = callingFiles()
  return Object.freeze(files === undefined ? made : Object.defineProperty(made, "files", { value: files }))
}

/** A value as written in an identifier: characters that would end it there are escaped, as in the address of a page. */
const written = (value: ParameterValues[string] | undefined): string =>
  String(value).replace(/[%,\p{Cc}\u2028\u2029]/gu, encodeURIComponent)

/** Decodes an escaped part of an identifier; returns it unchanged if it is not a valid escape. */
const unescaped = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** The unique identifier of a setting: the model's name and every parameter in the order of declaration. */
export const caseIdOf = (entry: Entry, values: ParameterValues): string => {
  const names = Object.keys(entry.parameters)
  return names.length === 0
    ? entry.name
    : `${entry.name}/${names.map((name) => `${name}=${written(values[name])}`).join(",")}`
}

/**
 * The identifier without the parameters that are at their default, as people read and paste it. The first parameter
 * stays if no other does, since a model's name alone means all its cases.
 */
export const shortCaseIdOf = (entry: Entry, values: ParameterValues): string => {
  const names = Object.keys(entry.parameters)
  const named = names.filter((name) => values[name] !== entry.parameters[name]?.default)
  const shown = named.length > 0 ? named : names.slice(0, 1)
  return shown.length === 0
    ? entry.name
    : `${entry.name}/${shown.map((name) => `${name}=${written(values[name])}`).join(",")}`
}

/** The cases of the suite. */
export const casesOf = (entries: ReadonlyArray<Entry>, deep: boolean): ReadonlyArray<Case> =>
  entries.flatMap((entry) =>
    [...entry.settings, ...(deep ? entry.deep : [])].map((values) => ({ id: caseIdOf(entry, values), entry, values }))
  )

/** Each parameter's default. */
export const defaultsOf = (entry: Entry): ParameterValues =>
  Object.fromEntries(Object.entries(entry.parameters).map(([name, parameter]) => [name, parameter.default]))

/**
 * The cases that the filters name: a model's name, a case's identifier or a part of one; all cases without filters.
 * Parameters that are set build new cases of the named models, in the suite or not. Throws `UsageError`.
 */
export const selectCases = (
  entries: ReadonlyArray<Entry>,
  filters: ReadonlyArray<string>,
  sets: ReadonlyArray<string>,
  deep = false
): ReadonlyArray<Case> => {
  const all = casesOf(entries, deep)
  if (sets.length === 0 && filters.length === 0) return all
  if (sets.length === 0) return [...new Set(filters.flatMap((filter) => matching(entries, all, filter)))]
  if (filters.length === 0) {
    throw new UsageError({
      problem: "--set needs a model to set it for",
      advice: "plait check two-phase-commit --set n=4"
    })
  }
  return filters.map((filter) => {
    const named = caseFromId(entries, filter)
    if (named === undefined) throw unknownModel(entries, filter)
    return caseOf(named.entry, named.values, sets)
  })
}

/** The entries that the filters name, by their whole name or a part of it; all without filters. Throws `UsageError`. */
export const selectEntries = (entries: ReadonlyArray<Entry>, filters: ReadonlyArray<string>): ReadonlyArray<Entry> => {
  if (filters.length === 0) return entries
  const named = filters.flatMap((filter) => {
    const exact = entries.filter(({ name }) => name === filter)
    const found = exact.length > 0 ? exact : entries.filter(({ name }) => name.includes(filter))
    if (found.length === 0) throw unknownModel(entries, filter)
    return found
  })
  return [...new Set(named)]
}

const matching = (entries: ReadonlyArray<Entry>, all: ReadonlyArray<Case>, filter: string): ReadonlyArray<Case> => {
  const exact = all.filter(({ entry, id }) => entry.name === filter || id === filter)
  if (exact.length > 0) return exact
  const named = caseFromId(entries, filter)
  if (named !== undefined) return [named]
  const partly = all.filter(({ id }) => id.includes(filter))
  if (partly.length > 0) return partly
  throw unknownModel(entries, filter)
}

/** The case of an identifier, in the suite or not. Throws `UsageError` for a known model with a bad setting. */
export const caseFromId = (entries: ReadonlyArray<Entry>, id: string): Case | undefined => {
  const slash = id.indexOf("/")
  const entry = entries.find(({ name }) => name === (slash === -1 ? id : id.slice(0, slash)))
  if (entry === undefined) return undefined
  return caseOf(
    entry,
    defaultsOf(entry),
    slash === -1
      ? []
      : id
          .slice(slash + 1)
          .split(",")
          .map(unescaped)
  )
}

/** The case with some values replaced. Throws `UsageError`. */
const caseOf = (entry: Entry, base: ParameterValues, sets: ReadonlyArray<string>): Case => {
  const pairs = sets.map((set) => parseSet(entry, set))
  const twice = pairs.find(([name], index) => pairs.findIndex(([other]) => other === name) !== index)
  if (twice !== undefined) {
    throw new UsageError({ problem: `${entry.name}: ${twice[0]} is set twice`, advice: "set it once" })
  }
  const values = { ...base, ...Object.fromEntries(pairs) }
  const problem = entry.requires(values)
  if (problem === undefined) return { id: caseIdOf(entry, values), entry, values }
  throw new UsageError({
    problem: `${caseIdOf(entry, values)} is not possible: ${problem}`,
    advice: `plait list ${entry.name} shows its parameters`
  })
}

const unknownModel = (entries: ReadonlyArray<Entry>, name: string): UsageError => {
  const near = closest(
    name,
    entries.map((each) => each.name)
  )
  return new UsageError({
    problem: `no model or case matches "${name}"`,
    advice: near === undefined ? "plait list shows them all" : `did you mean ${near}?`
  })
}

const parseSet = (entry: Entry, set: string): readonly [string, ParameterValues[string]] => {
  const [name = "", text] = set.split(/=(.*)/s)
  const parameter = Object.hasOwn(entry.parameters, name) ? entry.parameters[name] : undefined
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
