import { describe, expect, test } from "vitest"
import { legalOrder, type Specification } from "./legal-order.ts"

/** An operation on a counter: `+` adds one, a digit is a read with that answer. */
type Operation = string

const counter: Specification<number, Operation> = {
  initial: 0,
  step: (count, operation) => {
    if (operation.startsWith("+")) return { next: count + 1 }
    return Number(operation) === count ? { next: count } : undefined
  },
  key: (count) => `${count}`
}

/** The order found for operations named with spaces between; `a<b` in `precedes` says that a comes before b. */
const orderOf = (
  operations: string,
  { optional = "", precedes = "" }: { readonly precedes?: string; readonly optional?: string } = {}
): string | undefined => {
  const pairs = precedes.split(" ")
  return legalOrder(operations.split(" "), {
    specification: counter,
    precedes: (earlier, later) => pairs.includes(`${earlier}<${later}`),
    required: (operation) => !optional.split(" ").includes(operation)
  })?.join(" ")
}

describe("an order that explains all answers", () => {
  test.each([
    { says: "operations keep the order they are given in where that will do", of: "0 + 1", is: "0 + 1" },
    { says: "a read of one goes behind an addition that was given after it", of: "1 + 0", is: "0 + 1" },
    { says: "each addition is executed once", of: "2 +a +b 1", is: "+a 1 +b 2" },
    { says: "two where only one was added has no order", of: "+ 2", is: undefined },
    { says: "two equal reads are told apart by their place", of: "1 1 +", is: "+ 1 1" }
  ])("$says", ({ is, of }) => {
    expect(orderOf(of)).toBe(is)
  })

  test("what precedes comes first, and there is no order where the answers forbid that", () => {
    expect(orderOf("+a +b", { precedes: "+b<+a" })).toBe("+b +a")
    expect(orderOf("+ 0", { precedes: "+<0" })).toBeUndefined()
    expect(orderOf("0 +", { precedes: "0<+" })).toBe("0 +")
    expect(orderOf("+a +b", { precedes: "+a<+b +b<+a" })).toBeUndefined()
  })

  test("what was never answered happened where that explains an answer, and is left out where not", () => {
    expect(orderOf("+ 1", { optional: "+" })).toBe("+ 1")
    expect(orderOf("+ 0", { optional: "+" })).toBe("0")
    expect(orderOf("+a +b", { optional: "+a +b" })).toBe("")
  })

  test("what was never answered does not hold back what it precedes, but does not come after it", () => {
    // 0 can only be read before any addition, so that +a, which would have to come before it, never happened.
    expect(orderOf("+a 0 +b 1", { optional: "+a", precedes: "+a<0" })).toBe("0 +b 1")
    expect(orderOf("+a 0 1", { optional: "+a", precedes: "+a<0" })).toBeUndefined()
    expect(orderOf("+a 0 1", { optional: "+a" })).toBe("0 +a 1")
  })

  test("no operation at all is explained by the empty order", () => {
    expect(legalOrder([], { specification: counter, precedes: () => false, required: () => true })).toEqual([])
  })
})

describe("the cost of a search", () => {
  /** Calls of `step` for so many additions and a read of what they never come to. */
  const stepsFor = (additions: number, precedes: (earlier: Operation, later: Operation) => boolean): number => {
    let steps = 0
    const step = (count: number, operation: Operation) => {
      steps++
      return counter.step(count, operation)
    }
    const operations = [...Array.from({ length: additions }, (_, index) => `+${index}`), "1000"]
    legalOrder(operations, { specification: { ...counter, step }, precedes, required: () => true })
    return steps
  }

  // Each of the 2ⁿ sets of additions is tried once: the n·2ⁿ⁻¹ ways to add one to a set, and the read 2ⁿ times.
  test("each set of operations is tried once: 3·4 + 8 and 6·32 + 64 steps, not as many as there are orders", () => {
    expect([stepsFor(3, () => false), stepsFor(6, () => false)]).toEqual([20, 256])
  })

  // Of additions in a row only the first k can have been made, k from 0 to 6; then the next is tried, and the read.
  test("nothing is tried before what has to precede it: of six additions in a row 6 + 7 steps", () => {
    expect(stepsFor(6, (earlier, later) => earlier.startsWith("+") && later.startsWith("+") && earlier < later)).toBe(
      13
    )
  })

  const additions = (count: number) =>
    legalOrder(
      Array.from({ length: count }, (_, index) => `+${index}`),
      { specification: counter, precedes: () => false, required: () => true }
    )?.length

  test("thirty operations are searched, and one more is refused", () => {
    expect(additions(30)).toBe(30)
    expect(() => additions(31)).toThrow(new RangeError("a history of 31 operations; at most 30"))
  })
})
