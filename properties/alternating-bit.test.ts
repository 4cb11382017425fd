/**
 * The alternating bit protocol's properties over steps made by hand.
 */
import { describe, expect, test } from "vitest"
import { declared, says, saysOfStep } from "../test/observed.ts"
import { acknowledgedAfterReceived, receivedOnce, type Transmission, valueRepeated } from "./alternating-bit.ts"

test("two are properties about steps, the third that a state is reached", () => {
  expect([receivedOnce, acknowledgedAfterReceived, valueRepeated].map(declared)).toEqual([
    { kind: "stepInvariant", name: "a value is received as it was sent, once", observer: "none" },
    { kind: "stepInvariant", name: "the sender goes on only after its value was received", observer: "none" },
    { kind: "reachable", name: "a value is sent again while its first copy is under way", observer: "none" }
  ])
})

/** Value 7 is under way with bit 1; the receiver has 6, which came with bit 0 and was acknowledged. */
const before: Transmission = { bits: { sender: 1, acknowledged: 0, receiver: 0 }, sent: 7, received: 6 }
const state = (sender: number, acknowledged: number, receiver: number, received: number): Transmission => ({
  bits: { sender, acknowledged, receiver },
  sent: 7,
  received
})

describe("a value is received as it was sent, once", () => {
  test.each<[of: string, before: Transmission, after: Transmission, verdict: string]>([
    ["nothing is received", before, before, "fine"],
    ["the value is received", before, state(1, 0, 1, 7), "fine"],
    [
      "another value is received",
      before,
      state(1, 0, 1, 5),
      "The receiver has 5 with bit 1, however 7 was sent last, with bit 1: it took a value for new that was not, or missed one."
    ],
    [
      "the value is received with another bit",
      before,
      state(1, 0, 0, 7),
      "The receiver has 7 with bit 0, however 7 was sent last, with bit 1: it took a value for new that was not, or missed one."
    ],
    [
      "it is received once more",
      state(1, 0, 1, 6),
      state(1, 0, 1, 7),
      "The receiver has 7 with bit 1, however 7 was sent last, with bit 1: it took a value for new that was not, or missed one."
    ],
    [
      "the bit turns back under the value that was received",
      state(1, 0, 1, 7),
      state(1, 0, 0, 7),
      "The receiver has 7 with bit 0, however 7 was sent last, with bit 1: it took a value for new that was not, or missed one."
    ]
  ])("%s", (_of, from, to, verdict) => {
    expect(saysOfStep(receivedOnce, { before: from, after: to })).toBe(verdict)
  })
})

describe("the sender goes on only after its value was received", () => {
  test.each<[of: string, before: Transmission, after: Transmission, verdict: string]>([
    ["the sender goes on with nothing", before, state(1, 0, 1, 7), "fine"],
    ["the value was received", state(1, 0, 1, 7), state(1, 1, 1, 7), "fine"],
    [
      "it was not",
      before,
      state(1, 1, 0, 6),
      "The sender takes 7 with bit 1 for received, however the receiver's bit is 0."
    ],
    [
      "it was not yet when the step began",
      before,
      state(1, 1, 1, 7),
      "The sender takes 7 with bit 1 for received, however the receiver's bit is 1."
    ],
    [
      "the sender takes a third bit",
      state(1, 0, 1, 7),
      state(1, 2, 1, 7),
      "The sender takes 7 with bit 2 for received, however the receiver's bit is 1."
    ]
  ])("%s", (_of, from, to, verdict) => {
    expect(saysOfStep(acknowledgedAfterReceived, { before: from, after: to })).toBe(verdict)
  })
})

test("a value is repeated where two messages are under way, and it is neither received nor acknowledged", () => {
  const reached = (each: Transmission, count: number) =>
    says(valueRepeated, { ...each, messages: Array.from({ length: count }, () => "message") })
  expect(reached(before, 2)).toBe("reached")
  expect(reached(before, 1)).toBe("unreached")
  expect(reached(state(1, 0, 1, 7), 2)).toBe("unreached")
  expect(reached(state(1, 1, 0, 7), 2)).toBe("unreached")
})
