import { expect, test } from "vitest"
import { isThrown, thrownText } from "./ThrownText.ts"

const trap = () => {
  throw new Error("a trap")
}

const hostile = new Proxy(
  {},
  { get: trap, getPrototypeOf: trap, has: trap, ownKeys: trap, getOwnPropertyDescriptor: trap }
)

class Unreadable extends Error {
  override get message(): string {
    throw new Error("no message")
  }
}

test("anything that is thrown has a text", () => {
  const thrown: ReadonlyArray<readonly [unknown, string]> = [
    [new RangeError("boom"), "RangeError: boom"],
    [null, "null"],
    [undefined, "undefined"],
    ["boom", "boom"],
    [Symbol("s"), "Symbol(s)"],
    [1n, "1"],
    [Object.create(null), "an object without a text"],
    [new Unreadable(), "an object without a text"],
    [Object.assign(new Error("boom"), { name: Symbol("s") }), "an object without a text"],
    [{ toString: trap }, "an object without a text"],
    [hostile, "an object without a text"],
    [new Proxy(() => {}, { get: trap, getPrototypeOf: trap }), "a function without a text"]
  ]
  expect(thrown.map(([value]) => thrownText(value))).toEqual(thrown.map(([, text]) => text))
})

test("is asked for its class without being run", () => {
  expect([isThrown(new RangeError(), RangeError), isThrown(new Error(), RangeError)]).toEqual([true, false])
  expect([isThrown(null, Error), isThrown(hostile, Error)]).toEqual([false, false])
})
