/**
 * The parameters of a model and their values. A parameter that is not possible is refused at its declaration; a value
 * that it does not take is refused in `--set`, in the identifier of a case, and in a setting of a configuration.
 */
import { list, refuse, shown, wholeNumber } from "./Checked.ts"

/** One parameter: the values it takes, and its default. */
export type Parameter<A extends ParameterValue = ParameterValue> =
  | {
      readonly kind: "integer"
      readonly default: A
      readonly least: number
      readonly most: number
      readonly about: string
    }
  | {
      readonly kind: "choice"
      readonly default: A
      readonly values: ReadonlyArray<A>
      readonly about: string
      /** Present on a parameter whose values, except the default, are mutants. */
      readonly mutants?: true
    }

/** A parameter's value. */
export type ParameterValue = number | string | boolean

/** A value for each parameter. */
export type ParameterValues = { readonly [name: string]: ParameterValue }

/** Throws `RangeError` if a range is not one of whole numbers, or the default is not in it. */
export const refuseInteger = (
  of: string,
  parameter: { readonly default: unknown; readonly least: number; readonly most: number }
): void => {
  wholeNumber({ of, name: "least" }, parameter.least, { least: -Infinity })
  wholeNumber({ of, name: "most" }, parameter.most, { least: parameter.least })
  wholeNumber({ of, name: "default" }, parameter.default, parameter)
}

/** Throws `RangeError` if two values are written alike, or the default is none of them. */
export const refuseChoice = (of: string, parameter: { readonly default: unknown; readonly values: unknown }): void => {
  const { default: usual, values } = parameter
  const argument = { of, name: "values" }
  list(argument, values)
  for (const value of values) {
    if (typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) continue
    refuse(argument, `has ${shown(value)}`, "texts, finite numbers, true and false")
  }
  const alike = values.find((value, index) => values.some((other, at) => at < index && String(other) === String(value)))
  if (alike !== undefined) {
    const first = values.find((other) => String(other) === String(alike))
    const problem = first === alike ? `has ${shown(alike)} twice` : `has ${shown(first)} and ${shown(alike)}`
    refuse(argument, problem, "values that differ in writing, so that a case's name says which one it has")
  }
  if (!values.includes(usual))
    refuse({ of, name: "default" }, `is ${shown(usual)}`, `one of ${values.map(shown).join(", ")}`)
}

/** Characters that have a meaning in the name of a case, or end its line. */
// oxlint-disable-next-line no-control-regex -- a name in a list must not end its line
const reserved = /[/,=@\s\u0000-\u001f\u007f-\u009f]/

/** Throws `RangeError` if names do not fit into the name of a case, or a parameter written by hand is not possible. */
export const refuseModel = (model: {
  readonly name: string
  readonly parameters: { readonly [name: string]: Parameter }
}): void => {
  const of = `Model.make(${shown(model.name)})`
  const fits = "a text that is not empty, without spaces and any of / , = @"
  if (typeof model.name !== "string" || model.name === "" || reserved.test(model.name)) {
    refuse({ of: "Model.make", name: "the name" }, `is ${shown(model.name)}`, fits)
  }
  for (const [name, parameter] of Object.entries(model.parameters)) {
    if (name === "" || reserved.test(name)) refuse({ of, name: "a parameter" }, `is named ${shown(name)}`, fits)
    if (parameter.kind === "integer") refuseInteger(`${of}, parameter ${name}`, parameter)
    else refuseChoice(`${of}, parameter ${name}`, parameter)
  }
}

/** The values that a parameter takes, in words. */
export const allowedBy = (parameter: Parameter): string =>
  parameter.kind === "integer"
    ? `a whole number from ${parameter.least} to ${parameter.most}`
    : `one of ${parameter.values.map(shown).join(", ")}`

/** True if a parameter may have the value. */
export const admits = (parameter: Parameter, value: unknown): boolean =>
  parameter.kind === "integer"
    ? Number.isSafeInteger(value) && Number(value) >= parameter.least && Number(value) <= parameter.most
    : parameter.values.some((each) => each === value)
