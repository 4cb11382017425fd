/**
 * Checks of an entry's settings at its declaration. A setting is refused if it has a parameter that the model lacks,
 * lacks one that the model has, or has values that are not possible, as `--set` refuses them; so are two settings that
 * are the same case.
 */
import { list, refuse, shown } from "../model/Checked.ts"
import { admits, allowedBy, type Parameter, type ParameterValues } from "../model/Parameter.ts"
import { closest } from "./closest.ts"

/** The parts of an entry that its settings depend on. */
interface Declared {
  readonly name: string
  readonly parameters: { readonly [name: string]: Parameter }
  readonly settings: ReadonlyArray<ParameterValues>
  readonly deep: ReadonlyArray<ParameterValues>
  readonly requires: (values: ParameterValues) => string | undefined
}

/** Throws `RangeError` if a setting of an entry is not possible; `idOf`: the identifier of its case. */
export const refuseSettings = (entry: Declared, idOf: (values: ParameterValues) => string): void => {
  const of = `entry ${entry.name}`
  const known = new Set<string>()
  for (const part of ["settings", "deep"] as const) {
    const settings: unknown = entry[part]
    list({ of, name: part }, settings)
    settings.forEach((setting, index) => {
      const argument = { of, name: `${part}[${index}]` }
      refuseSetting(entry, argument, setting)
      const id = idOf(setting as ParameterValues)
      if (known.has(id)) refuse(argument, `is ${id} again`, "each case once")
      known.add(id)
    })
  }
}

const refuseSetting = (
  entry: Declared,
  argument: { readonly of: string; readonly name: string },
  setting: unknown
): void => {
  const { parameters } = entry
  const names = Object.keys(parameters)
  if (typeof setting !== "object" || setting === null || Array.isArray(setting)) {
    return refuse(argument, `is ${shown(setting)}`, "a value for each parameter, such as { n: 3 }")
  }
  const stranger = Object.keys(setting).find((name) => !Object.hasOwn(parameters, name))
  if (stranger !== undefined) {
    const near = closest(stranger, names)
    const all = names.length === 0 ? "none, since the model has no parameters" : names.join(", ")
    refuse(
      argument,
      `sets ${shown(stranger)}, which is no parameter`,
      near === undefined ? all : `${all}; did you mean ${near}?`
    )
  }
  const values = setting as { readonly [name: string]: unknown }
  for (const [name, parameter] of Object.entries(parameters)) {
    if (!Object.hasOwn(setting, name)) refuse(argument, `does not set ${name}`, "a value for each parameter")
    if (!admits(parameter, values[name]))
      refuse(argument, `sets ${name} to ${shown(values[name])}`, allowedBy(parameter))
  }
  const problem = entry.requires(setting as ParameterValues)
  if (problem !== undefined) refuse(argument, `is not possible: ${problem}`, "values that go together")
}
