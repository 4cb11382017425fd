/**
 * The register with clocks set by hand, near its start; `npm run trust` compares its states within 7 steps, 1,109,291,
 * with Stateright's.
 */
import { Effect } from "effect"
import { expect, test } from "vitest"
import { explore } from "../../src/search/Explorer.ts"
import { Property } from "plait"
import { type HandSetClocks, handSetClocks } from "./stateright-lww-register.ts"

/** Two values with one timestamp and one writer, held at once: neither is later, and what arrives last stays. */
const sameStamp = Property.reachable<HandSetClocks>("two values have the same timestamp and writer", {
  holds: ({ replica: [first, second] }) => {
    const [one, other] = [first?.register, second?.register]
    if (!one || !other) return false
    return one.timestamp === other.timestamp && one.writer === other.writer && one.value !== other.value
  }
})

const within = async (depth: number, notesFirst: boolean) =>
  Effect.runPromise(explore(handSetClocks(2, notesFirst), [sameStamp], { limits: { depth } }))

test("each of two replicas has five things to do at first: three values to set, and its clock to move either way", async () => {
  const { generated, levels } = await within(2, false)
  // In each of the ten states again ten, and in the six in which something was written also its two deliveries. The 83 were
  // counted by this model only; what Stateright prints is the sum of eight levels.
  expect([levels, generated]).toEqual([[1, 10, 83], 1 + 10 + 10 * 10 + 6 * 2])
})

test("a clock moved ahead gives the first two writes the same timestamp: two values of one stamp in four steps", async () => {
  const { properties } = await within(4, false)
  const verdict = properties[0]?.verdict
  expect(
    verdict?._tag === "reached" && verdict.evidence.steps.map(({ label }) => label.replace(/, choice .*/, ""))
  ).toEqual(["setClock(0)", "set(0)", "set(0)", 'deliver({"from":0,"to":1})'])
})

test("where the first write notes its timestamp, five steps do not lead there", async () => {
  expect((await within(5, true)).properties[0]?.verdict._tag).toBe("inconclusive")
})
