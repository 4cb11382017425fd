import { expect, test } from "vitest"
import { conserved } from "./conservation.ts"
import type { Exploration } from "./Exploration.ts"

const found = {
  system: "small",
  complete: true,
  initial: 1,
  distinct: 3,
  generated: 4,
  outside: { initial: 0, successors: 0 },
  levels: [1, 2],
  actions: [{ name: "a", fault: false, taken: 3, fresh: 2, unchanged: 0, outcomes: null, guard: null }]
} as unknown as Exploration

test.each([
  ["generated", { generated: 5 }, "taken and initial are generated: 4 is not 5"],
  ["initial outside", { outside: { initial: 1, successors: 0 } }, "taken and initial are generated: 5 is not 4"],
  [
    "distinct",
    { actions: [{ name: "a", fault: false, taken: 3, fresh: 1, unchanged: 0, outcomes: null, guard: null }] },
    "fresh and initial are distinct: 2 is not 3"
  ],
  ["levels", { levels: [1, 1] }, "levels are distinct: 2 is not 3"]
])("a search whose %s do not add up is a fault of plait, not a result", (_name, change, message) => {
  expect(() => conserved(found)).not.toThrow()
  expect(() => conserved({ ...found, ...change })).toThrow(`plait's fault: in small ${message}`)
})

test("levels are not counted where a limit ended the search in the middle of one", () => {
  expect(() => conserved({ ...found, complete: false, levels: [1] })).not.toThrow()
})
