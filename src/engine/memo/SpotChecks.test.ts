import { expect, test } from "vitest"
import { isSpot, SpotChecks } from "./SpotChecks.ts"

test("the first four calls are spots, and from there on the powers of two", () => {
  const numbers = Array.from({ length: 70 }, (_, index) => index + 1)
  expect(numbers.filter(isSpot)).toEqual([1, 2, 3, 4, 8, 16, 32, 64])
})

test("spots are run again, the last first, and calls of each piece of code are counted on their own", () => {
  const checks = new SpotChecks<string>()
  const again: Array<string> = []
  const call = (code: string, number: number) => checks.called(code, () => void again.push(`${code}${number}`))
  for (let number = 1; number <= 9; number++) call("a", number)
  call("b", 1)
  expect(again).toEqual([])
  checks.recheck()
  expect(again).toEqual(["b1", "a8", "a4", "a3", "a2", "a1"])
  checks.recheck()
  expect(again).toHaveLength(12)
})
