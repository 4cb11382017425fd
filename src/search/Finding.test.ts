import { describe, expect, test } from "vitest"
import { type Checker, FALSE, THREW, TRUE } from "../engine/index.ts"
import { Property } from "../property/index.ts"
import { Finding } from "./Finding.ts"

/** Its answer is the frame's first number, and the claim says something where the second is not 0. */
const checker = (): Checker => {
  const thrown: Array<number> = []
  return {
    property: Property.invariant("claim", { holds: () => true }),
    occasion: "state",
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

/** What became of it. */
const found = ({ checked, decided, failed, place, thrown }: Finding) => ({ checked, decided, failed, place, thrown })

const undecided = { checked: 0, decided: false, failed: false, place: undefined, thrown: undefined }

describe("a finding", () => {
  test("counts where the claim said something, whatever it said", () => {
    const finding = new Finding(checker(), FALSE)
    finding.judge(frame(TRUE), 0, -1)
    finding.judge(frame(TRUE, 0), 1, -1)
    finding.judge(frame(TRUE), 2, -1)
    finding.settle(undefined)
    expect(found(finding)).toEqual({ ...undecided, checked: 2 })
    finding.judge(frame(FALSE), 3, -1)
    expect(found(finding)).toEqual({ ...undecided, checked: 3 })
  })

  test("is decided by the answer that decides it, and only when the level ends", () => {
    const [violated, reached] = [new Finding(checker(), FALSE), new Finding(checker(), TRUE)]
    for (const finding of [violated, reached]) {
      finding.judge(frame(TRUE), 4, -1)
      finding.judge(frame(FALSE), 5, 2)
      expect(found(finding)).toEqual({ ...undecided, checked: 2 })
      finding.settle(undefined)
    }
    expect(found(violated)).toEqual({ ...undecided, checked: 2, decided: true, place: { state: 5, ordinal: 2 } })
    expect(found(reached)).toEqual({ ...undecided, checked: 2, decided: true, place: { state: 4, ordinal: -1 } })
  })

  test("keeps the first place of the level that ends first", () => {
    const finding = new Finding(checker(), FALSE)
    finding.settle(undefined)
    finding.judge(frame(FALSE), 5, 1)
    finding.judge(frame(FALSE), 5, 0)
    finding.judge(frame(FALSE), 4, -1)
    finding.settle(undefined)
    finding.judge(frame(FALSE), 6, -1)
    finding.settle(Uint8Array.of(9, 9, 9, 9, 9, 9, 0))
    expect(finding.place).toEqual({ state: 5, ordinal: 1 })
  })

  test("keeps of one level the place with the fewest faults, those of the step included, and of those the first", () => {
    const faults = Uint8Array.of(0, 2, 1, 1, 0)
    const placeOf = (...places: ReadonlyArray<readonly [state: number, ordinal: number, faults?: number]>) => {
      const finding = new Finding(checker(), FALSE)
      for (const [state, ordinal, of] of places) finding.judge(frame(FALSE), state, ordinal, of)
      finding.settle(faults)
      return [finding.place?.state, finding.place?.ordinal]
    }
    expect(placeOf([1, -1], [2, -1], [3, -1])).toEqual([2, -1])
    expect(placeOf([2, 5, 1], [1, 6], [3, 7, 1])).toEqual([2, 5])
    expect(placeOf([2, 5, 1], [3, 6], [1, 7])).toEqual([3, 6])
    expect(placeOf([4, 5, 1], [4, 6, 0])).toEqual([4, 6])
  })
})

describe("a property that throws", () => {
  test("has failed at once, at the first place where it threw, with what it threw there", () => {
    const finding = new Finding(checker(), FALSE)
    finding.judge(frame(THREW, 0, 7), 3, 2)
    const failed = { checked: 0, decided: true, failed: true, place: { state: 3, ordinal: 2 }, thrown: 7 }
    expect(found(finding)).toEqual(failed)
    finding.judge(frame(THREW, 0, 8), 4, 0)
    finding.settle(undefined)
    expect(found(finding)).toEqual(failed)
  })

  test("has failed, even if it was violated before in the same level", () => {
    const finding = new Finding(checker(), FALSE)
    finding.judge(frame(FALSE), 2, -1)
    finding.judge(frame(THREW, 1, 7), 3, -1)
    finding.settle(undefined)
    const failed = { decided: true, failed: true, place: { state: 3, ordinal: -1 }, thrown: 7 }
    expect(found(finding)).toEqual({ checked: 2, ...failed })
  })
})
