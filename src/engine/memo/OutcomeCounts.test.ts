import { expect, test } from "vitest"
import type { Observation } from "../../model/index.ts"
import { type StepOutcome, OutcomeCounts } from "./OutcomeCounts.ts"

const place = { node: 0, past: [] }
const acknowledged: Observation = { ...place, kind: "acknowledged", write: "w", id: null }
const read: Observation = { ...place, kind: "read", writes: [], key: "", id: null }
const rejected: Observation = { ...place, kind: "rejected", id: null }
const applied: Observation = { ...place, kind: "applied", write: "w" }

const plain: StepOutcome = { action: 1, node: 1, sends: false, changes: true, observations: [] }

const none = { taken: 0, unchanged: 0, sent: 0, answered: 0, refused: 0 }

test("nothing is counted at first, at each node of each action", () => {
  const counts = new OutcomeCounts(2, 3)
  expect([counts.get(0), counts.get(1)]).toEqual([
    [none, none, none],
    [none, none, none]
  ])
})

test("a transition is counted at its action and node, by what became of it", () => {
  const cases: ReadonlyArray<readonly [outcome: Partial<StepOutcome>, counted: object]> = [
    [{}, {}],
    [{ changes: false }, { unchanged: 1 }],
    [{ sends: true }, { sent: 1 }],
    [{ observations: [applied] }, {}],
    [{ observations: [applied, acknowledged] }, { answered: 1 }],
    [{ observations: [read] }, { answered: 1 }],
    [{ observations: [acknowledged, read, applied] }, { answered: 1 }],
    [{ observations: [applied, rejected] }, { refused: 1 }],
    [
      { changes: false, sends: true, observations: [rejected, acknowledged] },
      { unchanged: 1, sent: 1, answered: 1, refused: 1 }
    ]
  ]
  for (const [outcome, counted] of cases) {
    const counts = new OutcomeCounts(2, 2)
    counts.count({ ...plain, ...outcome })
    expect([counts.get(0), counts.get(1)]).toEqual([
      [none, none],
      [none, { ...none, taken: 1, ...counted }]
    ])
  }
})

test("counts add up, and those that were given out stay as they were", () => {
  const counts = new OutcomeCounts(2, 2)
  counts.count({ ...plain, sends: true, changes: false, observations: [acknowledged, rejected] })
  const before = counts.get(1)
  counts.count({ ...plain, sends: true, changes: false, observations: [read, rejected] })
  counts.count({ ...plain, node: 0 })
  expect(before).toEqual([none, { taken: 1, unchanged: 1, sent: 1, answered: 1, refused: 1 }])
  expect(counts.get(1)).toEqual([
    { ...none, taken: 1 },
    { taken: 2, unchanged: 2, sent: 2, answered: 2, refused: 2 }
  ])
})
