/**
 * The answer of a predicate, guard or condition: only `true` or `false`. Code without type checks may return a promise
 * or an Effect, which counts as true in JavaScript; every property would then hold.
 */
import { Effect } from "effect"

/** Thrown for an answer that is neither true nor false; the message describes it. */
export class NoTruthValue extends TypeError {}

/** Returns the answer if it is true or false; `came` begins the sentence about any other. Throws `NoTruthValue`. */
export const truthValue = (answer: unknown, came = "It returned"): boolean => {
  if (answer === true || answer === false) return answer
  throw new NoTruthValue(`${came} ${inWords(answer)}, not true or false.`)
}

/** Returns the answer of a `rejects`: a text, or `undefined`. Throws `NoTruthValue`. */
export const reasonOrNothing = (answer: unknown): string | undefined => {
  if (answer === undefined || typeof answer === "string") return answer
  throw new NoTruthValue(`It returned ${inWords(answer)}, not a text or undefined.`)
}

const LONGEST = 60

/** Describes a value of the wrong kind in a few words. Never throws, whatever traps the value has. */
export const inWords = (value: unknown): string => {
  switch (typeof value) {
    case "string":
      return value.length > LONGEST
        ? `the text ${JSON.stringify(value.slice(0, LONGEST))}…`
        : `the text ${JSON.stringify(value)}`
    case "number":
      return `the number ${Object.is(value, -0) ? "-0" : value}`
    case "bigint":
      return `the bigint ${value}`
    case "boolean":
    case "undefined":
    case "symbol":
      return String(value)
    case "function":
      return "a function"
    default:
      return value === null ? "null" : objectInWords(value as object)
  }
}

const objectInWords = (value: object): string => {
  try {
    if (Effect.isEffect(value)) return "an Effect"
    // No code awaits it: its rejection must not end the process.
    if (value instanceof Promise) value.catch(() => {})
    if (typeof Reflect.get(value, "then") === "function") return "a promise"
    return Array.isArray(value) ? "an array" : "an object"
  } catch {
    return "an object"
  }
}
