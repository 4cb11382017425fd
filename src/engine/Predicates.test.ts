import { describe, expect, test } from "vitest"
import { refusalOfEndless } from "../../test/programs.ts"
import { FALSE, Predicate, THREW, TRUE } from "./Predicates.ts"
import type { Position } from "./Program.ts"

type Read = (position: number) => number

const slots = (count: number): ReadonlyArray<Position> =>
  Array.from({ length: count }, (_, slot) => ({ slot, project: undefined }))

/** A predicate over so many slots that counts how often it is run. */
const counted = (count: number, holds: (read: Read) => boolean, largest?: number) => {
  const runs = { count: 0 }
  const make = (read: Read) => () => {
    runs.count++
    return holds(read)
  }
  const predicate = new Predicate("a claim", slots(count), make, largest)
  return { evaluate: (...frame: ReadonlyArray<number>) => predicate.evaluate(Int32Array.from(frame)), predicate, runs }
}

/** Whether the first two are equal, or else the last is 9. */
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
    const predicate = new Predicate("a claim", positions, (read) => () => {
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

  test("that reads something else where it read the same has no answer", () => {
    let first = 0
    const { evaluate, predicate } = counted(2, (read) => read(first) === read(1 - first))
    expect(evaluate(0, 0)).toBe(TRUE)
    first = 1
    expect([evaluate(0, 0), evaluate(1, 1)]).toEqual([TRUE, THREW])
    expect(predicate.thrown).toEqual(new Error("the predicate is not deterministic"))
  })

  test("has whatever it returns taken for true or false", () => {
    const { evaluate } = counted(1, ((read: Read) => (read(0) === 0 ? "" : "x")) as never)
    expect([evaluate(0), evaluate(1), evaluate(0)]).toEqual([FALSE, TRUE, FALSE])
  })

  test("is named where it does not return", () => {
    const { evaluate } = counted(1, () => {
      for (;;);
    })
    expect(refusalOfEndless(() => evaluate(0))).toEqual({
      where: 'property "a claim"',
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
