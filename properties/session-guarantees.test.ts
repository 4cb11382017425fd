/**
 * The guarantees about histories imply each other as the literature says, on random histories. What refutes each and its
 * nearest twin that does not: the test beside it.
 */
import * as fc from "fast-check"
import { expect, test } from "vitest"
import type { Monitor } from "plait"
import { type Event, read, says, write } from "../test/histories.ts"
import { causalConsistency } from "./causal-consistency.ts"
import { linearizability, sequentialConsistency } from "./linearizability.ts"
import { monotonicReads } from "./monotonic-reads.ts"
import { monotonicWrites } from "./monotonic-writes.ts"
import { readYourWrites } from "./read-your-writes.ts"
import { writesFollowReads } from "./writes-follow-reads.ts"

/** Random histories: what sessions did, each operation answered before the next of any session begins. */
const histories = fc
  .array(fc.record({ session: fc.nat(2), isWrite: fc.boolean(), key: fc.constantFrom("x", "y"), value: fc.nat(2) }), {
    minLength: 3,
    maxLength: 7
  })
  .map((drawn): ReadonlyArray<Event> => {
    const count = new Map<string, number>()
    const next = (name: string) => count.set(name, (count.get(name) ?? -1) + 1).get(name) ?? 0
    return drawn.flatMap(({ isWrite, key, session, value }) => {
      const id = `s${session}.${next(`s${session}`)}`
      if (isWrite) return write(id, key, `${key}${next(key)}`)
      return read(id, key, ...(value === 2 ? [] : [`${key}${value}`]))
    })
  })

const isRefuted = (monitor: Monitor<unknown>, events: ReadonlyArray<Event>): boolean =>
  !["fine", "silent"].includes(says(monitor, events))

test.each([
  ["linearizability", linearizability, sequentialConsistency],
  ["sequential consistency", sequentialConsistency, causalConsistency("CM")],
  ["sequential consistency", sequentialConsistency, causalConsistency("CCv")],
  ["CM", causalConsistency("CM"), causalConsistency("CC")],
  ["CCv", causalConsistency("CCv"), causalConsistency("CC")],
  ["CC", causalConsistency("CC"), readYourWrites()],
  ["CC", causalConsistency("CC"), monotonicReads()],
  ["CC", causalConsistency("CC"), monotonicWrites()],
  ["CC", causalConsistency("CC"), writesFollowReads()]
] as const)("%s implies what is weaker, on 3,000 random histories", (_name, stronger, weaker) => {
  let telling = 0
  fc.assert(
    fc.property(histories, (events) => {
      if (!isRefuted(weaker, events)) return
      telling++
      expect(isRefuted(stronger, events)).toBe(true)
    }),
    { numRuns: 3000, seed: 5 }
  )
  expect(telling).toBeGreaterThan(5)
})
