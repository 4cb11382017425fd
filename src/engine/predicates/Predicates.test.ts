import { describe, expect, test } from "vitest"
import { Effect } from "effect"
import { refusalOf, refusalOfEndless } from "../../../test/programs.ts"
import { FALSE, Predicate, THREW, TRUE } from "./Predicates.ts"
import type { Position } from "../Program.ts"

const throwing = () => {
  throw new Error("a trap")
}

type Read = (position: number) => number

const property = {
  system: "a system",
  where: 'property "a property"',
  runsTwice: false,
  shown: (frame: Int32Array) => `frame ${frame.join(" ")}`
}

const slots = (count: number): ReadonlyArray<Position> =>
  Array.from({ length: count }, (_, slot) => ({ slot, project: undefined }))

/** A predicate over so many slots that counts how often it is run. */
const counted = (count: number, holds: (read: Read) => boolean, largest?: number, runsTwice = false) => {
  const runs = { count: 0 }
  const make = (read: Read) => () => {
    runs.count++
    return holds(read)
  }
  const predicate = new Predicate({ ...property, runsTwice }, slots(count), make, largest)
  return { evaluate: (...frame: ReadonlyArray<number>) => predicate.evaluate(Int32Array.from(frame)), predicate, runs }
}

/** True if the first two are equal, or else the last is 9. */
const sameOrNine = (read: Read) => read(0) === read(1) || read(2) === 9

