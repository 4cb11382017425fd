import { expect, test } from "vitest"
import { isSpot } from "./SpotChecks.ts"

test("the first four calls are spots, and from there on the powers of two", () => {
  const numbers = Array.from({ length: 70 }, (_, index) => index + 1)
  expect(numbers.filter(isSpot)).toEqual([1, 2, 3, 4, 8, 16, 32, 64])
})
