/**
 * The text of anything that was thrown. JavaScript throws any value: null, an object without a prototype, an error whose
 * message throws, a proxy whose traps do. None of them may end the checker.
 */

/** What was thrown, in words: `RangeError: boom` of an error. Never throws. */
export const thrownText = (thrown: unknown): string => {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  } catch {
    return typeof thrown === "function" ? "a function without a text" : "an object without a text"
  }
}

/** Whether something that was thrown is of a class. Never throws, as `instanceof` does of a hostile proxy. */
export const isThrown = <A>(thrown: unknown, kind: abstract new (...parameters: never) => A): thrown is A => {
  try {
    return thrown instanceof kind
  } catch {
    return false
  }
}
