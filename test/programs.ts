/**
 * What the engine writes for a state, read back for tests: entries of integers, steps, and what is refused.
 */
import { expect } from "vitest"
import { withTimeLimit } from "../src/engine/execution/ModelCode.ts"
import { ModelRefused } from "../src/engine/execution/ModelRefused.ts"
import { type Program, Successors } from "../src/engine/Program.ts"

/** What `expand` wrote, entry by entry: action, observations, node, number of edits, and the state that they lead to. */
export const entriesOf = (program: Program, state: Int32Array) => {
  const out = new Successors()
  program.expand(state, out)
  let at = 0
  const found = Array.from({ length: out.count }, () => {
    const [action, observations, node, edits] = out.data.subarray(at, at + 4)
    const next = state.slice()
    for (let edit = 0; edit < edits!; edit++) next[out.data[at + 4 + 2 * edit]!] = out.data[at + 5 + 2 * edit]!
    at += 4 + 2 * edits!
    return { action, observations, node, edits, next }
  })
  expect(out.length).toBe(at)
  return found
}

/** The steps of a state, each with its label and the state behind it. */
export const stepsOf = (program: Program, state: Int32Array) =>
  entriesOf(program, state).map(({ next }, ordinal) => [
    program.describeStep(state, ordinal).label,
    program.snapshot(next)
  ])

/** The initial states as plain values. */
export const initialStatesOf = (program: Program) => program.initial.map((state) => program.snapshot(state))

/** What something throws. */
const thrownBy = (run: () => unknown): unknown => {
  try {
    run()
    return "not refused"
  } catch (thrown) {
    return thrown
  }
}

/** The fields of the refusal in which something ends; any other error as it is. */
export const refusalOf = (run: () => unknown): unknown => {
  const thrown = thrownBy(run)
  if (!(thrown instanceof ModelRefused)) return thrown
  const { detail, input, offence, system, where } = thrown
  return { system, where, offence, detail, input }
}

/**
 * How something that never returns is refused, but for the time that it was given: a machine that stands still may need
 * the shorter times for what comes before the loop.
 */
export const refusalOfEndless = (run: () => unknown): object | undefined => {
  for (const millis of [50, 1000, 10_000]) {
    const thrown = thrownBy(() => withTimeLimit(millis, "a system", run))
    if (!(thrown instanceof ModelRefused)) throw thrown
    const { input, offence, where } = thrown
    if (where !== "a step of the search" && offence !== "was held up") return { where, offence, input }
  }
  return undefined
}

/** The labels of the steps of a state, in order. */
export const labelsOf = (program: Program, state: Int32Array): ReadonlyArray<string> =>
  entriesOf(program, state).map((_, ordinal) => program.describeStep(state, ordinal).label)

/** The state that steps of these labels lead to from the first initial state. */
export const stateAfter = (program: Program, ...labels: ReadonlyArray<string>): Int32Array =>
  labels.reduce((state, label) => {
    const known = labelsOf(program, state)
    if (!known.includes(label)) throw new Error(`no step "${label}" among ${known.join(" | ")}`)
    return entriesOf(program, state)[known.indexOf(label)]!.next
  }, program.initial[0]!)
