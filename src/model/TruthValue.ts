/**
 * The answer of a predicate, guard or condition: `true` or `false` and nothing else. Code that no compiler saw may
 * return a promise or an Effect, which JavaScript takes for true; taken so, every property would hold.
 */
import { Effect } from "effect"

/** Thrown for an answer that is neither true nor false; the message says what it is. */
export class NoTruthValue extends TypeError {}

/** The answer, if it is one; `came` begins the sentence about any other. Throws `NoTruthValue`. */
export const truthValue = (answer: unknown, came = "It returned"): boolean => {
  if (answer === true || answer === false) return answer
  throw new NoTruthValue(`${came} ${inWords(answer)}, not true or false.`)
}

/** The answer of a `rejects`: a text, or nothing. Throws `NoTruthValue`. */
export const reasonOrNothing = (answer: unknown): string | undefined => {
  if (answer === undefined || typeof answer === "string") return answer
  throw new NoTruthValue(`It returned ${inWords(answer)}, not a text or undefined.`)
}

const LONGEST = 60

/** A value that should not be there, in a few words. Never throws, whatever traps the value has. */
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
    // Nobody will await it: its rejection is not to end the process.
    if (value instanceof Promise) value.catch(() => {})
    if (typeof Reflect.get(value, "then") === "function") return "a promise"
    return Array.isArray(value) ? "an array" : "an object"
  } catch {
    return "an object"
  }
}
