/**
 * The text of any thrown value. JavaScript can throw any value: null, an object without a prototype, an error whose
 * message throws, a proxy whose traps do. None of them may end the checker.
 */

/** A thrown value in words, such as `RangeError: boom` for an error. Never throws. */
export const thrownText = (thrown: unknown): string => {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  } catch {
    return typeof thrown === "function" ? "a function without a text" : "an object without a text"
  }
}

/** True if a thrown value is an instance of a class. Never throws; `instanceof` throws for a hostile proxy. */
export const isThrown = <A>(thrown: unknown, kind: abstract new (...parameters: never) => A): thrown is A => {
  try {
    return thrown instanceof kind
  } catch {
    return false
  }
}
