/**
 * Growth over numbers as states, whose merge is their maximum.
 */
import { expect, test } from "vitest"
import { declared, nodes, saysOfStep } from "../test/observed.ts"
import { statesGrow } from "./growing-states.ts"

interface Held {
  readonly number: number
}

const property = () => statesGrow<Held, number>({ value: ({ number }) => number, merge: Math.max })
const holding = (...numbers: ReadonlyArray<number>) => nodes(numbers.map((number) => ({ number })))

test("it is a property about steps that observes nothing", () => {
  expect(declared(property())).toEqual({
    kind: "stepInvariant",
    name: "a state only moves up its lattice",
    observer: "none"
  })
})

test.each([
  ["nodes grow, or stay as they are", holding(1, 2), holding(1, 3), "fine"],
  ["a node is new", holding(1), holding(1, 0), "fine"],
  [
    "nodes shrink, whatever others do",
    holding(1, 2, 3),
    holding(0, 3, 2),
    "n0 had a state that, merged with its new one, is not the new one. n2 had a state that, merged with its new one, is not the new one."
  ]
])("%s", (_of, before, after, verdict) => {
  expect(saysOfStep(property(), { before, after })).toBe(verdict)
})

test("a state that is kept as it is costs no merge", () => {
  const { holdsAcross } = statesGrow<Held, number>({ value: ({ number }) => number, merge: () => Number.NaN })
  const view = holding(1, 2)
  expect(holdsAcross(view, { nodes: [...view.nodes] }, { action: "step", node: 0, observations: [] })).toBe(true)
})

test("of a first step there is no state before it to tell of", () => {
  const after = holding(0)
  const history = [{ number: 1, label: "step 1", node: 0, observations: [], after }]
  expect(property().explain?.(after, undefined as never, history)).toBe("The first step moved a state down.")
})
