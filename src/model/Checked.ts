/**
 * Checks of what a model hands to plait's constructors: numbers, node identities, choices, names. A value that is not
 * allowed is refused where it enters, by a RangeError that names the constructor, the argument, the value and what is
 * allowed.
 *
 * A budget of −1, NaN or 1.5 would not fail by itself: comparisons with it are true or false at the wrong moment, and
 * the search would answer another question.
 */

/** The value under check: a constructor, such as `Network.unordered`, and the name of its argument. */
export interface Argument {
  readonly of: string
  readonly name: string
}

/** Formats a value in one line, as it is written in a program. */
export const shown = (value: unknown): string => {
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "bigint") return `${value}n`
  if (typeof value === "function") return "a function"
  if (Object.is(value, -0)) return "-0"
  if (typeof value !== "object" || value === null) return String(value)
  return Array.isArray(value) ? `[${value.map(shown).join(", ")}]` : "an object"
}

/** Refuses an argument; `problem` describes the value, `allowed` the values that are possible. */
export const refuse = ({ name, of }: Argument, problem: string, allowed: string): never => {
  throw new RangeError(`${of}: ${name} ${problem}, but it takes ${allowed}`)
}

/** Bounds of a number. */
export interface Range {
  /** Default 0. */
  readonly least?: number
  /** Default: the largest whole number that is exact. */
  readonly most?: number
  /** True if Infinity, which stands for no bound, is allowed too. Default false. */
  readonly orInfinity?: boolean
}

const rangeText = ({ least = 0, most, orInfinity = false }: Range): string => {
  const from = least === -Infinity ? "" : most === undefined ? ` of at least ${least}` : ` from ${least} to ${most}`
  return `a whole number${from}${orInfinity ? ", or Infinity for no bound" : ""}`
}

/** Refuses a value that is not a whole number in the range. */
export const wholeNumber = (argument: Argument, value: unknown, range: Range = {}): void => {
  const { least = 0, most = Infinity, orInfinity = false } = range
  if (value === Infinity && orInfinity) return
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most) return
  refuse(argument, `is ${shown(value)}`, rangeText(range))
}

/** Refuses a value that is not an amount of time or memory: a number of at least 0, fractions and Infinity included. */
export const amount = (argument: Argument, value: unknown): void => {
  if (typeof value === "number" && value >= 0) return
  refuse(argument, `is ${shown(value)}`, "a number of at least 0")
}

/** Refuses a value that is neither true nor false. */
export const truthValue = (argument: Argument, value: unknown): void => {
  if (typeof value !== "boolean") refuse(argument, `is ${shown(value)}`, "true or false")
}

/** Refuses a value that is not among the allowed ones. */
export const oneOf = (argument: Argument, value: unknown, allowed: ReadonlyArray<unknown>): void => {
  if (!allowed.includes(value)) refuse(argument, `is ${shown(value)}`, `one of ${allowed.map(shown).join(", ")}`)
}

/** Refuses a value that is not a list, and a list with holes. */
export const list: (argument: Argument, value: unknown) => asserts value is ReadonlyArray<unknown> = (
  argument,
  value
) => {
  if (!Array.isArray(value)) return refuse(argument, `is ${shown(value)}`, "a list")
  if (Object.keys(value).length < value.length) refuse(argument, "has a hole", "a list without holes")
}

/** Refuses a list that contains a value twice. */
export const distinct = (argument: Argument, values: ReadonlyArray<unknown>): void => {
  const twice = values.find((value, index) => values.indexOf(value) !== index)
  if (twice !== undefined) refuse(argument, `has ${shown(twice)} twice`, "each value once")
}

/** Refuses an identity that no node of a system of this size has. */
export const nodeOf = (argument: Argument, value: unknown, size: number): void => {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value < size) return
  refuse(argument, `names node ${shown(value)}`, `nodes of the system, ${size === 1 ? "0" : `0 to ${size - 1}`}`)
}

/** Refuses a list of identities that contains one of no node, or one twice. */
export const nodesOf = (argument: Argument, value: unknown, size = Number.MAX_SAFE_INTEGER): void => {
  list(argument, value)
  for (const node of value) {
    if (size === Number.MAX_SAFE_INTEGER) wholeNumber({ ...argument, name: `a node in ${argument.name}` }, node)
    else nodeOf(argument, node, size)
  }
  distinct(argument, value)
}

/** Refuses an option that a constructor does not have, such as one that is misspelt. */
export const options = (of: string, given: object, known: ReadonlyArray<string>): void => {
  if (typeof given !== "object" || given === null) refuse({ of, name: "the argument" }, `is ${shown(given)}`, "options")
  const stranger = Object.keys(given).find((name) => !known.includes(name))
  if (stranger !== undefined) refuse({ of, name: "an option" }, `is named ${shown(stranger)}`, known.join(", "))
}

/** A number of nodes in words. */
export const amountOfNodes = (count: number): string => (count === 1 ? "1 node" : `${count} nodes`)

/** Refuses a value that is not a name: an empty text, or no text at all. */
export const name = (argument: Argument, value: unknown): void => {
  if (typeof value !== "string" || value === "") refuse(argument, `is ${shown(value)}`, "a name")
}
