/**
 * Programs from lists of edges, for tests of the search: states are numbers, in two slots, and what leads from one to the
 * next is written out.
 */
import { HashLanes, mix } from "../src/engine/interning/ContentHash.ts"
import type { Program, Successors } from "../src/engine/index.ts"

/** A step from one state to another, by an action. */
export type StepOf = readonly [from: number, to: number, action: number]

/** The steps out of a state: observations, the state that each leads to, and its action. */
export type StepsFrom = (state: number) => ReadonlyArray<readonly [observations: number, to: number, action: number]>

/** What a program of edges is made of. */
export interface EdgesProgram {
  /** The steps, whose observations are their places in the list; or a rule, where there are thousands. */
  readonly steps: ReadonlyArray<StepOf> | StepsFrom
  /** Default: state 0. */
  readonly initial?: ReadonlyArray<number>
  /** Names of the actions; default `go`, and `fail`, which is a fault. */
  readonly actions?: Program["actions"]
  /** Whether a state is quiescent; default: without successors. */
  readonly isQuiescent?: (state: number, successors: number) => boolean
}

const WIDTH = 4

/** The slots of a state. */
export const slotsOf = (state: number): Int32Array => Int32Array.of(state % WIDTH, Math.floor(state / WIDTH))

/** The number of a state. */
export const numberOf = (slots: Int32Array): number => slots[1]! * WIDTH + slots[0]!

const lanesUpTo = (count: number, salt: number): HashLanes => {
  const lanes = new HashLanes()
  for (let id = 0; id < count; id++) lanes.set(id, mix(id, salt), mix(id, salt + 1))
  return lanes
}

const rule = (steps: ReadonlyArray<StepOf>): StepsFrom => {
  const bySource = Map.groupBy(
    steps.map(([from, to, action], place) => ({ from, step: [place, to, action] as const })),
    ({ from }) => from
  )
  return (state) => (bySource.get(state) ?? []).map(({ step }) => step)
}

/** Largest number of a state that rules may lead to. */
const LARGEST = 100_000

const columns = lanesUpTo(WIDTH, 1)
const rows = lanesUpTo(LARGEST / WIDTH, 3)

/** The program; of a program's fields those that a search uses. */
export const programOf = ({
  actions = [
    { name: "go", fault: false },
    { name: "fail", fault: true }
  ],
  initial = [0],
  isQuiescent = (_state, successors) => successors === 0,
  steps
}: EdgesProgram): Program => {
  const from = typeof steps === "function" ? steps : rule(steps)
  const expand = (state: Int32Array, out: Successors): void => {
    for (const [observations, to, action] of from(numberOf(state))) {
      out.begin(action, observations, action - 1)
      for (const [slot, value] of slotsOf(to).entries()) if (value !== state[slot]) out.edit(slot, value)
    }
  }
  return {
    slots: 2,
    actions,
    initial: initial.map(slotsOf),
    hashes: [columns, rows],
    expand,
    isQuiescent: (state: Int32Array, out: Successors) => isQuiescent(numberOf(state), out.count),
    isDeadlocked: (state: Int32Array, out: Successors) => out.count === 0 && !isQuiescent(numberOf(state), 0)
  } as Partial<Program> as Program
}
