import { describe, expect, test } from "vitest"
import { type Checker, FALSE, THREW, TRUE } from "../engine/index.ts"
import { Property } from "../property/index.ts"
import { Discovery } from "./Discovery.ts"

/** Its answer is the frame's first number, and the property says something where the second is not 0. */
const checker = (): Checker => {
  const thrown: Array<number> = []
  return {
    property: Property.invariant("property", { holds: () => true }),
    judgedAt: "state",
    evaluate: (frame) => {
      if (frame[0] === THREW) thrown.push(frame[2] ?? 0)
      return frame[0] ?? -1
    },
    applies: (frame) => frame[1] !== 0,
    recheck: () => {},
    thrown: () => thrown.at(-1)
  }
}

const frame = (answer: number, says = 1, throws = 0) => Int32Array.of(answer, says, throws)

/** The public parts of a discovery. */
const found = ({ checked, decided, failed, place, thrown }: Discovery) => ({ checked, decided, failed, place, thrown })

const undecided = { checked: 0, decided: false, failed: false, place: undefined, thrown: undefined }

describe("a finding", () => {
  test("counts where the property said something, whatever it said", () => {
    const discovery = new Discovery(checker(), FALSE)
    discovery.judge(frame(TRUE), 0, -1)
    discovery.judge(frame(TRUE, 0), 1, -1)
    discovery.judge(frame(TRUE), 2, -1)
    discovery.settle(undefined)
    expect(found(discovery)).toEqual({ ...undecided, checked: 2 })
    discovery.judge(frame(FALSE), 3, -1)
    expect(found(discovery)).toEqual({ ...undecided, checked: 3 })
  })

  test("is decided by the answer that decides it, and only when the level ends", () => {
    const [violated, reached] = [new Discovery(checker(), FALSE), new Discovery(checker(), TRUE)]
    for (const discovery of [violated, reached]) {
      discovery.judge(frame(TRUE), 4, -1)
      discovery.judge(frame(FALSE), 5, 2)
      expect(found(discovery)).toEqual({ ...undecided, checked: 2 })
      discovery.settle(undefined)
    }
    expect(found(violated)).toEqual({ ...undecided, checked: 2, decided: true, place: { state: 5, ordinal: 2 } })
    expect(found(reached)).toEqual({ ...undecided, checked: 2, decided: true, place: { state: 4, ordinal: -1 } })
  })

  test("keeps the first place of the level that ends first", () => {
    const discovery = new Discovery(checker(), FALSE)
    discovery.settle(undefined)
    discovery.judge(frame(FALSE), 5, 1)
    discovery.judge(frame(FALSE), 5, 0)
    discovery.judge(frame(FALSE), 4, -1)
    discovery.settle(undefined)
    discovery.judge(frame(FALSE), 6, -1)
    discovery.settle(Uint8Array.of(9, 9, 9, 9, 9, 9, 0))
    expect(discovery.place).toEqual({ state: 5, ordinal: 1 })
  })

  test("keeps of one level the place with the fewest faults, those of the step included, and of those the first", () => {
    const faults = Uint8Array.of(0, 2, 1, 1, 0)
    const placeOf = (...places: ReadonlyArray<readonly [state: number, ordinal: number, faults?: number]>) => {
      const discovery = new Discovery(checker(), FALSE)
      for (const [state, ordinal, of] of places) discovery.judge(frame(FALSE), state, ordinal, of)
      discovery.settle(faults)
      return [discovery.place?.state, discovery.place?.ordinal]
    }
    expect(placeOf([1, -1], [2, -1], [3, -1])).toEqual([2, -1])
    expect(placeOf([2, 5, 1], [1, 6], [3, 7, 1])).toEqual([2, 5])
    expect(placeOf([2, 5, 1], [3, 6], [1, 7])).toEqual([3, 6])
    expect(placeOf([4, 5, 1], [4, 6, 0])).toEqual([4, 6])
  })
})

describe("a property that throws", () => {
  test("has failed at once, at the first place where it threw, with what it threw there", () => {
    const discovery = new Discovery(checker(), FALSE)
    discovery.judge(frame(THREW, 0, 7), 3, 2)
    const failed = { checked: 0, decided: true, failed: true, place: { state: 3, ordinal: 2 }, thrown: 7 }
    expect(found(discovery)).toEqual(failed)
    discovery.judge(frame(THREW, 0, 8), 4, 0)
    discovery.settle(undefined)
    expect(found(discovery)).toEqual(failed)
  })

  test("has failed, even if it was violated before in the same level", () => {
    const discovery = new Discovery(checker(), FALSE)
    discovery.judge(frame(FALSE), 2, -1)
    discovery.judge(frame(THREW, 1, 7), 3, -1)
    discovery.settle(undefined)
    const failed = { decided: true, failed: true, place: { state: 3, ordinal: -1 }, thrown: 7 }
    expect(found(discovery)).toEqual({ checked: 2, ...failed })
  })
})