describe("a predicate", () => {
  test("is run once for each combination of the values that it read, whatever the others are", () => {
    const { evaluate, runs } = counted(3, sameOrNine)
    expect([evaluate(1, 1, 5), evaluate(1, 1, 6), evaluate(1, 1, 9)]).toEqual([TRUE, TRUE, TRUE])
    expect(runs.count).toBe(1)
    expect([evaluate(1, 2, 5), evaluate(1, 2, 9), evaluate(2, 2, 5), evaluate(2, 1, 5)]).toEqual([
      FALSE,
      TRUE,
      TRUE,
      FALSE
    ])
    expect(runs.count).toBe(5)
    expect([evaluate(1, 2, 5), evaluate(1, 2, 9), evaluate(2, 2, 7), evaluate(2, 1, 5)]).toEqual([
      FALSE,
      TRUE,
      TRUE,
      FALSE
    ])
    expect(runs.count).toBe(5)
  })

  test("that reads nothing is run once", () => {
    const { evaluate, runs } = counted(1, () => true)
    expect([evaluate(1), evaluate(2), runs.count]).toEqual([TRUE, TRUE, 1])
  })

  test("may read a position again and again: only the first time is a read", () => {
    let again = false
    const { evaluate, runs } = counted(2, (read) => {
      const first = read(0)
      return (again ? read(0) : first) === 0 && read(1) > 0
    })
    expect(evaluate(0, 1)).toBe(TRUE)
    again = true
    expect([evaluate(0, 0), evaluate(0, 1), runs.count]).toEqual([FALSE, TRUE, 2])
  })

  test("reads what a position shows of the id in its slot, and is remembered by that", () => {
    // The two positions show a parity and a third of what is in slot 1.
    const parity = { data: Int32Array.of(0, 1, 0, 1, 0, 1) }
    const third = { data: Int32Array.of(0, 0, 0, 1, 1, 1) }
    const reads: Array<ReadonlyArray<number>> = []
    const positions = [parity, third].map((project) => ({ slot: 1, project }))
    const predicate = new Predicate(property, positions, (read) => () => {
      reads.push([read(0), read(1)])
      return read(0) === read(1)
    })
    const answers = [0, 1, 2, 3, 4, 5].map((id) => predicate.evaluate(Int32Array.of(99, id)))
    expect(answers).toEqual([TRUE, FALSE, TRUE, TRUE, FALSE, TRUE])
    expect(reads).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1]
    ])
  })

  test("that throws has neither answer, is run again the next time, and says what it threw last", () => {
    const { evaluate, predicate, runs } = counted(2, (read) => {
      if (read(0) === 1) throw `boom ${read(1)}`
      return true
    })
    expect([evaluate(0, 0), predicate.thrown]).toEqual([TRUE, undefined])
    expect([evaluate(1, 3), predicate.thrown]).toEqual([THREW, "boom 3"])
    expect([evaluate(1, 4), predicate.thrown]).toEqual([THREW, "boom 4"])
    expect([evaluate(1, 3), predicate.thrown, runs.count]).toEqual([THREW, "boom 3", 4])
  })

  const differs = (detail: string, input: string) => ({
    system: "a system",
    where: 'property "a property"',
    offence: "is not deterministic",
    detail,
    input
  })
  const readElse = "It read something else than before of what is the same."
  const readLess = "It no longer read what it read before."

  test("that reads something else where it read the same is refused, whatever it catches", () => {
    let first = 0
    const { evaluate } = counted(2, (read) => {
      try {
        return read(first) === read(1 - first)
      } catch {
        return true
      }
    })
    expect(evaluate(0, 0)).toBe(TRUE)
    first = 1
    expect(refusalOf(() => evaluate(0, 1))).toEqual(differs(readElse, "frame 0 1"))
  })

  test("that keeps its first answer is refused in the next frame that it would have to read", () => {
    let kept: boolean | undefined
    const { evaluate } = counted(2, (read) => (kept ??= read(0) === 0))
    expect([evaluate(0, 0), evaluate(0, 1)]).toEqual([TRUE, TRUE])
    expect(refusalOf(() => evaluate(1, 0))).toEqual(differs(readLess, "frame 1 0"))
  })

  test("that keeps an answer by a part of what it read is refused where the rest differs", () => {
    const kept = new Map<number, boolean>()
    const { evaluate } = counted(2, (read) => {
      const key = read(0)
      if (!kept.has(key)) kept.set(key, read(1) === 0)
      return kept.get(key) === true
    })
    expect([evaluate(0, 0), evaluate(1, 0)]).toEqual([TRUE, TRUE])
    expect(refusalOf(() => evaluate(0, 1))).toEqual(differs(readLess, "frame 0 1"))
  })

  test("is run again on frames of its own, the last first; one that has become another is refused", () => {
    let largest = 0
    const { evaluate, predicate, runs } = counted(1, (read) => (largest = Math.max(largest, read(0))) < 3)
    expect([evaluate(0), evaluate(1)]).toEqual([TRUE, TRUE])
    predicate.recheck()
    expect(runs.count).toBe(4)
    expect(evaluate(3)).toBe(FALSE)
    expect(refusalOf(() => predicate.recheck())).toEqual(
      differs("It came to true first, and then to false.", "frame 1")
    )
  })

  test("is run again on the first four frames and on each whose number is a power of two", () => {
    const { evaluate, predicate, runs } = counted(1, (read) => read(0) > 5)
    for (let value = 1; value <= 40; value++) evaluate(value)
    predicate.recheck()
    expect(runs.count).toBe(40 + 4 + 3)
  })

  test("that read nothing at first and does later, throws later, or answers at random is refused", () => {
    let calls = 0
    const cases: ReadonlyArray<readonly [(read: Read) => boolean, string]> = [
      [(read) => calls++ === 0 || read(0) === 0, readElse],
      [(read) => read(0) === 0 && calls++ % 2 === 0, "It came to true first, and then to false."],
      [
        (read) => {
          if (calls++ > 0) throw new RangeError("again")
          return read(0) === 0
        },
        "It came to true first, and then to an exception: RangeError: again."
      ],
      [(read) => (calls++ === 0 ? read(0) === 0 : true), readLess]
    ]
    for (const [holds, detail] of cases) {
      calls = 0
      const { evaluate, predicate } = counted(1, holds)
      expect(evaluate(0)).toBe(TRUE)
      expect(refusalOf(() => predicate.recheck())).toEqual(differs(detail, "frame 0"))
      calls = 0
      expect(refusalOf(() => counted(1, holds, undefined, true).evaluate(0))).toEqual(differs(detail, "frame 0"))
    }
  })

  test("is run again on the frames as they were, whatever became of them", () => {
    const { predicate } = counted(1, (read) => read(0) === 0)
    const frame = Int32Array.of(0)
    expect(predicate.evaluate(frame)).toBe(TRUE)
    frame[0] = 1
    expect(() => predicate.recheck()).not.toThrow()
  })

  test("that tries to change what it is shown has thrown", () => {
    const shown: Array<number> = Object.freeze([1]) as never
    const { evaluate, predicate } = counted(1, () => shown.splice(0).length > 0)
    expect([evaluate(0), predicate.thrown]).toEqual([THREW, expect.any(TypeError)])
  })

  test("that answers neither true nor false is refused with what it returned", () => {
    const answers: ReadonlyArray<readonly [unknown, string]> = [
      [undefined, "undefined"],
      [null, "null"],
      [0, "the number 0"],
      [-0, "the number -0"],
      [1n, "the bigint 1"],
      ["", 'the text ""'],
      ["x".repeat(61), `the text "${"x".repeat(60)}"…`],
      [Symbol("s"), "Symbol(s)"],
      [() => true, "a function"],
      [Promise.reject(new Error("heard by nobody")), "a promise"],
      [Effect.succeed(false), "an Effect"],
      [[true], "an array"],
      [new Boolean(false), "an object"],
      [new Proxy({}, { has: throwing, get: throwing }), "an object"]
    ]
    for (const [answer, said] of answers) {
      const { evaluate } = counted(1, () => answer as boolean)
      const detail = `It returned ${said}, not true or false.`
      expect(refusalOf(() => evaluate(0))).toEqual({
        ...differs(detail, "frame 0"),
        offence: "returned neither true nor false"
      })
    }
  })

  test("is named where it does not return", () => {
    const { evaluate } = counted(1, () => {
      for (;;);
    })
    expect(refusalOfEndless(() => evaluate(0))).toEqual({
      where: 'property "a property"',
      offence: "did not return",
      input: ""
    })
  })
})

test("past its largest size a predicate is asked anew, and what was remembered stays", () => {
  // Four nodes: node 0, the root and two leaves.
  const { evaluate, runs } = counted(1, (read) => read(0) > 1, 4)
  expect([evaluate(0), evaluate(1), runs.count]).toEqual([FALSE, FALSE, 2])
  expect([evaluate(2), evaluate(3), evaluate(2), runs.count]).toEqual([TRUE, TRUE, TRUE, 5])
  expect([evaluate(0), evaluate(1), runs.count]).toEqual([FALSE, FALSE, 5])
})
