/**
 * Faults that plait once had, each with the tests that notice it if it comes back. A test that is renamed or removed has to
 * be renamed or replaced here.
 */
import { readFileSync } from "node:fs"
import { expect, test } from "vitest"

const faults: ReadonlyArray<readonly [fault: string, file: string, noticedBy: string]> = [
  [
    "an input tagged as a hook runs the hook",
    "src/explorer/names.test.ts",
    "an operation runs its own handler, whatever its tag"
  ],
  [
    "a message tagged as a hook runs the hook",
    "src/explorer/names.test.ts",
    "a message runs its own handler, whatever its tag"
  ],
  [
    "a durable field that was absent is undefined after a crash",
    "src/model/Durability.test.ts",
    "a node that crashes and recovers before it voted has not voted"
  ],
  [
    "a durable field that was absent is undefined after a crash, in random systems",
    "test/trust/agreement.test.ts",
    "three hundred random systems of nodes, in every figure and verdict"
  ],
  [
    "a budget or node that is not possible is taken",
    "src/model/part-checks.test.ts",
    "an argument that is not possible is refused"
  ],
  [
    "an answer that is neither true nor false counts as true",
    "src/engine/Predicates.test.ts",
    "that answers neither true nor false is refused with what it returned"
  ],
  [
    "a predicate that keeps its first answer is believed",
    "src/engine/Predicates.test.ts",
    "that keeps its first answer is refused in the next frame that it would have to read"
  ],
  [
    "a message changes after it was sent",
    "src/engine/handed-over.test.ts",
    "a message is what it was when it was sent"
  ],
  [
    "an observation changes after it was noted",
    "src/engine/handed-over.test.ts",
    "an observation is what it was when it was noted"
  ],
  [
    "a handler changes what it is given",
    "src/engine/handed-over.test.ts",
    "what code of a model is given it cannot change"
  ],
  [
    "steps are seen out of the order of time",
    "src/explorer/time-order.test.ts",
    "a step shows no earlier time than a step before it did"
  ],
  [
    "steps are seen out of the order of time, in random systems",
    "test/trust/ticking.test.ts",
    "the reference explorer notices a program that takes steps out of the order of time"
  ],
  [
    "a run owes steps that only the observer of another property sees",
    "src/explorer/company.test.ts",
    "every property has the verdict and the length that it has alone"
  ],
  [
    "a run owes steps that only the observer of another property sees, in random systems",
    "test/trust/ticking.test.ts",
    "has the verdict and length that it has alone, whatever is judged beside it"
  ],
  [
    "every reading up to a horizon is listed before any limit is looked at",
    "src/explorer/crashes.test.ts",
    "a clock that %s very many values"
  ],
  ["a field named __proto__ is lost", "src/engine/Canonical.test.ts", "a field of the name __proto__ is kept"],
  [
    "a premise that is false is judged",
    "src/explorer/verdicts.test.ts",
    "of any kind is vacuous where its premise is never true, whatever it claims there"
  ],
  [
    "a premise that is false is judged, in random systems",
    "test/trust/oracle.test.ts",
    "judges where the premise is false"
  ],
  ["a crash loses what is in flight", "src/explorer/crashes.test.ts", "that breaks the connections leaves none"],
  [
    "a crash loses what is in flight, in random systems",
    "test/trust/oracle.test.ts",
    "loses at every crash what is in flight"
  ]
]

test.each(faults)("noticed where it comes back: %s", (_fault, file, noticedBy) => {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8")
  expect(source.includes(noticedBy)).toBe(true)
})
